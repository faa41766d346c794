"""Visits to the city and what three of them in a week propose. Commands and queries."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import case_id, words
from contracts.events import moment_required

FORMS = ("single", "collective")  # 个访、集体访
DECISIONS = ("suspend", "no_suspension")  # 建议停职处理信访问题、不作停职处理
MAX_HEADS_COUNTED = 100_000


class RecordCityVisit(Schema):
    """People of a case went to the city (到市走访): how many and why it was not solved here; never who."""

    case = case_id()
    at = moment_required()
    form = fields.String(required=True, validate=validate.OneOf(FORMS))
    head_count = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_HEADS_COUNTED))
    why_not_here = words()


class DecideAlert(Schema):
    """A leader decides what an alert proposes (S40): "suspend" makes the draft for the organ that may."""

    alert = case_id()
    decision = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    reason = words()


class CityVisits(Schema):
    """The visits to the city, each with the case its matter began with, the latest first."""


class Alerts(Schema):
    """What visits to the city propose to a person, the latest first."""

    state = fields.String(load_default="open", validate=validate.OneOf(["open", "decided"]))


COMMANDS: dict[str, type[Schema]] = {"record_city_visit": RecordCityVisit, "decide_alert": DecideAlert}
QUERIES: dict[str, type[Schema]] = {"city_visits": CityVisits, "alerts": Alerts}
