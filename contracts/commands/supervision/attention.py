"""Cases that ask for a supervisor, and what is done about a supervision order. Commands and queries."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import case_id, past_moment, words
from contracts.events import moment, one_of
from contracts.letters import CASE_ID
from contracts.words import Desk

WAYS = ("phone", "on_site", "report", "other")  # 电话催办、实地督办、听取汇报、其他 (S73)
MAX_CANDIDATES = 200
ORDER_ID = validate.Length(min=1, max=80)


class Press(Schema):
    """A supervisor pressed the office that holds the case: how, when, whom, what was said, and when next."""

    case = case_id()
    order = fields.String(load_default="", validate=validate.Length(max=80))
    way = fields.String(required=True, validate=validate.OneOf(WAYS))
    at = past_moment()
    whom = words(100)
    said = words()
    next_at = moment(required=False)


class OrderReopen(Schema):
    """A leader orders the office below that holds a concluded or withdrawn case to open it again; kept among its presses."""

    case = case_id()
    reason = words()


class CloseOrder(Schema):
    """An order that was given here has done its work; ``result`` says what came of it."""

    order = fields.String(required=True, validate=ORDER_ID)
    result = words()


class WithdrawOrder(Schema):
    """An order that was given here does not stand: it was given in error, or is not wanted any more."""

    order = fields.String(required=True, validate=ORDER_ID)
    why = words()


class SentDown(Schema):
    """Whether every case that was sent down has its ledger line (S72): figures, and the cases that have none."""


class Candidates(Schema):
    """Cases of offices below that ask for a supervisor, each with its reasons, in case order after ``after`` (S76)."""

    desk = fields.String(load_default=Desk.PETITION.value, validate=one_of(Desk))
    limit = fields.Integer(load_default=100, strict=True, validate=validate.Range(1, MAX_CANDIDATES))
    after = fields.String(load_default="", validate=validate.Length(max=32))


class Presses(Schema):
    """What was done about the orders of a case, the latest first (S73, S74)."""

    case = fields.String(required=True, validate=CASE_ID)


class Followed(Schema):
    """Discipline reports that offices below hold, for the two rooms that follow them (S67), and for leaders.

    → ``{cases: [{case, number, holder, status, due, lateness…, pressed: {room: {at, by, way}}}], followed, pressed}``:
    how far each is, who of which room pressed when last, and how many cases each room pressed.
    """

    limit = fields.Integer(load_default=100, strict=True, validate=validate.Range(1, MAX_CANDIDATES))
    after = fields.String(load_default="", validate=validate.Length(max=32))


COMMANDS: dict[str, type[Schema]] = {
    "press": Press,
    "order_reopen": OrderReopen,
    "close_order": CloseOrder,
    "withdraw_order": WithdrawOrder,
}
QUERIES: dict[str, type[Schema]] = {
    "candidates": Candidates,
    "presses": Presses,
    "followed": Followed,
    "sent_down": SentDown,
}
