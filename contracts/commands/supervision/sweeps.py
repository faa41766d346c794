"""Sweeps (排查, S10, S42–S50), the dispute ledger, quarterly study, and what is owed to us. Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands.parts import Nothing, case_id, last_day, words
from contracts.events.demands import MAX_WORDS, PERSON
from contracts.events.parts import MAX_HEADS, one_of
from contracts.events.periods import period_kind, period_name
from contracts.events.sweeps import MAX_DISPUTES, RoundOrdered, dispute_id
from contracts.letters import OFFICE_ID
from contracts.sweeps import DisputeStatus, Risk, Said, SweepScope

MAX_ROWS = 500
MAX_MEASURES = 100
PLACE = validate.Length(min=1, max=200)


class Finding(Schema):
    """A dispute that a sweep found. ``parties`` and ``contact`` stay in this office; ``heads`` is how many are concerned."""

    found_on = fields.Date(required=True, format="iso")
    place = fields.String(required=True, validate=PLACE)
    found_by = words(60)
    heads = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, MAX_HEADS))
    parties = fields.String(load_default="", validate=validate.Length(max=200))
    contact = fields.String(load_default="", validate=validate.Length(max=60))
    category = fields.String(required=True, validate=validate.Regexp(r"^C[0-9]{2}[0-9]*\Z"))
    summary = words(500)
    cause = fields.String(load_default="", validate=validate.Length(max=500))
    risk = fields.String(required=True, validate=one_of(Risk))
    mass = fields.Boolean(load_default=False)
    lead = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-z]{6,16})?\Z"))
    helpers = fields.List(fields.String(validate=OFFICE_ID), load_default=list, validate=validate.Length(max=10))
    leader = fields.String(load_default="", validate=PERSON)
    measure = fields.String(load_default="", validate=validate.Length(max=500))
    due = fields.Date(load_default=None, allow_none=True, format="iso")


class Carried(Schema):
    """How a dispute left open by an earlier period stands now; a worse one may get a higher risk."""

    dispute = dispute_id()
    said = fields.String(required=True, validate=one_of(Said))
    words = fields.String(load_default="", validate=validate.Length(max=500))
    risk = fields.String(load_default="", validate=validate.OneOf(["", *(risk.value for risk in Risk)]))


class ReturnSweep(Schema):
    """Make this office's return of a sweep: every dispute still open is said of, new ones are entered. → the period.

    ``kind`` is a sweep of the policy, or ``round_`` and the word of an ordered round. ``nil`` (零报告) says that nothing new
    was found; a focused sweep says ``about`` what: places, trades, matters.
    """

    kind = period_kind()
    period = period_name()
    scope = fields.String(required=True, validate=one_of(SweepScope))
    about = fields.String(load_default="", validate=validate.Length(max=200))
    screeners = fields.List(words(60), required=True, validate=validate.Length(min=1, max=20))
    nil = fields.Boolean(load_default=False)
    carried = fields.List(fields.Nested(Carried), load_default=list, validate=validate.Length(max=MAX_DISPUTES))
    findings = fields.List(fields.Nested(Finding), load_default=list, validate=validate.Length(max=MAX_DISPUTES))

    @validates_schema(skip_on_field_errors=True)
    def _hangs_together(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["nil"] == bool(data["findings"]):
            raise ValidationError("零报告与新排查的纠纷只能选一项", "nil")
        if (data["scope"] == SweepScope.FOCUSED) != bool(data["about"].strip()):
            raise ValidationError("重点排查须写明重点,全面排查不写", "about")


class OrderRound(RoundOrdered):
    """A leader orders an extra round (集中排查, S44) of offices below, of all where none is named. → ``{round, offices}``."""

    offices = fields.List(fields.String(validate=OFFICE_ID), load_default=list, validate=validate.Length(max=500))

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["until"] < data["since"]:
            raise ValidationError("止于不能早于起于", "until")
        if (data["scope"] == SweepScope.FOCUSED) != bool(data["about"].strip()):
            raise ValidationError("重点排查须写明重点,全面排查不写", "about")


class WorkDispute(Schema):
    """What was done about a dispute, and how it stands now (调处进展). → the dispute."""

    dispute = dispute_id()
    status = fields.String(
        required=True,
        validate=validate.OneOf([each.value for each in DisputeStatus if each is not DisputeStatus.TO_CASE]),
    )
    words = words(500)


class RaiseDispute(Schema):
    """A dispute becomes a petition (转信访, S10); it stays linked. → the dispute, with its case."""

    dispute = dispute_id()
    text = words(2000)


class ShareDispute(Schema):
    """Another office below helps with a dispute (协办, S50): demanded of it by a day. → the demand."""

    dispute = dispute_id()
    to = fields.String(required=True, validate=OFFICE_ID)
    points = words(MAX_WORDS)
    due = last_day()


class Measure(Schema):
    """What a study decides about a dispute: which office, whom of it, what, by when."""

    dispute = dispute_id()
    to = fields.String(required=True, validate=OFFICE_ID)
    person = fields.String(required=True, validate=validate.Regexp(r"^[0-9A-Za-z-]{1,20}\Z"))
    points = words(MAX_WORDS)
    due = last_day()


class HoldStudy(Schema):
    """A quarter's key disputes were studied (季度研判, S49); each measure is demanded of its office. → the study."""

    quarter = period_name()
    minutes = words(20_000)
    measures = fields.List(fields.Nested(Measure), load_default=list, validate=validate.Length(max=MAX_MEASURES))


class Nudge(Schema):
    """Remind the office above of a case that we sent up: once a working day. → the nudge."""

    case = case_id()
    words = fields.String(load_default="", validate=validate.Length(max=500))


class AnswerNudge(Schema):
    """Say to the office below where its case stands. → the nudge."""

    nudge = dispute_id()
    answer = words(500)


class Disputes(Schema):
    """The dispute ledger: this office's and stubs of those below, the latest first; of one case, status, risk or office."""

    office = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-z]{6,16})?\Z"))
    status = fields.String(load_default="", validate=validate.OneOf(["", *(each.value for each in DisputeStatus)]))
    risk = fields.String(load_default="", validate=validate.OneOf(["", *(each.value for each in Risk)]))
    case = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-f]{32})?\Z"))
    to_say = fields.Boolean(load_default=False)
    limit = fields.Integer(load_default=100, strict=True, validate=validate.Range(min=1, max=MAX_ROWS))


class StudyItems(Schema):
    """The disputes that a quarter's study has to look at, each with why; and the study, where it was held."""

    quarter = period_name()


COMMANDS: dict[str, type[Schema]] = {
    "return_sweep": ReturnSweep,
    "order_round": OrderRound,
    "work_dispute": WorkDispute,
    "raise_dispute": RaiseDispute,
    "share_dispute": ShareDispute,
    "hold_study": HoldStudy,
    "nudge": Nudge,
    "answer_nudge": AnswerNudge,
}
QUERIES: dict[str, type[Schema]] = {
    "disputes": Disputes,
    "study_items": StudyItems,
    "owed_to_us": Nothing,
    "nudges": Nothing,
}
