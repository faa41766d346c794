"""Duties of every period: sweeps, quarterly feedback, annual report, assessment. Commands and queries."""

from marshmallow import Schema, fields, validate

from contracts.events import one_of
from contracts.events.periods import period_kind, period_name
from contracts.words import Desk

MAX_ROWS = 500
MAX_SUMMARY = 2000


class ReturnPeriod(Schema):
    """Make this office's return of a period, from its last day on. ``nil`` says that there was nothing (零报告)."""

    kind = period_kind()
    period = period_name()
    nil = fields.Boolean(load_default=False)
    summary = fields.String(load_default="", validate=validate.Length(max=MAX_SUMMARY))


class Periods(Schema):
    """Returns due of this office and those below, the latest due first, with the share that came on time.

    ``stands`` keeps those that stand so: open, on_time, late, unconfirmed. ``office`` and ``kind`` keep one only.
    """

    desk = fields.String(load_default=Desk.PETITION.value, validate=one_of(Desk))
    kind = fields.String(load_default="", validate=validate.Length(max=30))
    office = fields.String(load_default="", validate=validate.Length(max=16))
    stands = fields.String(load_default="", validate=validate.OneOf(["", "open", "on_time", "late", "unconfirmed"]))
    limit = fields.Integer(load_default=100, strict=True, validate=validate.Range(min=1, max=MAX_ROWS))


COMMANDS: dict[str, type[Schema]] = {"return_period": ReturnPeriod}
QUERIES: dict[str, type[Schema]] = {"periods": Periods}
