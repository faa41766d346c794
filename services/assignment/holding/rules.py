"""A case comes to an office: by registration here, or by signing for an offer. Pure decisions.

The holder is the office that signed the highest term; only the holder allots the next n, by an offer; the holder
changes in one commit only, the receiver's signature (design.md section 4, "One holder").
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from contracts.calendar import Due
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import clock, line, milestone
from contracts.words import ClockAct, Status
from services.assignment import clocks, guards
from services.assignment.helping import travelling
from services.assignment.routing import crossing
from services.assignment.state import CaseState, OfferState

_DECIDED = ("decided_by", "decided_for")
_STATE_FIELDS = {field.name for field in fields(CaseState)}


def register(file: Mapping[str, Any], accused_offices: Sequence[str], here: Here) -> Decision[CaseState]:
    """A report numbered by the own intake becomes a case held here; offices complained of are excluded from birth.

    The top office is never excluded here: what concerns it never enters the system (JK art. 15).
    """
    excluded = tuple(office for office in accused_offices if office not in (here.office, here.tree.root.id))
    seen = line(here.tree, here.office)
    state = _from_file(file, holder=here.office, came_at=file["entered_at"], excluded=excluded, seen=seen)
    state, acts = clocks.begin(state, here)
    state, urgent = clocks.urgent(state, here)
    return Decision(state, milestone(state, "registered", here, acts + urgent), "case_registered")


def take(state: CaseState, here: Here) -> Decision[CaseState]:
    """The holder handles it itself. The petition bureau's sorting ends (K1 → K2); a village's days to settle begin."""
    guards.held(state, here)
    guards.status(state, Status.REGISTERED)
    state = replace(state, taken=True)
    acts: clocks.Acts = []
    if "K1" in state.running and state.contactable:
        state, acts = clocks.swap(state, here, ["K1"], "K2", state.came_at)
    if here.tier == "village":
        given = clocks.settle_term(here, state.came_at)
        state, started = clocks.start(state, here, "K5", state.came_at, given=given)
        acts = acts + started
    return Decision(state, milestone(state, "taken", here, acts), "taken")


def receive_offer(
    state: CaseState | None, data: Mapping[str, Any], sender: str, here: Here, *, recused: bool = False
) -> Decision[OfferState | None]:
    """An offer arrives: a row of the in-tray, or nothing when its term is past.

    An office that knows itself ``recused`` gives it back at once; an offer that itself says so is refused.
    """
    if here.office in data["excluded"]:
        raise Refused("excluded", "本机关应当回避该事项")
    if recused:
        answer = {"term": dict(data["term"]), "given_back": True}
        back = Tell(sender, "assignment", "ask_back_answered", data["file"]["case"], answer)
        return Decision(None, (back,), "given_back")
    override, n = data["term"]["override"], data["term"]["n"]
    if state is not None and (override, n) <= state.term:
        return Decision(None, (), "refused", "stale_term: case_offered")
    if state is not None and not _may_offer(state, data["file"]["desk"], sender, here):
        return Decision(None, (), "refused", f"case_offered by {sender}")
    file = {**data["file"], "entered_at": data["file"]["entered_at"].isoformat()}
    offer = OfferState(
        case=data["file"]["case"],
        override=override,
        n=n,
        office=sender,
        desk=data["file"]["desk"],
        kind=data["kind"],
        note=data["note"],
        arrived_at=here.now,
        file=file,
        carried=_carried(data),
    )
    return Decision(offer, (), "offer_received")


def _may_offer(state: CaseState, desk: str, sender: str, here: Here) -> bool:
    """A case known here stays at its desk, and comes back only from above or from where it was passed down."""
    from_above = sender in line(here.tree, here.office)
    return desk == state.desk and (from_above or sender in (state.passed_to, state.holder))


def _carried(data: Mapping[str, Any]) -> dict[str, Any]:
    """What an offer brings besides the file, as JSON keeps it."""
    moments = {name: data[name] and data[name].isoformat() for name in ("report_back_due", "accepted_at")}
    plain = {
        name: data[name] for name in ("status", "excluded", "clocks", "extended", "bounces", "procedure", *_DECIDED)
    }
    return {**plain, **moments, "helpers": data["helpers"]}


def sign(state: CaseState | None, offer: OfferState, here: Here) -> Decision[CaseState]:
    """Sign for an offer: from this commit the case is held here, with the travelling clocks it had (签收)."""
    if offer.state != "open":
        raise Refused("no_offer", "该事项没有待签收的转送")
    if state is not None and offer.term <= state.term:
        raise Refused("stale_term", "该转送已失效")
    signed, acts = _signed_state(state, offer, here)
    term = {"override": offer.override, "n": offer.n}
    answer = {"term": term, "at": here.now, "by": here.actor.id}
    tells = (
        Tell(offer.office, "assignment", "case_signed", offer.case, answer),
        *milestone(signed, "signed", here, acts),
        clocks.public(signed, "signed", here),
    )
    return Decision(signed, tells, "signed", data={"term": term, "from": offer.office})


def _signed_state(state: CaseState | None, offer: OfferState, here: Here) -> tuple[CaseState, clocks.Acts]:
    carried = offer.carried
    before = state.excluded if state else ()
    signed = _from_file(
        {**offer.file, "entered_at": datetime.fromisoformat(offer.file["entered_at"])},
        holder=here.office,
        came_at=offer.arrived_at,
        override=offer.override,
        n=offer.n,
        allotted=offer.n,
        status=carried["status"],
        excluded=tuple(dict.fromkeys((*before, *carried["excluded"]))),
        seen=_seen(state, here, offer.office, offer.file["entry_office"], here.office),
        from_office=offer.office,
        report_back_due=_moment(carried["report_back_due"]),
        accepted_at=_moment(carried["accepted_at"]),
        extended=carried["extended"],
        bounces=carried["bounces"],
        procedure=carried["procedure"],
        decided_by=carried["decided_by"],
        recused=tuple(sorted({*(state.recused if state else ()), *offer.file.get("recused", ())})),
        decided_for=carried["decided_for"] if carried["decided_for"] != here.office else "",
        reopened=state.reopened if state else 0,
    )
    signed, acts = clocks.resume(signed, carried["clocks"])
    if signed.report_back_due is not None:
        given = Due(signed.report_back_due, False, ("按交办单位指定的期限",))
        signed, started = clocks.start(signed, here, "K11", here.now, given=given)
        acts = acts + started
    if not set(clocks.HANDLING) & set(signed.running):
        kind = clocks.opening(signed, here)
        signed, started = clocks.start(signed, here, kind, signed.came_at)
        acts = acts + started
    signed = replace(signed, flags=crossing.flagged(signed.flags, here.office, signed.excluded, here))
    helpers = travelling.from_plain(offer.case, carried["helpers"])
    return signed, [clock("K24", ClockAct.STOP, here.now), *acts, *travelling.signed_for(helpers, here)]


def on_signed(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[CaseState]:
    """The other office signed: what stays here is a stub that says who holds it."""
    if state.recalled or sender != state.offered_to or _term(data) != (state.override, state.allotted):
        return guards.unheard(state, f"case_signed by {sender}")
    stub = replace(
        state,
        holder=sender,
        n=state.allotted,
        passed_to=sender,
        offered_to="",
        offered_at=None,
        asked_back=False,
        todo="",
        handler="",
        team="",
        flags=crossing.flagged(state.flags, sender, state.excluded, here),
    )
    left = [office for office in line(here.tree, here.office) if office not in line(here.tree, sender)]
    stub, stopped = clocks.stop(stub, here)
    tells = milestone(stub, "handed_on", here, stopped, to=left)
    return Decision(stub, (*tells, *passed_on(stub, here)), "handed_on", data={"to": sender})


def passed_on(state: CaseState, here: Here) -> tuple[Tell, ...]:
    """Word of the holder further below, to the office above that the case came from."""
    above = [office.id for office in here.tree.ancestors(here.office)]
    if state.from_office not in above or state.holder in above or state.from_office in state.excluded:
        return ()
    data = {"term": {"override": state.override, "n": state.n}, "holder": state.holder}
    return (Tell(state.from_office, "assignment", "case_passed_on", state.case, data),)


def on_passed_on(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[CaseState]:
    """A case sent down was passed on below: the stub follows its holder. Only who signed for it from here may say so."""
    below = [office.id for office in here.tree.ancestors(data["holder"])]
    told = sender == state.passed_to and here.office in below
    if state.recalled or state.holder == here.office or _term(data) <= state.term or not told:
        return guards.unheard(state, f"case_passed_on by {sender}")
    seen = _seen(state, here, data["holder"])
    term = data["term"]
    stub = replace(state, holder=data["holder"], override=term["override"], n=term["n"], seen=seen)
    return Decision(stub, passed_on(stub, here), "passed_on", data={"holder": stub.holder})


def _seen(state: CaseState | None, here: Here, *offices: str) -> tuple[str, ...]:
    """The offices that may have had a word of the case: these, those above them, and those known before."""
    lines = [each for office in offices for each in line(here.tree, office)]
    return tuple(dict.fromkeys((*(state.seen if state else ()), *lines)))


def _from_file(file: Mapping[str, Any], **known: Any) -> CaseState:
    """A case with the fields of its file that a state has, and what else is known."""
    from_file = {name: value for name, value in file.items() if name in _STATE_FIELDS}
    return CaseState(**{**from_file, "supplements": tuple(file["supplements"]), "clocks": {}, **known})


def _term(data: Mapping[str, Any]) -> tuple[int, int]:
    return data["term"]["override"], data["term"]["n"]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
