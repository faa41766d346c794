"""A call for help (K14, XF22 art. 25) goes up at once."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import moment_required, one_of
from contracts.letters import OFFICE_ID
from contracts.words import Desk

MAX_WHAT = 500


class EmergencyRaised(Schema):
    """an office's intake → the intake of every office above that is not recused: somebody is in danger, who is to come.

    ``what`` says what and where, as it was called in; ``phone`` is the raising office's. Without the reporter.
    """

    emergency = fields.String(required=True, validate=validate.Length(equal=32))
    office = fields.String(required=True, validate=OFFICE_ID)
    desk = fields.String(required=True, validate=one_of(Desk))
    number = fields.String(load_default="", validate=validate.Length(max=40))
    at = moment_required()
    due = moment_required()
    what = fields.String(required=True, validate=validate.Length(min=1, max=MAX_WHAT))
    phone = fields.String(load_default="", validate=validate.Length(max=60))


class EmergencyEnded(Schema):
    """an office's intake → the intake of those told: somebody answered, or it is over and the text goes."""

    emergency = fields.String(required=True, validate=validate.Length(equal=32))
    state = fields.String(required=True, validate=validate.OneOf(["answered", "cleared"]))
    at = moment_required()


EVENTS: dict[str, type[Schema]] = {"emergency_raised": EmergencyRaised, "emergency_ended": EmergencyEnded}
