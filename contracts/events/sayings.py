"""What a reporter says of a case by receipt, besides supplements, ratings and requests for review."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import MAX_TEXT, moment_required
from contracts.letters import CASE_ID
from contracts.words import SaidWhat

MAX_PERSON = 60
TRAVELLING = tuple(what.value for what in SaidWhat if what != SaidWhat.RETALIATION)
"""What may travel with a case. Retaliation never does: it is a sealed report of its own to the district's discipline desk."""


class ReporterSaid(Schema):
    """portal → district intake → entry office's intake → own assignment → … → holder, as a supplement goes.

    ``saying`` is the id by which a repeated letter is known. ``text`` is null where the case is sealed, ``sealed`` where
    it is not; both are null when nothing was added in words. ``person`` names whom an objection is against.
    """

    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    entry_office = fields.String(load_default="", validate=validate.Length(max=16))
    saying = fields.String(required=True, validate=CASE_ID)
    what = fields.String(required=True, validate=validate.OneOf(TRAVELLING))
    at = moment_required()
    text = fields.String(required=True, allow_none=True, validate=validate.Length(max=MAX_TEXT))
    sealed = fields.Dict(required=True, allow_none=True)
    person = fields.String(load_default="", validate=validate.Length(max=MAX_PERSON))


EVENTS: dict[str, type[Schema]] = {"reporter_said": ReporterSaid}
