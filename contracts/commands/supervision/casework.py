"""Commands and queries of supervision: what a desk may ask of the clocks, the ladder and the orders of its office."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import OfDesk, last_day
from contracts.events import moment_required, one_of
from contracts.letters import CASE_ID, OFFICE_ID
from contracts.words import Desk

ORDER_KINDS = ("dedicated", "guidance", "key")  # 专人督办、指导督办、重点督办 (S70–S78)
STEP_STATES = ("open", "acknowledged", "withdrawn")
MAX_PAGE = 500


def page() -> fields.Integer:
    """How many rows an answer holds at most."""
    return fields.Integer(load_default=100, strict=True, validate=validate.Range(min=1, max=MAX_PAGE))


class Acknowledge(Schema):
    """A person acts on a step that stands on this office's list; ``what`` says how."""

    step_id = fields.String(required=True, validate=validate.Length(min=1, max=80))
    what = fields.String(required=True, validate=validate.Length(min=1, max=2000))


class Order(Schema):
    """A supervision order (督办) of a supervisor's own, not one of the ladder (S70–S78).

    ``supervisor`` is the official who is to supervise; "" means whoever gives the order.
    """

    case = fields.String(required=True, validate=CASE_ID)
    kind = fields.String(required=True, validate=validate.OneOf(ORDER_KINDS))
    supervisor = fields.String(load_default="", validate=validate.Length(max=20))
    demand = fields.String(required=True, validate=validate.Length(min=1, max=2000))
    due = last_day()


class PublishPolicy(Schema):
    """The district publishes a policy version; ``body`` is what ``contracts.policy`` reads."""

    version = fields.String(required=True, validate=validate.Length(min=1, max=40))
    valid_from = moment_required()
    body = fields.Dict(required=True)


class RequestAudit(Schema):
    """Ask an office below for its own audit and its journal's head."""

    office = fields.String(required=True, validate=OFFICE_ID)


class Ledger(Schema):
    """Ledger lines by case id after ``after``: here, or with ``below`` of every office below too."""

    desk = fields.String(load_default=Desk.PETITION.value, validate=one_of(Desk))
    below = fields.Boolean(load_default=True)
    overdue = fields.Boolean(load_default=False)
    limit = page()
    after = fields.String(load_default="", validate=validate.Length(max=32))


class Steps(Schema):
    """Steps of the ladder that stand on this office's list; with ``person`` only those put before that official."""

    desk = fields.String(load_default=Desk.PETITION.value, validate=one_of(Desk))
    state = fields.String(load_default="open", validate=validate.OneOf(STEP_STATES))
    person = fields.String(load_default="", validate=validate.Length(max=20))


class Clocks(Schema):
    """The clocks of one case, with how each due moment was computed."""

    case = fields.String(required=True, validate=CASE_ID)


class Orders(Schema):
    """Supervision orders given and received by this office."""

    desk = fields.String(load_default=Desk.PETITION.value, validate=one_of(Desk))


class Counts(Schema):
    """Figures of the ledger: each with what it counts, none of another desk."""

    desk = fields.String(load_default=Desk.PETITION.value, validate=one_of(Desk))


class Audits(Schema):
    """Audits asked of offices below, answered or not."""


COMMANDS: dict[str, type[Schema]] = {
    "acknowledge": Acknowledge,
    "order": Order,
    "publish_policy": PublishPolicy,
    "request_audit": RequestAudit,
}
# todo → {steps, orders, joint_steps, demands, periods, call_backs, alerts, suspensions, incidents, nudges}: what waits here, the
# most pressing first.
QUERIES: dict[str, type[Schema]] = {
    "todo": OfDesk,
    "ledger": Ledger,
    "steps": Steps,
    "clocks": Clocks,
    "orders": Orders,
    "counts": Counts,
    "audits": Audits,
}
