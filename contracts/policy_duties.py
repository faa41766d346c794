"""What offices owe outside the handling of a case: what is demanded of them, and returns that the calendar brings round."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from marshmallow import Schema, fields, post_load, validate

from contracts.policy_part_schemas import CLOCKS, WORD, ZH
from contracts.words import Desk

Length = Literal["ten_days", "rolling_ten_days", "half_month", "month", "quarter", "year"]
TIERS = ("district", "town", "village", "department")
MOST_MONTHS = 24
A_CLOCK = validate.OneOf(CLOCKS)
A_DESK = validate.OneOf([desk.value for desk in Desk])


@dataclass(frozen=True)
class DemandKind:
    """A kind of demand: the clock of its answer, the desks that may make it, and what the answer must bear.

    ``then`` is the kind that the giver has to do itself within ``then_months`` of the answer, "" for none.
    """

    zh: str
    clock: str
    desks: tuple[str, ...]
    leader: bool = False
    signed: bool = False
    adopted: bool = False
    then: str = ""
    then_months: int = 0


@dataclass(frozen=True)
class PeriodKind:
    """A return of every period: ``lengths`` says for which stretch an office of a tier owes it; other tiers owe none."""

    zh: str
    clock: str
    desk: str
    lengths: Mapping[str, Length]


class DemandKindSchema(Schema):
    """A kind of demand."""

    zh = fields.String(required=True, validate=ZH)
    clock = fields.String(required=True, validate=A_CLOCK)
    desks = fields.List(fields.String(validate=A_DESK), required=True, validate=validate.Length(min=1))
    leader = fields.Boolean(load_default=False)
    signed = fields.Boolean(load_default=False)
    adopted = fields.Boolean(load_default=False)
    then = fields.String(load_default="", validate=validate.Regexp(r"^[a-z_]{0,30}\Z"))
    then_months = fields.Integer(load_default=0, strict=True, validate=validate.Range(min=0, max=MOST_MONTHS))

    @post_load
    def _make(self, values: dict[str, Any], **_: object) -> DemandKind:
        return DemandKind(**{**values, "desks": tuple(values["desks"])})


class PeriodKindSchema(Schema):
    """A return of every period."""

    zh = fields.String(required=True, validate=ZH)
    clock = fields.String(required=True, validate=A_CLOCK)
    desk = fields.String(required=True, validate=A_DESK)
    lengths = fields.Dict(
        fields.String(validate=validate.OneOf(TIERS)),
        fields.String(validate=validate.OneOf(get_args(Length))),
        required=True,
        validate=validate.Length(min=1),
    )

    @post_load
    def _make(self, values: dict[str, Any], **_: object) -> PeriodKind:
        return PeriodKind(**values)


def demand_kinds() -> fields.Dict:
    """The table of kinds of demand, by id."""
    return fields.Dict(fields.String(validate=WORD), fields.Nested(DemandKindSchema), required=True)


def period_kinds() -> fields.Dict:
    """The table of returns of every period, by id."""
    return fields.Dict(fields.String(validate=WORD), fields.Nested(PeriodKindSchema), required=True)


def duty_faults(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(key, sentence) for each fault between these tables and the clocks."""
    kinds: Mapping[str, DemandKind] = values["demand_kinds"]
    for name, kind in kinds.items():
        if bool(kind.then) != bool(kind.then_months) or kind.then not in ("", *kinds):
            yield f"demand_kinds.{name}", "then names a kind of demand and goes together with then_months"
    periods: Mapping[str, PeriodKind] = values["periods"]
    for name, period in periods.items():
        if values["clocks"][period.clock]["term"] is None:
            yield f"periods.{name}", f"clock {period.clock} has no term: nobody would set one"
