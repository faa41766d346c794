"""What supervision asks of an office or person, and the answer: suggestions, instructions, notices, talks."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import last_day, office_id, words
from contracts.events import one_of
from contracts.events.demands import KIND, MAX_WORDS, PERSON, demand_id
from contracts.words import Desk

STATES = ("open", "answered", "accepted", "withdrawn")
MAX_ROWS = 500


class Demand(Schema):
    """Demand something of an office below, or of the own (``to``). ``kind`` is a word of the policy's ``demand_kinds``.

    ``due`` only where the policy leaves the term to who demands. ``points`` are neutral: nothing of who reported; a
    discipline desk chooses, line by line, among the policy's ``neutral_points``. ``person`` is the id of the official it is
    for, empty for the office itself.
    """

    case = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-f]{32})?\Z"))
    kind = fields.String(required=True, validate=KIND)
    to = office_id()
    person = fields.String(load_default="", validate=PERSON)
    number = fields.String(load_default="", validate=validate.Length(max=40))
    points = words(MAX_WORDS)
    due = last_day(required=False)


class AnswerDemand(Schema):
    """Answer a demand made of this office; ``adopted`` and ``signed_by`` where the kind wants them."""

    demand = demand_id()
    answer = words(MAX_WORDS)
    adopted = fields.Boolean(load_default=None, allow_none=True)
    signed_by = fields.String(load_default="", validate=validate.Length(max=60))


class AcceptAnswer(Schema):
    """The giver takes the answer as sufficient."""

    demand = demand_id()


class WithdrawDemand(Schema):
    """The giver does not want it any more."""

    demand = demand_id()
    why = words(MAX_WORDS)


class Demands(Schema):
    """Demands made, received and known from below, the latest first; ``late`` only those past their due moment."""

    desk = fields.String(load_default=Desk.PETITION.value, validate=one_of(Desk))
    state = fields.String(load_default="", validate=validate.OneOf(["", *STATES]))
    late = fields.Boolean(load_default=False)
    limit = fields.Integer(load_default=100, strict=True, validate=validate.Range(min=1, max=MAX_ROWS))


COMMANDS: dict[str, type[Schema]] = {
    "demand": Demand,
    "answer_demand": AnswerDemand,
    "accept_answer": AcceptAnswer,
    "withdraw_demand": WithdrawDemand,
}
QUERIES: dict[str, type[Schema]] = {"demands": Demands}
