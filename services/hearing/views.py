"""What the queries answer: plain dicts, for the actor's own desk only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Actor, Here
from contracts.errors import NotFound
from services.hearing.cases import rules as case_rules
from services.hearing.cases import store as cases
from services.hearing.cases.rules import HearingCase, Opinion
from services.hearing.records import acts as records
from services.hearing.reviews import store as reviews
from services.hearing.reviews.standing import Review, standing
from services.hearing.sessions import rules as session_rules
from services.hearing.sessions import store as sessions
from services.hearing.sessions.rules import Hearing
from services.hearing.sessions.terminating import Termination
from services.hearing.standards import acts as standards


def review(state: Review) -> dict[str, Any]:
    return _plain(state)


def hearing(state: Hearing) -> dict[str, Any]:
    """A hearing, with the on-the-spots that are still missing."""
    shown = _plain(state)
    return {"session": shown.pop("id"), **shown, "missing": [gate.value for gate in session_rules.missing_gates(state)]}


def termination(state: Termination) -> dict[str, Any]:
    return _plain(state)


def review_list(session: Session, here: Here) -> dict[str, Any]:
    """The opinions that may be, are or were reviewed, and requests whose opinion has not arrived."""
    found = cases.reviewable(session, here.actor.desk)
    waiting = [{"at": row.at, "points": row.points} for row in reviews.waiting(session)]
    return {
        "reviews": [_reviewable(session, case, opinion, here) for case, opinion in found],
        "waiting": waiting if here.actor.desk == "petition" else [],
    }


def session_list(session: Session, actor: Actor) -> dict[str, Any]:
    return {"sessions": [hearing(each) for each in sessions.listed(session, actor.desk)]}


def one_session(session: Session, actor: Actor, session_id: str) -> dict[str, Any]:
    """One hearing with its terminating opinion. Raises NotFound."""
    found = sessions.hearing(session, session_id)
    if found is None:
        raise NotFound("听证")
    case_rules.visible(cases.case(session, found.case_id), actor)
    ended = [each for each in sessions.terminations(session, found.case_id) if each.session_id == session_id]
    checks = standards.of_hearing(session, found.case_id, found.ordinal)
    papers = {**records.of_hearing(session, found), "checks": checks}
    return {**hearing(found), "termination": termination(ended[0]) if ended else None, **papers}


def whole_case(session: Session, here: Here, case_id: str) -> dict[str, Any]:
    """A case with its opinion, reviews, hearings, terminating opinions and where review stands. Raises NotFound."""
    case = case_rules.visible(cases.case(session, case_id), here.actor)
    opinion = cases.opinion(session, case_id)
    known = reviews.reviews(session, case_id)
    return {
        **_plain(case),
        "opinion": _plain(opinion) if opinion else None,
        "standing": _standing(opinion, known, here),
        "reviews": [review(each) for each in known],
        "sessions": [hearing(each) for each in sessions.hearings(session, case_id)],
        "terminations": [termination(each) for each in sessions.terminations(session, case_id)],
    }


def _reviewable(session: Session, case: HearingCase, opinion: Opinion, here: Here) -> dict[str, Any]:
    known = reviews.reviews(session, case.case_id)
    return {
        "case": case.case_id,
        "number": case.number,
        "holder": case.holder,
        "opinion": _plain(opinion),
        "standing": _standing(opinion, known, here),
        "reviews": [review(each) for each in known if each.opinion_no == opinion.opinion_no],
    }


def _standing(opinion: Opinion | None, known: list[Review], here: Here) -> dict[str, Any]:
    now = standing(opinion, known, here.now)
    return {"word": now.word, "until": now.until, "final": now.is_final}


def _plain(state: Any) -> dict[str, Any]:
    values = dict(vars(state))
    return {"case": values.pop("case_id"), **values}
