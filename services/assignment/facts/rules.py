"""Corrections: a wrong name, class, place, wish or accused is put right, and the old stays beside the new. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import line, milestone
from contracts.words import Correction, Desk, Nature
from services.assignment import guards
from services.assignment.recusal import rules as recusal
from services.assignment.state import CaseState

PLAIN = (Correction.CATEGORY, Correction.PLACE, Correction.NATURE)


@dataclass(frozen=True)
class Fact:
    """A correction as it is kept: the old beside the new. What is not for all eyes stands in the envelopes."""

    id: str
    case: str
    what: str
    old: str
    new: str
    old_sealed: Mapping[str, Any] | None
    sealed: Mapping[str, Any] | None
    reason: str
    by: str
    at: datetime


def correct(state: CaseState, id_: str, cmd: Mapping[str, Any], here: Here) -> tuple[Decision[CaseState], Fact]:
    """The holder corrects; ``id_`` is the id of the fact, and of the sealed supplement that a discipline report gets."""
    guards.held(state, here)
    if cmd["accused_offices"] and cmd["what"] != Correction.ACCUSED:
        raise Refused("not_accused", "只有更正被反映人时才填写其所在机关", {"accused_offices": ["应为空"]})
    change = _in_the_clear(state, cmd, here) if _is_plain(state, cmd) else _sealed(state, id_, cmd, here)
    corrected = replace(state, **change)
    kept = Fact(
        id=id_,
        case=state.case,
        what=cmd["what"],
        old=str(getattr(state, cmd["what"])) if cmd["what"] in change else "",
        new=cmd["to"],
        old_sealed=state.reporter if "reporter" in change else None,
        sealed=cmd["sealed"],
        reason=cmd["reason"],
        by=here.actor.id,
        at=here.now,
    )
    corrected, tells = _recused(corrected, cmd["accused_offices"], cmd["reason"], here)
    data = {"what": cmd["what"]}
    return Decision(corrected, (*tells, *milestone(corrected, "corrected", here)), "corrected", data=data), kept


def _is_plain(state: CaseState, cmd: Mapping[str, Any]) -> bool:
    """Whether the new word may be read by everyone of the desk: of a discipline report only what the person wants."""
    return cmd["what"] in (PLAIN if state.desk == Desk.PETITION else (Correction.NATURE,))


def _in_the_clear(state: CaseState, cmd: Mapping[str, Any], here: Here) -> dict[str, Any]:
    if cmd["sealed"] is not None:
        raise Refused("not_to_seal", "该项更正不须密封", {"sealed": ["应为空"]})
    if not cmd["to"].strip() or cmd["to"] == getattr(state, cmd["what"]):
        raise Refused("nothing_new", "更正后的内容与原内容相同或者为空", {"to": ["请填写更正后的内容"]})
    _known(cmd["what"], cmd["to"], here)
    if state.desk == Desk.PETITION and _accuses(cmd["what"], cmd["to"], here):
        raise Refused("must_be_sealed", "检举控告须密封:请转纪检窗口", {"to": ["请使用“转纪检窗口”"]})
    return {cmd["what"]: cmd["to"]}


def _known(what: str, to: str, here: Here) -> None:
    """The category is in the catalogue, the nature is a word."""
    if what == Correction.NATURE and to not in list(Nature):
        known = "、".join(Nature)
        raise Refused("unknown_nature", "没有这种信访目的", {"to": [f"可选:{known}"]})
    if what == Correction.CATEGORY:
        try:
            here.policy.category(to)
        except KeyError:
            raise Refused("unknown_category", "没有这个分类", {"to": ["不在目录中"]}) from None


def _accuses(what: str, to: str, here: Here) -> bool:
    """Whether the corrected matter would belong to the discipline desk."""
    if what == Correction.CATEGORY:
        return here.policy.category(to).confidential
    return what == Correction.NATURE and to == Nature.ACCUSE


def _sealed(state: CaseState, id_: str, cmd: Mapping[str, Any], here: Here) -> dict[str, Any]:
    """What stands sealed: for a petition who reported, for a discipline report one more sealed supplement."""
    if state.desk == Desk.PETITION and cmd["what"] == Correction.ACCUSED:
        raise Refused("must_be_sealed", "检举控告须密封:请转纪检窗口", {"what": ["请使用“转纪检窗口”"]})
    if cmd["to"]:
        raise Refused("must_be_sealed", "该项更正须密封", {"to": ["应为空"]})
    if cmd["sealed"] is None or f"{here.office}/{state.desk}" not in cmd["sealed"]["keys"]:
        raise Refused("not_sealed_for", "密封件不是密封给本窗口的", {"sealed": ["没有本窗口的密钥"]})
    if state.desk == Desk.PETITION:
        reachable = state.contactable if cmd["contactable"] is None else cmd["contactable"]
        return {"reporter": cmd["sealed"], "real_name": True, "contactable": reachable}
    added = {"supplement": id_, "at": here.now.isoformat(), "text": None, "sealed": cmd["sealed"]}
    return {"supplements": (*state.supplements, added)}


def _recused(state: CaseState, offices: Sequence[str], reason: str, here: Here) -> tuple[CaseState, tuple[Tell, ...]]:
    """Where a newly known accused works is recused: below with the recall of recusal, beside from what comes later.

    Whether an office of the own line is recused is decided above it: the case has to go there first.
    """
    tells: tuple[Tell, ...] = ()
    for office in dict.fromkeys(offices):
        _may_be_recused_here(office, here)
        if office in state.excluded:
            continue
        if recusal.is_below(office, here):
            decision = recusal.exclude(state, {"office": office, "reason": reason}, here)
            state, tells = decision.state, (*tells, *decision.tells)
        else:
            state = replace(state, excluded=(*state.excluded, office))
    return state, tells


def _may_be_recused_here(office: str, here: Here) -> None:
    try:
        here.tree.office(office)
    except KeyError:
        raise Refused("unknown_office", "没有这个机关", {"accused_offices": ["没有这个机关"]}) from None
    if office in line(here.tree, here.office):
        words = "被反映人在本机关或者上级机关工作,请先将该事项报送无须回避的上级"
        raise Refused("own_line", words, {"accused_offices": ["请先报送上级"]})
