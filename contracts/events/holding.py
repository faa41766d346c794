"""Who holds a case: offers, signatures, returns, recalls."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import CaseFileSchema, TermSchema, moment, moment_required, one_of
from contracts.letters import OFFICE_ID
from contracts.words import OfferKind, Status


class CaseOffered(Schema):
    """assignment (holder) → assignment elsewhere: sign for it or return it (转送/交办)."""

    file = fields.Nested(CaseFileSchema, required=True)
    term = fields.Nested(TermSchema, required=True)
    kind = fields.String(required=True, validate=one_of(OfferKind))
    note = fields.String(load_default="", validate=validate.Length(max=2000))
    status = fields.String(load_default=Status.REGISTERED, validate=one_of(Status))
    excluded = fields.List(fields.String(validate=OFFICE_ID), load_default=list)
    report_back_due = moment(required=False)
    clocks = fields.Dict(load_default=dict)
    accepted_at = moment(required=False)
    extended = fields.Boolean(load_default=False)
    bounces = fields.Integer(load_default=0, strict=True)
    helpers = fields.List(fields.Dict(), load_default=list)
    decided_by = fields.String(load_default="", validate=validate.Length(max=16))
    decided_for = fields.String(load_default="", validate=validate.Length(max=16))
    procedure = fields.String(load_default="", validate=validate.Length(max=24))
    flags = fields.List(fields.String(), load_default=list)


class CaseSigned(Schema):
    """assignment (receiver) → assignment (offerer): signed for (签收); the signer holds the case from ``at`` on."""

    term = fields.Nested(TermSchema, required=True)
    at = moment_required()
    by = fields.String(required=True, validate=validate.Length(max=120))


class CaseReturned(Schema):
    """assignment (receiver) → offerer: objection within 5 working days, with its reason (异议退回)."""

    term = fields.Nested(TermSchema, required=True)
    at = moment_required()
    reason = fields.String(required=True, validate=validate.Length(min=1, max=2000))
    proposed_office = fields.String(load_default="", validate=validate.Length(max=16))


class AskBack(Schema):
    """assignment (offerer) → receiver: please give the unsigned offer back."""

    term = fields.Nested(TermSchema, required=True)
    reason = fields.String(required=True, validate=validate.Length(min=1, max=2000))


class AskBackAnswered(Schema):
    """assignment (receiver) → offerer: given back, or not (because it was signed for)."""

    term = fields.Nested(TermSchema, required=True)
    given_back = fields.Boolean(required=True)


class CaseRecalled(Schema):
    """assignment (superior) → assignment of the office that loses a case: the one neutral word, without a reason."""

    term = fields.Nested(TermSchema, required=True)


class CasePassedOn(Schema):
    """assignment (who passed a case down) → assignment of the office it had it from: who holds it further below now."""

    term = fields.Nested(TermSchema, required=True)
    holder = fields.String(required=True, validate=OFFICE_ID)


class CaseGivenUp(Schema):
    """assignment (recalled) → assignment that recalled: where the case stood; its running clocks go on, not anew."""

    term = fields.Nested(TermSchema, required=True)
    holder = fields.String(required=True, validate=OFFICE_ID)
    status = fields.String(required=True, validate=one_of(Status))
    clocks = fields.Dict(load_default=dict)
    accepted_at = moment(required=False)
    extended = fields.Boolean(load_default=False)
    helpers = fields.List(fields.Dict(), load_default=list)


class CaseExcluded(Schema):
    """assignment (superior) → … → assignment (holder): these offices are recused (回避), nothing about it goes there."""

    excluded = fields.List(fields.String(validate=OFFICE_ID), required=True)


EVENTS: dict[str, type[Schema]] = {
    "case_offered": CaseOffered,
    "case_signed": CaseSigned,
    "case_returned": CaseReturned,
    "ask_back": AskBack,
    "ask_back_answered": AskBackAnswered,
    "case_recalled": CaseRecalled,
    "case_passed_on": CasePassedOn,
    "case_given_up": CaseGivenUp,
    "case_excluded": CaseExcluded,
}
