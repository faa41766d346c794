"""Taking the steps that are due: a row each, the order below, the word above. Once, by the step's key."""

from collections.abc import Sequence
from datetime import datetime

from contracts.errors import NotFound, Refused
from contracts.letters import Letter, Tell
from contracts.words import Desk
from network.uow import UnitOfWork
from services.supervision import keeping
from services.supervision.clocks import ladder
from services.supervision.clocks import store as clocks
from services.supervision.clocks.ladder import Firing
from services.supervision.clocks.models import ClockRow, StepRow
from services.supervision.clocks.rules import OF_TELLER, OFF_CASE
from services.supervision.duties.work import rung
from services.supervision.ledger import store as ledger
from services.supervision.ledger.rules import Line
from services.supervision.orders import rules as order_rules
from services.supervision.orders import store as orders

PROMISED = "p"
"""How the reference of a promise of the holder's begins (K26); that of a hearing's agreement is a number."""


def fire(uow: UnitOfWork, key: clocks.Key) -> None:
    """Take every step of one clock that is due here by now."""
    line = ledger.line(uow.session, key[0], lock=True)
    row = clocks.clock(uow.session, key)
    if row is None or line is None:
        return
    clock = keeping.read_clock(uow, row, line)
    steps = [step for step in clocks.steps_of(uow.session, row.case_id) if (step.kind, step.ref) == key[1:]]
    for firing in keeping.open_firings(uow, row, clock, line, steps):
        if firing.at <= uow.now:
            take(uow, row, line, firing)
    keeping.refresh(uow, row.case_id)


def step_id(case: str, kind: str, ref: str, step: str, due: datetime) -> str:
    """The key of a step as one word, the same at every office that reckons it."""
    return f"{case}-{kind}.{ref}-{step}-{due.timestamp():.0f}"


def take(uow: UnitOfWork, row: ClockRow, line: Line, firing: Firing) -> None:
    """Take one step of a clock: the row on the list, the order below and, where a case is behind it, the words.

    A duty outside any case needs no word: every office above has it in its own rows and takes its own steps.
    """
    duty = keeping.duty_of(row, line)
    silent = duty.answerable != uow.here.office and ladder.is_unconfirmed(
        firing.due, clocks.heard_at(uow.session, duty.answerable)
    )
    reminder = ladder.is_reminder(firing.step)
    before = rung(uow, firing.step.who, line, duty.answerable)
    step = StepRow(
        id=step_id(row.case_id, row.kind, row.ref, firing.step.name, firing.due),
        case_id=row.case_id,
        kind=row.kind,
        ref=row.ref,
        step=firing.step.name,
        due=firing.due,
        number=line.number,
        desk=line.desk,
        answerable=duty.answerable,
        fired_at=uow.now,
        by=uow.here.office,
        state="open",
        unconfirmed=silent and not reminder,
        why=firing.step.zh,
        ended_by="",
        ended_at=None,
        rung=before.name,
        persons=list(before.persons),
    )
    uow.session.add(step)
    uow.note("step", row.case_id, firing.step.zh, {"step": step.id, "unconfirmed": step.unconfirmed})
    if reminder:
        if step.kind not in OFF_CASE:
            uow.tell(_reminder(uow.here.office, step))
        return
    if firing.orders and duty.answerable not in line.excluded:
        _give_order(uow, step)
    if firing.next_owner not in (None, uow.here.office) and step.kind not in OFF_CASE:
        uow.tell(_escalated(str(firing.next_owner), step, line.recused))


def _reminder(here: str, step: StepRow) -> Tell:
    promised = step.ref.startswith(PROMISED)
    service = "hearing" if step.kind in OF_TELLER and not promised else "assignment"
    return Tell(here, service, "reminder", step.case_id, {"kind": step.kind, "due": step.due})


