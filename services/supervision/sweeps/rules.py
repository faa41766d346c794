"""Disputes that sweeps find, and what a return must say of them (S43–S48). Pure decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.sweeps import DisputeStatus, Risk, Said, SweepMode
from contracts.telling import DISCIPLINE_CATEGORY
from contracts.words import Desk

ROUND = "round_"
SWEEP_CLOCK = "K25"
COLOURS = tuple(Risk)
"""The worst first."""
TOLD = (
    "dispute", "number", "office", "period", "found_on", "place", "category", "heads", "risk", "mass", "lead", "status",
    "said", "due", "closed_on", "rev",
)  # fmt: skip
"""What of a dispute goes up."""


@dataclass(frozen=True)
class Dispute:
    """A dispute (矛盾纠纷) of the ledger. ``period`` is the last day of the period whose sweep said of it last.

    ``said`` is how that sweep found it, "" where it was new; ``sweep`` found it;
    ``progress`` are {at, by, words}; ``case_id`` and ``case_number``
    are those of the petition that it became. At an office above all after ``rev`` is blank.
    """

    dispute: str
    number: str
    office: str
    period: str
    found_on: date
    place: str
    category: str
    heads: int
    risk: str
    mass: bool
    lead: str = ""
    status: str = DisputeStatus.OPEN.value
    said: str = ""
    due: date | None = None
    closed_on: date | None = None
    rev: int = 1
    sweep: str = ""
    found_by: str = ""
    parties: str = ""
    contact: str = ""
    summary: str = ""
    cause: str = ""
    helpers: tuple[str, ...] = ()
    leader: str = ""
    measure: str = ""
    progress: tuple[Mapping[str, Any], ...] = ()
    case_id: str = ""
    case_number: str = ""

    @property
    def is_open(self) -> bool:
        return DisputeStatus(self.status).is_open

    @property
    def told(self) -> dict[str, Any]:
        """What of it goes up."""
        return {name: getattr(self, name) for name in TOLD}


@dataclass(frozen=True)
class Sweep:
    """How a sweep was done, and how many disputes it found and said of."""

    id: str
    office: str
    kind: str
    period: str
    scope: str
    mode: str
    about: str = ""
    screeners: tuple[str, ...] = ()
    found: int = 0
    still: int = 0
    settled: int = 0
    worse: int = 0

    @property
    def told(self) -> dict[str, Any]:
        """What of it goes up with the return."""
        return {name: getattr(self, name) for name in ("scope", "mode", "found", "still", "settled", "worse")}

    @property
    def summary(self) -> str:
        """The sentence that the return bears."""
        return f"新排查{self.found}件;往期未化解的:仍在{self.still}件、已化解{self.settled}件、加重{self.worse}件"


def is_sweep(kind: str, here: Here) -> bool:
    """Whether returns of this kind are sweeps: the calendar's, or an ordered round's."""
    of = here.policy.periods.get(kind)
    return kind.startswith(ROUND) or (of is not None and of.clock == SWEEP_CLOCK)


def may_work(here: Here) -> None:
    """Sweeps are the petition desk's."""
    if here.actor.desk != Desk.PETITION:
        raise Refused("wrong_desk", "排查由信访窗口办理")


def must_be_said(known: Iterable[Dispute], period: str, here: Here) -> tuple[Dispute, ...]:
    """The own disputes that the return of ``period`` has to say of: open, and not said of in it or a later one."""
    return tuple(each for each in known if each.office == here.office and each.is_open and each.period < period)


def carry(open_ones: Sequence[Dispute], said: Sequence[Mapping[str, Any]], period: str, here: Here) -> list[Dispute]:
    """The open disputes as the return says of them: each of them once, and no other (S45, S48). Raises Refused."""
    wanted, given = {each.dispute: each for each in open_ones}, [each["dispute"] for each in said]
    if len(given) != len(set(given)) or set(given) - set(wanted):
        raise Refused(
            "not_open", "只能说明尚未化解的往期纠纷,每件一次", {"carried": ["有重复或者不是未化解的往期纠纷"]}
        )
    missing = [each.number for each in open_ones if each.dispute not in given]
    if missing:
        fields = {"carried": [f"还有未说明的往期纠纷: {'、'.join(missing[:20])}"]}
        raise Refused("not_all_said", "往期未化解的纠纷须逐件说明: 仍在、已化解或者加重", fields)
    return [_said(wanted[each["dispute"]], each, period, here) for each in said]


def _said(known: Dispute, given: Mapping[str, Any], period: str, here: Here) -> Dispute:
    state = replace(known, period=period, said=given["said"], rev=known.rev + 1)
    state = _entered(state, given["words"], here) if given["words"].strip() else state
    if given["said"] == Said.SETTLED:
        return replace(state, status=DisputeStatus.RESOLVED.value, closed_on=local_day(here.now))
    return replace(state, risk=_risk(known, given)) if given["risk"] else state


