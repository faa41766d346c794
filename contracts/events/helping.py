"""Helping offices (协办) and disputes on who is competent (XF22 art. 24)."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import VEIL, moment_required, one_of
from contracts.letters import OFFICE_ID
from contracts.words import DecidedBy, Desk

ORDINAL = validate.Range(min=1, max=10_000)


class HelpAsked(Schema):
    """assignment (holder) → … → assignment of ``to``: help with one thing by ``due``; the office never holds by it.

    ``text`` is the petition's; at the discipline desk it is None. Asked again by another office, the answer goes there.
    """

    ordinal = fields.Integer(required=True, strict=True, validate=ORDINAL)
    to = fields.String(required=True, validate=OFFICE_ID)
    asked_by = fields.String(required=True, validate=OFFICE_ID)
    desk = fields.String(required=True, validate=one_of(Desk))
    number = fields.String(required=True, validate=validate.Length(max=40))
    category = fields.String(required=True, validate=validate.Length(max=20))
    place = fields.String(required=True, validate=validate.Length(max=200))
    text = fields.String(required=True, allow_none=True, validate=validate.Length(max=20_000))
    what = fields.String(required=True, validate=validate.Length(min=1, max=2000))
    asked_at = moment_required()
    due = moment_required()
    excluded = fields.List(fields.String(validate=OFFICE_ID), load_default=list)
    recused = fields.List(fields.String(validate=VEIL), load_default=list)


class HelpReported(Schema):
    """assignment (helper) → … → assignment of ``to``, which passes it on to whoever holds the case by now."""

    ordinal = fields.Integer(required=True, strict=True, validate=ORDINAL)
    to = fields.String(required=True, validate=OFFICE_ID)
    office = fields.String(required=True, validate=OFFICE_ID)
    at = moment_required()
    report = fields.String(required=True, validate=validate.Length(min=1, max=20_000))
    excluded = fields.List(fields.String(validate=OFFICE_ID), load_default=list)


class HelpReleased(Schema):
    """assignment (holder) → … → assignment of ``to``: help is no longer wanted. Without a reason nothing of it stays."""

    ordinal = fields.Integer(required=True, strict=True, validate=ORDINAL)
    to = fields.String(required=True, validate=OFFICE_ID)
    asked_by = fields.String(required=True, validate=OFFICE_ID)
    reason = fields.String(load_default="", validate=validate.Length(max=2000))
    excluded = fields.List(fields.String(validate=OFFICE_ID), load_default=list)


class DisputeRaised(Schema):
    """assignment (a party) → assignment of the nearest common superior: who is competent? No content of the case."""

    number = fields.String(required=True, validate=validate.Length(max=40))
    desk = fields.String(required=True, validate=one_of(Desk))
    category = fields.String(required=True, validate=validate.Length(max=20))
    place = fields.String(required=True, validate=validate.Length(max=200))
    holder = fields.String(required=True, validate=OFFICE_ID)
    offices = fields.List(fields.String(validate=OFFICE_ID), required=True, validate=validate.Length(min=2, max=10))
    reason = fields.String(required=True, validate=validate.Length(min=1, max=2000))
    at = moment_required()
    recused = fields.List(fields.String(validate=VEIL), load_default=list)


class DisputeDecided(Schema):
    """assignment (common superior) → assignment of the holder: ``office`` is competent; no return after this.

    ``way`` is who decided, the superior itself or the joint conference; of the latter ``document_no`` is its paper.
    """

    office = fields.String(required=True, validate=OFFICE_ID)
    reason = fields.String(required=True, validate=validate.Length(min=1, max=2000))
    at = moment_required()
    way = fields.String(load_default=DecidedBy.SUPERIOR.value, validate=one_of(DecidedBy))
    document_no = fields.String(load_default="", validate=validate.Length(max=80))


EVENTS: dict[str, type[Schema]] = {
    "help_asked": HelpAsked,
    "help_reported": HelpReported,
    "help_released": HelpReleased,
    "dispute_raised": DisputeRaised,
    "dispute_decided": DisputeDecided,
}
