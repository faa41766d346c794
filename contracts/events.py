"""The catalogue of events: every letter type, who tells it to whom, and the schema of its data.

A service refuses (parks) a type that is not here, or data that its schema does not accept. Adding an optional field is
compatible; anything else is a new type.
"""

from marshmallow import Schema, fields, validate

from contracts.letters import CASE_ID, OFFICE_ID, HeadSchema
from contracts.words import (
    Channel,
    ClockAct,
    Desk,
    Nature,
    OfferKind,
    Rating,
    Status,
)

MAX_TEXT = 20_000
MAX_HEADS = 1000


def one_of(words: type) -> validate.OneOf:
    """A validator for the values of one of the word lists."""
    return validate.OneOf([word.value for word in words])  # type: ignore[attr-defined]


def moment(required: bool = True) -> fields.AwareDateTime:
    """A moment with its offset, ISO 8601."""
    return fields.AwareDateTime(required=required, format="iso", allow_none=not required, load_default=None)


def moment_required() -> fields.AwareDateTime:
    return fields.AwareDateTime(required=True, format="iso")


class TermSchema(Schema):
    """A term of holding; (override, n) is compared in that order and only grows."""

    override = fields.Integer(required=True, strict=True)
    n = fields.Integer(required=True, strict=True)


class CaseFileSchema(Schema):
    """What travels with a case (案卷). ``text`` is None where the report is sealed; ``sealed`` and ``reporter`` are envelopes."""

    case = fields.String(required=True, validate=CASE_ID)
    number = fields.String(required=True, validate=validate.Length(min=1, max=40))
    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    desk = fields.String(required=True, validate=one_of(Desk))
    entry_office = fields.String(required=True, validate=OFFICE_ID)
    entered_at = moment_required()
    channel = fields.String(required=True, validate=one_of(Channel))
    nature = fields.String(required=True, validate=one_of(Nature))
    category = fields.String(required=True, validate=validate.Length(max=20))
    place = fields.String(required=True, validate=validate.Length(max=200))
    text = fields.String(required=True, allow_none=True, validate=validate.Length(max=MAX_TEXT))
    real_name = fields.Boolean(required=True)
    contactable = fields.Boolean(required=True)
    urgent = fields.Boolean(required=True)
    reporter = fields.Dict(required=True, allow_none=True)
    sealed = fields.Dict(required=True, allow_none=True)
    policy_version = fields.String(required=True)
    repeat_of = fields.String(load_default="", validate=validate.Length(max=40))
    supplements = fields.List(fields.Dict(), load_default=list)


class ReportFiled(Schema):
    """portal → district intake, or a street's intake → district intake (sealed): a report not yet numbered."""

    case = fields.String(required=True, validate=CASE_ID)
    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    filed_at = moment_required()
    desk = fields.String(required=True, validate=one_of(Desk))
    channel = fields.String(required=True, validate=one_of(Channel))
    nature = fields.String(required=True, validate=one_of(Nature))
    category = fields.String(required=True, validate=validate.Length(max=20))
    place = fields.String(required=True, validate=validate.Length(max=200))
    text = fields.String(required=True, allow_none=True, validate=validate.Length(max=MAX_TEXT))
    real_name = fields.Boolean(required=True)
    contactable = fields.Boolean(required=True)
    urgent = fields.Boolean(load_default=False)
    reporter = fields.Dict(required=True, allow_none=True)
    sealed = fields.Dict(required=True, allow_none=True)


class SupplementFiled(Schema):
    """portal → district intake → entry office's intake; intake → assignment → … → holder: more material (补充材料)."""

    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    entry_office = fields.String(load_default="", validate=validate.Length(max=16))
    supplement = fields.String(required=True, validate=validate.Length(equal=32))
    at = moment_required()
    text = fields.String(required=True, allow_none=True, validate=validate.Length(max=MAX_TEXT))
    sealed = fields.Dict(required=True, allow_none=True)


class RatingGiven(Schema):
    """portal → district intake → entry office's intake: the reporter's rating (满意度评价)."""

    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    entry_office = fields.String(load_default="", validate=validate.Length(max=16))
    at = moment_required()
    rating = fields.String(required=True, validate=one_of(Rating))
    comment = fields.String(load_default="", validate=validate.Length(max=2000))


class CaseRegistered(Schema):
    """intake → own assignment: a numbered report becomes a case in hand here."""

    file = fields.Nested(CaseFileSchema, required=True)
    accused_offices = fields.List(fields.String(validate=OFFICE_ID), load_default=list)


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


class CaseExcluded(Schema):
    """assignment (superior) → … → assignment (holder): these offices are recused (回避), nothing about it goes there."""

    excluded = fields.List(fields.String(validate=OFFICE_ID), required=True)


class ClockSchema(Schema):
    """An act on a clock, decided in the commit that causes it. ``due`` is the end of the last lawful day.

    ``ref`` tells clocks of one kind in one case apart (the terms of an agreement, K26).
    """

    kind = fields.String(required=True, validate=validate.Regexp(r"^K[0-9]{1,2}$"))
    ref = fields.String(load_default="", validate=validate.Regexp(r"^[0-9a-z.-]{0,20}$"))
    act = fields.String(required=True, validate=one_of(ClockAct))
    at = moment_required()
    due = moment(required=False)
    provisional = fields.Boolean(load_default=False)
    how = fields.List(fields.String(), load_default=list)


