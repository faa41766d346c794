"""The handling opinion of an organ with the power to handle (XF22 art. 32); never of a village. Pure decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import clock, milestone, progress
from contracts.words import ClockAct, Desk, Finding, Status, Verdict
from services.assignment import clocks, guards
from services.assignment.outcome import performing
from services.assignment.state import CaseState


@dataclass(frozen=True)
class OpinionState:
    """One opinion of a case; a case that is done again gets a further one. Frozen once it has a number.

    ``reviews`` are what reviews said of it, ``{level, outcome, opinion_no, at}``; ``outcome`` is the last, level:outcome.
    """

    case: str
    round: int
    verdict: str
    facts: str
    opinion: str
    basis: str
    drafted_by: str
    drafted_at: datetime
    number: str = ""
    issued_by: str = ""
    issued_at: datetime | None = None
    served_at: datetime | None = None
    way: str = ""
    outcome: str = ""
    reviews: tuple[Mapping[str, Any], ...] = ()
    perform_by: datetime | None = None
    no_visit_reason: str = ""
    receiver: str = ""
    witness: str = ""
    refused: bool = False


DRAFTED = ("verdict", "facts", "opinion", "basis", "perform_by", "no_visit_reason")
# Ways of service that nobody signs for: a witness says that it was done (送达回证).
UNSIGNED = ("left", "announced")


def draft(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[OpinionState]:
    """Write, or write anew, the opinion of an accepted case."""
    guards.held(state, here)
    guards.organ(here)
    guards.status(state, Status.ACCEPTED)
    _word_of_desk(cmd["verdict"], state)
    _promise(cmd, here)
    words = {name: cmd[name] for name in DRAFTED}
    drafted = OpinionState(
        case=state.case, round=state.reopened, drafted_by=here.actor.id, drafted_at=here.now, **words
    )
    return Decision(drafted, (), "opinion_drafted", data={"verdict": cmd["verdict"]})


def _promise(cmd: Mapping[str, Any], here: Here) -> None:
    """Only an opinion that supports the petition promises something, and for a day to come (XF22 art. 32)."""
    if cmd["perform_by"] is None:
        return
    if cmd["verdict"] != Verdict.SUPPORT:
        raise Refused("no_promise", "只有支持诉求的处理意见才有履行期限", {"perform_by": ["应为空"]})
    if cmd["perform_by"] <= here.now:
        raise Refused("due_past", "履行期限须晚于现在", {"perform_by": ["早于现在"]})


def _word_of_desk(verdict: str, state: CaseState) -> None:
    """A petition is supported, explained or rejected (XF22 art. 32); of a discipline report is said whether it is true."""
    words = list(Finding if state.desk == Desk.DISCIPLINE else Verdict)
    if verdict not in words:
        known = "、".join(words)
        raise Refused("wrong_verdict", "结论用语与事项的类别不符", {"verdict": [f"可选:{known}"]})


def opinion_stem(short_name: str, desk: str, year: int) -> str:
    """What a 文号 begins with: organ short name, kind and year; a serial and 号 follow."""
    kind = "纪意" if desk == Desk.DISCIPLINE else "意"
    return f"{short_name}{kind}〔{year}〕"


def issue(
    state: CaseState, opinion: OpinionState | None, number: str, here: Here, *, visited: bool = False
) -> tuple[Decision[CaseState], OpinionState]:
    """A leader issues the draft under ``number``: the handling time ends. A petition's opinion has to be served; a discipline
    report is concluded.

    Refused unless somebody ``visited`` the place, or the draft says why not (domain section 7: no closing on paper).
    """
    guards.held(state, here)
    guards.leader(here)
    guards.organ(here)
    guards.status(state, Status.ACCEPTED)
    if opinion is None or opinion.number:
        raise Refused("no_draft", "还没有拟好的处理意见")
    if not visited and not opinion.no_visit_reason.strip():
        raise Refused(
            "no_visit", "没有实地走访记录,须先走访或者说明不走访的理由", {"no_visit_reason": ["没有走访记录"]}
        )
    issued = replace(opinion, number=number, issued_by=here.actor.id, issued_at=here.now)
    after = replace(state, status=Status.OPINION.value, opinion_no=number, todo="")
    if state.desk == Desk.DISCIPLINE:
        after, tells = _ended(after, here)
    else:
        ended = clocks.handling_ends(after, here)
        tells = (*milestone(after, "opinion_issued", here, ended), progress(after, "opinion", here))
    return Decision(after, tells, "opinion_issued", data={"number": number, "verdict": opinion.verdict}), issued


def serve(
    state: CaseState, opinion: OpinionState | None, cmd: Mapping[str, Any], here: Here
) -> tuple[Decision[CaseState], OpinionState]:
    """The opinion was served (送达): the case is concluded (办结)."""
    if state.desk == Desk.DISCIPLINE:
        raise Refused("not_for_discipline", "检举控告的办理结果不作送达,请向实名举报人反馈")
    guards.held(state, here)
    guards.status(state, Status.OPINION)
    if opinion is None or opinion.issued_at is None:
        raise Refused("no_opinion", "还没有印发的处理意见")
    served_at = cmd["served_at"] or here.now
    guards.not_future(served_at, here, "served_at")
    if served_at < opinion.issued_at:
        raise Refused("too_early", "送达时间不能早于印发时间", {"served_at": ["早于印发时间"]})
    unsigned = cmd["refused"] or cmd["way"] in UNSIGNED
    if unsigned and not cmd["witness"].strip():
        raise Refused("no_witness", "拒收、留置或者公告送达须有见证人", {"witness": ["须填写见证人"]})
    receipt = {name: cmd[name] for name in ("way", "receiver", "witness", "refused")}
    served = replace(opinion, served_at=served_at, **receipt)
    after, acts = clocks.stop(_concluded(state, served_at), here)
    if opinion.perform_by is not None:
        after, promised = performing.promised(after, opinion.perform_by, here)
        acts = acts + promised
    tells = _reviewable(after, served, acts, here)
    return Decision(after, tells, "served", data={"way": cmd["way"], "served_at": served_at.isoformat()}), served


def _concluded(state: CaseState, at: datetime) -> CaseState:
    return replace(state, status=Status.CONCLUDED.value, concluded_at=at, todo="")


def _ended(state: CaseState, here: Here) -> tuple[CaseState, tuple[Tell, ...]]:
    """A discipline report is concluded, with no review of it; who may be told is told within K18 (JK art. 27)."""
    ended, stopped = clocks.stop(_concluded(state, here.now), here)
    started: clocks.Acts = []
    if state.real_name and state.contactable and not state.repeat_of:
        ended, started = clocks.start(ended, here, "K18", here.now)
    return ended, (*milestone(ended, "concluded", here, stopped + started), clocks.public(ended, "concluded", here))


def _reviewable(state: CaseState, opinion: OpinionState, acts: clocks.Acts, here: Here) -> tuple[Tell, ...]:
    """The reporter may ask for review until K7 ends (XF22 art. 35): both hearings, own and reviewing, are told."""
    served_at = opinion.served_at or here.now
    until = here.policy.due("K7", served_at)
    review_office = reviewing_organ(here)
    data = {
        "number": state.number,
        "receipt_hash": state.receipt_hash,
        "entry_office": state.entry_office,
        "entered_at": state.entered_at,
        "desk": state.desk,
        "category": state.category,
        "opinion_no": opinion.number,
        "verdict": opinion.verdict,
        "served_at": served_at,
        "review_until": until.at,
        "review_office": review_office,
        "holder": here.office,
        "term": {"override": state.override, "n": state.n},
        "place": state.place,
        "excluded": list(state.excluded),
        "recused": list(state.recused),
    }
    above = {office.id for office in here.tree.ancestors(here.office)} - set(state.excluded)
    told = [here.office, *([review_office] if review_office in above else [])]
    return (
        *milestone(state, "opinion_served", here, [*acts, clock("K7", ClockAct.START, served_at, until)]),
        progress(state, "served", here, until.at, until.how),
        *(Tell(office, "hearing", "opinion_served", state.case, data) for office in told),
    )


def reviewing_organ(here: Here) -> str:
    """Who reviews an opinion of this office: the office of that tier above it, or the body that the policy names."""
    organs = here.policy.review_chain.get(here.tier)
    if organs is None:
        raise Refused("no_review_organ", "政策没有规定复查机关")
    above = {office.tier: office.id for office in here.tree.ancestors(here.office)}
    return above.get(organs.review, organs.review)
