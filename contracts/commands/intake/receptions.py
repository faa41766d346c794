"""What was said when a leader received somebody, what came of it, and what the person thinks (S92, S96–S97)."""

from marshmallow import Schema, fields, validate

from contracts.commands.intake.boards import official
from contracts.commands.intake.bookings import optional_case
from contracts.commands.intake.casework import heads
from contracts.commands.intake.schedules import MAX_PLACE, Slots
from contracts.commands.parts import MAX_NOTE, case_id, past_moment, words
from contracts.events.activities import campaign_id
from contracts.events.parts import one_of
from contracts.letters import CASE_ID
from contracts.reception import Detail
from contracts.words import Rating


class RecordReception(Schema):
    """A leader received somebody: of a ``booking``, or without one, wherever it was (S92). → the reception.

    ``received_by`` came; ``named`` is whom the person had named, where that was another: then ``substitute_why`` says why.
    ``case`` is a petition known here, registered before or on this occasion. ``resolved``: settled on the spot. ``key``: a
    key matter (重点难点). ``detail`` is read where there is no booking.
    """

    booking = optional_case()
    detail = fields.String(load_default=Detail.NAMED.value, validate=one_of(Detail))
    named = official(required=False)
    received_by = official()
    substitute_why = fields.String(load_default="", validate=validate.Length(max=200))
    at = past_moment()
    place = words(MAX_PLACE)
    head_count = heads(1)
    summary = words(MAX_NOTE)
    answer = fields.String(load_default="", validate=validate.Length(max=MAX_NOTE))
    case = optional_case()
    resolved = fields.Boolean(load_default=False)
    key = fields.Boolean(load_default=False)
    rating = fields.String(load_default="", validate=validate.OneOf(["", *(word.value for word in Rating)]))
    campaign = campaign_id()
    about_leader = fields.Boolean(load_default=False)


class LinkReception(Schema):
    """The matter of a reception is a case after all, registered later. → the reception."""

    reception = fields.String(required=True, validate=CASE_ID)
    case = case_id()


class RateReception(Schema):
    """What the person says of the reception; it may be changed once. → the reception."""

    reception = fields.String(required=True, validate=CASE_ID)
    rating = fields.String(required=True, validate=one_of(Rating))


class VoidReception(Schema):
    """It was written down in error: a leader says so, and why; it counts nowhere any more. → the reception.

    A booking that it was of stands as before and waits to be written down.
    """

    reception = fields.String(required=True, validate=CASE_ID)
    why = words(200)


class Receptions(Slots):
    """The receptions held on these days. → ``{receptions: […]}``; ``leader`` is who received."""


COMMANDS: dict[str, type[Schema]] = {
    "record_reception": RecordReception,
    "link_reception": LinkReception,
    "rate_reception": RateReception,
    "void_reception": VoidReception,
}
QUERIES: dict[str, type[Schema]] = {"receptions": Receptions}
