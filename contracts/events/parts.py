"""Fields and schemas that several events share."""

from marshmallow import Schema, fields, validate

from contracts.letters import CASE_ID, OFFICE_ID
from contracts.words import Channel, Desk, Nature

MAX_TEXT = 20_000
MAX_HEADS = 1000
VEIL = validate.Regexp(r"^[0-9a-f]{32}\Z")  # contracts.veils


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


class ReportHead(Schema):
    """What a report says of itself, before it has a number and after."""

    case = fields.String(required=True, validate=CASE_ID)
    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    desk = fields.String(required=True, validate=one_of(Desk))
    channel = fields.String(required=True, validate=one_of(Channel))
    nature = fields.String(required=True, validate=one_of(Nature))
    category = fields.String(required=True, validate=validate.Length(max=20))
    place = fields.String(required=True, validate=validate.Length(max=200))
    text = fields.String(required=True, allow_none=True, validate=validate.Length(max=MAX_TEXT))
    real_name = fields.Boolean(required=True)
    contactable = fields.Boolean(required=True)
    reporter = fields.Dict(required=True, allow_none=True)
    sealed = fields.Dict(required=True, allow_none=True)


class CaseFileSchema(ReportHead):
    """What travels with a case (案卷). ``text`` is None where the report is sealed; ``sealed`` and ``reporter`` are envelopes."""

    number = fields.String(required=True, validate=validate.Length(min=1, max=40))
    entry_office = fields.String(required=True, validate=OFFICE_ID)
    entered_at = moment_required()
    urgent = fields.Boolean(required=True)
    policy_version = fields.String(required=True)
    repeat_of = fields.String(load_default="", validate=validate.Length(max=40))
    supplements = fields.List(fields.Dict(), load_default=list)
    head_count = fields.Integer(load_default=1, strict=True, validate=validate.Range(min=1))
    representatives = fields.Integer(load_default=0, strict=True, validate=validate.Range(min=0))
    external_no = fields.String(load_default="", validate=validate.Length(max=60))
    recused = fields.List(fields.String(validate=VEIL), load_default=list)
    marks = fields.List(fields.String(validate=validate.Length(max=64)), load_default=list)
    matched = fields.String(load_default="", validate=validate.Length(max=20))
    flags = fields.List(fields.String(validate=validate.Regexp(r"^[a-z_]{2,30}$")), load_default=list)
