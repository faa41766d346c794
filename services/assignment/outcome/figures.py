"""Figures of this office's own opinions (S63): how many went there and looked before they answered."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from contracts.activities import campaign_flag
from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.words import Desk
from services.assignment.outcome import store


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Opinions on petitions that were issued here in these days, and those of cases that were visited before. Of this office
    alone: what a lower office did on the spot it does not tell."""
    if here.office not in wanted.offices(here):
        return
    flag = campaign_flag(wanted.campaign) if wanted.campaign else ""
    issued = store.opinions_issued(session, Desk.PETITION.value, wanted.begins, wanted.ends)
    counted = [opinion for opinion, flags in issued if not flag or flag in flags]
    seen = {visit.case: visit.at for visit in store.visits_before(session, wanted.ends)}
    visited = [each for each in counted if each.case in seen and each.issued_at and seen[each.case] <= each.issued_at]
    yield Figure("opinions", "出具处理意见", len(counted))
    yield Figure("visited", "实地走访率", len(visited), len(counted))
