"""The desk's HTTP API as schemas. What acts take is the commands' own schemas, made into bodies and queries here."""

from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, pre_load, validate, validates_schema

from contracts.commands.intake.desklogs import LogCall
from contracts.commands.intake.visits import Sources
from contracts.events import MAX_HEADS, MAX_TEXT, one_of
from contracts.events.activities import campaign_id
from contracts.events.sayings import MAX_PERSON
from contracts.letters import CASE_ID, OFFICE_ID
from contracts.words import Channel, Nature, Rating, SaidWhat
from gateway.desk.registering import Taken
from gateway.reports import ReportSchema, check_said, report_of, said
from network.receipts import MATTERS


def command_id() -> fields.String:
    """32 hex digits of the caller's choosing: sent again, the command gives the same answer and does nothing twice."""
    return fields.String(load_default=None, allow_none=True, validate=CASE_ID)


def matter() -> fields.Integer:
    """Which matter of a receipt is meant, where it stands for several."""
    return fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 109))


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


class MatterTaken(ReportSchema, Sources):
    """A report taken at this office, by any channel. ``as_petition``: the clerk decided that it accuses no official.

    Of a report to a discipline desk it is told nowhere by what it came in, or in which campaign.
    ``via`` is the channel of the office that it came through, ``opening`` the opening of the box that it lay in.
    """

    channel = fields.String(required=True, validate=one_of(Channel))
    entered_at = fields.AwareDateTime(format="iso", load_default=None, allow_none=True)
    as_petition = fields.Boolean(load_default=False)
    representatives = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, MAX_HEADS))
    external_no = said(60, required=False)
    campaign = campaign_id()
    via = fields.String(load_default=None, allow_none=True, validate=CASE_ID)
    opening = fields.String(load_default=None, allow_none=True, validate=CASE_ID)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Taken:
        own = {name: data[name] for name in ("entered_at", "as_petition", "via", "opening")}
        origin = {name: data[name] for name in ("campaign", "card", "visit", "go_down") if data[name]}
        return Taken(report_of(data), origin=origin, **own)


class Registration(Schema):
    """One report, its fields beside ``command_id``; or the ``matters`` that one letter names, under one receipt."""

    matters = fields.List(fields.Nested(MatterTaken), required=True, validate=validate.Length(1, len(MATTERS)))
    command_id = command_id()

    @pre_load
    def _as_matters(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, dict) or "matters" in data:
            return data
        report = {name: value for name, value in data.items() if name != "command_id"}
        own = {"command_id": data["command_id"]} if "command_id" in data else {}
        return {**own, "matters": [report]}

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> tuple[list[Taken], str | None]:
        return data["matters"], data["command_id"]

    def handle_error(self, error: ValidationError, data: Any, *, many: bool, **_: Any) -> None:
        """The faults of a single report stand under its own fields."""
        of_matters = error.messages_dict.get("matters")
        if isinstance(data, dict) and "matters" not in data and isinstance(of_matters, dict):
            rest = {name: each for name, each in error.messages_dict.items() if name != "matters"}
            raise ValidationError({**rest, **of_matters.get(0, {})}) from error


class OpenCase(Schema):
    """Open what is sealed; the reason is journalled."""

    reason = said(500)
    command_id = command_id()


class ByReceipt(Schema):
    """More material brought by a reporter who shows the receipt."""

    receipt = said(60)
    matter = matter()
    text = said(MAX_TEXT)
    command_id = command_id()


class RatingByReceipt(Schema):
    """The rating told by a reporter who shows the receipt."""

    receipt = said(60)
    matter = matter()
    rating = fields.String(required=True, validate=one_of(Rating))
    comment = said(2000, required=False)
    command_id = command_id()


class SayByReceipt(Schema):
    """What a reporter says who shows the receipt.

    Of retaliation a report of its own is sealed to the district's discipline desk, under a receipt of its own;
    ``contact`` is how the reporter can safely be reached, ``channel`` how it was told.
    """

    receipt = said(60)
    matter = matter()
    what = fields.String(required=True, validate=one_of(SaidWhat))
    text = said(MAX_TEXT, required=False)
    person = said(MAX_PERSON, required=False)
    contact = said(100, required=False)
    channel = fields.String(load_default=Channel.VISIT.value, validate=one_of(Channel))
    command_id = command_id()

    @validates_schema(skip_on_field_errors=True)
    def _says_enough(self, data: Mapping[str, Any], **_: Any) -> None:
        check_said(data)


class SplitCase(Schema):
    """A part of an ordinary petition. ``as_petition``: the clerk decided that it accuses no official."""

    case = fields.String(required=True, validate=CASE_ID)
    category = fields.String(required=True, validate=validate.Length(min=1, max=20))
    text = said(MAX_TEXT)
    place = said(200)
    nature = fields.String(required=True, validate=one_of(Nature))
    as_petition = fields.Boolean(load_default=False)
    command_id = command_id()


class CallTaken(LogCall):
    """A call for the log. ``as_petition``: the summary names an official, and the clerk decided that it accuses nobody."""

    as_petition = fields.Boolean(load_default=False)
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
