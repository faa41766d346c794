"""The plain form of a whole policy (TOML files, the event `policy_published`) and the way from it to a Policy."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from contracts.accused import RANKS
from contracts.faults import faults
from contracts.policy import Policy
from contracts.policy_check import crossing_faults
from contracts.policy_duties import demand_kinds, period_kinds
from contracts.policy_measures import early_warning, measure_kinds
from contracts.policy_part_schemas import (
    CLOCKS,
    CODE,
    WORD,
    ZH,
    AreaSchema,
    CategorySchema,
    ClockSchema,
    LatenessSchema,
    RetentionSchema,
    ReviewOrgansSchema,
    SlotSchema,
    StepSchema,
    VisitTriggerSchema,
    WordingSchema,
    count_field,
    days_field,
    discipline_rules,
    numbered,
)
from contracts.policy_parts import AcceptingTier, Category, Clock, Subcategory
from contracts.policy_reports import report_kinds
from contracts.words import Desk, Form, Gate

HALVES = {"am": "12:00", "pm": "18:00"}
TIME = validate.Regexp(r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")


class PolicyError(ValueError):
    """A policy that cannot be used; `faults` maps a key path like "clocks.K5.days" to what is wrong with it."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__("\n".join(f"key {key}: {fault}" for key, fault in self.faults.items()))


def policy_from(body: Mapping[str, Any]) -> Policy:
    """The policy of its plain form, which it keeps as `body`. Raises PolicyError with every fault."""
    try:
        values: dict[str, Any] = PolicySchema().load(dict(body))
    except ValidationError as error:
        raise PolicyError(dict(faults(error.messages_dict))) from error
    tables = {key: MappingProxyType(value) for key, value in values.items() if isinstance(value, dict)}
    return Policy(body=MappingProxyType(dict(body)), **(values | tables))


def keyed(words: Any, values: fields.Field[Any]) -> fields.Dict:
    """A table with exactly one entry for each of the words."""

    def complete(table: Mapping[str, Any]) -> None:
        lacking, surplus = (", ".join(sorted(some)) for some in (set(words) - set(table), set(table) - set(words)))
        if lacking or surplus:
            raise ValidationError(f"missing: {lacking or 'none'}; unknown: {surplus or 'none'}")

    return fields.Dict(fields.String(), values, required=True, validate=complete)


CARD_URL = r"^https://[!-z]{1,120}\{serial\}[!-z]{0,40}\Z"
LAW_NOTE = validate.Regexp(r"^(all|[0-9A-Z]{3,10})\Z")


def ascending(numbers: list[int]) -> None:
    """Each is more than the one before; there is one at least."""
    if not numbers or sorted(set(numbers)) != numbers:
        raise ValidationError("numbers that grow, one at least")


