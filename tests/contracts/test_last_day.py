"""By when something is promised or asked for: a day, and it ends as every day does that the policy counts."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields

from contracts.calendar import end_of_day
from contracts.commands import assignment, hearing, intake, supervision
from contracts.commands.parts import LastDay, last_day

PROMISES = ("due", "perform_by")
# Kept as a day in a ledger; what falls due by one is told with the end of that day.
IN_A_LEDGER = {
    "contracts.commands.intake.promises.MakePromise.due",
    "contracts.commands.supervision.sweeps.Finding.due",
}
END = datetime.fromisoformat("2026-03-02T23:59:59+08:00")


@pytest.mark.parametrize(
    "said",
    [
        "2026-03-02",
        "2026-03-02T00:00:00+08:00",
        "2026-03-02T17:00:00+08:00",
        "2026-03-01T16:00:00+00:00",
        END.isoformat(),
    ],
)
def test_a_day_or_a_moment_of_it_means_its_last_second_in_china(said: str) -> None:
    loaded = last_day().deserialize(said)
    assert (loaded, loaded.isoformat()) == (END, "2026-03-02T23:59:59+08:00")
    assert end_of_day(date(2026, 3, 2)) == END


@pytest.mark.parametrize(
    "said", ["", "soon", "2026-13-01", "2026-03-02T09:00:00", "0001-01-01T00:00:00+23:00", 3, [], {}, True]
)
def test_what_is_no_day_is_refused_in_a_sentence(said: Any) -> None:
    with pytest.raises(ValidationError) as error:
        last_day().deserialize(said)
    assert error.value.messages == ["应为日期,如 2026-03-02 (a date)"]


def test_every_command_reads_such_a_day_the_same_way() -> None:
    commands = [
        schema() for service in (assignment, hearing, intake, supervision) for schema in service.COMMANDS.values()
    ]
    found = {name: field for schema in commands for name, field in named(schema)}
    days = {name for name, field in found.items() if isinstance(field, LastDay)}
    assert len(days) > 7
    assert set(found) - days == IN_A_LEDGER
    assert all(type(found[name]) is fields.Date for name in IN_A_LEDGER)


def named(schema: Schema) -> Iterator[tuple[str, fields.Field]]:
    """The fields of a schema, and of those within it, that say by when."""
    for name, field in schema.fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from named(inner.schema)
        elif name in PROMISES:
            yield f"{type(schema).__module__}.{type(schema).__name__}.{name}", field
