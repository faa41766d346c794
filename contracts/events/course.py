"""The course of a case as others may know it: milestones with their clocks, and the public steps."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import VEIL, TermSchema, moment, moment_required, one_of
from contracts.letters import OFFICE_ID
from contracts.words import ClockAct, Desk, Status


class ClockSchema(Schema):
    """An act on a clock, decided in the commit that causes it. ``due`` is the end of the last lawful day.

    ``ref`` tells clocks of one kind in one case apart (the terms of an agreement, K26).
    """

    kind = fields.String(required=True, validate=validate.Regexp(r"^K[0-9]{1,2}$"))
    ref = fields.String(load_default="", validate=validate.Regexp(r"^[0-9a-z.-]{0,20}$"))
    act = fields.String(required=True, validate=one_of(ClockAct))
    at = moment_required()
    due = moment(required=False)
    provisional = fields.Boolean(load_default=False)
    how = fields.List(fields.String(), load_default=list)


class CaseMilestone(Schema):
    """any service → own supervision and that of every ancestor not excluded: a thin stub without persons or text."""

    number = fields.String(required=True, validate=validate.Length(max=40))
    what = fields.String(required=True, validate=validate.Regexp(r"^[a-z_]{2,30}$"))
    at = moment_required()
    desk = fields.String(required=True, validate=one_of(Desk))
    status = fields.String(required=True, validate=one_of(Status))
    holder = fields.String(required=True, validate=OFFICE_ID)
    term = fields.Nested(TermSchema, required=True)
    entry_office = fields.String(required=True, validate=OFFICE_ID)
    entered_at = moment_required()
    category = fields.String(required=True, validate=validate.Length(max=20))
    place = fields.String(load_default="", validate=validate.Length(max=200))
    offered_to = fields.String(load_default="", validate=validate.Length(max=16))
    excluded = fields.List(fields.String(validate=OFFICE_ID), load_default=list)
    clocks = fields.List(fields.Nested(ClockSchema), load_default=list)
    recused = fields.List(fields.String(validate=VEIL), load_default=list)
    flags = fields.List(fields.String(validate=validate.Regexp(r"^[a-z_]{2,30}$")), load_default=list)
    repeat_of = fields.String(load_default="", validate=validate.Length(max=40))


class CaseProgress(Schema):
    """any service → portal: one step of the public status, without names or inner notes.

    ``as_case``: the matter goes on as another case; from now on the steps of this receipt come under that one.
    """

    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    desk = fields.String(required=True, validate=one_of(Desk))
    entry_office = fields.String(load_default="", validate=validate.Length(max=16))
    step = fields.String(required=True, validate=validate.Regexp(r"^[a-z_]{2,30}$"))
    at = moment_required()
    tier = fields.String(
        required=True, validate=validate.OneOf(["district", "town", "village", "department", "outside"])
    )
    office = fields.String(load_default="", validate=validate.Length(max=16))
    number = fields.String(load_default="", validate=validate.Length(max=40))
    due = moment(required=False)
    how = fields.List(fields.String(), load_default=list)
    note = fields.String(load_default="", validate=validate.Length(max=2000))
    as_case = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-f]{32})?\Z"))


class RepeatConfirmed(Schema):
    """assignment (who sent it down) → … → assignment of the holder: the case repeats the one numbered ``repeat_of``."""

    repeat_of = fields.String(required=True, validate=validate.Length(min=1, max=40))
    at = moment_required()


EVENTS: dict[str, type[Schema]] = {
    "case_milestone": CaseMilestone,
    "case_progress": CaseProgress,
    "repeat_confirmed": RepeatConfirmed,
}
