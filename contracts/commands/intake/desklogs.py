"""The books at the counter: rooms with roster and visits, box openings, calls (S13, S14, S19, S20). Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands.intake.channels import channel_id
from contracts.commands.parts import MAX_LIST, Page, case_id, past_moment, words
from contracts.events import MAX_HEADS
from contracts.events.activities import campaign_id
from contracts.events.channels import Person, day, line_of
from contracts.letters import CASE_ID

MAX_LETTERS = 10_000


def case_or_none() -> fields.String:
    """The petition of this register that came of it, null for none."""
    return fields.String(load_default=None, allow_none=True, validate=CASE_ID)


class RosterDay(Schema):
    """Who sits in a room on a day, and who else stands in."""

    day = day()
    officer = fields.Nested(Person, required=True)
    deputy = fields.Nested(Person, load_default=None, allow_none=True)


class SetRoster(Schema):
    """A leader sets who sits in a reception room on which days (接待值班表, S20), today or later. → ``{channel, days}``."""

    channel = channel_id()
    days = fields.List(fields.Nested(RosterDay), required=True, validate=validate.Length(1, MAX_LIST))

    @validates_schema(skip_on_field_errors=True)
    def _each_day_once(self, data: Mapping[str, Any], **_: Any) -> None:
        days = [each["day"] for each in data["days"]]
        if len(set(days)) < len(days):
            raise ValidationError("同一天重复 (a day stands twice)", "days")


class LogRoomVisit(Schema):
    """People came to a reception room (来访登记, S19). Head count and matter, no names. → the visit.

    The ``officer`` who received them stands on the roster of that day, or ``why`` says why not.
    """

    channel = channel_id()
    at = past_moment()
    heads = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_HEADS))
    officer = fields.Nested(Person, required=True)
    why = line_of(200)
    case = case_or_none()
    campaign = campaign_id()


class LinkRoomVisit(Schema):
    """A visit became a case: a petition of this register. → the visit."""

    visit = fields.String(required=True, validate=CASE_ID)
    case = case_id()


class OpenBox(Schema):
    """A report box was opened by two people, and so many letters were in it (开箱登记, S13). → the opening."""

    channel = channel_id()
    at = past_moment()
    openers = fields.List(fields.Nested(Person), required=True, validate=validate.Length(equal=2))
    letters = fields.Integer(required=True, strict=True, validate=validate.Range(0, MAX_LETTERS))
    note = line_of(500)
    campaign = campaign_id()

    @validates_schema(skip_on_field_errors=True)
    def _two_people(self, data: Mapping[str, Any], **_: Any) -> None:
        first, second = data["openers"]
        if first["id"] == second["id"] or first["name"] == second["name"]:
            raise ValidationError("须由两名不同的人开箱 (two different people open a box)", "openers")


class SetLettersAside(Schema):
    """Letters of an opening that are no petition of this register, each accounted for: nothing may be lost. → the opening.

    ``why`` says what became of them: no report, handed over, the same letter twice.
    """

    opening = fields.String(required=True, validate=CASE_ID)
    letters = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_LETTERS))
    why = words(200)


class LogCall(Schema):
    """A call on the hotline (来电登记, S14). → the call.

    ``number_given`` says only that a number was given: the number itself belongs into the reporter's sealed envelope.
    ``name_given`` may be false. ``operator`` is who took it, the actor where none is named; ``recording`` is where it is kept.
    """

    channel = channel_id()
    at = past_moment()
    operator = fields.Nested(Person, load_default=None, allow_none=True)
    number_given = fields.Boolean(required=True)
    name_given = fields.Boolean(required=True)
    summary = words(2000)
    recording = line_of(200)
    case = case_or_none()
    campaign = campaign_id()


class LinkCall(Schema):
    """A call became a case: a petition of this register. → the call."""

    call = fields.String(required=True, validate=CASE_ID)
    case = case_id()


class RoomRoster(Schema):
    """Who sits in a room from ``since`` to ``until``. → ``{days: [{day, officer, officer_name, deputy, deputy_name}]}``."""

    channel = channel_id()
    since = day()
    until = day()


class LogPage(Page):
    """A page of a book of this office, the latest first. → its lines, and ``next``."""


COMMANDS: dict[str, type[Schema]] = {
    "set_roster": SetRoster,
    "log_room_visit": LogRoomVisit,
    "link_room_visit": LinkRoomVisit,
    "open_box": OpenBox,
    "set_letters_aside": SetLettersAside,
    "log_call": LogCall,
    "link_call": LinkCall,
}
QUERIES: dict[str, type[Schema]] = {
    "room_roster": RoomRoster,
    "room_visits": LogPage,
    "box_openings": LogPage,
    "phone_calls": LogPage,
}
