"""A mass incident (群体性事件, S35) goes up at once, and so does what is reported of it later."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import moment, moment_required
from contracts.letters import OFFICE_ID

KINDS = ("first", "follow_up", "step", "final")  # 首报、续报、处置措施、终报
LEVEL = validate.Regexp(r"^[a-z_]{2,30}\Z")
MAX_PLACE = 200
MAX_NAME = 100
MAX_WORDS = 2000
MAX_PEOPLE = 100_000


class IncidentTold(Schema):
    """supervision (where it happened) → supervision of every office above: the incident as it stands, and what is new.

    Without cases and without names of those who came.
    """

    incident = fields.String(required=True, validate=validate.Length(equal=32))
    at = moment_required()
    place = fields.String(required=True, validate=validate.Length(max=MAX_PLACE))
    heads = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_PEOPLE))
    demand = fields.String(required=True, validate=validate.Length(max=MAX_WORDS))
    level = fields.String(required=True, validate=LEVEL)
    commander = fields.String(required=True, validate=validate.Length(max=MAX_NAME))
    next_due = moment(required=False)
    entry = fields.String(required=True, validate=validate.Length(equal=32))
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    said_at = moment_required()
    by = fields.String(required=True, validate=validate.Length(max=MAX_NAME))
    words = fields.String(required=True, validate=validate.Length(max=MAX_WORDS))
    due = moment(required=False)
    office = fields.String(required=True, validate=OFFICE_ID)


EVENTS: dict[str, type[Schema]] = {"incident_told": IncidentTold}
