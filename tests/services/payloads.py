"""Payloads made from a schema: one that it accepts, and values that a single field of it refuses."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate
from marshmallow.utils import missing

CASE, HASH = "a" * 32, "b" * 64
ENVELOPE = {"version": 1, "case": CASE, "ciphertext": "c2VhbGVk", "keys": {"610402/petition": "k"}}
PLAUSIBLE: tuple[Any, ...] = (
    CASE,
    HASH,
    "610402901",
    "说明一个理由",
    "C03",
    "2026-03-02T09:00:00+08:00",
    "2026-03-02",
    "09:00",
    "610402901-000001",
    "34.3291,108.7042",
    3,
    True,
    "K12",
    "east",
    "hot",
    ENVELOPE,
    {},
    [],
    [CASE],
    [HASH],
    ["610402901"],
    ["610402901", "610402902"],
    "",
    30,
    "https://example.org/q",
    "wang@example.org",
    [{"id": "王五", "name": "王五"}, {"id": "李四", "name": "李四"}],
)

NASTY: tuple[Any, ...] = (
    None,
    "",
    "   ",
    "\x00",
    "不是日期",
    "x" * 300_000,
    -1,
    10**12,
    1.5,
    True,
    [],
    ["x" * 70],
    [None],
    {},
    {"a": 1},
    "610402'; --",
    "2026-13-45T99:00:00+08:00",
    "2026-03-02T09:00:00",
)


def accepted(schema: Schema) -> dict[str, Any]:
    """A payload whose every field the schema accepts, each for itself."""
    return {name: plausible(field) for name, field in schema.fields.items()}


def plausible(field: fields.Field) -> Any:
    """A value that the field accepts. Raises LookupError when none is found."""
    return next(value for value in _guesses(field) if _takes(field, value))


def _guesses(field: fields.Field) -> Iterator[Any]:
    if isinstance(field, fields.Nested):
        yield accepted(field.schema) if not field.many else [accepted(field.schema)]
    if isinstance(field, fields.List):
        yield [plausible(field.inner)]
    for rule in field.validators:
        if isinstance(rule, validate.OneOf):
            yield from rule.choices
    yield from PLAUSIBLE
    raise LookupError(f"no plausible value for {field.name}: {field!r}")


def refused(field: fields.Field, values: Iterator[Any]) -> list[Any]:
    """Those of ``values`` that the field itself refuses."""
    return [value for value in values if not _takes(field, value)]


def _takes(field: fields.Field, value: Any) -> bool:
    try:
        field.deserialize(value)
    except (ValidationError, ValueError, TypeError):
        return False
    return True


def needed(schema: Schema) -> Iterator[str]:
    """The fields that must be there."""
    return (name for name, field in schema.fields.items() if field.required and field.load_default is missing)


def faults_of(schema: Schema, payload: Mapping[str, Any]) -> set[str]:
    """The fields that the schema itself finds wrong in a payload; what concerns several of them included."""
    try:
        schema.load(payload)
    except ValidationError as error:
        return set(error.messages_dict)
    return set()


def bad(schema: Schema) -> Iterator[dict[str, Any]]:
    """Payloads with one fault each: a value that its field refuses, a field that is missing, and one that is unknown."""
    good = accepted(schema)
    for name, field in schema.fields.items():
        yield from ({**good, name: value} for value in refused(field, iter(NASTY)))
    for name in needed(schema):
        yield {key: value for key, value in good.items() if key != name}
    yield {**good, "no_such_field": 1}