def _give_order(uow: UnitOfWork, step: StepRow) -> None:
    order = order_rules.Order(
        id=step.id,
        given=True,
        case_id=step.case_id,
        number=step.number,
        desk=step.desk,
        kind=step.kind,
        step=step.step,
        demand="",
        giver=step.by,
        receiver=step.answerable,
        supervisor="",
        at=step.fired_at,
        due=step.due,
        unconfirmed=step.unconfirmed,
    )
    if orders.keep(uow.session, order):
        uow.tell(order_rules.order_tell(order))


def _escalated(to: str, step: StepRow, recused: Sequence[str]) -> Tell:
    names = ("number", "kind", "ref", "step", "due", "unconfirmed", "desk")
    data = {name: getattr(step, name) for name in names} | {"at": step.fired_at, "holder": step.answerable}
    return Tell(to, "supervision", "case_escalated", step.case_id, {**data, "recused": list(recused)})


def take_escalated(uow: UnitOfWork, letter: Letter) -> None:
    """A step was taken below. It is the same row whether the own ledger or the office below says so.

    Who is recused is not for an office below to say (contracts.veils.believed).
    """
    data = letter.data
    if letter.office not in {office.id for office in uow.here.tree.descendants(uow.here.office)}:
        raise Refused("not_below", f"上报须来自下级单位,来信单位 {letter.office} 不是")
    if data["kind"] in OFF_CASE:
        raise Refused("not_a_case", f"{data['kind']}不属于信访事项,各级单位自行掌握")
    key = step_id(letter.case, data["kind"], data["ref"], data["step"], data["due"])
    uow.note("heard_step", letter.case, data["step"], {"step": key, "by": letter.office})
    if ledger.recalled_term(uow.session, letter.case) is not None or uow.session.get(StepRow, key) is not None:
        return
    if _is_own_step(uow, letter):
        return  # nobody below takes this office's step in its place
    copied = {name: data[name] for name in ("kind", "ref", "step", "due", "number", "desk", "unconfirmed")}
    ended = {"why": "下级单位上报", "ended_by": "", "ended_at": None}
    taken = {"by": letter.office, "fired_at": data["at"], "answerable": data["holder"], "state": "open"}
    uow.session.add(StepRow(id=key, case_id=letter.case, **copied, **taken, **ended))
    keeping.refresh(uow, letter.case)


def _is_own_step(uow: UnitOfWork, letter: Letter) -> bool:
    """Whether the step told of is one that this office takes itself when its time has come."""
    line = ledger.line(uow.session, letter.case)
    row = clocks.clock(uow.session, (letter.case, letter.data["kind"], letter.data["ref"]))
    if line is None or row is None:
        return False
    rungs = ladder.steps_of(uow.here.policy, row.kind, Desk(line.desk))
    owner = keeping.owner_of(uow, row, line)
    return any(rung.name == letter.data["step"] and owner(rung) == uow.here.office for rung in rungs)


def acknowledge(uow: UnitOfWork, key: str, what: str) -> StepRow:
    """A person acts on a step on this office's list, which is what takes it off. Raises NotFound, Refused."""
    step = uow.session.get(StepRow, key, with_for_update=True)
    if step is None or step.desk != uow.actor.desk:
        raise NotFound("督办步骤")
    if step.state != "open":
        raise Refused("not_open", "这一步已经处理或撤回", {"step_id": ["已经处理或撤回"]})
    step.state, step.why, step.ended_by, step.ended_at = "acknowledged", what, uow.actor.id, uow.now
    uow.note("acknowledge", step.case_id, order_rules.journalled(step.desk, what), {"step": key})
    return step


def confirm_overdue(uow: UnitOfWork, office: str, batch: int) -> None:
    """An office that was silent has been heard past the due moment, and had not acted: overdue, no longer unconfirmed."""
    heard = clocks.heard_at(uow.session, office)
    for step in clocks.unconfirmed_steps(uow.session, office, heard, batch) if heard else ():
        step.unconfirmed = False
        uow.note("confirm_step", step.case_id, "期满后已收到该单位消息", {"step": step.id})
