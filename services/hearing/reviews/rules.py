"""The chain of review: opinion → review (art. 35) → final review (art. 36). Pure decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from contracts.authority import leader
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import clock
from contracts.words import ClockAct, ReviewOutcome
from services.hearing.cases.rules import HearingCase, Opinion, is_inside, past_moment, told
from services.hearing.reviews.standing import FINAL, REVIEW, WORDS_ZH, Review, standing

LEVEL_CLOCKS = {REVIEW: ("K7", "K8"), FINAL: ("K9", "K10")}
"""Level → the clock of the right to ask for it, and the clock of deciding it."""


def request_review(
    case: HearingCase, opinion: Opinion | None, reviews: Sequence[Review], cmd: Mapping[str, Any], here: Here
) -> Decision[Review | None]:
    """Ask for review: K7 ends, K8 begins. Another organ of the network that reviews is told instead (state None).

    Late requests need the review organ's reason for a waiver. Refused: no opinion, already asked, future moments.
    """
    at = _asked_at(opinion, cmd, here)
    now = standing(opinion, reviews, at).word
    asked_before = any(each.level == REVIEW and each.state != "late" for each in reviews if _of(each, opinion))
    if opinion is None or now not in ("review_open", "lapsed") or asked_before:
        raise Refused("not_reviewable", "现在不能申请复查", {"case": [WORDS_ZH[now]]})
    elsewhere = is_inside(opinion.review_office, here) and opinion.review_office != here.office
    if now == "lapsed" and (elsewhere or not cmd["waiver"].strip()):
        raise Refused("late", "已超过申请复查的期限,须由复查机关说明准予的理由", {"waiver": ["须说明理由"]})
    if elsewhere:
        return Decision(None, (_passed_on(case, opinion, at, cmd["points"]),), "pass_review_request")
    outside = not is_inside(opinion.review_office, here)
    return _begin(case, opinion, REVIEW, opinion.review_office, outside, at, cmd, here)


def late_request(opinion: Opinion, at: datetime, points: str) -> Review:
    """A request that came too late, kept for the review organ to waive or leave."""
    return Review(opinion.case_id, opinion.opinion_no, REVIEW, "late", opinion.review_office, False, at, points)


def request_final_review(
    case: HearingCase, opinion: Opinion | None, reviews: Sequence[Review], cmd: Mapping[str, Any], here: Here
) -> Decision[Review]:
    """Ask for final review: K9 ends, K10 begins as the outside organ's clock; the file leaves as a numbered package.

    The organ is the policy's for the issuing office's tier, else the one the command names.
    """
    first = next((each for each in reviews if each.level == REVIEW and _of(each, opinion)), None)
    if opinion is None or first is None or first.state != "decided" or first.decided_at is None:
        raise Refused("no_review_yet", "复查意见作出后才能申请复核,由复查机关办理")
    at = past_moment(cmd["requested_at"], here, "requested_at")
    if at < first.decided_at:
        raise Refused("too_early", "早于复查意见作出时间", {"requested_at": ["早于复查意见"]})
    now = standing(opinion, reviews, at).word
    if now not in ("final_review_open", "lapsed"):
        raise Refused("not_reviewable", "现在不能申请复核", {"case": [WORDS_ZH[now]]})
    if now == "lapsed" and not cmd["waiver"].strip():
        raise Refused("late", "已超过申请复核的期限,须说明准予的理由", {"waiver": ["须说明理由"]})
    organs = here.policy.review_chain.get(here.tree.office(case.holder).tier)
    organ = cmd["body"] or (organs.final_review if organs else "")
    if not organ:
        raise Refused("no_organ", "政策没有规定复核机关,请指明", {"body": ["须指明复核机关"]})
    return _begin(case, opinion, FINAL, organ, True, at, cmd, here)


def decide_review(
    case: HearingCase, opinion: Opinion | None, reviews: Sequence[Review], cmd: Mapping[str, Any], here: Here
) -> Decision[Review]:
    """The written review opinion: K8 ends and, unless the case is to be done again, K9 begins."""
    leader(here)
    review = _open_review(opinion, reviews)
    if review.outside:
        raise Refused("outside", "由系统外机关办理,请登记其意见")
    words: dict[str, Any] = {name: cmd[name] for name in ("outcome", "facts", "opinion", "basis")}
    return _decided(case, replace(review, decided_at=here.now, **words), here.now, here)


def register_opinion(
    case: HearingCase, opinion: Opinion | None, reviews: Sequence[Review], cmd: Mapping[str, Any], here: Here
) -> Decision[Review]:
    """The opinion of an organ outside the network. At the level of final review it makes the case final."""
    leader(here)
    review = _open_review(opinion, reviews)
    if not review.outside:
        raise Refused("inside", "由本机关作出复查意见,不能登记为系统外意见")
    issued = past_moment(cmd["issued_at"], here, "issued_at")
    if issued < review.requested_at:
        raise Refused("too_early", "早于申请时间", {"issued_at": ["早于申请时间"]})
    decided = replace(
        review, decided_at=here.now, outcome=cmd["outcome"], review_no=cmd["opinion_no"], public=cmd["public"]
    )
    return _decided(case, decided, issued, here)


def numbered(decision: Decision[Review], number: str, name: str) -> Decision[Review]:
    """The decision with its document's number, where the tells say it too."""
    tells = tuple(
        replace(tell, data={**tell.data, "opinion_no": number}) if tell.type == "review_decided" else tell
        for tell in decision.tells
    )
    given: dict[str, Any] = {name: number}
    return replace(decision, state=replace(decision.state, **given), tells=tells)


