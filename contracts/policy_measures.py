"""What petition supervision (信访监督) at the discipline desk goes by: kinds of measure, early warning."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from contracts.policy_part_schemas import WORD, ZH
from contracts.words import Disposal

FORMS = ("talk", "warning", "meeting", "notice", "other")


@dataclass(frozen=True)
class MeasureKind:
    """A measure: the ``form`` of its record, the disposals of a report under which it may be proposed, and what counts it.

    ``demand`` is the kind of demand by which it is asked for and whose clock runs, "" for none; ``supervision`` counts it as
    petition supervision (S87), ``first_form`` among the first of the four forms (党内监督条例 art. 7).
    """

    zh: str
    form: str
    disposals: tuple[str, ...]
    demand: str = ""
    supervision: bool = True
    first_form: bool = True


@dataclass(frozen=True)
class EarlyWarning:
    """So many slight reports about one person or unit within so many days (S82): shown, decides nothing."""

    count: int
    days: int


class MeasureKindSchema(Schema):
    """A kind of measure."""

    zh = fields.String(required=True, validate=ZH)
    form = fields.String(required=True, validate=validate.OneOf(FORMS))
    disposals = fields.List(
        fields.String(validate=validate.OneOf([each.value for each in Disposal])),
        required=True,
        validate=validate.Length(min=1),
    )
    demand = fields.String(load_default="", validate=validate.Regexp(r"^[a-z_]{0,30}\Z"))
    supervision = fields.Boolean(load_default=True)
    first_form = fields.Boolean(load_default=True)

    @post_load
    def _make(self, values: dict[str, Any], **_: object) -> MeasureKind:
        return MeasureKind(**{**values, "disposals": tuple(values["disposals"])})


class EarlyWarningSchema(Schema):
    """From how many slight reports within how many days a warning is shown."""

    count = fields.Integer(required=True, strict=True, validate=validate.Range(min=2))
    days = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))

    @post_load
    def _make(self, values: dict[str, Any], **_: object) -> EarlyWarning:
        return EarlyWarning(**values)


def measure_kinds() -> fields.Dict:
    """The table of kinds of measure, by id."""
    return fields.Dict(fields.String(validate=WORD), fields.Nested(MeasureKindSchema), load_default=dict)


def early_warning() -> fields.Nested:
    return fields.Nested(EarlyWarningSchema, load_default=lambda: EarlyWarning(3, 180))


def measure_faults(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(key, sentence) for each measure whose demand is not there."""
    kinds: Mapping[str, MeasureKind] = values["measures"]
    for name, kind in kinds.items():
        if kind.demand not in ("", *values["demand_kinds"]):
            yield f"measures.{name}", "demand names a kind of demand"