class PolicySchema(Schema):
    """The whole policy."""

    version = fields.String(required=True, validate=validate.Regexp(r"^[0-9A-Za-z.-]{1,40}\Z"))
    valid_from = fields.AwareDateTime(required=True, format="iso")
    rolls_to_working_day = fields.Boolean(required=True)
    village_settle_days = days_field()
    dispute_days = days_field()
    bounce_limit = count_field(1)
    recusal_years = count_field()
    arrival_gap_hours = count_field(1)
    summary_length = count_field(10)
    small_cell_limit = count_field(1)
    village_secretary_to_district = fields.Boolean(required=True)
    collective_visit_from = count_field(2)
    collective_bands = fields.List(
        fields.Integer(strict=True, validate=validate.Range(min=2)), required=True, validate=ascending
    )
    city_visit_trigger = fields.Nested(VisitTriggerSchema, required=True)
    discipline_rules = discipline_rules()
    incident_follow_up_hours = fields.Integer(load_default=24, strict=True, validate=validate.Range(1, 240))
    incident_levels = fields.Dict(
        fields.String(validate=WORD), fields.String(validate=ZH), load_default=lambda: {"incident": "群体性事件"}
    )
    look_ahead_days = fields.Integer(load_default=10, strict=True, validate=validate.Range(1, 60))
    sample_share = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, 100))
    long_pending_days = count_field(1)
    dispute_open_days = count_field(1)
    representatives_max = count_field(1)
    emergency_minutes = count_field(1)
    repeat_similarity = count_field(1)
    repeat_stop_words = fields.List(fields.String(validate=validate.Length(min=1, max=10)), load_default=list)
    card_url = fields.String(required=True, validate=validate.Regexp(CARD_URL))
    law_notes = fields.Dict(fields.String(validate=LAW_NOTE), fields.String(validate=ZH), load_default=dict)
    simple_accept_days = days_field()
    hearing_notice_days = days_field()
    hearing_after_repeats = count_field(1)
    resolved_after_days = days_field()
    neutral_questions = fields.List(fields.String(validate=ZH), load_default=list)
    neutral_requests = fields.List(fields.String(validate=ZH), load_default=list)
    neutral_points = fields.List(fields.String(validate=ZH), load_default=list)
    meeting_report_days = fields.Integer(load_default=15, strict=True, validate=validate.Range(min=1, max=90))
    early_warning = early_warning()
    half_day_ends = fields.Dict(
        fields.String(validate=validate.OneOf(HALVES)),
        fields.String(validate=TIME),
        load_default=lambda: dict(HALVES),
        validate=validate.Length(equal=2),
    )
    clocks = keyed(CLOCKS, fields.Nested(ClockSchema))
    ladders = keyed(tuple(Desk), fields.List(fields.Nested(StepSchema), validate=validate.Length(min=1)))
    lateness = fields.List(fields.Nested(LatenessSchema), required=True, validate=validate.Length(min=1))
    accused_routing = keyed(RANKS, fields.String(validate=validate.OneOf(get_args(AcceptingTier))))
    review_chain = keyed(("town", "department", "district"), fields.Nested(ReviewOrgansSchema))
    hearing_forms = keyed(tuple(Form), fields.String(validate=ZH))
    on_the_spots = keyed(tuple(Gate), fields.String(validate=ZH))
    decline_reasons = fields.Dict(fields.String(validate=WORD), fields.String(validate=ZH), required=True)
    demand_kinds = demand_kinds()
    periods = period_kinds()
    reports = report_kinds()
    measures = measure_kinds()
    rule_sets = fields.Dict(fields.String(validate=WORD), fields.String(validate=ZH), load_default=dict)
    retention = fields.Dict(fields.String(validate=WORD), fields.Nested(RetentionSchema), required=True)
    public_steps = fields.Dict(fields.String(validate=WORD), fields.Nested(WordingSchema), required=True)
    categories = fields.Dict(fields.String(validate=CODE), fields.Nested(CategorySchema), required=True)
    areas = fields.Dict(fields.String(validate=WORD), fields.Nested(AreaSchema), load_default=dict)
    slots = fields.Dict(fields.String(validate=WORD), fields.Nested(SlotSchema), load_default=dict)
    violations = fields.Dict(fields.String(validate=CODE), fields.String(validate=ZH), required=True)

    @validates_schema(skip_on_field_errors=True)
    def _hangs_together(self, values: Mapping[str, Any], **_: object) -> None:
        found: dict[str, Any] = {}
        for key, fault in crossing_faults(values):
            found.setdefault(key, []).append(fault)
        if found:
            raise ValidationError(found)

    @post_load
    def _make(self, values: dict[str, Any], **_: object) -> dict[str, Any]:
        return values | {
            "clocks": {key: _clock(key, clock) for key, clock in values["clocks"].items()},
            "ladders": {Desk(desk): tuple(steps) for desk, steps in values["ladders"].items()},
            "lateness": tuple(values["lateness"]),
            "discipline_rules": numbered(values["discipline_rules"]),
            "collective_bands": tuple(values["collective_bands"]),
            "repeat_stop_words": tuple(values["repeat_stop_words"]),
            **{name: tuple(values[name]) for name in ("neutral_questions", "neutral_requests", "neutral_points")},
            "hearing_forms": {Form(key): text for key, text in values["hearing_forms"].items()},
            "on_the_spots": {Gate(key): text for key, text in values["on_the_spots"].items()},
            "categories": {key: _category(key, each) for key, each in values["categories"].items()},
        }


def _clock(code: str, values: Mapping[str, Any]) -> Clock:
    given = {name: value for name, value in values.items() if name not in ("term", "stops", "pauses")}
    return Clock(id=code, days=values["term"], stops=tuple(values["stops"]), pauses=tuple(values["pauses"]), **given)


def _category(code: str, values: Mapping[str, Any]) -> Category:
    return Category(
        code=code,
        zh=values["zh"],
        en=values["en"],
        owner_name=values["owner_name"],
        owners=tuple(values["owners"]),
        keywords=tuple(values["keywords"]),
        confidential=values["confidential"],
        second=tuple(Subcategory(*each) for each in values["second"].items()),
    )
