"""Booking a leader by name, and what becomes of it (S60). Who books stands nowhere in the clear. Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands.intake.boards import official
from contracts.commands.intake.schedules import Slots, clock_time, day
from contracts.commands.parts import HASH, Nothing, envelope, words
from contracts.letters import CASE_ID

BY = ("person", "office")


def optional_case() -> fields.String:
    """A case that is known here, or null."""
    return fields.String(load_default=None, allow_none=True, validate=CASE_ID)


def booking_id() -> fields.String:
    return fields.String(required=True, validate=CASE_ID)


class Book(Schema):
    """Somebody names the leader to see. → the booking.

    Who it is: the ``case`` of the petitioner, a ``receipt_hash``, or nobody known (walk-in); ``reporter`` is how to reach
    the person, sealed by the desk for itself under the id of the ``booking``. ``about_leader``: the matter is about the
    leader himself, who then must not receive it (R11).
    """

    booking = fields.String(load_default=None, allow_none=True, validate=CASE_ID)
    leader = official()
    day = day()
    starts = clock_time()
    case = optional_case()
    receipt_hash = fields.String(load_default=None, allow_none=True, validate=HASH)
    reporter = envelope(required=False)
    about_leader = fields.Boolean(load_default=False)

    @validates_schema
    def _whose(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["reporter"] is not None and data["reporter"]["case"] != data["booking"]:
            raise ValidationError("信封与预约不符 (reporter is sealed for another booking)", "reporter")
        if data["case"] is not None and data["receipt_hash"] is not None:
            raise ValidationError("请填写事项或查询码之一 (either case or receipt_hash)", "receipt_hash")


class MoveBooking(Schema):
    """A booking goes to another slot, of the same leader or another; it stays one. → the new booking."""

    booking = booking_id()
    leader = official()
    day = day()
    starts = clock_time()
    why = words(200)


class CancelBooking(Schema):
    """The person or the office cancels. → the booking."""

    booking = booking_id()
    by = fields.String(required=True, validate=validate.OneOf(BY))
    why = words(200)


class NoShow(Schema):
    """Nobody came (预约未到). → the booking."""

    booking = booking_id()


class OpenBooking(Schema):
    """Somebody of the desk reads how to reach the person; journalled with the reason. → ``{booking, reporter}``."""

    booking = booking_id()
    reason = words(200)


class Bookings(Slots):
    """The bookings of these days. → ``{bookings: […]}``."""


COMMANDS: dict[str, type[Schema]] = {
    "book": Book,
    "move_booking": MoveBooking,
    "cancel_booking": CancelBooking,
    "no_show": NoShow,
    "open_booking": OpenBooking,
}
# bookings_waiting → {bookings: [{…, why}]}: who has to be told or booked anew, and what was not recorded. why: leader_away,
# schedule_ended, leader_recused, not_recorded.
QUERIES: dict[str, type[Schema]] = {"bookings": Bookings, "bookings_waiting": Nothing}
