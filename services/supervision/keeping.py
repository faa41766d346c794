"""Load, decide, save: how a milestone reaches ledger and clocks, and what is undone when it came late."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from contracts.calendar import JUST_AFTER
from contracts.letters import Letter, Tell
from contracts.policy_parts import Step
from contracts.veils import believed
from contracts.words import ClockAct, Desk
from network import veils
from network.forget import forget_letters
from network.uow import UnitOfWork
from services.supervision.accountability import store as accountability
from services.supervision.attention import rules as attention_rules
from services.supervision.attention import work as attention
from services.supervision.callbacks import store as callbacks
from services.supervision.callbacks import work as drawing
from services.supervision.city import store as city
from services.supervision.clocks import ladder, rules
from services.supervision.clocks import store as clocks
from services.supervision.clocks.models import ClockRow, StepRow
from services.supervision.clocks.terms import Law, recounted
from services.supervision.demands import forgetting as demands
from services.supervision.duties import work as duties
from services.supervision.guidance import store as guidance
from services.supervision.incidents import store as incidents
from services.supervision.leaving import store as leaving
from services.supervision.ledger import rules as ledger_rules
from services.supervision.ledger import store as ledger
from services.supervision.ledger.rules import Line, Told
from services.supervision.measures import store as measures
from services.supervision.orders import store as orders
from services.supervision.sweeps import store as sweeps
from services.supervision.to_hear import acts as to_hear

AFTER_ALL = 1000
"""Where the end of a case comes among the acts of its last milestone: behind all of them."""


def take_milestone(uow: UnitOfWork, letter: Letter) -> None:
    """Bring a milestone into the ledger and onto the clocks; nothing is kept of a case that is none of ours."""
    told = Told(letter.case, letter.office, letter.service, datetime.fromisoformat(letter.time), _heard(uow, letter))
    known = ledger.line(uow.session, told.case, lock=True)
    if not ledger_rules.is_believed(known, told, uow.here):
        uow.note("milestone_not_believed", told.case, f"{told.teller} {told.data['what']}")
        return
    if ledger_rules.kept_out(told, uow.here, ledger.recalled_term(uow.session, told.case)):
        uow.note("milestone_not_kept", told.case)
        return
    decision = ledger_rules.take_in(known, told, uow.here)
    if decision.state is not None:
        ledger.keep(uow.session, decision.state)
    uow.apply(decision, told.case)
    veils.keep(uow.session, told.case, told.data["recused"])
    for kind_ref, acts in _acts(told, uow.now).items():
        _add_acts(uow, told, kind_ref, acts)
    if decision.state is not None:
        duties.move_from_recused(uow, decision.state)
        attention.notice(uow, known, decision.state)
        drawing.draw(uow, known, decision.state)
    if decision.state is not None and decision.state.told_at == told.data["at"] and not decision.state.is_open:
        _end_with_case(uow, decision.state)
    refresh(uow, told.case)


def _heard(uow: UnitOfWork, letter: Letter) -> dict[str, Any]:
    """What the letter says; in the place of veils from below it has those that this office keeps."""
    heard = believed(letter.data["recused"], letter.office, uow.here.office, uow.here.tree)
    return {**letter.data, "recused": sorted({*heard, *veils.kept(uow.session, letter.case)})}


def _acts(told: Told, now: datetime) -> dict[tuple[str, str], list[rules.Act]]:
    by_clock: dict[tuple[str, str], list[rules.Act]] = {}
    entries = told.data["clocks"]
    acts = rules.acts_from(entries, told.data["at"], now, told.term, told.teller)
    for clock, act in zip(entries, acts, strict=True):
        if ledger_rules.may_tell_clock(told, clock["kind"]):
            by_clock.setdefault((clock["kind"], clock["ref"]), []).append(act)
    return by_clock


def _end_with_case(uow: UnitOfWork, line: Line) -> None:
    """A closed case has no running clocks but those of review and performance, whoever forgot to stop them."""
    uow.session.flush()
    for row in clocks.clocks_of(uow.session, [line.case_id]):
        if row.kind not in rules.OUTLIVE:
            acts = clocks.acts_of(row)
            end = replace(rules.ending(line.told_at, uow.now, line.term), index=AFTER_ALL)
            clocks.write_clock(row, rules.without_repeats([*acts, end]), rules.read(acts))


def _add_acts(uow: UnitOfWork, told: Told, kind_ref: tuple[str, str], acts: Sequence[rules.Act]) -> None:
    row = clocks.clock(uow.session, (told.case, *kind_ref))
    if row is None:
        row = ClockRow(case_id=told.case, kind=kind_ref[0], ref=kind_ref[1], acts=[], teller="", arrived_at=uow.now)
        uow.session.add(row)
    if not row.teller or any(act.act == ClockAct.START for act in acts):
        row.teller = told.teller
    clocks.write_clock(row, rules.without_repeats([*clocks.acts_of(row), *acts]), rules.Clock("stopped"))


def refresh(uow: UnitOfWork, case: str) -> None:
    """Read the case's clocks anew, withdraw the steps that no longer stand, and set when the next ones are due."""
    uow.session.flush()
    line = ledger.line(uow.session, case, lock=True)
    steps = clocks.steps_of(uow.session, case)
    differing: list[dict[str, Any]] = []
    for row in clocks.clocks_of(uow.session, [case]):
        clock, named = counted(uow, row, line)
        differing += named
        own = [step for step in steps if (step.kind, step.ref) == (row.kind, row.ref)]
        clocks.write_clock(row, clocks.acts_of(row), clock)
        row.next_at = None
        if line is not None:
            for step in own:
                withdraw_if_undone(uow, line, row.kind, clock, step)
            row.next_at = next_at(uow, row, clock, line, own)
    if line is not None:
        _flag(uow, line, differing)


