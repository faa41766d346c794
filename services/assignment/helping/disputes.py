"""Who is competent? The sender verifies an objection and agrees or insists; else the common superior decides (XF22 arts 23,
24; domain section 9). Pure decisions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from contracts.calendar import due, local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import DISCIPLINE_CATEGORY, line, milestone
from contracts.words import DecidedBy, Desk, OfferKind
from services.assignment import guards
from services.assignment.helping.states import DisputeState
from services.assignment.holding import offers
from services.assignment.state import CaseState, OfferState

DISPUTED = "disputed"
OPEN, DECIDED = "open", "decided"
CONFERENCE_FROM = 2  # who takes part in a conference, at least


def insisting(state: CaseState, objector: str, cmd: Mapping[str, Any]) -> tuple[CaseState, dict[str, Any]]:
    """The case with the dispute counted, and the offer that goes to the office that objected once more.

    ``objector`` returned the last offer; "" when it signed and offered the case back, which ``from_office`` then shows.
    """
    to = _sent_back_by(state, objector)
    if not to:
        raise Refused("not_returned", "没有被退回的转送,无须坚持原意见")
    if DISPUTED in state.flags:
        raise Refused("insisted", "已经坚持过一次,请报共同的上级机关决定")
    again = {"case": state.case, "to": to, "kind": OfferKind.TRANSFER.value, "note": cmd["reason"]}
    again |= {"report_back_days": None, "sealed": cmd["sealed"], "reporter": None, "supplements": cmd["supplements"]}
    return counted(state, objector, to), again


def _sent_back_by(state: CaseState, objector: str) -> str:
    """The office that sent the case back last; "" when none did."""
    if not state.bounces:
        return ""
    return objector if state.todo == "returned" else state.from_office


def counted(state: CaseState, objector: str, to: str) -> CaseState:
    """The case about to be offered to ``to``: disputed from now on if that office has sent it back."""
    if to != _sent_back_by(state, objector):
        return state
    return replace(state, flags=tuple(dict.fromkeys((*state.flags, DISPUTED))))


def insist(state: CaseState, again: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """Offer it once more; the receiver can object again, or let the common superior decide."""
    decision = offers.offer(state, again, here)
    return replace(decision, action="insisted")


def refer(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """The holder lets the common superior of ``cmd["offices"]`` decide; the case stays here, and its clocks run on."""
    guards.held(state, here)
    guards.open_case(state)
    shown = _shown(vars(state), here.office, cmd, here)
    to = deciding(cmd["offices"], state.excluded, here)
    referred = replace(state, todo="referred", flags=tuple(dict.fromkeys((*state.flags, DISPUTED))))
    tell = Tell(to, "assignment", "dispute_raised", state.case, shown)
    return Decision(referred, (tell, *milestone(referred, "dispute_raised", here)), "dispute_raised", data={"to": to})


def refer_offered(offer_: OfferState, cmd: Mapping[str, Any], here: Here) -> Decision[OfferState]:
    """The receiver of a disputed offer objects again, within the same days (K4), and lets the common superior decide."""
    if DISPUTED not in offer_.file["flags"]:
        raise Refused("not_disputed", "请先向转送机关提出异议退回")
    returned = offers.return_unsigned(offer_, {**cmd, "proposed_office": ""}, here)
    shown = _shown({**offer_.file, "desk": offer_.desk}, offer_.office, cmd, here)
    excluded = tuple(offer_.carried["excluded"])
    tell = Tell(deciding(cmd["offices"], excluded, here), "assignment", "dispute_raised", offer_.case, shown)
    return replace(returned, tells=(*returned.tells, tell), action="dispute_raised")


def _shown(case: Mapping[str, Any], holder: str, cmd: Mapping[str, Any], here: Here) -> dict[str, Any]:
    """What the superior decides on: no content; for the discipline desk not even the place."""
    secret = case["desk"] == Desk.DISCIPLINE
    return {
        "number": case["number"],
        "desk": case["desk"],
        "category": DISCIPLINE_CATEGORY if secret else case["category"],
        "place": "" if secret else case["place"],
        "holder": holder,
        "offices": list(dict.fromkeys(cmd["offices"])),
        "reason": cmd["reason"],
        "at": here.now,
        "recused": list(case["recused"]),
    }


def deciding(offices: Sequence[str], excluded: Sequence[str], here: Here) -> str:
    """The nearest office above all of them and this one that is no party itself; else the top. Refused: unknown, recused."""
    parties = set(offices)
    if len(parties) == 1:
        raise Refused("two_offices", "请写明至少两个有争议的机关", {"offices": ["至少两个"]})
    if parties & set(excluded):
        raise Refused("excluded", "有关机关应当回避该事项", {"offices": ["应当回避"]})
    try:
        lines = [line(here.tree, office) for office in (*parties, here.office)]
        inside = all(here.tree.in_network(office) for office in parties)
    except KeyError:
        inside = False
    if not inside:
        raise Refused("unknown_office", "没有这个机关", {"offices": ["没有这个机关"]})
    common = [office for office in lines[0] if all(office in each for each in lines)]
    free = [office for office in common if office not in (*parties, *excluded)]
    return free[0] if free else here.tree.root.id


def receive(
    known: DisputeState | None, case: str, data: Mapping[str, Any], sender: str, here: Here
) -> Decision[DisputeState | None]:
    """A dispute arrives at the common superior. Heard from a party below, or this office itself; an open one stays."""
    parties = (data["holder"], *data["offices"])
    try:
        below = all(here.office in line(here.tree, office) for office in (sender, *parties))
    except KeyError:
        below = False
    if not below or sender not in parties:
        return Decision(known, (), "refused", f"dispute_raised by {sender}")
    if known is not None and known.state == OPEN:
        return Decision(known, (), "refused", "dispute_raised again")
    ends = due(data["at"], here.policy.dispute_days, rolls=here.policy.rolls_to_working_day)
    lists: dict[str, Any] = {name: tuple(data[name]) for name in ("offices", "recused")}
    fields: dict[str, Any] = {name: data[name] for name in ("desk", "number", "category", "place", "holder", "reason")}
    fresh = DisputeState(case, raised_by=sender, raised_at=data["at"], due=ends.at, **lists, **fields)
    return Decision(fresh, (), "dispute_received", data={"by": sender, "offices": list(data["offices"])})


def decide(state: DisputeState, cmd: Mapping[str, Any], here: Here) -> Decision[DisputeState]:
    """A leader says which office is competent, or that the joint conference said so; the holder is told, and offers the
    case there."""
    guards.leader(here)
    if state.state != OPEN:
        raise Refused("decided", "该争议已经决定")
    if cmd["office"] not in state.offices:
        known = "、".join(state.offices)
        raise Refused("not_a_party", "只能在有争议的机关中确定", {"office": [f"可选:{known}"]})
    _of_conference(state, cmd, here)
    done = replace(
        state,
        state=DECIDED,
        decided=cmd["office"],
        why=cmd["reason"],
        decided_at=here.now,
        decided_by=here.actor.id,
        participants=tuple(dict.fromkeys(cmd["participants"])),
        **{name: cmd[name] for name in ("way", "held_on", "document_no")},
    )
    data = {"office": cmd["office"], "reason": cmd["reason"], "at": here.now}
    data |= {name: cmd[name] for name in ("way", "document_no")}
    tell = Tell(state.holder, "assignment", "dispute_decided", state.case, data)
    return Decision(done, (tell,), "dispute_decided", data={name: cmd[name] for name in ("office", "way")})


def _of_conference(state: DisputeState, cmd: Mapping[str, Any], here: Here) -> None:
    """A joint conference (联席会议) is of petitions, two take part at least, and it is held once there is a dispute."""
    if cmd["way"] != DecidedBy.JOINT_CONFERENCE:
        return
    if state.desk != Desk.PETITION:
        raise Refused("not_petition", "检举控告不提交联席会议", {"way": ["检举控告不提交联席会议"]})
    if len(set(cmd["participants"])) < CONFERENCE_FROM:
        raise Refused("too_few", "联席会议至少两方参加", {"participants": [f"至少{CONFERENCE_FROM}方"]})
    if not local_day(state.raised_at) <= cmd["held_on"] <= local_day(here.now):
        raise Refused(
            "held_when", "联席会议应在争议提出之后、今天以前召开", {"held_on": ["应在争议提出之后、今天以前"]}
        )


def on_decided(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[CaseState]:
    """The holder hears it: the case is to be offered there, and cannot be returned from there."""
    believed = sender in line(here.tree, here.office)
    if state.recalled or state.holder != here.office or not believed or data["office"] in state.excluded:
        return guards.unheard(state, f"dispute_decided by {sender}")
    own = data["office"] == here.office
    decided = replace(
        state, decided_by=sender, decided_for="" if own else data["office"], todo="decided_here" if own else "decided"
    )
    tells = milestone(decided, "dispute_decided", here)
    return Decision(decided, tells, "dispute_decided", data={"by": sender, "office": data["office"]})
