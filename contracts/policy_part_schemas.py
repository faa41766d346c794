"""The plain form of the parts of a policy."""

from typing import Any, get_args

from marshmallow import Schema, fields, post_load, validate

from contracts.accused import RANKS
from contracts.calendar import CalendarDays, Days, WorkingDaysCount
from contracts.policy_parts import (
    Area,
    DisciplineRule,
    Lateness,
    Retention,
    ReviewOrgans,
    Slot,
    Step,
    VisitTrigger,
    Who,
    Wording,
)

DISCIPLINE_RULES = 8
CLOCKS = tuple(f"K{n}" for n in range(1, 29))
WORD = validate.Regexp(r"^[a-z_]{2,30}\Z")
OFFICE_ID = validate.Regexp(r"^[0-9a-z]{6,16}\Z")
CODE = validate.Regexp(r"^[0-9A-Z]{3,10}\Z")
ZH = validate.Length(1, 200)


def days_field() -> fields.Nested:
    return fields.Nested(DaysSchema, required=True)


def count_field(least: int = 0) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=least))


class AreaSchema(Schema):
    """An area (片区): its towns, and who handles what none of them may."""

    name = fields.String(required=True, validate=ZH)
    towns = fields.List(fields.String(validate=OFFICE_ID), required=True, validate=validate.Length(min=1))
    designated = fields.List(fields.String(validate=OFFICE_ID), load_default=list)

    @post_load
    def _make(self, values: dict[str, Any], **_: object) -> Area:
        return Area(values["name"], tuple(values["towns"]), tuple(values["designated"]))


class SlotSchema(Schema):
    """A seat of a town's 3+2 group (席位)."""

    zh = fields.String(required=True, validate=ZH)
    duty = fields.String(required=True, validate=validate.OneOf(["covering_leader", "town_principal"]))
    ranks = fields.List(fields.String(validate=validate.OneOf(RANKS)), required=True, validate=validate.Length(min=1))
    posts = fields.List(fields.String(validate=ZH), required=True, validate=validate.Length(min=1))
    barred = fields.List(fields.String(validate=ZH), load_default=list)
    in_town = fields.Boolean(load_default=False)

    @post_load
    def _make(self, values: dict[str, Any], **_: object) -> Slot:
        lists = {name: tuple(values[name]) for name in ("ranks", "posts", "barred")}
        return Slot(**{**values, **lists})


class DaysSchema(Schema):
    """A number of days and their kind."""

    days = count_field()
    day_type = fields.String(required=True, validate=validate.OneOf(["calendar", "working"]))

    @post_load
    def _make(self, values: dict[str, Any], **_: object) -> Days:
        return CalendarDays(values["days"]) if values["day_type"] == "calendar" else WorkingDaysCount(values["days"])


class ClockSchema(Schema):
    """A clock; without `term` the sender sets it."""

    name = fields.String(required=True, validate=ZH)
    source = fields.String(required=True, validate=ZH)
    term = fields.Nested(DaysSchema, load_default=None)
    starts = fields.String(required=True, validate=WORD)
    stops = fields.List(fields.String(validate=WORD), required=True, validate=validate.Length(min=1))
    of = fields.String(load_default="office", validate=validate.OneOf(["office", "reporter"]))
    needs_contact = fields.Boolean(load_default=False)
    pauses = fields.List(fields.String(validate=WORD), load_default=list)
    extends = fields.String(load_default="", validate=validate.OneOf(["", *CLOCKS]))
    times = fields.Integer(load_default=0, strict=True, validate=validate.Range(min=0))
    remind = fields.Integer(load_default=None, strict=True, validate=validate.Range(max=-1))


class StepSchema(Schema):
    """A step of a ladder."""

    name = fields.String(required=True, validate=WORD)
    zh = fields.String(required=True, validate=ZH)
    offset = fields.Integer(required=True, strict=True)
    working = fields.Boolean(load_default=False)
    who = fields.String(required=True, validate=validate.OneOf(get_args(Who)))

    @post_load
    def _make(self, values: dict[str, Any], **_: object) -> Step:
        return Step(**values)


class LatenessSchema(Schema):
    """A warning level."""

    name = fields.String(required=True, validate=WORD)
    zh = fields.String(required=True, validate=ZH)
    below = fields.Integer(load_default=None, strict=True, validate=validate.Range(min=1))

    @post_load
    def _make(self, values: dict[str, Any], **_: object) -> Lateness:
        return Lateness(**values)


class RetentionSchema(Schema):
    """How long a closed file is kept; without `years` for good."""

    zh = fields.String(required=True, validate=ZH)
    years = fields.Integer(load_default=None, strict=True, validate=validate.Range(min=1, max=200))

    @post_load
    def _make(self, values: dict[str, Any], **_: object) -> Retention:
        return Retention(**values)


class WordingSchema(Schema):
    """Public words in both languages."""

    zh = fields.String(required=True, validate=ZH)
    en = fields.String(required=True, validate=ZH)

    @post_load
    def _make(self, values: dict[str, str], **_: object) -> Wording:
        return Wording(**values)


class VisitTriggerSchema(Schema):
    """Collective visits to the city within a number of days."""

    count = count_field(2)
    days = count_field(1)

    @post_load
    def _make(self, values: dict[str, int], **_: object) -> VisitTrigger:
        return VisitTrigger(**values)


class DisciplineRuleSchema(Schema):
    """A slot of the discipline rules; its text may be missing, and is never made up."""

    text = fields.String(load_default="", validate=validate.Length(max=500))
    trigger = fields.String(load_default="", validate=validate.OneOf(["", "city_visits", "watch_list"]))


def discipline_rules() -> fields.List[Any]:
    """The eight slots in order; a policy without them has eight empty ones."""
    eight = validate.Length(equal=DISCIPLINE_RULES)
    slot = fields.Nested(DisciplineRuleSchema)
    return fields.List(slot, load_default=lambda: [{"text": "", "trigger": ""}] * DISCIPLINE_RULES, validate=eight)


def numbered(slots: list[dict[str, str]]) -> tuple[DisciplineRule, ...]:
    """The loaded slots with their numbers, from 1."""
    return tuple(DisciplineRule(number, **slot) for number, slot in enumerate(slots, 1))


class ReviewOrgansSchema(Schema):
    """Who reviews what an office of a tier has issued."""

    review = fields.String(required=True, validate=validate.Length(max=40))
    final_review = fields.String(required=True, validate=validate.Length(max=40))

    @post_load
    def _make(self, values: dict[str, str], **_: object) -> ReviewOrgans:
        return ReviewOrgans(**values)


class CategorySchema(Schema):
    """A class of the catalogue; `second` maps second-level codes to names."""

    zh = fields.String(required=True, validate=ZH)
    en = fields.String(required=True, validate=ZH)
    owner_name = fields.String(required=True, validate=ZH)
    owners = fields.List(fields.String(validate=OFFICE_ID), load_default=list)
    keywords = fields.List(fields.String(validate=ZH), load_default=list)
    confidential = fields.Boolean(load_default=False)
    second = fields.Dict(fields.String(validate=CODE), fields.String(validate=ZH), load_default=dict)
