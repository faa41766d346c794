"""What supervision demands of an office or person, and what becomes of it."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import moment_required, one_of
from contracts.letters import CASE_ID, OFFICE_ID
from contracts.words import Desk

PERSON = validate.Regexp(r"^[0-9A-Za-z-]{0,20}\Z")
MAX_WORDS = 2000
KIND = validate.Regexp(r"^[a-z_]{2,30}\Z")


def demand_id() -> fields.String:
    return fields.String(required=True, validate=CASE_ID)


class DemandMade(Schema):
    """supervision (giver) → supervision of the addressee (``receiver``) and of every office above the giver.

    Those above get it without ``person`` and ``points``. ``points`` are neutral: nothing of who reported, or that somebody
    did. Of a discipline case neither case nor number goes along. ``follows`` is the demand whose answer led to this one.
    """

    demand = demand_id()
    number = fields.String(load_default="", validate=validate.Length(max=40))
    desk = fields.String(required=True, validate=one_of(Desk))
    kind = fields.String(required=True, validate=KIND)
    clock = fields.String(required=True, validate=validate.Regexp(r"^K[0-9]{1,2}\Z"))
    receiver = fields.String(required=True, validate=OFFICE_ID)
    person = fields.String(load_default="", validate=PERSON)
    points = fields.String(load_default="", validate=validate.Length(max=MAX_WORDS))
    at = moment_required()
    due = moment_required()
    provisional = fields.Boolean(load_default=False)
    how = fields.List(fields.String(), load_default=list)
    follows = fields.String(load_default="", validate=validate.Length(max=32))


class DemandAnswered(Schema):
    """supervision (addressee) → supervision (giver), who tells those above it; to them without words and name."""

    demand = demand_id()
    at = moment_required()
    adopted = fields.Boolean(load_default=None, allow_none=True)
    answer = fields.String(load_default="", validate=validate.Length(max=MAX_WORDS))
    signed_by = fields.String(load_default="", validate=validate.Length(max=60))


class DemandWithdrawn(Schema):
    """supervision (giver) → supervision of whoever was told of the demand."""

    demand = demand_id()
    at = moment_required()
    why = fields.String(load_default="", validate=validate.Length(max=MAX_WORDS))


EVENTS: dict[str, type[Schema]] = {
    "demand_made": DemandMade,
    "demand_answered": DemandAnswered,
    "demand_withdrawn": DemandWithdrawn,
}
