"""A case is offered to another office, returned, or asked back. While it is offered the offerer holds it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from contracts.calendar import Due
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import line, milestone
from contracts.words import Desk, OfferKind, Status
from services.assignment import clocks, guards
from services.assignment.state import CaseState, OfferState


def offer(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """Offer the case to ``cmd["to"]`` under the next n (转送, 交办); the sign-for clock K24 runs until it is answered.

    ``cmd`` has the envelopes already re-sealed for the receiver. Refused: no route, recused, not sealed for it.
    """
    guards.held(state, here)
    guards.open_case(state)
    guards.status(state, Status.REGISTERED, Status.ACCEPTED)
    check_target(state, cmd["to"], here, direct=cmd.get("direct", False))
    guards.as_decided(state, cmd["to"], here)
    report_back = _report_back(cmd, here)
    offered = replace(
        state,
        offered_to=cmd["to"],
        offered_at=here.now,
        offered_kind=cmd["kind"],
        allotted=state.allotted + 1,
        seen=tuple(dict.fromkeys((*state.seen, *line(here.tree, cmd["to"])))),
        asked_back=False,
        todo="",
    )
    offered, acts = clocks.swap(offered, here, clocks.SORTING, "K24", here.now)
    letter = Tell(cmd["to"], "assignment", "case_offered", state.case, _letter(offered, cmd, report_back, here))
    tells = (letter, *milestone(offered, "offered", here, acts), clocks.public(offered, "offered", here))
    term = {"override": offered.override, "n": offered.allotted}
    return Decision(offered, tells, "offered", data={"to": cmd["to"], "kind": cmd["kind"], "term": term})


def check_target(state: CaseState, to: str, here: Here, *, direct: bool = False) -> None:
    """The receiver is in the own line, next to this office but for recused ones between, and may have the case.

    ``direct``: an office that is no more hands up past those between, to the superior that asked for it.
    """
    if to in state.excluded:
        raise Refused("excluded", "该机关应当回避该事项", {"to": ["应当回避"]})
    try:
        between = list(_between(here.office, to, here))
        tier = here.tree.office(to).tier
    except KeyError:
        raise Refused("unknown_office", "没有这个机关", {"to": ["没有这个机关"]}) from None
    if not direct and [office for office in between if office not in state.excluded]:
        raise Refused("no_route", "请逐级转送,经由中间的机关", {"to": ["须逐级转送"]})
    if tier == "portal" or (tier == "village" and state.desk == Desk.DISCIPLINE):
        raise Refused("not_for_them", "该机关不能承办此类事项", {"to": ["不能承办"]})


def _between(here_id: str, to: str, here: Here) -> Iterator[str]:
    """The offices strictly between two of one line. Refused when they are not of one line."""
    above_here = [office.id for office in here.tree.ancestors(here_id)]
    above_there = [office.id for office in here.tree.ancestors(to)]
    if to in above_here:
        return iter(above_here[: above_here.index(to)])
    if here_id in above_there:
        return iter(above_there[: above_there.index(here_id)])
    raise Refused("no_route", "不属于上下级,须经共同的上级机关转送", {"to": ["须经共同的上级"]})


def _report_back(cmd: Mapping[str, Any], here: Here) -> Due | None:
    """When the report-back of a 交办 is due (K11); a 转送 has none."""
    if cmd["kind"] != OfferKind.HAND_OVER:
        return None
    if cmd["report_back_days"] is None:
        raise Refused("no_term", "交办须指定反馈期限", {"report_back_days": ["必填"]})
    return clocks.set_term(here, cmd["report_back_days"])


def _letter(state: CaseState, cmd: Mapping[str, Any], report_back: Due | None, here: Here) -> dict[str, Any]:
    settling = here.tier == "village"  # what a village had accepted is for an organ to accept anew
    return {
        "file": _file_for(state, cmd),
        "term": {"override": state.override, "n": state.allotted},
        "kind": cmd["kind"],
        "note": cmd["note"],
        "status": Status.REGISTERED.value if settling else state.status,
        "excluded": list(state.excluded),
        "report_back_due": report_back.at if report_back else state.report_back_due,
        "clocks": clocks.carried(state, here),
        "accepted_at": None if settling else state.accepted_at,
        "extended": state.extended and not settling,
        "bounces": state.bounces,
        "helpers": cmd.get("helpers", []),
        "decided_by": state.decided_by if state.decided_for else "",
        "decided_for": state.decided_for,
        "procedure": "" if settling else state.procedure,
    }


def _file_for(state: CaseState, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """The file with its envelopes as the receiver's desk can open them."""
    file = state.file()
    for name in ("sealed", "reporter"):
        if file[name] is not None:
            file[name] = _opening_to(cmd[name], f"{cmd['to']}/{state.desk}", name)
    fresh = {each["supplement"]: each["sealed"] for each in cmd["supplements"]}
    file["supplements"] = [
        {**each, "sealed": fresh.get(each["supplement"], each["sealed"])} for each in state.supplements
    ]
    return file


def _opening_to(envelope: Mapping[str, Any] | None, desk: str, name: str) -> Mapping[str, Any]:
    if envelope is None or desk not in envelope["keys"]:
        raise Refused("not_sealed_for", "密封件须先为接收机关重新密封", {name: [f"没有{desk}的密钥"]})
    return envelope


