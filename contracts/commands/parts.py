"""Fields that the commands of several services share."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from marshmallow import Schema, fields, validate

from contracts.calendar import end_of_day, local_day
from contracts.letters import CASE_ID, OFFICE_ID
from contracts.words import Desk

MAX_NOTE = 2000
MAX_CIPHERTEXT = 4_000_000
MAX_LIST = 200

HASH = validate.Regexp(r"^[0-9a-f]{64}$")


class SealedSchema(Schema):
    """An envelope as JSON (network.sealing has the type): only its outline is checked here, it stays a dict."""

    version = fields.Integer(required=True, strict=True)
    case = fields.String(required=True, validate=CASE_ID)
    ciphertext = fields.String(required=True, validate=validate.Length(min=1, max=MAX_CIPHERTEXT))
    keys = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


def envelope(required: bool = True) -> fields.Nested:
    """An envelope or null; null too when it is not required and absent."""
    if required:
        return fields.Nested(SealedSchema, required=True, allow_none=True)
    return fields.Nested(SealedSchema, load_default=None, allow_none=True)


def case_id() -> fields.String:
    """The case a command is about, 32 hex digits."""
    return fields.String(required=True, validate=CASE_ID)


def office_id() -> fields.String:
    return fields.String(required=True, validate=OFFICE_ID)


def receipt_hash() -> fields.String:
    """The hash of a receipt (network.receipts), 64 hex digits."""
    return fields.String(required=True, validate=HASH)


def words(maximum: int = MAX_NOTE) -> fields.String:
    """A text that must say something."""
    return fields.String(required=True, validate=[validate.Length(max=maximum), validate.Regexp(r"(?s).*\S")])


def past_moment() -> fields.AwareDateTime:
    """A moment of the past, ISO 8601 with offset; null or absent means now. Rules refuse the future."""
    return fields.AwareDateTime(format="iso", allow_none=True, load_default=None)


class LastDay(fields.Date):
    """The last day on which something may be done: a day, or a moment with its offset. → 23:59:59 of that day in China."""

    default_error_messages = {"invalid": "应为日期,如 2026-03-02 (a date)"}  # noqa: RUF012 - as marshmallow has it

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> datetime:
        try:
            return end_of_day(_day(value))
        except (ValueError, TypeError, OverflowError):
            raise self.make_error("invalid") from None


def _day(text: str) -> date:
    return date.fromisoformat(text) if len(text) == len("2026-03-02") else local_day(datetime.fromisoformat(text))


def last_day(required: bool = True) -> LastDay:
    """By when somebody promises something, or is asked for it: every such day ends as those that the policy counts."""
    if required:
        return LastDay(required=True)
    return LastDay(load_default=None, allow_none=True)


class Page(Schema):
    """A page of a list: at most ``limit`` rows after the cursor ``after`` ("" begins; the answer has the next)."""

    limit = fields.Integer(load_default=50, strict=True, validate=validate.Range(1, MAX_LIST))
    after = fields.String(load_default="", validate=validate.Length(max=80))


class NumberedPage(Page):
    """A page whose cursor is a number: how many were shown before, or the last one's."""

    after = fields.String(load_default="", validate=validate.Regexp(r"^[0-9]{0,9}\Z"))


class OfDesk(Schema):
    """A list or count of one desk."""

    desk = fields.String(required=True, validate=validate.OneOf([desk.value for desk in Desk]))


class Nothing(Schema):
    """A query without parameters."""


class HandedOver(Schema):
    """What people who left had in this service, at the actor's desk. → ``{handed: [{kind, ref, outcome, why, …}]}``.

    ``outcome`` "stays": only what a person still has to see to.
    """

    outcome = fields.String(load_default="", validate=validate.OneOf(["", "handed", "stays"]))
