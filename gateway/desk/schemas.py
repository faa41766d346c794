"""The desk's HTTP API as schemas. What acts take is the commands' own schemas, made into bodies and queries here."""

from collections.abc import Collection
from copy import deepcopy
from datetime import datetime
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from contracts.events import MAX_TEXT, one_of
from contracts.letters import CASE_ID, OFFICE_ID
from contracts.words import Channel, Rating
from gateway.reports import Report, ReportSchema, report_of, said


def command_id() -> fields.String:
    """32 hex digits of the caller's choosing: sent again, the command gives the same answer and does nothing twice."""
    return fields.String(load_default=None, allow_none=True, validate=CASE_ID)


class Login(Schema):
    """Log in. ``discipline_passphrase`` unlocks the discipline desk's key, for this session and in memory only."""

    office = fields.String(required=True, validate=OFFICE_ID)
    user = fields.String(required=True, validate=validate.Length(1, 60))
    password = fields.String(required=True, validate=validate.Length(1, 200))
    discipline_passphrase = fields.String(load_default="", validate=validate.Length(max=200))


class LoggedIn(Schema):
    """A session. Send ``Authorization: Bearer <token>`` with every request."""

    token = fields.String()
    expires_in = fields.Integer(metadata={"description": "seconds"})
    office = fields.String()
    user = fields.String()
    name = fields.String()
    desk = fields.String()
    roles = fields.List(fields.String())
    unlocked = fields.Boolean()


class Registration(ReportSchema):
    """A report taken at this office, by any channel. ``as_petition``: the clerk decided that it accuses no official."""

    channel = fields.String(required=True, validate=one_of(Channel))
    entered_at = fields.AwareDateTime(format="iso", load_default=None, allow_none=True)
    as_petition = fields.Boolean(load_default=False)
    command_id = command_id()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> tuple[Report, datetime | None, bool, str | None]:
        return report_of(data), data["entered_at"], data["as_petition"], data["command_id"]


class OpenCase(Schema):
    """Open what is sealed; the reason is journalled."""

    reason = said(500)
    command_id = command_id()


class ByReceipt(Schema):
    """More material brought by a reporter who shows the receipt."""

    receipt = said(60)
    text = said(MAX_TEXT)
    command_id = command_id()


class RatingByReceipt(Schema):
    """The rating told by a reporter who shows the receipt."""

    receipt = said(60)
    rating = fields.String(required=True, validate=one_of(Rating))
    comment = said(2000, required=False)
    command_id = command_id()


class Key(Schema):
    """``Idempotency-Key`` may bear the command id instead of the body."""

    key = fields.String(load_default=None, data_key="Idempotency-Key", validate=CASE_ID)


def body_of(schema: type[Schema], name: str, in_path: Collection[str]) -> Schema:
    """A command's schema as a request body: without what stands in the path, with an optional command id."""
    body = type(name, (schema,), {"command_id": command_id(), "__doc__": schema.__doc__})
    return _without(body, in_path)


def query_of(schema: type[Schema], name: str, given: Collection[str]) -> Schema:
    """A query's schema for a query string, where numbers are text; without what the desk gives itself."""
    loose: dict[str, Any] = {}
    for field_name, field in schema().fields.items():
        if isinstance(field, fields.Integer):
            loose[field_name] = deepcopy(field)
            loose[field_name].strict = False
    return _without(type(name, (schema,), {**loose, "__doc__": schema.__doc__}), given)


def _without(schema: type[Schema], names: Collection[str]) -> Schema:
    return schema(exclude=[name for name in names if name in schema().fields])
