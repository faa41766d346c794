"""Which cases hearing knows, and whom it tells of what happens to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.calendar import Due
from contracts.context import Actor, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.telling import line, milestone, progress
from contracts.words import Status

Term = tuple[int, int]
RECUSED: Term = (0, 0)
"""The term of a recall that only says: recused."""


@dataclass(frozen=True)
class HearingCase:
    """A stub of a case; ``receipt_hash`` is "" until an opinion is served. Good for ``contracts.telling``."""

    case_id: str
    number: str
    receipt_hash: str
    desk: str
    category: str
    place: str
    entry_office: str
    entered_at: datetime
    status: str
    holder: str
    override: int
    n: int
    excluded: tuple[str, ...]
    recused: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    final_opinions: tuple[str, ...] = ()

    @property
    def case(self) -> str:
        return self.case_id

    @property
    def offered_to(self) -> str:
        return ""

    @property
    def term(self) -> Term:
        return (self.override, self.n)


@dataclass(frozen=True)
class Opinion:
    """An opinion that may be reviewed until ``review_until`` by ``review_office`` (an office, or a body outside).

    ``look_at`` is when a right to review lapses that is open now, at the hearing that has the reviews; else None.
    """

    case_id: str
    opinion_no: str
    verdict: str
    served_at: datetime
    review_until: datetime
    review_office: str
    superseded: bool = False
    look_at: datetime | None = None


def stub(case: str, data: Mapping[str, Any], known: HearingCase | None) -> HearingCase:
    """The stub after a milestone or a served opinion."""
    return HearingCase(
        case_id=case,
        **{name: data[name] for name in ("number", "desk", "category", "entry_office", "entered_at", "holder")},
        receipt_hash=data.get("receipt_hash") or (known.receipt_hash if known else ""),
        place=data["place"],
        status=data.get("status", Status.CONCLUDED.value),
        override=data["term"]["override"],
        n=data["term"]["n"],
        excluded=tuple(sorted({*data["excluded"], *(known.excluded if known else ())})),
        recused=tuple(sorted({*data.get("recused", ()), *(known.recused if known else ())})),
        flags=known.flags if known else (),
        final_opinions=known.final_opinions if known else (),
    )


def is_stale(known: HearingCase | None, data: Mapping[str, Any], recalled: Term | None, here: Here) -> bool:
    """Whether a word on a case is of no force here: of a lower term, of a recalled case, or from a recused one."""
    term = (data["term"]["override"], data["term"]["n"])
    gone = recalled is not None and (recalled == RECUSED or term <= recalled)
    return gone or here.office in data["excluded"] or (known is not None and term < known.term)


def recalled_under(known: Term | None, term: Term) -> Term:
    """The term that two recalls of a case leave: recusal is for good, else the higher one counts."""
    return RECUSED if RECUSED in (known, term) else max(known or term, term)


def from_line(sender: str, here: Here, *, below: bool) -> None:
    """Raises Refused unless the sender is this office, or one above it, or one below it if ``below``."""
    offices = here.tree.descendants(here.office) if below else here.tree.ancestors(here.office)
    if sender not in {here.office, *(office.id for office in offices)}:
        raise Refused("not_related", f"{sender} 无权就此来信")


def from_holder(sender: str, holder: str) -> None:
    """Raises Refused unless the sender speaks of a case that it holds itself."""
    if sender != holder:
        raise Refused("not_holder", f"{sender} 不是该事项的承办单位")


def visible(case: HearingCase | None, actor: Actor) -> HearingCase:
    """The case, if the actor's desk may know of it. Raises NotFound in the same words whether or not there is one."""
    if case is None or case.desk != actor.desk:
        raise NotFound("信访事项")
    return case


def is_inside(organ: str, here: Here) -> bool:
    """Whether an organ is an office of the network; a body outside, or one that nobody knows, is not."""
    try:
        return here.tree.in_network(organ)
    except KeyError:
        return False


def past_moment(moment: datetime | None, here: Here, name: str) -> datetime:
    """The moment a command names, now if it names none. Raises Refused for the future."""
    if moment is not None and moment > here.now:
        raise Refused("future", "时间不能晚于现在", {name: ["晚于现在"]})
    return moment or here.now


def told(
    case: HearingCase, what: str, here: Here, clocks: Sequence[Mapping[str, Any]] = (), ends: Due | None = None
) -> tuple[Tell, ...]:
    """The milestone to supervision here, above and at the holder's, and the step on the public page."""
    to = tuple(dict.fromkeys((*line(here.tree, here.office), case.holder)))
    public = (
        (progress(case, what, here, ends.at if ends else None, ends.how if ends else ()),) if case.receipt_hash else ()
    )
    return (*milestone(case, what, here, clocks, to=to), *public)
