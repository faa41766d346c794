"""Channels of an office: told upward with who minds them, and to the portal as the public sees them (S12–S22)."""

from marshmallow import Schema, fields, validate

from contracts.accused import MAX_NAME, MAX_POST
from contracts.channels import WAYS
from contracts.events.parts import moment_required
from contracts.letters import CASE_ID, OFFICE_ID
from contracts.officials import OFFICIAL_ID

MAX_ROOM = 10_000
PHONE = validate.Regexp(r"^([0-9 +()-]{3,40})?\Z", error="应为电话号码 (a telephone number)")
MAILBOX = validate.Regexp(r"^([^@\s]{1,60}@[^@\s]{1,60})?\Z", error="Not a valid e-mail address.")
URL = validate.Regexp(r"^(https?://\S{1,200})?\Z", error="应为网址 (a web address)")
WHO = validate.Regexp(r"^\S(.{0,58}\S)?\Z")  # an account or an official, by id or name


def day(required: bool = True) -> fields.Date:
    """A day of China, ISO; null where it is not required."""
    if required:
        return fields.Date(required=True, format="iso")
    return fields.Date(load_default=None, allow_none=True, format="iso")


def line_of(most: int) -> fields.String:
    """A line of text, "" for none."""
    return fields.String(load_default="", validate=validate.Length(max=most))


class OfficialOf(Schema):
    """The official whom a leader's mailbox belongs to, as entered: the register is another service's."""

    id = fields.String(required=True, validate=OFFICIAL_ID)
    name = fields.String(required=True, validate=validate.Length(min=1, max=MAX_NAME))
    post = fields.String(required=True, validate=validate.Length(min=1, max=MAX_POST))


class Person(Schema):
    """Somebody of the office, by account (or official) and name."""

    id = fields.String(required=True, validate=WHO)
    name = fields.String(required=True, validate=WHO)


class ChannelPart(Schema):
    """What a channel is: where, how and when it is to be reached.

    ``address`` is where it stands, ``place`` the spot there; ``qr`` what its code leads to; ``capacity`` how many people a
    reception room holds. Live from ``since`` to ``until``, both counted.
    """

    kind = fields.String(required=True, validate=validate.OneOf([way.value for way in WAYS]))
    label = fields.String(required=True, validate=[validate.Length(max=60), validate.Regexp(r"(?s).*\S")])
    address = line_of(200)
    place = line_of(200)
    phone = fields.String(load_default="", validate=PHONE)
    mailbox = fields.String(load_default="", validate=MAILBOX)
    url = fields.String(load_default="", validate=URL)
    qr = fields.String(load_default="", validate=URL)
    hours = line_of(100)
    capacity = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, MAX_ROOM))
    since = day()
    until = day(required=False)


class Away(Schema):
    """A stretch in which the clerk or the deputy is away; without an end, gone for good."""

    who = fields.String(required=True, validate=validate.OneOf(["clerk", "deputy"]))
    since = fields.Date(required=True, format="iso")
    until = day(required=False)


class ChannelTold(ChannelPart):
    """intake → intake of every office above: a channel as it stands, public or not; a higher ``rev`` replaces it."""

    channel = fields.String(required=True, validate=CASE_ID)
    rev = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))
    office = fields.String(required=True, validate=OFFICE_ID)
    public = fields.Boolean(required=True)
    closed = fields.Boolean(required=True)
    official = line_of(20)
    official_name = line_of(MAX_NAME)
    official_post = line_of(MAX_POST)
    clerk = line_of(60)
    clerk_name = line_of(60)
    deputy = line_of(60)
    deputy_name = line_of(60)
    staffed_since = day(required=False)
    away = fields.List(fields.Nested(Away), load_default=list, validate=validate.Length(max=200))
    at = moment_required()
    by = line_of(60)
    why = line_of(200)


class ChannelPublished(ChannelPart):
    """intake → portal: a public channel as it stands, or no more (``withdrawn``). A higher ``rev`` replaces it."""

    channel = fields.String(required=True, validate=CASE_ID)
    rev = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))
    official_name = line_of(MAX_NAME)
    official_post = line_of(MAX_POST)
    withdrawn = fields.Boolean(required=True)


EVENTS: dict[str, type[Schema]] = {"channel_told": ChannelTold, "channel_published": ChannelPublished}
