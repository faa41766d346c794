"""Each definition broken on purpose is found: the oracle and the services disagree on the figure that it is of (docs/year.md)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from contracts.calendar import local_day
from services.hearing.held import figures as hearings
from services.intake.reception import figures as receptions
from services.supervision.ledger.rules import Line
from services.supervision.measures import store as measures
from services.supervision.measures.models import MeasureRow
from services.supervision.orders import figures as orders
from services.supervision.sweeps import figures as sweeps
from shangda.simulate.by_hand import HandStage
from shangda.simulate.driver import Log, play
from tests.oracle.count import Oracle
from tests.oracle.test_year import plan_of

DAYS = ("2026-01-01", "2026-12-31")
Break = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[HandStage, dict[str, int]]]:
    """A year gone by, and what the oracle counts of it."""
    plan = plan_of(4)
    oracle = Oracle(plan.plain(), *DAYS)
    with HandStage(tmp_path_factory.mktemp("year"), plan) as stage:
        play(plan, stage, Log(None))
        yield stage, {**oracle.figures(), **oracle.discipline()}


def told(stage: HandStage) -> dict[str, Any]:
    found = {**stage.figures(*DAYS, "discipline"), **stage.figures(*DAYS)}
    values = {name: each["value"] for name, each in found.items()}
    return values | {f"{name}/base": each["base"] for name, each in found.items()}


def orders_for_cases(patch: pytest.MonkeyPatch) -> None:
    def every(*given: Any) -> Any:
        return [type("Each", (), {**vars(order), "case_id": order.id})() for order in real(*given)]

    real = orders._given
    patch.setattr(orders, "_given", every)


def bookings_for_receptions(patch: pytest.MonkeyPatch) -> None:
    real = receptions.counted

    def every(*given: Any) -> Any:
        return [
            each if each.kind == "reception" else each.changed(kind="reception", detail="named")
            for each in real(*given)
        ]

    patch.setattr(receptions, "counted", every)


def resolved_for_satisfied(patch: pytest.MonkeyPatch) -> None:
    real = receptions._held

    def mixed(name: str, *given: Any) -> Any:
        found = {each.name: each for each in real(name, *given)}
        found[f"{name}_satisfied"] = replace(found[f"{name}_resolved"], name=f"{name}_satisfied")
        return found.values()

    patch.setattr(receptions, "_held", mixed)


def receptions_for_key_cases(patch: pytest.MonkeyPatch) -> None:
    real = receptions.counted
    patch.setattr(receptions, "counted", lambda *given: [each.changed(matter="") for each in real(*given)])


def every_leader_for_district_leaders(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(receptions, "_by_district_leader", lambda *_: True)


def void_ones_counted(patch: pytest.MonkeyPatch) -> None:
    from services.intake.activities.models import IntakeActivity  # noqa: PLC0415
    from services.intake.activities.store import as_state  # noqa: PLC0415

    def every(session: Any, _here: Any, wanted: Any, kinds: Any = ()) -> Any:
        rows = session.scalars(select(IntakeActivity).where(IntakeActivity.kind.in_([each.value for each in kinds])))
        return [as_state(receptions.Activity, row) for row in rows if wanted.begins <= row.at < wanted.ends]

    patch.setattr(receptions, "counted", every)


def reopened_stays_concluded(patch: pytest.MonkeyPatch) -> None:
    from services.supervision.ledger import rules  # noqa: PLC0415

    def still(line: Line) -> Any:
        return rules._since(line.course, (rules.CONCLUDED, rules.RESOLVED), ())

    patch.setattr(Line, "concluded_at", property(still))


def reopened_stays_resolved(patch: pytest.MonkeyPatch) -> None:
    from services.supervision.ledger import rules  # noqa: PLC0415

    patch.setattr(Line, "resolved_at", property(lambda line: rules._since(line.course, (rules.RESOLVED,), ())))


def proposals_for_measures(patch: pytest.MonkeyPatch) -> None:
    def proposed(session: Any, since: Any, until: Any) -> Any:
        rows = session.scalars(select(MeasureRow)).all()
        made = [row for row in rows if since <= local_day(row.proposed_at) <= until]
        return [type("Fact", (), {**vars(row), "office": "610402", "corrected": None})() for row in made]

    patch.setattr(measures, "facts", proposed)


def due_for_held(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sweeps, "how_it_stands", lambda *_: "on_time")


def hearings_for_matters(patch: pytest.MonkeyPatch) -> None:
    real = hearings.store.counted
    patch.setattr(
        hearings.store, "counted", lambda *given: [replace(each, matters=(each.session,)) for each in real(*given)]
    )


BREAKS: dict[str, tuple[Break, str]] = {
    "orders for cases": (orders_for_cases, "supervised_cases"),
    "bookings for receptions": (bookings_for_receptions, "named_receptions"),
    "resolved for satisfied": (resolved_for_satisfied, "receptions_satisfied/base"),
    "receptions for key cases": (receptions_for_key_cases, "key_cases_by_district_leaders"),
    "every leader for district leaders": (every_leader_for_district_leaders, "key_cases_by_district_leaders"),
    "void ones counted": (void_ones_counted, "named_receptions"),
    "reopened stays concluded": (reopened_stays_concluded, "concluded"),
    "reopened stays resolved": (reopened_stays_resolved, "resolved"),
    "proposals for measures": (proposals_for_measures, "petition_supervisions"),
    "hearings for matters": (hearings_for_matters, "hearing_matters"),
    "sweeps due for sweeps held": (due_for_held, "sweeps_village_on_time"),
}


def test_unbroken_they_agree(lived: tuple[HandStage, dict[str, int]]) -> None:
    stage, counted = lived
    found = told(stage)
    assert {name: found.get(name) for name in counted} == counted


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_definition_is_found(
    lived: tuple[HandStage, dict[str, int]], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (stage, counted), (broken, figure) = lived, BREAKS[name]
    broken(monkeypatch)
    assert told(stage)[figure] != counted[figure]
