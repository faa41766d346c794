"""Figures of agreed terms (S106, K26).

``hearing_terms``: the terms of agreements of petitions that were made at hearings of this office on the days that are wanted.
``hearing_terms_performed`` and ``hearing_terms_broken``: those of them that somebody said, by now, were performed or broken;
one that was broken and then performed is performed. Offices below are not counted: who agreed follows what was agreed.
"""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Figure, Wanted
from services.hearing.records import store
from services.hearing.records.performing import BROKEN, PERFORMED

TOLD = ("hearing_completed",)


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    if wanted.campaign or here.office not in wanted.offices(here):
        return
    found = [term for term, hidden in store.agreed(session, wanted) if wanted.reader not in hidden]
    yield Figure("hearing_terms", "听证协议事项", len(found), None, tuple(each.case_id for each in found), TOLD)
    for name, zh, state in (("performed", "其中已履行", PERFORMED), ("broken", "其中未履行", BROKEN)):
        part = [each.case_id for each in found if each.state == state]
        yield Figure(f"hearing_terms_{name}", zh, len(part), len(found), tuple(part), TOLD)