class CaseMilestone(Schema):
    """any service → own supervision and that of every ancestor not excluded: a thin stub without persons or text."""

    number = fields.String(required=True, validate=validate.Length(max=40))
    what = fields.String(required=True, validate=validate.Regexp(r"^[a-z_]{2,30}$"))
    at = moment_required()
    desk = fields.String(required=True, validate=one_of(Desk))
    status = fields.String(required=True, validate=one_of(Status))
    holder = fields.String(required=True, validate=OFFICE_ID)
    term = fields.Nested(TermSchema, required=True)
    entry_office = fields.String(required=True, validate=OFFICE_ID)
    entered_at = moment_required()
    category = fields.String(required=True, validate=validate.Length(max=20))
    place = fields.String(load_default="", validate=validate.Length(max=200))
    offered_to = fields.String(load_default="", validate=validate.Length(max=16))
    excluded = fields.List(fields.String(validate=OFFICE_ID), load_default=list)
    clocks = fields.List(fields.Nested(ClockSchema), load_default=list)


class CaseProgress(Schema):
    """any service → portal: one step of the public status, without names or inner notes."""

    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    desk = fields.String(required=True, validate=one_of(Desk))
    entry_office = fields.String(load_default="", validate=validate.Length(max=16))
    step = fields.String(required=True, validate=validate.Regexp(r"^[a-z_]{2,30}$"))
    at = moment_required()
    tier = fields.String(
        required=True, validate=validate.OneOf(["district", "town", "village", "department", "outside"])
    )
    office = fields.String(load_default="", validate=validate.Length(max=16))
    number = fields.String(load_default="", validate=validate.Length(max=40))
    due = moment(required=False)
    how = fields.List(fields.String(), load_default=list)
    note = fields.String(load_default="", validate=validate.Length(max=2000))


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


class OpinionServed(Schema):
    """assignment (holder) → own hearing and the reviewing office's hearing: an opinion that may be reviewed until K7."""

    number = fields.String(required=True)
    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    entry_office = fields.String(required=True, validate=OFFICE_ID)
    entered_at = moment_required()
    desk = fields.String(required=True, validate=one_of(Desk))
    category = fields.String(required=True)
    opinion_no = fields.String(required=True)
    verdict = fields.String(required=True)
    served_at = moment_required()
    review_until = moment_required()
    review_office = fields.String(required=True)
    holder = fields.String(required=True, validate=OFFICE_ID)
    term = fields.Nested(TermSchema, required=True)
    place = fields.String(load_default="", validate=validate.Length(max=200))
    excluded = fields.List(fields.String(validate=OFFICE_ID), load_default=list)


class ReviewDecided(Schema):
    """hearing → assignment of the office whose opinion was reviewed: upheld, changed, revoked or to be done again."""

    level = fields.String(required=True, validate=validate.OneOf(["review", "final_review"]))
    outcome = fields.String(required=True)
    opinion_no = fields.String(required=True)
    at = moment_required()


class ReviewRequested(Schema):
    """portal → district intake → hearing, or a desk: the reporter asks for review (申请复查)."""

    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    entry_office = fields.String(load_default="")
    at = moment_required()
    points = fields.String(required=True, validate=validate.Length(min=1, max=5000))


class NoticeWanted(Schema):
    """assignment → own intake: a notice to the reporter has to be numbered and frozen (告知书)."""

    kind = fields.String(required=True, validate=validate.OneOf(["accepted", "declined", "extended"]))
    at = moment_required()
    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    desk = fields.String(load_default=Desk.PETITION, validate=one_of(Desk))
    facts = fields.Dict(load_default=dict)


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


class Void(Schema):
    """network: stands in for a letter that an operator discarded, so that its stream goes on."""

    of = fields.String(required=True)


OWN_ONLY = frozenset({"case_registered", "notice_wanted", "reminder"})
"""Letters between services of one office; from another office they are refused, whatever they say."""

EVENTS: dict[str, type[Schema]] = {
    "report_filed": ReportFiled,
    "supplement_filed": SupplementFiled,
    "rating_given": RatingGiven,
    "review_requested": ReviewRequested,
    "case_registered": CaseRegistered,
    "case_offered": CaseOffered,
    "case_signed": CaseSigned,
    "case_returned": CaseReturned,
    "ask_back": AskBack,
    "ask_back_answered": AskBackAnswered,
    "case_recalled": CaseRecalled,
    "case_passed_on": CasePassedOn,
    "case_given_up": CaseGivenUp,
    "case_excluded": CaseExcluded,
    "case_milestone": CaseMilestone,
    "case_progress": CaseProgress,
    "reminder": Reminder,
    "supervision_order": SupervisionOrder,
    "order_withdrawn": OrderWithdrawn,
    "case_escalated": CaseEscalated,
    "opinion_served": OpinionServed,
    "review_decided": ReviewDecided,
    "notice_wanted": NoticeWanted,
    "audit_requested": AuditRequested,
    "audit_answered": AuditAnswered,
    "policy_published": PolicyPublished,
    "void": Void,
}