def return_unsigned(offer_: OfferState, cmd: Mapping[str, Any], here: Here) -> Decision[OfferState]:
    """Objection before signing, within 5 working days of receipt (异议退回, K4, XF22 art. 23)."""
    if offer_.state != "open":
        raise Refused("no_offer", "该事项没有待签收的转送")
    guards.may_refuse(offer_.desk, here)
    guards.not_decided(offer_.carried["decided_by"])
    _objection_in_time(offer_.arrived_at, here)
    term = {"override": offer_.override, "n": offer_.n}
    data = {"term": term, "at": here.now, "reason": cmd["reason"], "proposed_office": cmd["proposed_office"]}
    tell = Tell(offer_.office, "assignment", "case_returned", offer_.case, data)
    return Decision(offer_.closed("returned"), (tell,), "returned", data={"term": term})


def return_signed(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """Objection after signing, within the same days: the papers are offered back, and the sender agrees by signing.

    ``cmd`` is that of ``offer`` with ``to`` the office the case came from. After K4 the office owns the matter.
    """
    guards.held(state, here)
    guards.status(state, Status.REGISTERED)
    if not state.from_office:
        raise Refused("not_offered", "该事项由本机关登记,不能退回")
    guards.may_refuse(state.desk, here)
    guards.not_decided(state.decided_by)
    _objection_in_time(state.came_at, here)
    return offer(_bounced(state, here), cmd, here)


def _bounced(state: CaseState, here: Here) -> CaseState:
    """Returned once more; beyond the policy's limit it bears the flag ``bounced``, which supervision sees (S55)."""
    bounces = state.bounces + 1
    fresh = ("bounced",) if bounces > here.policy.bounce_limit else ()
    return replace(state, bounces=bounces, flags=tuple(dict.fromkeys((*state.flags, *fresh))))


def _objection_in_time(arrived_at: Any, here: Here) -> None:
    until = here.policy.due("K4", arrived_at).at
    if here.now > until:
        raise Refused("too_late", "已超过收到之日起5个工作日的异议期限", {"case": [f"异议期限至{until:%Y-%m-%d}"]})


def on_returned(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[CaseState]:
    """The receiver objects: the holder decides anew. Beyond the policy's bounce limit that is told as a bounce (S55)."""
    if not _answers(state, data, sender):
        return guards.unheard(state, f"case_returned by {sender}")
    state = replace(_bounced(_no_offer(state), here), todo="returned")
    what = "bounced" if state.bounces > here.policy.bounce_limit else "returned"
    state, acts = _answered(state, here)
    tells = (*milestone(state, what, here, acts), clocks.public(state, "returned", here))
    return Decision(state, tells, what, data={"by": sender, "proposed_office": data["proposed_office"]})


def ask_back(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """Ask for an unsigned offer back; the receiver's office answers, and until then nothing changes."""
    guards.not_recalled(state)
    if state.holder != here.office or not state.offered_to:
        raise Refused("no_offer", "该事项没有等待签收的转送")
    data = {"term": {"override": state.override, "n": state.allotted}, "reason": cmd["reason"]}
    tell = Tell(state.offered_to, "assignment", "ask_back", state.case, data)
    return Decision(replace(state, asked_back=True), (tell,), "asked_back")


def answer_ask_back(
    offer_: OfferState | None, case: str, data: Mapping[str, Any], sender: str
) -> Decision[OfferState | None]:
    """The receiver's office answers by itself: unsigned is given back, signed is not. Nobody but the offerer learns which."""
    if offer_ is not None and offer_.office != sender:
        return Decision(offer_, (), "refused", f"ask_back by {sender}")
    signed = offer_ is not None and offer_.state == "signed"
    closed = offer_.closed("given_back") if offer_ is not None and offer_.state == "open" else offer_
    answer = {"term": dict(data["term"]), "given_back": not signed}
    tell = Tell(sender, "assignment", "ask_back_answered", case, answer)
    return Decision(closed, (tell,), "kept" if signed else "given_back")


def on_ask_back_answered(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[CaseState]:
    """The offer is back in the own hand, or was signed for and its signature is on the way."""
    if not _answers(state, data, sender):
        return guards.unheard(state, f"ask_back_answered by {sender}")
    if not data["given_back"]:
        return Decision(replace(state, asked_back=False), (), "ask_back_refused", "", {"by": sender})
    state, acts = _answered(_no_offer(state), here)
    return Decision(state, milestone(state, "given_back", here, acts), "given_back", "", {"by": sender})


def _answers(state: CaseState, data: Mapping[str, Any], sender: str) -> bool:
    """Whether a letter answers the offer that stands."""
    term = data["term"]["override"], data["term"]["n"]
    return not state.recalled and sender == state.offered_to and term == (state.override, state.allotted)


def _no_offer(state: CaseState) -> CaseState:
    return replace(state, offered_to="", offered_at=None, offered_kind="", asked_back=False)


def _answered(state: CaseState, here: Here) -> tuple[CaseState, clocks.Acts]:
    state, stopped = clocks.stop(state, here, ["K24"])
    state, begun = clocks.begin(state, here)
    return state, stopped + begun