def _flag(uow: UnitOfWork, line: Line, differing: Sequence[Mapping[str, Any]]) -> None:
    """Keep on the line, as long as it is so, that a due moment was told which the policy does not give."""
    others = tuple(flag for flag in line.flags if flag != attention_rules.DUE_DIFFERS)
    flags = (*others, attention_rules.DUE_DIFFERS) if differing else others
    if len(flags) != len(line.flags):
        flagged = replace(line, flags=flags)
        ledger.keep(uow.session, flagged)
        uow.note("due_differs" if differing else "due_agrees", line.case_id, data={"clocks": list(differing)})
        attention.notice(uow, line, flagged)


def read_clock(uow: UnitOfWork, row: ClockRow, line: Line | None) -> rules.Clock:
    """The clock that a row's acts make under the terms known by now."""
    return counted(uow, row, line)[0]


def counted(uow: UnitOfWork, row: ClockRow, line: Line | None) -> tuple[rules.Clock, list[dict[str, Any]]]:
    """The clock that a row's acts make under the terms known by now, and the due moments told that do not count."""
    terms = ledger_rules.began(line.terms) if line else {}
    acts = rules.in_force(row.kind, clocks.acts_of(row), terms)
    named: Sequence[rules.Act] = ()
    if line is not None:
        law = Law(uow.here.office, uow.here.tree, uow.office.policies(), line.entered_at, terms)
        acts, named = recounted(row.kind, acts, law)
    clock = rules.read(acts)
    words = [
        {"kind": row.kind, "ref": row.ref, "by": act.teller, "told": act.due and act.due.isoformat()} for act in named
    ]
    return (rules.lapsed(clock, uow.now) if ladder.is_right(uow.here.policy, row.kind) else clock), words


def duty_of(row: ClockRow, line: Line) -> ladder.Duty:
    return ladder.duty(row.kind, row.teller, line.holder, line.offered_to)


def owner_of(uow: UnitOfWork, row: ClockRow, line: Line) -> Callable[[Step], str | None]:
    """Which office each step of this clock belongs to."""
    return partial(ladder.step_owner, duty=duty_of(row, line), tree=uow.here.tree, excluded=line.excluded)


