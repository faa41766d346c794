"""Another office helps (协办): asked by the holder, which stays holder and answers for the time it takes. Pure decisions.

Offices of one line write to each other; a sibling is reached through those between, each passing the letter on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import DISCIPLINE_CATEGORY, clock, line, milestone
from contracts.words import ClockAct, Desk
from services.assignment import clocks, guards
from services.assignment.helping.states import ASKED, RELEASED, REPORTED, HelperState
from services.assignment.helping.way import on_the_way
from services.assignment.state import CaseState

CLOCK = "K11"
NO_MORE = "不再需要协办"
MAX_DAYS = 366


@dataclass(frozen=True)
class Helped:
    """A case and the helper that an act was about."""

    case: CaseState
    helper: HelperState


def ask(state: CaseState, helpers: Sequence[HelperState], cmd: Mapping[str, Any], here: Here) -> Decision[Helped]:
    """Ask ``cmd["to"]`` for ``cmd["what"]`` by the end of the day ``cmd["due"]`` (XF22 art. 22: the sender's term).

    Refused: not the holder, closed, no such office, recused, already helping, a day that is past or too far off; of a
    discipline case a request in words of its own.
    """
    guards.held(state, here)
    guards.open_case(state)
    _may_help(state, cmd["to"], here)
    _neutral(state, cmd["what"], here)
    if any(helper.office == cmd["to"] and helper.state == ASKED for helper in helpers):
        raise Refused("already_helping", "该机关正在协办", {"to": ["正在协办"]})
    days = (local_day(cmd["due"]) - local_day(here.now)).days
    if not 1 <= days <= MAX_DAYS:
        raise Refused("due_past", "协办期限须在明天以后、一年以内", {"due": ["须在明天以后、一年以内"]})
    ends = clocks.set_term(here, days)
    ordinal = 1 + max((helper.ordinal for helper in helpers), default=0)
    helper = HelperState(
        state.case, ordinal, cmd["to"], cmd["what"], here.now, ends.at, ends.provisional, tuple(ends.how)
    )
    known = replace(state, seen=tuple(dict.fromkeys((*state.seen, *line(here.tree, cmd["to"])))))
    tells = (asked(known, helper, here), *milestone(known, "help_asked", here, started(helper)))
    return Decision(Helped(known, helper), tells, "help_asked", data={"to": cmd["to"], "ordinal": ordinal})


def _neutral(state: CaseState, what: str, here: Here) -> None:
    """What is asked travels in clear: of a discipline case it is one of the policy's neutral requests. Raises Refused."""
    known = here.policy.neutral_requests
    if state.desk == Desk.DISCIPLINE and what not in known:
        raise Refused("not_neutral", "检举控告的协办只能选用中性用语", {"what": [f"可选: {'；'.join(known)}"]})


def _may_help(state: CaseState, to: str, here: Here) -> None:
    try:
        inside, tier = here.tree.in_network(to), here.tree.office(to).tier
    except KeyError:
        inside, tier = False, ""
    if not inside:
        raise Refused("unknown_office", "没有这个机关", {"to": ["没有这个机关"]})
    if to == here.office:
        raise Refused("itself", "不能请本机关协办", {"to": ["是本机关"]})
    if to in state.excluded:
        raise Refused("excluded", "该机关应当回避该事项", {"to": ["应当回避"]})
    if tier == "portal" or (tier == "village" and state.desk == Desk.DISCIPLINE):
        raise Refused("not_for_them", "该机关不能协办此类事项", {"to": ["不能协办"]})


def asked(state: CaseState, helper: HelperState, here: Here) -> Tell:
    """What the helper gets to see: for the discipline desk neither text nor place, and never who reported."""
    secret = state.desk == Desk.DISCIPLINE
    data = {
        "ordinal": helper.ordinal,
        "to": helper.office,
        "asked_by": here.office,
        "desk": state.desk,
        "number": state.number,
        "category": DISCIPLINE_CATEGORY if secret else state.category,
        "place": "" if secret else state.place,
        "text": None if secret else state.text,
        "what": helper.what,
        "asked_at": helper.asked_at,
        "due": helper.due,
        "excluded": list(state.excluded),
        "recused": list(state.recused),
    }
    return on_the_way("help_asked", state.case, data, here)


def on_reported(state: CaseState, helper: HelperState | None, data: Mapping[str, Any], here: Here) -> Decision[Helped]:
    """The holder hears what its helper did; the helper's clock ends. Unheard unless that office was asked."""
    if helper is None or helper.office != data["office"] or helper.state != ASKED:
        return Decision(Helped(state, helper), (), "refused", f"help_reported by {data['office']}")  # type: ignore[arg-type]
    done = replace(helper, state=REPORTED, report=data["report"], reported_at=data["at"], heard_at=here.now)
    tells = milestone(state, "help_reported", here, stopped([done], here))
    return Decision(Helped(state, done), tells, "help_reported", data={"by": helper.office, "ordinal": helper.ordinal})


def onward(state: CaseState, data: Mapping[str, Any], here: Here) -> tuple[Tell, ...]:
    """A report to an office that holds the case no more, for the one that signed from it or took it away."""
    to = state.holder if state.recalled else state.passed_to
    if to in ("", here.office) or to in data["excluded"]:
        return ()
    return (on_the_way("help_reported", state.case, {**data, "to": to}, here),)


def release(state: CaseState, helper: HelperState, reason: str, here: Here) -> Decision[Helped]:
    """The holder needs the help no more."""
    guards.held(state, here)
    if helper.state != ASKED:
        raise Refused("not_asked", "该协办事项已经反馈或者解除")
    done = replace(helper, state=RELEASED, why=reason)
    tells = (
        released(state, helper, reason, here),
        *milestone(state, "help_released", here, stopped([helper], here)),
    )
    return Decision(Helped(state, done), tells, "help_released", data={"from": helper.office})


def released(state: CaseState, helper: HelperState, reason: str, here: Here) -> Tell:
    """The word to the helper; without a reason it keeps nothing of it. Of a discipline case the reason stays here."""
    reason = NO_MORE if reason and state.desk == Desk.DISCIPLINE else reason
    data = {"ordinal": helper.ordinal, "to": helper.office, "asked_by": here.office, "reason": reason}
    return on_the_way("help_released", state.case, {**data, "excluded": list(state.excluded)}, here)


def started(*helpers: HelperState) -> clocks.Acts:
    """The starts of the clocks of helpers that still have to report; the holder answers for them."""
    return [
        {**clock(CLOCK, ClockAct.START, helper.asked_at, helper.ends), "ref": helper.ref}
        for helper in helpers
        if helper.state == ASKED
    ]


def stopped(helpers: Sequence[HelperState], here: Here) -> clocks.Acts:
    """The ends of the clocks of helpers."""
    return [{**clock(CLOCK, ClockAct.STOP, here.now), "ref": helper.ref} for helper in helpers]
