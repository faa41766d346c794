"""Reminders, orders, escalation, audits and policy."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import MAX_HEADS, VEIL, moment_required, one_of
from contracts.letters import OFFICE_ID, HeadSchema
from contracts.words import Desk


class Reminder(Schema):
    """supervision → own assignment, or own hearing for its clocks: the handler is reminded that one runs out (催办)."""

    kind = fields.String(required=True)
    due = moment_required()


class SupervisionOrder(Schema):
    """supervision (superior) → supervision (holder): a supervision order (督办) because a step of the ladder was reached."""

    order = fields.String(required=True, validate=validate.Length(max=80))
    kind = fields.String(required=True)
    step = fields.String(required=True)
    due = moment_required()
    at = moment_required()
    unconfirmed = fields.Boolean(load_default=False)
    number = fields.String(load_default="", validate=validate.Length(max=40))
    desk = fields.String(load_default=Desk.PETITION, validate=one_of(Desk))
    demand = fields.String(load_default="", validate=validate.Length(max=2000))


class OrderWithdrawn(Schema):
    """supervision (superior) → supervision (holder): an extension or a stop arrived late; the order is withdrawn, visibly."""

    order = fields.String(required=True, validate=validate.Length(max=80))
    at = moment_required()
    why = fields.String(required=True)


class CaseEscalated(Schema):
    """supervision → supervision above: a step was taken here and the next one is yours (上报)."""

    number = fields.String(required=True, validate=validate.Length(max=40))
    kind = fields.String(required=True)
    ref = fields.String(load_default="", validate=validate.Length(max=20))
    step = fields.String(required=True)
    at = moment_required()
    due = moment_required()
    unconfirmed = fields.Boolean(load_default=False)
    holder = fields.String(required=True, validate=OFFICE_ID)
    desk = fields.String(required=True, validate=one_of(Desk))
    recused = fields.List(fields.String(validate=VEIL), load_default=list)


class AuditRequested(Schema):
    """supervision (above) → supervision: say what your own audit finds, held against the heads kept here of you."""

    audit = fields.String(required=True, validate=validate.Length(equal=32))
    heads = fields.List(fields.Nested(HeadSchema), load_default=list, validate=validate.Length(max=MAX_HEADS))


class AuditAnswered(Schema):
    """supervision → supervision (above): the findings of the office's own audit, and its head."""

    audit = fields.String(required=True, validate=validate.Length(equal=32))
    epoch = fields.Integer(required=True)
    seq = fields.Integer(required=True)
    hash = fields.String(required=True)
    findings = fields.List(fields.Dict(), required=True)


class PolicyPublished(Schema):
    """supervision (district) → supervision of every office: a new policy version."""

    version = fields.String(required=True)
    valid_from = moment_required()
    body = fields.Dict(required=True)


EVENTS: dict[str, type[Schema]] = {
    "reminder": Reminder,
    "supervision_order": SupervisionOrder,
    "order_withdrawn": OrderWithdrawn,
    "case_escalated": CaseEscalated,
    "audit_requested": AuditRequested,
    "audit_answered": AuditAnswered,
    "policy_published": PolicyPublished,
}
