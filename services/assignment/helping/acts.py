"""Load, decide, save, say: helpers. Every act stands in the given unit of work."""

from collections.abc import Mapping
from typing import Any

from contracts.context import Decision
from contracts.errors import NotFound, Refused
from contracts.letters import Letter
from contracts.veils import believed
from network import veils
from network.forget import forget_letters
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.assignment import store as cases
from services.assignment import views
from services.assignment.acts import here_for, visible
from services.assignment.helping import answering, rules, store, way
from services.assignment.helping.models import AssignmentHelp
from services.assignment.helping.states import ASKED, HelpState
from services.assignment.models import AssignmentCase
from services.assignment.recusal.rules import above
from services.assignment.state import CaseState


def ask(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """The holder asks an office to help."""
    row = visible(cases.case_locked(uow.session, cmd["case"]), uow.actor)
    helpers = store.helpers(uow.session, row.case)
    decision = rules.ask(as_state(CaseState, row), helpers, cmd, here_for(uow, row.policy_version))
    return _keep(uow, row, decision)


def release(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """The holder needs an office's help no more."""
    row = visible(cases.case_locked(uow.session, cmd["case"]), uow.actor)
    open_ = [each for each in store.helpers(uow.session, row.case) if each.office == cmd["office"]]
    if not open_:
        raise Refused("not_asked", "该机关没有协办该事项", {"office": ["没有协办"]})
    here = here_for(uow, row.policy_version)
    return _keep(uow, row, rules.release(as_state(CaseState, row), open_[-1], cmd["reason"], here))


def _keep(uow: UnitOfWork, row: AssignmentCase, decision: Decision[rules.Helped]) -> dict[str, Any]:
    helped = decision.state
    write_state(row, helped.case)
    others = [each for each in store.helpers(uow.session, row.case) if each.ordinal != helped.helper.ordinal]
    store.keep_helpers(uow.session, row.case, [*others, helped.helper])
    uow.apply(decision, row.case)
    return {**views.answer(helped.case), "ordinal": helped.helper.ordinal}


def report(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """This office says what it did for another. NotFound unless it was asked, at this desk."""
    mine = [row for row in store.helps(uow.session, cmd["case"]) if row.desk == uow.actor.desk]
    wanted = [row for row in mine if cmd["ordinal"] in (None, row.ordinal)]
    row = next((row for row in wanted if row.state == ASKED), wanted[0] if wanted else None)
    if row is None:
        raise NotFound("协办事项")
    decision = answering.report(as_state(HelpState, row), cmd["text"], uow.here)
    write_state(row, decision.state)
    uow.apply(decision, row.case)
    return {"case": row.case, "number": row.number, "ordinal": row.ordinal, "state": row.state}


def on_asked(uow: UnitOfWork, letter: Letter) -> None:
    """A request arrives: for this office, or to be passed on. A recused office keeps nothing of it."""
    if letter.data["to"] != uow.office.id:
        _pass_on(uow, letter, asked_by=letter.data["asked_by"])
        return
    heard = believed(letter.data["recused"], letter.office, uow.here.office, uow.here.tree)
    data = {**letter.data, "recused": heard}
    if cases.is_recused(uow.session, letter.case) or data["to"] in data["excluded"]:
        uow.note("refused", letter.case, "help_asked of a recused office")
        return
    row = store.help_of(uow.session, letter.case, data["ordinal"])
    known = as_state(HelpState, row) if row else None
    decision = answering.receive(known, letter.case, data, letter.office, uow.here)
    if row is not None:
        write_state(row, decision.state)
    elif decision.state is not None:
        store.new_row(uow.session, AssignmentHelp, decision.state)
        veils.keep(uow.session, letter.case, data["recused"])
    uow.apply(decision, letter.case)


def on_reported(uow: UnitOfWork, letter: Letter) -> None:
    """A report arrives: for the case held here, or to be passed on to who holds it by now."""
    if letter.data["to"] != uow.office.id:
        _pass_on(uow, letter, asked_by=letter.data["office"])
        return
    if not way.may_pass(letter.office, letter.data["office"], uow.here):
        uow.note("refused", letter.case, f"help_reported by {letter.office}")
        return
    row = cases.case_locked(uow.session, letter.case)
    if row is None:
        raise Refused("unknown_case", "本机关没有该事项")
    state, here = as_state(CaseState, row), here_for(uow, row.policy_version)
    if state.recalled or state.holder != here.office:
        uow.tell_all(rules.onward(state, letter.data, here))
        uow.note("help_report_passed_on", letter.case)
        return
    helper = next((each for each in store.helpers(uow.session, row.case) if _is_meant(each, letter)), None)
    decision = rules.on_reported(state, helper, letter.data, here)
    if helper is None or decision.state.helper is helper:
        uow.apply(decision, letter.case)
    else:
        _keep(uow, row, decision)


def _is_meant(helper: Any, letter: Letter) -> bool:
    return bool(helper.ordinal == letter.data["ordinal"])


def on_released(uow: UnitOfWork, letter: Letter) -> None:
    """Help is no longer wanted here, or the word is passed on."""
    if letter.data["to"] != uow.office.id:
        _pass_on(uow, letter, asked_by=letter.data["asked_by"])
        if not letter.data["reason"] and letter.office in above(uow.office.id, uow.here):
            _forget_letters(uow, letter.case)
        return
    row = store.help_of(uow.session, letter.case, letter.data["ordinal"])
    if row is None:
        uow.note("refused", letter.case, "help_released of nothing asked")
        return
    decision = answering.on_released(as_state(HelpState, row), letter.data, letter.office, uow.here)
    if decision.state is None:
        uow.session.delete(row)
        _forget_letters(uow, letter.case)
    else:
        write_state(row, decision.state)
    uow.apply(decision, letter.case)


def _forget_letters(uow: UnitOfWork, case: str) -> None:
    """Help was withdrawn: the letters that asked for it bear the petition's text. Who has the case keeps its own."""
    if cases.case_locked(uow.session, case) is None:
        forget_letters(uow.session, case)


def _pass_on(uow: UnitOfWork, letter: Letter, *, asked_by: str) -> None:
    """An office on the way passes a letter on, and remembers that the other end may have had a word of the case."""
    row = cases.case_locked(uow.session, letter.case)
    state = as_state(CaseState, row) if row else None
    decision = way.pass_on(state, letter.type, letter.case, letter.data, letter.office, asked_by, uow.here)
    if row is not None and decision.state is not None:
        write_state(row, decision.state)
    uow.apply(decision, letter.case)
