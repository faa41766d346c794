"""The letter: one event on its way between services, with CloudEvents 1.0 field names.

Guarantees of the network for a letter that was committed with its cause: it is delivered at least once, applied once,
and in order within its stream (from office, to office, receiving service). Nothing is promised between streams.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

OFFICE_ID = validate.Regexp(r"^[0-9a-z]{6,16}\Z")
CASE_ID = validate.Regexp(r"^[0-9a-f]{32}\Z")
SERVICE = validate.OneOf(["intake", "assignment", "supervision", "hearing", "portal"])


@dataclass(frozen=True)
class Tell:
    """What a rule wants told: ``data`` (of event ``type``) to ``service`` of office ``to``, about ``case`` (may be "")."""

    to: str
    service: str
    type: str
    case: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Letter:
    """A letter as its handler sees it; ``time`` is when the sender committed it (ISO 8601, UTC)."""

    id: str
    office: str
    service: str
    type: str
    case: str
    time: str
    data: Mapping[str, Any]


def sender_of(body: Mapping[str, Any]) -> str:
    """The office that the body of a letter comes from; the broker has seen to it that it is no other."""
    return str(body["source"]).split("/")[1]


COUNT = validate.Range(min=0, max=2_000_000_000)  # what every database can keep
EPOCH = validate.Range(min=0, max=1_000_000)


class HeadSchema(Schema):
    """The sender's journal head at the moment of the letter."""

    epoch = fields.Integer(required=True, strict=True, validate=EPOCH)
    seq = fields.Integer(required=True, strict=True, validate=COUNT)
    hash = fields.String(required=True, validate=validate.Length(equal=64))


class LetterSchema(Schema):
    """The body on the wire. Unknown fields are let through: CloudEvents allows extensions."""

    class Meta:
        unknown = EXCLUDE

    specversion = fields.String(required=True, validate=validate.Equal("1.0"))
    id = fields.String(required=True, validate=validate.Length(min=1, max=64))
    source = fields.String(required=True, validate=validate.Regexp(r"^/[0-9a-z]{6,16}/[a-z]+$"))
    type = fields.String(required=True, validate=validate.Regexp(r"^[a-z_]{1,60}$"))
    subject = fields.String(load_default="", validate=validate.Length(max=64))
    time = fields.AwareDateTime(required=True, format="iso")
    data = fields.Dict(required=True)
    seq = fields.Integer(load_default=None, allow_none=True, strict=True, validate=COUNT)
    epoch = fields.Integer(load_default=1, strict=True, validate=EPOCH)
    head = fields.Nested(HeadSchema, load_default=None, allow_none=True)
    copy = fields.String(load_default=None, allow_none=True)


def routing_key(sender: str, to: str, service: str, type_: str) -> str:
    """The routing key the broker checks against the sender's topic permission."""
    return f"from.{sender}.to.{to}.{service}.{type_}"


BARE_WORDS = ("ack", "hello", "skip", "forgotten", "returned")  # network.bare: about a stream, never about a case
