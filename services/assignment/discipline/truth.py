"""What follows when a report was untrue: clearing, and whether it was made in good faith (JK arts 39–41, 50, 51). Pure.

A district only suggests that an accusation was false; the city recognises it. Nothing is marked on a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.words import Finding, Status
from services.assignment import guards
from services.assignment.discipline.rules import of_discipline
from services.assignment.state import CaseState


@dataclass(frozen=True)
class Accusation:
    """What was found of a report's good faith: mistaken, suggested, recognised or not_recognised."""

    case: str
    state: str
    facts: str
    by: str
    at: datetime
    document_no: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Clearing:
    """A clearing: proposed, approved, done."""

    id: str
    case: str
    way: str
    words: str
    proposed_by: str
    proposed_at: datetime
    state: str = "proposed"
    approved_by: str = ""
    approved_at: datetime | None = None
    done_by: str = ""
    done_at: datetime | None = None


def suggest(
    state: CaseState, verdict: str, known: Accusation | None, cmd: Mapping[str, Any], here: Here
) -> Decision[Accusation]:
    """A head suggests that the city recognise a false accusation; once, and not of a report found mistaken."""
    _found_untrue(state, verdict, here)
    guards.leader(here)
    _not_found_yet(known)
    suggested = Accusation(state.case, "suggested", cmd["facts"], here.actor.id, here.now)
    return Decision(suggested, (), "false_accusation_suggested")


def city_decided(
    state: CaseState, known: Accusation | None, cmd: Mapping[str, Any], here: Here
) -> Decision[Accusation]:
    """Register the city's document on what was suggested."""
    of_discipline(state)
    guards.held(state, here)
    if known is None or known.state != "suggested":
        raise Refused("not_suggested", "没有待市级认定的建议")
    at = cmd["at"] or here.now
    guards.not_future(at, here, "at")
    if at < known.at:
        raise Refused("too_early", "认定时间不能早于提出建议的时间", {"at": ["早于提出建议的时间"]})
    word = "recognised" if cmd["recognised"] else "not_recognised"
    decided = replace(known, state=word, document_no=cmd["document_no"], decided_at=at)
    return Decision(decided, (), "city_decided", data={"recognised": cmd["recognised"]})


def mistaken(
    state: CaseState, verdict: str, known: Accusation | None, cmd: Mapping[str, Any], here: Here
) -> Decision[Accusation]:
    """A head finds that the report was wrong without intent (错告): it can no longer be called a false accusation."""
    _found_untrue(state, verdict, here)
    guards.leader(here)
    _not_found_yet(known)
    return Decision(Accusation(state.case, "mistaken", cmd["reason"], here.actor.id, here.now), (), "found_mistaken")


def _not_found_yet(known: Accusation | None) -> None:
    if known is not None:
        raise Refused("found", "该事项已有是否诬告、错告的结论或者建议")


def _found_untrue(state: CaseState, verdict: str, here: Here) -> None:
    """The conclusion, issued here, says that the report was untrue."""
    of_discipline(state)
    guards.held(state, here)
    guards.status(state, Status.CONCLUDED)
    if verdict != Finding.UNTRUE:
        raise Refused("not_untrue", "只有查明不属实的事项才可以这样处理")


def propose(
    state: CaseState, verdict: str, open_one: Clearing | None, id_: str, cmd: Mapping[str, Any], here: Here
) -> Decision[Clearing]:
    """Propose a clearing after a conclusion of untrue; the next one when this is done."""
    _found_untrue(state, verdict, here)
    if open_one is not None:
        raise Refused("clearing_open", "该事项已有尚未完成的澄清")
    proposed = Clearing(id_, state.case, cmd["way"], cmd["words"], here.actor.id, here.now)
    return Decision(proposed, (), "clearing_proposed", data={"way": cmd["way"]})


def approve(state: CaseState, open_one: Clearing | None, here: Here) -> Decision[Clearing]:
    """The head approves it (JK art. 50)."""
    of_discipline(state)
    guards.held(state, here)
    guards.leader(here)
    clearing = _standing(open_one, "proposed", "没有待批准的澄清")
    if clearing.proposed_by == here.actor.id:
        raise Refused("same_person", "提出澄清的人不能批准,须由负责人批准")
    approved = replace(clearing, state="approved", approved_by=here.actor.id, approved_at=here.now)
    return Decision(approved, (), "clearing_approved", data={"way": clearing.way})


def done(state: CaseState, open_one: Clearing | None, cmd: Mapping[str, Any], here: Here) -> Decision[Clearing]:
    """It was done, after the approval."""
    of_discipline(state)
    guards.held(state, here)
    clearing = _standing(open_one, "approved", "没有已批准、待实施的澄清")
    at = cmd["at"] or here.now
    guards.not_future(at, here, "at")
    if clearing.approved_at is not None and at < clearing.approved_at:
        raise Refused("too_early", "澄清时间不能早于批准时间", {"at": ["早于批准时间"]})
    cleared = replace(clearing, state="done", done_by=cmd["done_by"], done_at=at)
    return Decision(cleared, (), "cleared", data={"way": clearing.way})


def _standing(open_one: Clearing | None, state: str, otherwise: str) -> Clearing:
    if open_one is None or open_one.state != state:
        raise Refused("no_clearing", otherwise)
    return open_one