def open_firings(
    uow: UnitOfWork, row: ClockRow, clock: rules.Clock, line: Line, steps: Sequence[StepRow]
) -> list[ladder.Firing]:
    """The steps that belong here and of which no row says yet that they were taken."""
    ladder_steps = ladder.steps_of(uow.here.policy, row.kind, Desk(line.desk))
    taken = {(step.step, step.due) for step in steps}
    found = ladder.firings(clock, ladder_steps, owner_of(uow, row, line), uow.here.office)
    return [firing for firing in found if (firing.step.name, firing.due) not in taken]


def next_at(
    uow: UnitOfWork, row: ClockRow, clock: rules.Clock, line: Line, steps: Sequence[StepRow]
) -> datetime | None:
    """When the poll has to look at this clock again, None if it need not."""
    if ladder.is_right(uow.here.policy, row.kind):
        return clock.due + JUST_AFTER if clock.state == "running" and clock.due else None
    return min((firing.at for firing in open_firings(uow, row, clock, line, steps)), default=None)


def withdraw_if_undone(uow: UnitOfWork, line: Line, kind: str, clock: rules.Clock, step: StepRow) -> None:
    """Withdraw a step, visibly, that by all that is known now should not have been taken; its order too."""
    rung = {each.name: each for each in ladder.steps_of(uow.here.policy, kind, Desk(line.desk))}.get(step.step)
    if rung is None or step.state == "withdrawn" or ladder.still_stands(clock, rung, step.due, step.fired_at):
        return
    why = "期限内已延期,消息晚到" if clock.state == "running" else "期限内已办理,消息晚到"
    step.state, step.why, step.ended_by, step.ended_at = "withdrawn", why, "system", uow.now
    uow.note("withdraw_step", step.case_id, why, {"step": step.id})
    order = orders.order(uow.session, step.id, given=True)
    if order is not None and order.state == "open":
        order.state, order.why = "withdrawn", why
        data = {"order": order.id, "at": uow.now, "why": why}
        uow.tell(Tell(order.receiver, "supervision", "order_withdrawn", step.case_id, data))


def take_recall(uow: UnitOfWork, letter: Letter) -> None:
    """A superior took the case from here: forget it, but not that it was taken."""
    known = ledger.recalled_term(uow.session, letter.case)
    term = ledger_rules.recalled_under(known, ledger_rules.term_of(letter.data))
    wipe(uow, letter.case)
    ledger.keep_recalled(uow.session, letter.case, term, uow.now)
    uow.note("recalled", letter.case)


def take_resealed(uow: UnitOfWork, letter: Letter) -> None:
    """The petition turned out to accuse somebody: its line goes, letters of it that passed here too (a call for help
    has its text), and nothing late brings it back."""
    known = ledger.line(uow.session, letter.case, lock=True)
    if not ledger_rules.may_reseal(known, letter.office, uow.here):
        uow.note("refused", letter.case, f"case_resealed by {letter.office}")
        return
    wipe(uow, letter.case)
    forget_letters(uow.session, letter.case)
    ledger.keep_recalled(uow.session, letter.case, ledger_rules.RECUSED, uow.now)
    uow.note("resealed", letter.case)


def wipe(uow: UnitOfWork, case: str) -> None:
    """Delete everything kept here of a case that this office may no longer know of."""
    sweeps.forget(uow.session, case)
    leaving.forget(uow.session, case)
    measures.forget(uow.session, case)
    kept = [*clocks.clocks_of(uow.session, [case]), *clocks.steps_of(uow.session, case)]
    kept += [*city.rows_of(uow.session, case), *accountability.rows_of(uow.session, case), *demands.rows_of(uow, case)]
    kept += to_hear.rows_of(uow.session, case)
    kept += [*guidance.rows_of(uow.session, case), *incidents.rows_of(uow.session, case)]
    kept += [*orders.presses_of(uow.session, case), *callbacks.rows_of(uow.session, case)]
    for row in (*kept, *orders.orders_of(uow.session, case), *ledger.rows_of(uow.session, case)):
        uow.session.delete(row)
    veils.forget(uow.session, case, "supervision")
