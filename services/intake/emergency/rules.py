"""A call for help: who is called, in which order, until one answers (K14, XF22 art. 25). Pure decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from contracts.calendar import Due
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.events.emergency import MAX_WHAT
from contracts.letters import Tell
from contracts.telling import clock, milestone
from contracts.words import ClockAct
from services.intake.rules import ReportState
from services.intake.stub import Stub

CLOCK = "K14"
SEALED = "网上举报中有紧急情况,内容已密封,请纪检窗口立即拆阅"


@dataclass(frozen=True)
class EmergencyState:
    """A call for help, at the office that raised it or at one above that was told. state: open, answered, cleared.

    ``chain`` is who is called, each ``{who, phone}``, fixed when it was raised; ``calls`` how many were made; ``told`` the
    offices above that know of it. ``what`` goes when it is over; ``outcome`` is what became of it.
    """

    emergency: str
    case: str
    number: str
    desk: str
    office: str
    at: datetime
    due: datetime
    what: str
    phone: str
    chain: tuple[Mapping[str, str], ...] = ()
    told: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    calls: int = 0
    state: str = "open"
    ended_at: datetime | None = None
    outcome: str = ""

    @property
    def next(self) -> Mapping[str, str] | None:
        """Who is to be called now: down the chain and then from its beginning again; None when nobody is, or known."""
        if self.state != "open" or not self.chain:
            return None
        return self.chain[self.calls % len(self.chain)]


def help_wanted(place: str, text: str | None) -> str:
    """What a report that asks for help says of it; of a sealed one only that it does."""
    return SEALED if text is None else f"{place} {text}".strip()[:MAX_WHAT]


def raise_emergency(
    report: ReportState,
    given: Mapping[str, Any],
    duty: Sequence[Mapping[str, str]],
    here: Here,
) -> Decision[EmergencyState]:
    """Help is needed: told at once to every office above that is not recused, and the chain stands.

    ``given`` is ``{emergency, what, excluded}``; ``duty`` are the office's own persons, each ``{who, phone}``. After them
    come the offices above by their published telephones. An emergency is raised even where the chain is empty.
    """
    above = [office for office in here.tree.ancestors(here.office) if office.id not in given["excluded"]]
    published = [{"who": office.name, "phone": office.phone} for office in above if office.phone]
    minutes = here.policy.emergency_minutes
    state = EmergencyState(
        emergency=given["emergency"],
        case=report.case,
        number=report.number,
        desk=report.desk,
        office=here.office,
        at=here.now,
        due=here.now + timedelta(minutes=minutes),
        what=given["what"],
        phone=here.tree.office(here.office).phone,
        chain=(*duty, *published),
        told=tuple(office.id for office in above),
        excluded=tuple(given["excluded"]),
    )
    ends = Due(state.due, False, (f"自呼救起{minutes}分钟内有人接应",))
    begun = clock(CLOCK, ClockAct.START, here.now, ends)
    names = ("emergency", "office", "desk", "number", "at", "due", "what", "phone")
    data = {name: getattr(state, name) for name in names}
    letters = tuple(Tell(office, "intake", "emergency_raised", state.case, data) for office in state.told)
    return Decision(state, (*letters, *_milestone(state, report, "emergency", here, begun)), "emergency_raised")


def record_call(
    state: EmergencyState, cmd: Mapping[str, Any], report: ReportState, here: Here
) -> Decision[EmergencyState]:
    """A call was made, in the chain's order; the first that is answered ends K14 and the calling."""
    if state.state == "answered":
        raise Refused("answered", "已有人接应,无须再呼叫")
    due = state.next
    if due is not None and cmd["who"] != due["who"]:
        words = f"应先呼叫{due['who']}({due['phone']})"
        raise Refused("call_order", words, {"who": [words]})
    called = replace(state, calls=state.calls + 1)
    note = {"call": called.calls, "answered": cmd["answered"]}
    if not cmd["answered"]:
        return Decision(called, (), "emergency_call", data=note)
    answered = replace(called, state="answered", ended_at=here.now)
    return Decision(answered, _ended(answered, report, here), "emergency_call", data=note)


def clear(state: EmergencyState, outcome: str, report: ReportState, here: Here) -> Decision[EmergencyState]:
    """It is over: the signal and its text go, here and above (domain section 7: never a mark on the person)."""
    cleared = replace(state, state="cleared", what="", outcome=outcome, ended_at=state.ended_at or here.now)
    return Decision(cleared, _ended(cleared, report, here), "emergency_cleared")


def _ended(state: EmergencyState, report: ReportState, here: Here) -> tuple[Tell, ...]:
    data = {"emergency": state.emergency, "state": state.state, "at": here.now}
    letters = tuple(Tell(office, "intake", "emergency_ended", state.case, data) for office in state.told)
    stopped = clock(CLOCK, ClockAct.STOP, here.now)
    return (*letters, *_milestone(state, report, f"emergency_{state.state}", here, stopped))


def _milestone(
    state: EmergencyState, report: ReportState, what: str, here: Here, act: Mapping[str, Any]
) -> tuple[Tell, ...]:
    stub = Stub(
        case=report.case,
        number=report.number,
        desk=report.desk,
        entry_office=report.entry_office,
        holder=here.office,
        entered_at=report.entered_at,
        category=report.category,
        place=report.place,
        excluded=state.excluded,
    )
    return milestone(stub, what, here, [act])


def on_raised(case: str, data: Mapping[str, Any], sender: str, here: Here) -> Decision[EmergencyState]:
    """An office below calls for help; it stands in the own list."""
    if data["office"] != sender or here.office not in [above.id for above in here.tree.ancestors(sender)]:
        raise Refused("not_below", "不是下级机关的紧急情况")
    names = ("emergency", "number", "desk", "office", "at", "due", "what", "phone")
    return Decision(EmergencyState(case=case, **{name: data[name] for name in names}), (), "emergency_heard")


def on_ended(state: EmergencyState, data: Mapping[str, Any], sender: str) -> Decision[EmergencyState]:
    """The office below says that somebody answered, or that it is over. Only who raised it may say so."""
    if sender != state.office or state.state == "cleared":
        return Decision(state, (), "emergency_word_refused", f"emergency_ended by {sender}")
    what = "" if data["state"] == "cleared" else state.what
    ended = replace(state, state=data["state"], what=what, ended_at=state.ended_at or data["at"])
    return Decision(ended, (), "emergency_ended")
