"""Load, decide, save: what letters and commands do to cases, reviews and hearings."""

from collections.abc import Mapping
from typing import Any

from contracts.context import Decision
from contracts.errors import NotFound, Refused
from contracts.letters import Letter
from network import veils
from network.ids import new_id
from network.uow import UnitOfWork
from services.hearing.cases import rules as case_rules
from services.hearing.cases import store as cases
from services.hearing.cases.models import CaseRow, OpinionRow
from services.hearing.cases.rules import HearingCase, Opinion
from services.hearing.models import RequestRow, ReviewRow, SessionRow, TerminationRow
from services.hearing.reviews import rules as review_rules
from services.hearing.reviews import store as reviews
from services.hearing.reviews.standing import FINAL, REVIEW, Review, standing
from services.hearing.sessions import rules as session_rules
from services.hearing.sessions import store as sessions
from services.hearing.sessions import terminating
from services.hearing.sessions.rules import Hearing

SERIES = {REVIEW: "复查", FINAL: "复核送"}
PACKAGE, NOTICE, TERMINATION = "复查送", "听证通知", "听证终结"


def take_stub(uow: UnitOfWork, letter: Letter) -> HearingCase | None:
    """Keep what a milestone or a served opinion says of a case; None when it is of no force here."""
    known = cases.case(uow.session, letter.case, lock=True)
    if case_rules.is_stale(known, letter.data, cases.recalled_term(uow.session, letter.case), uow.here):
        uow.note("not_kept", letter.case, letter.type)
        return None
    stub = case_rules.stub(letter.case, letter.data, known)
    cases.keep(uow.session, CaseRow, letter.case, stub)
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
    _request(uow, found, {"requested_at": data["at"], "points": data["points"]})


def _request(uow: UnitOfWork, case: HearingCase, asked: Mapping[str, Any]) -> None:
    """Take up a request that no clerk stands behind: what the rules refuse is kept or noted, never lost or parked."""
    opinion = cases.opinion(uow.session, case.case_id)
    known = reviews.reviews(uow.session, case.case_id)
    try:
        decision = review_rules.request_review(case, opinion, known, {**asked, "waiver": ""}, uow.here)
    except Refused as refusal:
        if refusal.code == "late" and opinion is not None and not known:
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
    case, opinion, known = _loaded(uow, cmd["case"])
    return _save_request(uow, review_rules.request_review(case, opinion, known, cmd, uow.here), case)


def request_final_review(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Review:
    case, opinion, known = _loaded(uow, cmd["case"])
    return _save_review(uow, review_rules.request_final_review(case, opinion, known, cmd, uow.here), case)


def decide_review(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Review:
    case, opinion, known = _loaded(uow, cmd["case"])
    decision = review_rules.decide_review(case, opinion, known, cmd, uow.here)
    decision = review_rules.numbered(decision, cases.next_number(uow, SERIES[REVIEW]), "review_no")
    reviews.keep(uow.session, decision.state)
    uow.apply(decision, case.case_id)
    return decision.state


def register_opinion(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Review:
    case, opinion, known = _loaded(uow, cmd["case"])
    decision = review_rules.register_opinion(case, opinion, known, cmd, uow.here)
    reviews.keep(uow.session, decision.state)
    uow.apply(decision, case.case_id)
    return decision.state


def open_hearing(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Hearing:
    case, _, known = _loaded(uow, cmd["case"])
    earlier = sessions.hearings(uow.session, case.case_id)
    ids = (new_id(), cases.next_number(uow, NOTICE))
    decision = session_rules.open_hearing(case, earlier, _running_final(known), cmd, ids, uow.here)
    return _save_hearing(uow, decision, case)


def record_gate(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Hearing:
    case, hearing = _session(uow, cmd["session"])
    decision = session_rules.record_gate(hearing, cmd, uow.here)
    sessions.keep(uow.session, decision.state)
    uow.apply(decision, case.case_id)
    return decision.state


def complete_hearing(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Hearing:
    case, hearing = _session(uow, cmd["session"])
    final = _running_final(reviews.reviews(uow.session, case.case_id))
    return _save_hearing(uow, session_rules.complete(case, hearing, final, cmd, uow.here), case)


def terminate(uow: UnitOfWork, cmd: Mapping[str, Any]) -> terminating.Termination:
    case, opinion, known = _loaded(uow, cmd["case"])
    now = standing(opinion, known, uow.now)
    organ = organ_name(uow.office.tree, opinion.review_office) if opinion else ""
    held = sessions.hearings(uow.session, case.case_id)
    decision = terminating.terminate(case, held, now, organ, cmd, uow.here)
    if sessions.termination(uow.session, decision.state.session_id) is not None:
        raise Refused("terminated", "对这次听证已经作出终结意见", {"case": ["已终结"]})
    number = cases.next_number(uow, TERMINATION)
    termination = terminating.with_number(decision.state, number)
    sessions.keep_termination(uow.session, termination)
    uow.apply(decision, case.case_id)
    return termination


def take_recall(uow: UnitOfWork, letter: Letter) -> None:
    """A superior took the case from here: forget it, but not that it was taken."""
    case_rules.from_line(letter.office, uow.here, below=False)
    for model in (CaseRow, OpinionRow, ReviewRow, SessionRow, TerminationRow):
        for row in cases.rows_of(uow.session, model, letter.case):
            uow.session.delete(row)
    veils.forget(uow.session, letter.case, "hearing")
    known = cases.recalled_term(uow.session, letter.case)
    term = (letter.data["term"]["override"], letter.data["term"]["n"])
    cases.keep_recalled(uow.session, letter.case, case_rules.recalled_under(known, term), uow.now)
    uow.note("recalled", letter.case)


def _loaded(uow: UnitOfWork, case_id: str) -> tuple[HearingCase, Opinion | None, list[Review]]:
    case = case_rules.visible(cases.case(uow.session, case_id, lock=True), uow.actor)
    return case, cases.opinion(uow.session, case_id), reviews.reviews(uow.session, case_id)


def _session(uow: UnitOfWork, session_id: str) -> tuple[HearingCase, Hearing]:
    hearing = sessions.hearing(uow.session, session_id, lock=True)
    if hearing is None:
        raise NotFound("听证")
    return case_rules.visible(cases.case(uow.session, hearing.case_id, lock=True), uow.actor), hearing


def _running_final(known: list[Review]) -> Review | None:
    return next((each for each in known if each.level == FINAL and each.state == "requested"), None)


def _save_hearing(uow: UnitOfWork, decision: Decision[tuple[Hearing, Review | None]], case: HearingCase) -> Hearing:
    hearing, final = decision.state
    sessions.keep(uow.session, hearing)
    if final is not None:
        reviews.keep(uow.session, final)
    uow.apply(decision, case.case_id)
    return hearing


def organ_name(tree: Any, organ: str) -> str:
    """What an office or a body outside is called; its id where the district file does not know it."""
    known = tree.offices.get(organ) or tree.bodies.get(organ)
    return known.name if known else organ
