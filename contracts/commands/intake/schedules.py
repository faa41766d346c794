"""When leaders receive: fixed days, appointments, going down; and days on which they are away (S51, S61)."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands.intake.boards import official
from contracts.commands.parts import case_id, words
from contracts.letters import CASE_ID
from contracts.reception import ScheduleKind

TIME = validate.Regexp(r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")
MAX_PLACE = 200
MAX_SPAN = 62
MAX_YEAR = 366


def clock_time() -> fields.String:
    """A time of day in China, ``HH:MM``."""
    return fields.String(required=True, validate=TIME)


def day() -> fields.Date:
    return fields.Date(required=True, format="iso")


def _days(last: int) -> fields.List[int]:
    one = fields.Integer(strict=True, validate=validate.Range(1, last))
    return fields.List(one, load_default=list, validate=validate.Length(max=last))


class SetSchedule(Schema):
    """A leader receives at this office (fixed), or goes down (go_down), on days of the week or of the month.

    From ``starts`` to ``ends`` in slots of ``minutes`` for ``capacity`` persons or groups each; a rest that is shorter than a
    slot is none. On days of rest only where ``on_rest_days`` says so. → ``{schedule, slots}``, how many there are.
    """

    leader = official()
    kind = fields.String(required=True, validate=validate.OneOf([ScheduleKind.FIXED.value, ScheduleKind.GO_DOWN.value]))
    since = day()
    until = day()
    weekdays = _days(7)
    month_days = _days(31)
    starts = clock_time()
    ends = clock_time()
    minutes = fields.Integer(required=True, strict=True, validate=validate.Range(5, 480))
    capacity = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 50))
    place = words(MAX_PLACE)
    on_rest_days = fields.Boolean(load_default=False)

    @validates_schema(skip_on_field_errors=True)
    def _fits(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["until"] < data["since"] or (data["until"] - data["since"]).days > MAX_YEAR:
            raise ValidationError("止于不早于起于,最长一年", "until")
        if bool(data["weekdays"]) == bool(data["month_days"]):
            raise ValidationError("请填写星期或者日期之一", "weekdays")
        if not data["on_rest_days"] and set(data["weekdays"]) & {6, 7}:
            raise ValidationError("星期六、星期日接访须注明休息日也接访", "on_rest_days")
        if data["ends"] <= data["starts"]:
            raise ValidationError("结束时间须晚于开始时间", "ends")


class EndSchedule(Schema):
    """A schedule ends earlier: ``until`` is its last day. Who is booked later stands in ``bookings_waiting``.

    → ``{displaced}``.
    """

    schedule = fields.String(required=True, validate=CASE_ID)
    until = day()


class Appoint(Schema):
    """A leader invites the petitioner of a case (约访). → ``{schedule, booking}``."""

    leader = official()
    case = case_id()
    day = day()
    starts = clock_time()
    minutes = fields.Integer(load_default=60, strict=True, validate=validate.Range(5, 480))
    place = words(MAX_PLACE)


class CloseDay(Schema):
    """A leader is away on a day: its slots are closed, who is booked must be told or booked anew. → ``{displaced}``."""

    leader = official()
    day = day()
    why = words(200)


class OpenDay(Schema):
    """He is there after all: the day's slots are open again. → ``{leader, day}``."""

    leader = official()
    day = day()


class Slots(Schema):
    """The slots of these days, of one leader or of all, each with how its places stand. → ``{slots: […]}``."""

    since = day()
    until = day()
    leader = official(required=False)

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, data: Mapping[str, Any], **_: Any) -> None:
        if not 0 <= (data["until"] - data["since"]).days < MAX_SPAN:
            raise ValidationError(f"止于不早于起于,最多{MAX_SPAN}天", "until")


class Schedules(Schema):
    """The schedules that are not over. → ``{schedules: […]}``."""

    leader = official(required=False)


COMMANDS: dict[str, type[Schema]] = {
    "set_schedule": SetSchedule,
    "end_schedule": EndSchedule,
    "appoint": Appoint,
    "close_day": CloseDay,
    "open_day": OpenDay,
}
QUERIES: dict[str, type[Schema]] = {"slots": Slots, "schedules": Schedules}
