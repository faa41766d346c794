"""Figures of hearings, of this office and those below (S108).

Held are completed hearings, on the day on which their record was completed: one that is called, adjourned or cancelled is
none, and one that was adjourned and went on is one. Matters are the distinct cases that they treated: a case heard twice is
one, a hearing of two cases is two. Resolved are those that somebody said were resolved there, at an agreement made on the
spot; agreements are hearings that closed with agreed terms. Of a campaign nothing is counted: a hearing belongs to its case.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.words import Form
from services.hearing.held import store
from services.hearing.held.rules import Held

FORMS = {Form.ON_SITE: "实地听证", Form.FACE_TO_FACE: "当面听证", Form.PUBLIC: "公开听证"}
TOLD = ("hearing_held",)


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    if wanted.campaign:
        return
    held = store.counted(session, wanted, wanted.offices(here))
    yield _of("hearings_held", "听证会次数", held)
    for form, zh in FORMS.items():
        yield _of(f"hearings_{form.value}", zh, [each for each in held if each.form == form], len(held))
    yield _of("hearing_agreements", "达成听证协议", [each for each in held if each.agreed], len(held))
    matters = sorted({matter for each in held for matter in each.matters})
    resolved = sorted({matter for each in held for matter in each.resolved})
    yield Figure("hearing_matters", "听证事项", len(matters), None, tuple(matters), TOLD)
    yield Figure("hearing_matters_resolved", "听证化解事项", len(resolved), len(matters), tuple(resolved), TOLD)


def _of(name: str, zh: str, held: Sequence[Held], base: int | None = None) -> Figure:
    return Figure(name, zh, len(held), base, tuple(each.session for each in held), TOLD)