def _asked_at(opinion: Opinion | None, cmd: Mapping[str, Any], here: Here) -> datetime:
    at = past_moment(cmd["requested_at"], here, "requested_at")
    if opinion is not None and at < opinion.served_at:
        raise Refused("too_early", "早于处理意见送达时间", {"requested_at": ["早于送达时间"]})
    return at


def _of(review: Review, opinion: Opinion | None) -> bool:
    return opinion is not None and review.opinion_no == opinion.opinion_no


def _passed_on(case: HearingCase, opinion: Opinion, at: datetime, points: str) -> Tell:
    data = {"receipt_hash": case.receipt_hash, "entry_office": case.entry_office, "at": at, "points": points}
    return Tell(opinion.review_office, "hearing", "review_requested", case.case, data)


def _begin(
    case: HearingCase,
    opinion: Opinion,
    level: str,
    organ: str,
    outside: bool,
    at: datetime,
    cmd: Mapping[str, Any],
    here: Here,
) -> Decision[Any]:
    right, duty = LEVEL_CLOCKS[level]
    ends = here.policy.due(duty, at)
    review = Review(case.case, opinion.opinion_no, level, "requested", organ, outside, at, cmd["points"], cmd["waiver"])
    review = replace(review, due=ends.at, provisional=ends.provisional, how=ends.how)
    clocks = [clock(right, ClockAct.STOP, at), clock(duty, ClockAct.START, at, ends)]
    what = f"{level}_requested"
    return Decision(review, told(case, what, here, clocks, ends), what, cmd["waiver"], {"organ": organ})


def open_review_of(opinion: Opinion | None, reviews: Sequence[Review]) -> Review | None:
    """The review of an opinion that is under way, if there is one."""
    return next((each for each in reviews if _of(each, opinion) and each.state == "requested"), None)


def _open_review(opinion: Opinion | None, reviews: Sequence[Review]) -> Review:
    review = open_review_of(opinion, reviews)
    if review is None:
        raise Refused("no_review", "没有正在办理的复查或者复核")
    return review


def _decided(case: HearingCase, review: Review, ended: datetime, here: Here) -> Decision[Review]:
    _, duty = LEVEL_CLOCKS[review.level]
    clocks = [clock(duty, ClockAct.STOP, ended)]
    until = None
    if review.level == REVIEW and review.outcome != ReviewOutcome.REDO:
        until = here.policy.due("K9", here.now)
        clocks.append(clock("K9", ClockAct.START, here.now, until))
    review = replace(review, state="decided", paused_at=None, next_until=until.at if until else None)
    data = {"level": review.level, "outcome": review.outcome, "opinion_no": review.review_no, "at": here.now}
    what = f"{review.level}_decided"
    tells = (
        *told(case, what, here, clocks, until),
        Tell(case.holder, "assignment", "review_decided", case.case, data),
    )
    return Decision(review, tells, what, review.opinion, {"outcome": review.outcome})
