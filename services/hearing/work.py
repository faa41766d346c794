"""Load, decide, save: what letters and commands do to cases and their reviews."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision
from contracts.errors import Refused
from contracts.letters import Letter
from contracts.veils import believed
from network import veils
from network.state import keep
from network.uow import UnitOfWork
from services.hearing.cases import rules as case_rules
from services.hearing.cases import store as cases
from services.hearing.cases.models import CaseRow, OpinionRow
from services.hearing.cases.rules import HearingCase, Opinion
from services.hearing.leaving import store as leaving
from services.hearing.models import (
    CheckRow,
    PublishedRow,
    RecordRow,
    RequestRow,
    ReviewRow,
    SessionRow,
    TerminationRow,
    TermRow,
)
from services.hearing.reviews import finality
from services.hearing.reviews import rules as review_rules
from services.hearing.reviews import store as reviews
from services.hearing.reviews.standing import FINAL, REVIEW, Review
from services.hearing.sessions import store as sessions

SERIES = {REVIEW: "复查", FINAL: "复核送"}
PACKAGE = "复查送"


def take_stub(uow: UnitOfWork, letter: Letter) -> HearingCase | None:
    """Keep what a milestone or a served opinion says of a case; None when it is of no force here."""
    known = cases.case(uow.session, letter.case, lock=True)
    if case_rules.is_stale(known, letter.data, cases.recalled_term(uow.session, letter.case), uow.here):
        uow.note("not_kept", letter.case, letter.type)
        return None
    heard = believed(letter.data.get("recused", ()), letter.office, uow.here.office, uow.here.tree)
    stub = case_rules.stub(letter.case, {**letter.data, "recused": heard}, known)
    keep(uow.session, CaseRow, letter.case, stub)
    veils.keep(uow.session, letter.case, stub.recused)
    return stub


def take_opinion(uow: UnitOfWork, letter: Letter) -> None:
    """An opinion was served: from now on it may be reviewed. Requests that came before it are taken up."""
    case_rules.from_line(letter.office, uow.here, below=True)
    case_rules.from_holder(letter.office, letter.data["holder"])
    case = take_stub(uow, letter)
    if case is None:
        return
    words = ("opinion_no", "verdict", "served_at", "review_until", "review_office")
    opinion = Opinion(letter.case, **{name: letter.data[name] for name in words})
    cases.keep_opinion(uow.session, opinion)
    uow.note("opinion_served", letter.case, data={"opinion_no": opinion.opinion_no})
    for row in reviews.waiting(uow.session, case.receipt_hash):
        uow.session.delete(row)
        _request(uow, case, {"requested_at": row.at, "points": row.points})
    look(uow, letter.case)


def look(uow: UnitOfWork, case_id: str) -> None:
    """See whether the case is final now; after every change of its reviews, and when a right to ask has run out."""
    case, opinion = cases.case(uow.session, case_id, lock=True), cases.opinion(uow.session, case_id)
    if case is None or opinion is None:
        return
    decision = finality.look(case, opinion, reviews.reviews(uow.session, case_id), uow.here)
    after, looked = decision.state
    if (after, looked) != (case, opinion):
        keep(uow.session, CaseRow, case_id, after)
        keep(uow.session, OpinionRow, (case_id, opinion.opinion_no), looked)
        uow.apply(decision, case_id)


def take_request(uow: UnitOfWork, letter: Letter) -> None:
    """A request by receipt, from the own intake or from a hearing below; it waits if its opinion has not come yet."""
    case_rules.from_line(letter.office, uow.here, below=True)
    data = letter.data
    found = cases.by_receipt(uow.session, data["receipt_hash"])
    if found is None:
        row = RequestRow(id=letter.id, receipt_hash=data["receipt_hash"], at=data["at"], points=data["points"])
        uow.session.add(row)
        uow.note("review_request_waits")
        return
    if not _added_to_open(uow, found, data["points"]):
        _request(uow, found, {"requested_at": data["at"], "points": data["points"]})
    look(uow, found.case_id)


def _added_to_open(uow: UnitOfWork, case: HearingCase, points: str) -> bool:
    """Whether a review that was asked for is under way: then what is said again is added to it, and nothing is lost."""
    opinion = cases.opinion(uow.session, case.case_id)
    review = review_rules.open_review_of(opinion, reviews.reviews(uow.session, case.case_id))
    if review is None or points in review.points:
        return review is not None
    reviews.keep(uow.session, replace(review, points=f"{review.points}\n{points}"))
    uow.note("review_points_added", case.case_id)
    return True


def _request(uow: UnitOfWork, case: HearingCase, asked: Mapping[str, Any]) -> None:
    """Take up a request that no clerk stands behind: what the rules refuse is kept or noted, never lost or parked."""
    opinion = cases.opinion(uow.session, case.case_id)
    known = reviews.reviews(uow.session, case.case_id)
    try:
        decision = review_rules.request_review(case, opinion, known, {**asked, "waiver": ""}, uow.here)
    except Refused as refusal:
        asked_of = {each.opinion_no for each in known}
        if refusal.code == "late" and opinion is not None and opinion.opinion_no not in asked_of:
            reviews.keep(uow.session, review_rules.late_request(opinion, asked["requested_at"], asked["points"]))
        uow.note("review_request_" + refusal.code, case.case_id, refusal.message)
        return
    _save_request(uow, decision, case)


def _save_request(uow: UnitOfWork, decision: Decision[Review | None], case: HearingCase) -> Review | None:
    if decision.state is None:
        uow.apply(decision, case.case_id)
        return None
    own = Decision(decision.state, decision.tells, decision.action, decision.why, decision.data)
    return _save_review(uow, own, case)


def _save_review(uow: UnitOfWork, decision: Decision[Review], case: HearingCase) -> Review:
    """Keep a review that was asked for; what leaves the network leaves as a numbered package."""
    if decision.state.outside:
        series = SERIES[FINAL] if decision.state.level == FINAL else PACKAGE
        decision = review_rules.numbered(decision, cases.next_number(uow, series), "package_no")
    reviews.keep(uow.session, decision.state)
    uow.apply(decision, case.case_id)
    return decision.state


def request_review(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Review | None:
    case, opinion, known = loaded(uow, cmd["case"])
    review = _save_request(uow, review_rules.request_review(case, opinion, known, cmd, uow.here), case)
    look(uow, case.case_id)
    return review


def request_final_review(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Review:
    case, opinion, known = loaded(uow, cmd["case"])
    review = _save_review(uow, review_rules.request_final_review(case, opinion, known, cmd, uow.here), case)
    look(uow, case.case_id)
    return review


def decide_review(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Review:
    case, opinion, known = loaded(uow, cmd["case"])
    decision = review_rules.decide_review(case, opinion, known, cmd, uow.here)
    decision = review_rules.numbered(decision, cases.next_number(uow, SERIES[REVIEW]), "review_no")
    return _decided(uow, decision, case)


def register_opinion(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Review:
    case, opinion, known = loaded(uow, cmd["case"])
    return _decided(uow, review_rules.register_opinion(case, opinion, known, cmd, uow.here), case)


def _decided(uow: UnitOfWork, decision: Decision[Review], case: HearingCase) -> Review:
    reviews.keep(uow.session, decision.state)
    uow.apply(decision, case.case_id)
    look(uow, case.case_id)
    return decision.state


def take_recall(uow: UnitOfWork, letter: Letter) -> None:
    """A superior took the case from here: forget it, but not that it was taken."""
    case_rules.from_line(letter.office, uow.here, below=False)
    papers = (SessionRow, TerminationRow, PublishedRow, CheckRow, RecordRow, TermRow)
    for model in (CaseRow, OpinionRow, ReviewRow, *papers):
        for row in cases.rows_of(uow.session, model, letter.case):
            uow.session.delete(row)
    sessions.leave_out(uow.session, letter.case)
    leaving.forget(uow.session, letter.case)
    veils.forget(uow.session, letter.case, "hearing")
    known = cases.recalled_term(uow.session, letter.case)
    term = (letter.data["term"]["override"], letter.data["term"]["n"])
    cases.keep_recalled(uow.session, letter.case, case_rules.recalled_under(known, term), uow.now)
    uow.note("recalled", letter.case)


def loaded(uow: UnitOfWork, case_id: str) -> tuple[HearingCase, Opinion | None, list[Review]]:
    """A case of the actor's desk with the opinion in force and its reviews, locked. Raises NotFound."""
    return known_case(uow, case_id), cases.opinion(uow.session, case_id), reviews.reviews(uow.session, case_id)


def known_case(uow: UnitOfWork, case_id: str) -> HearingCase:
    """The case, with every person known in this office to be recused from it."""
    return with_recused(uow, case_rules.visible(cases.case(uow.session, case_id, lock=True), uow.actor))


def with_recused(uow: UnitOfWork, case: HearingCase) -> HearingCase:
    """The case, with every person known in this office to be recused from it."""
    return replace(case, recused=tuple(sorted({*case.recused, *cases.recused(uow.session, case.case)})))
