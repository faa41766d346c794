"""What is filed: reports, supplements, ratings, requests of the reporter, notices."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import MAX_HEADS, MAX_TEXT, CaseFileSchema, ReportHead, moment_required, one_of
from contracts.letters import OFFICE_ID
from contracts.outreach import SERIAL
from contracts.words import Desk, Rating


class ReportFiled(ReportHead):
    """portal → district intake, or a street's intake → district intake (sealed): a report not yet numbered."""

    filed_at = moment_required()
    urgent = fields.Boolean(load_default=False)
    head_count = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, MAX_HEADS))
    flags = fields.List(fields.String(validate=validate.OneOf(["retaliation"])), load_default=list)
    emergency = fields.Boolean(load_default=False)
    card = fields.String(load_default="", validate=validate.Regexp(rf"^({SERIAL})?\Z"))


class CardUsed(Schema):
    """district intake → intake of the office that printed the card: a petition came in by it. Nothing of the petition goes."""

    serial = fields.String(required=True, validate=validate.Regexp(rf"^{SERIAL}\Z"))
    at = moment_required()


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


class ReviewRequested(Schema):
    """portal → district intake → hearing, or a desk: the reporter asks for review (申请复查)."""

    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    entry_office = fields.String(load_default="")
    at = moment_required()
    points = fields.String(required=True, validate=validate.Length(min=1, max=5000))


class CaseRegistered(Schema):
    """intake → own assignment: a numbered report becomes a case in hand here."""

    file = fields.Nested(CaseFileSchema, required=True)
    accused_offices = fields.List(fields.String(validate=OFFICE_ID), load_default=list)


class NoticeWanted(Schema):
    """assignment → own intake: a notice to the reporter has to be numbered and frozen (告知书)."""

    kind = fields.String(required=True, validate=validate.OneOf(["accepted", "declined", "extended", "not_again"]))
    at = moment_required()
    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    desk = fields.String(load_default=Desk.PETITION, validate=one_of(Desk))
    facts = fields.Dict(load_default=dict)


EVENTS: dict[str, type[Schema]] = {
    "report_filed": ReportFiled,
    "card_used": CardUsed,
    "supplement_filed": SupplementFiled,
    "rating_given": RatingGiven,
    "review_requested": ReviewRequested,
    "case_registered": CaseRegistered,
    "notice_wanted": NoticeWanted,
}
