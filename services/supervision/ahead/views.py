"""Load and answer: what runs out, and the common causes."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.calendar import end_of_day, local_day
from contracts.context import Here
from contracts.towns import town_of
from contracts.veils import is_veiled
from services.supervision.ahead import rules
from services.supervision.ahead.rules import Running
from services.supervision.clocks import ladder
from services.supervision.clocks.models import ClockRow
from services.supervision.demands import store as demands
from services.supervision.duties import store as duties
from services.supervision.duties.rules import OfficialDuty, persons_of, persons_of_unit
from services.supervision.ledger import store as ledger
from services.supervision.ledger.rules import Line
from services.supervision.periods import store as periods


def next_days(session: Session, here: Here, days: int | None) -> dict[str, Any]:
    """The answer of the query; the last of the days is counted whole."""
    days = days or here.policy.look_ahead_days
    until = end_of_day(local_day(here.now) + timedelta(days=days))
    offices = {here.office, *(office.id for office in here.tree.descendants(here.office))}
    lines = {line.case_id: line for line in ledger.all_lines(session, here.actor.desk) if line.holder in offices}
    found = [*_clocks(session, here, lines), *_demands(session, here), *_returns(session, here)]
    late = sorted(
        (each for each in found if here.now <= each.due <= until and each.answerable in offices),
        key=lambda each: (each.due, each.answerable, each.number),
    )
    soon = {each.case for each in late}
    return {
        "days": days,
        "until": until,
        "late": [{**asdict(each), "name": here.tree.name_of(each.answerable)} for each in late],
        "by_office": rules.by_office(late, here.tree),
        "causes": rules.causes(list(lines.values()), soon, here),
    }


def _clocks(session: Session, here: Here, lines: dict[str, Line]) -> Iterator[Running]:
    known = duties.duties(session)
    query = select(ClockRow).where(ClockRow.state == "running", ClockRow.due >= here.now)
    for row in session.scalars(query):
        line = lines.get(row.case_id)
        if line is None or row.due is None or ladder.is_right(here.policy, row.kind):
            continue
        answerable = ladder.duty(row.kind, row.teller, line.holder, line.offered_to).answerable
        persons = _persons(answerable, line, known, here)
        clock = here.policy.clocks.get(row.kind)
        what = clock.name if clock is not None else row.kind
        yield Running(what, row.kind, line.case_id, line.number, line.category, row.due, answerable, persons)


def _persons(answerable: str, line: Line, known: list[OfficialDuty], here: Here) -> tuple[str, ...]:
    """The officials who answer for the office: its own, then the covering leaders of its town; nobody recused."""
    day = local_day(here.now)
    town = town_of(answerable, here.tree)
    own = (*persons_of_unit(answerable, known, day), *persons_of_unit(town, known, day))
    found = dict.fromkeys((*own, *persons_of("leaders", town, "", known, day)))
    return tuple(person for person in found if not is_veiled(line.case_id, person, line.recused))


def _demands(session: Session, here: Here) -> Iterator[Running]:
    for each in demands.standing(session, here.actor.desk):
        if each.state == "open":
            kind = here.policy.demand_kinds.get(each.kind)
            what = kind.zh if kind is not None else each.kind
            persons = (each.person,) if each.person else ()
            yield Running(what, each.clock, each.case_id, each.number, "", each.due, each.receiver, persons)


def _returns(session: Session, here: Here) -> Iterator[Running]:
    for each in periods.listed(session, here.actor.desk, "", ""):
        if each.returned_at is None:
            kind = here.policy.periods.get(each.kind)
            yield Running(
                kind.zh if kind is not None else each.kind, each.clock, "", each.label, "", each.due, each.office
            )
