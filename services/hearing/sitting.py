"""Load, decide, save: hearings, their records and terminating opinions."""

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.context import Decision
from contracts.errors import NotFound, Refused
from network.ids import new_id
from network.uow import UnitOfWork
from services.hearing.cases import rules as case_rules
from services.hearing.cases import store as cases
from services.hearing.cases.rules import HearingCase
from services.hearing.held import acts as held
from services.hearing.publishing import rules as publishing
from services.hearing.records import acts as papers
from services.hearing.records import rules as paper_rules
from services.hearing.records import store as records
from services.hearing.reviews import store as reviews
from services.hearing.reviews.standing import FINAL, Review, standing
from services.hearing.sessions import postponing, seats, terminating
from services.hearing.sessions import rules as session_rules
from services.hearing.sessions import store as sessions
from services.hearing.sessions.rules import Hearing
from services.hearing.standards import acts as standards
from services.hearing.standards import rules as checklist
from services.hearing.work import known_case, loaded

NOTICE, TERMINATION = "听证通知", "听证终结"


def open_hearing(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Hearing:
    case, _, known = loaded(uow, cmd["case"])
    earlier = sessions.hearings(uow.session, case.case_id)
    further = _further(uow, case, cmd["further"])
    standards.may_go_on(uow, case, checklist.OPENING, len(earlier) + 1)
    ids = (new_id(), cases.next_number(uow, NOTICE))
    decision = session_rules.open_hearing(case, earlier, _running_final(known), cmd, ids, uow.here)
    for each in further:
        seats.not_recused(each, cmd["panel"])
        uow.tell_all(case_rules.told(each, "hearing_opened", uow.here))
    publishing.in_time(cmd, uow.here)
    uow.tell_all(publishing.notice(case, decision.state[0], uow.here))
    papers.opened(uow, decision.state[0], cmd)
    return _save_hearing(uow, decision, case)


def _further(uow: UnitOfWork, case: HearingCase, ids: Sequence[str]) -> list[HearingCase]:
    """The other cases that a hearing treats. Raises NotFound; Refused for one of another desk or with a hearing of its own."""
    found = [known_case(uow, each) for each in ids]
    for each in found:
        called = any(other.state == "open" for other in sessions.hearings(uow.session, each.case_id))
        if each.desk != case.desk or called:
            raise Refused("not_together", "这些事项不能一并听证", {"further": [f"{each.number}不能一并听证"]})
    return found


def adjourn_hearing(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Hearing:
    case, hearing = _session(uow, cmd["session"])
    decision = postponing.adjourn(case, hearing, cmd, uow.here)
    sessions.keep(uow.session, decision.state)
    uow.tell_all(publishing.notice(case, decision.state, uow.here))
    uow.apply(decision, case.case_id)
    return decision.state


def cancel_hearing(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Hearing:
    case, hearing = _session(uow, cmd["session"])
    final = _running_final(reviews.reviews(uow.session, case.case_id))
    decision = postponing.cancel(case, hearing, final, cmd, uow.here)
    uow.tell_all(publishing.notice(case, decision.state[0], uow.here))
    return _save_hearing(uow, decision, case)


def record_gate(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Hearing:
    case, hearing = _session(uow, cmd["session"])
    decision = session_rules.record_gate(hearing, cmd, uow.here)
    sessions.keep(uow.session, decision.state)
    uow.apply(decision, case.case_id)
    return decision.state


def replace_seat(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Hearing:
    case, hearing = _session(uow, cmd["session"])
    decision = session_rules.replace_seat(case, hearing, cmd, uow.here)
    sessions.keep(uow.session, decision.state)
    uow.apply(decision, case.case_id)
    return decision.state


def complete_hearing(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Hearing:
    case, hearing = _session(uow, cmd["session"])
    standards.may_go_on(uow, case, checklist.COMPLETING, hearing.ordinal)
    final = _running_final(reviews.reviews(uow.session, case.case_id))
    decision = session_rules.complete(case, hearing, final, cmd, uow.here)
    further = [known_case(uow, each) for each in hearing.further]
    for each in further:
        seats.not_recused(each, hearing.panel)
        uow.tell_all(case_rules.told(each, "hearing_completed", uow.here))
    done = _save_hearing(uow, decision, case)
    papers.completed(uow, done)
    held.completed(uow, done, [case, *further], cmd["resolved"])
    return done


def terminate(uow: UnitOfWork, cmd: Mapping[str, Any]) -> terminating.Termination:
    case, opinion, known = loaded(uow, cmd["case"])
    now = standing(opinion, known, uow.now)
    organ = organ_name(uow.office.tree, opinion.review_office) if opinion else ""
    known_hearings = sessions.hearings(uow.session, case.case_id)
    decision = terminating.terminate(case, known_hearings, now, organ, cmd, uow.here)
    if sessions.termination(uow.session, decision.state.session_id) is not None:
        raise Refused("terminated", "对这次听证已经作出终结意见", {"case": ["已终结"]})
    last = next(each for each in known_hearings if each.id == decision.state.session_id)
    paper_rules.needs_signed(records.record(uow.session, last))
    standards.may_go_on(uow, case, checklist.TERMINATING, last.ordinal)
    number = cases.next_number(uow, TERMINATION)
    termination = terminating.with_number(decision.state, number)
    sessions.keep_termination(uow.session, termination)
    uow.apply(decision, case.case_id)
    return termination


def _session(uow: UnitOfWork, session_id: str) -> tuple[HearingCase, Hearing]:
    hearing = sessions.hearing(uow.session, session_id, lock=True)
    if hearing is None:
        raise NotFound("听证")
    return known_case(uow, hearing.case_id), hearing


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
