"""The roster of leaders in the petition hall, who came and who stood in (S53, S51). Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands.intake.boards import official
from contracts.commands.intake.schedules import Slots, day
from contracts.events.activities import campaign_id
from contracts.events.parts import one_of
from contracts.letters import CASE_ID
from contracts.reception import Attendance, HalfDay

MAX_DUTIES = 200


class HallDuty(Schema):
    """A half day of one leader, of a campaign or of none (S52)."""

    leader = official()
    day = day()
    half = fields.String(required=True, validate=one_of(HalfDay))
    campaign = campaign_id()


class SetHallDuties(Schema):
    """Further duties of the roster, all or none. → ``{duties: […]}``."""

    duties = fields.List(fields.Nested(HallDuty), required=True, validate=validate.Length(1, MAX_DUTIES))

    @validates_schema(skip_on_field_errors=True)
    def _once(self, data: Mapping[str, Any], **_: Any) -> None:
        if len({(each["day"], each["half"], each["leader"]) for each in data["duties"]}) < len(data["duties"]):
            raise ValidationError("同一值班出现两次", "duties")


class DropHallDuty(Schema):
    """A duty that has not begun is taken off the roster. → ``{duty}``."""

    duty = fields.String(required=True, validate=CASE_ID)


class ConfirmHallDuty(Schema):
    """He came, somebody stood in for him (``substitute``, ``why``), or nobody came (``why``). → the duty."""

    duty = fields.String(required=True, validate=CASE_ID)
    attendance = fields.String(
        required=True, validate=validate.OneOf([each.value for each in Attendance if each != Attendance.DUE])
    )
    substitute = official(required=False)
    why = fields.String(load_default="", validate=validate.Length(max=200))

    @validates_schema(skip_on_field_errors=True)
    def _who_and_why(self, data: Mapping[str, Any], **_: Any) -> None:
        if (data["attendance"] == Attendance.SUBSTITUTED) != bool(data["substitute"]):
            raise ValidationError("代班须写明代班人", "substitute")
        if data["attendance"] != Attendance.ATTENDED and not data["why"].strip():
            raise ValidationError("请写明原因", "why")


COMMANDS: dict[str, type[Schema]] = {
    "set_hall_duties": SetHallDuties,
    "drop_hall_duty": DropHallDuty,
    "confirm_hall_duty": ConfirmHallDuty,
}
QUERIES: dict[str, type[Schema]] = {"hall_roster": Slots}