def _risk(known: Dispute, given: Mapping[str, Any]) -> str:
    before, after = COLOURS.index(Risk(known.risk)), COLOURS.index(Risk(given["risk"]))
    if given["said"] != Said.WORSE or after > before:
        raise Refused(
            "risk_only_up", "只有加重的纠纷可以提高风险等级", {"carried": [f"{known.number}: 风险等级只能提高"]}
        )
    return str(given["risk"])


def _entered(state: Dispute, words: str, here: Here) -> Dispute:
    entry = {"at": here.now.isoformat(), "by": here.actor.id, "words": words}
    return replace(state, progress=(*state.progress, entry))


def found(given: Mapping[str, Any], names: Mapping[str, Any], here: Here) -> Dispute:
    """A dispute as a sweep found it; ``names`` are {dispute, number, period, sweep}.

    Raises Refused for what belongs to the discipline desk, a wrong day, or an office that is not there.
    """
    if given["category"].startswith(DISCIPLINE_CATEGORY):
        raise Refused(
            "must_be_sealed", "反映干部的问题须作为检举控告密封登记", {"findings": ["反映干部的问题不入排查台账"]}
        )
    if given["found_on"] > local_day(here.now):
        raise Refused("in_future", "排查日期不能晚于今天", {"findings": ["排查日期不能晚于今天"]})
    for office in (*given["helpers"], *([given["lead"]] if given["lead"] else [])):
        if not _known(office, here):
            raise Refused("unknown_office", "没有这个单位", {"findings": [f"没有单位 {office}"]})
    return Dispute(**{**given, "helpers": tuple(given["helpers"])}, **names, office=here.office)


def _known(office: str, here: Here) -> bool:
    try:
        return here.tree.in_network(office)
    except KeyError:
        return False


def swept(period_id: str, cmd: Mapping[str, Any], carried: Sequence[Dispute], here: Here) -> Sweep:
    """The sweep that a return tells of."""
    counted = [each.said for each in carried]
    mode = SweepMode.CONCENTRATED if cmd["kind"].startswith(ROUND) else SweepMode.ROUTINE
    return Sweep(
        id=period_id,
        office=here.office,
        kind=cmd["kind"],
        period=cmd["period"],
        scope=cmd["scope"],
        mode=mode.value,
        about=cmd["about"],
        screeners=tuple(cmd["screeners"]),
        found=len(cmd["findings"]),
        **{word.value: counted.count(word.value) for word in Said},
    )


def work(known: Dispute, cmd: Mapping[str, Any], here: Here) -> Dispute:
    """What was done about an own dispute. Raises Refused for one that is not open."""
    may_work(here)
    _own_and_open(known, here)
    status = DisputeStatus(cmd["status"])
    closed = None if status.is_open else local_day(here.now)
    state = replace(known, status=status.value, closed_on=closed, rev=known.rev + 1)
    return _entered(state, cmd["words"], here)


def _own_and_open(known: Dispute, here: Here) -> None:
    if known.office != here.office:
        raise Refused("not_yours", "该纠纷由排查单位办理", {"dispute": ["不是本单位的纠纷"]})
    if not known.is_open:
        raise Refused("not_open", "该纠纷已经结束", {"dispute": ["已经结束"]})


def to_case(known: Dispute, case: str, text: str, here: Here) -> Decision[Dispute]:
    """The dispute goes on as a petition under ``case``: the own intake registers it (S10)."""
    may_work(here)
    _own_and_open(known, here)
    state = replace(
        known, status=DisputeStatus.TO_CASE.value, case_id=case, closed_on=local_day(here.now), rev=known.rev + 1
    )
    data = {
        "dispute": known.dispute,
        "category": known.category,
        "place": known.place,
        "text": text,
        "heads": known.heads,
    }
    return Decision(state, (Tell(here.office, "intake", "finding_raised", case, data),), "dispute_to_case")


def tells(state: Dispute, here: Here) -> tuple[Tell, ...]:
    """The dispute as it stands, to every office above."""
    above = here.tree.ancestors(here.office)
    return tuple(Tell(office.id, "supervision", "dispute_told", "", state.told) for office in above)


def heard(known: Dispute | None, data: Mapping[str, Any], sender: str, here: Here) -> Dispute | None:
    """A dispute of an office below as it stands; None where nothing changes. Only its own office tells it."""
    below = {office.id for office in here.tree.descendants(here.office)}
    if data["office"] != sender or sender not in below or (known is not None and known.office != sender):
        raise Refused("not_below", f"纠纷只能由排查它的下级单位报送,{sender} 不是")
    if known is not None and known.rev >= data["rev"]:
        return None
    return Dispute(**data)
