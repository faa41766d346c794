"""The recusal of a person, at the person's own wish, a leader's word, or the reporter's objection. Pure decisions.

A recused person is a veil in the case (contracts.veils). No clock of the case stops or moves for it (监察法 art. 67; XF22
art. 28 ¶3; rules for discipline reports, recusal).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.officials import Official, in_term
from contracts.telling import milestone
from contracts.veils import is_veiled, veil, veils
from services.assignment import guards
from services.assignment.recusal.rules import above, is_below
from services.assignment.state import CaseState, OfferState

OBJECTION = "objection"
NO_HANDLER = "handler_recused"


@dataclass(frozen=True)
class ObjectionState:
    """A reporter's objection to a person; state: open, granted or refused. ``veil`` is "" until the person is known."""

    id: str
    case: str
    at: datetime
    by: str
    named: str
    veil: str
    reason: str
    sealed: Mapping[str, Any] | None = None
    state: str = "open"
    decided_by: str = ""
    decided_at: datetime | None = None
    why: str = ""


def recuse(state: CaseState, cmd: Mapping[str, Any], register: Collection[Official], here: Here) -> Decision[CaseState]:
    """Recuse ``cmd["person"]`` on ``cmd["ground"]``: a leader's act, or that of the person.

    Refused besides: ``not_superior`` for a person of another office that is not below this one.
    """
    guards.not_recalled(state)
    if cmd["person"] != here.actor.person:
        guards.leader(here)
    given = veil(state.case, cmd["person"])
    own_people(state.case, (given,), register, here)
    if given in state.recused:
        raise Refused("already_recused", "该人员已经回避", {"person": ["已经回避"]})
    return _recused(state, [given], here, {"ground": cmd["ground"]})


def own_people(case: str, meant: Collection[str], register: Collection[Official], here: Here) -> None:
    """A person is recused by the own office or one above: whoever these veils stand for has a post today here or below,
    or is the actor and in no register. The top recuses anybody. Raises Refused ``not_superior``.
    """
    if here.office == here.tree.root.id:
        return
    offices = {here.office, *(office.id for office in here.tree.descendants(here.office))}
    today = local_day(here.now)
    own = {each.id for each in register if any(at.office in offices and in_term(at, today) for at in each.posts)}
    if here.actor.person not in {each.id for each in register}:
        own.add(here.actor.person)
    if not set(meant) <= set(veils(case, own)):
        raise Refused(
            "not_superior", "该人员不属本机关及下级,其回避由上级决定,请将该事项上交", {"person": ["须由上级决定"]}
        )


def on_recused(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[CaseState]:
    """Another office that has the case recused persons: they are here too, and whoever else has it is told."""
    fresh = [each for each in data["recused"] if each not in state.recused]
    if state.recalled or not fresh or not may_recuse(sender, here):
        return guards.unheard(state, f"person_recused by {sender}")
    return _recused(state, fresh, here, {"by": sender}, told_by=sender)


def may_recuse(sender: str, here: Here) -> bool:
    """Whether an office's word on who is recused counts: only that of one above."""
    return sender in above(here.office, here)


def _recused(
    state: CaseState, fresh: Collection[str], here: Here, data: Mapping[str, Any], told_by: str = ""
) -> Decision[CaseState]:
    after = without_handler(replace(state, recused=tuple(sorted({*state.recused, *fresh}))), fresh, here)
    told = {"recused": sorted(fresh)}
    tells = tuple(
        Tell(office, "assignment", "person_recused", state.case, told)
        for office in with_the_case(after, here)
        if office != told_by
    )
    if state.holder == here.office:
        tells = (*tells, *milestone(after, "person_recused", here))
    return Decision(after, tells, "person_recused", "", data)


def without_handler(state: CaseState, fresh: Collection[str], here: Here) -> CaseState:
    """Nobody handles what he is recused from; the handler is an official's id or, for oneself, the account."""
    own = is_veiled(state.case, here.actor.person, fresh) and state.handler == here.actor.id
    if own or is_veiled(state.case, state.handler, fresh):
        return replace(state, handler="", todo=NO_HANDLER)
    return state


def with_the_case(state: CaseState, here: Here) -> tuple[str, ...]:
    """The offices of the own line that may have the case, but for the recused ones."""
    line = above(here.office, here)
    return tuple(
        office for office in state.seen if office not in state.excluded and (office in line or is_below(office, here))
    )


def with_recused(offer: OfferState, fresh: Collection[str]) -> OfferState:
    """An offer in the in-tray whose file says that these persons are recused too."""
    known = offer.file.get("recused", ())
    return replace(offer, file={**offer.file, "recused": sorted({*known, *fresh})})


def object_to(state: CaseState, cmd: Mapping[str, Any]) -> Decision[CaseState]:
    """The reporter objects to a person, by official's id or by name: a leader has to decide (todo)."""
    guards.not_recalled(state)
    if not cmd["person"] and not cmd["named"].strip():
        raise Refused("person_needed", "请指明申请何人回避", {"person": ["请填写人员编号,或者写明姓名、职务"]})
    return Decision(replace(state, todo=OBJECTION), (), "objection")


def decide(
    state: CaseState,
    objection: ObjectionState,
    cmd: Mapping[str, Any],
    register: Collection[Official],
    here: Here,
) -> tuple[Decision[CaseState], ObjectionState]:
    """A leader grants or refuses an objection, never one to himself; granted, the person is recused.

    Where it only names somebody, ``cmd["person"]`` says who is meant. Refused: ``same_person``, ``person_needed``,
    and to grant it what ``recuse`` refuses.
    """
    guards.not_recalled(state)
    if is_veiled(state.case, here.actor.person, (objection.veil,)):
        raise NotFound("回避申请")
    guards.leader(here)
    _not_oneself(objection, cmd, register, here)
    if objection.state != "open":
        raise Refused("decided", "该回避申请已经决定", {"objection": ["已经决定"]})
    settled = replace(state, todo="" if state.todo == OBJECTION else state.todo)
    meant = _meant(state, objection, cmd)
    closed = replace(objection, veil=meant, decided_by=here.actor.id, decided_at=here.now, why=cmd["reason"])
    if not cmd["grant"]:
        return Decision(settled, (), "objection_refused"), replace(closed, state="refused")
    own_people(state.case, (meant,), register, here)
    granted = replace(closed, state="granted")
    if meant in state.recused:
        return Decision(settled, (), "objection_granted"), granted
    return _recused(settled, [meant], here, {"ground": cmd["ground"]}), granted


def _not_oneself(objection: ObjectionState, cmd: Mapping[str, Any], register: Collection[Official], here: Here) -> None:
    """Whoever is objected to, by account, official's id or name in the register, does not decide on it. Raises Refused."""
    ids = {here.actor.id, here.actor.person} - {""}
    names = {each.name for each in register if each.id == here.actor.person}
    if ids & {cmd["person"], objection.named.strip()} or any(name in objection.named for name in names):
        raise Refused("same_person", "被申请回避的人不能决定该申请,请由其他负责人决定", {"person": ["本人"]})


def _meant(state: CaseState, objection: ObjectionState, cmd: Mapping[str, Any]) -> str:
    if objection.veil:
        return objection.veil
    if not cmd["person"]:
        raise Refused("person_needed", "请指明回避的人员", {"person": ["必填"]})
    return veil(state.case, cmd["person"])
