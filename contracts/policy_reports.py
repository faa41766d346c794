"""Reports of every period: bulletin by the month, appraisal by the quarter, assessment and report by the year (S33, XF 41)."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from marshmallow import Schema, fields, post_load, validate

from contracts.policy_part_schemas import WORD, ZH

Length = Literal["month", "quarter", "year"]
MOST_DAYS, MOST_BACK = 60, 12


@dataclass(frozen=True)
class ReportKind:
    """A kind of report. Its figures are frozen ``freeze_days`` calendar days after the period's last day, so that what was
    under way arrives; what becomes known later about the last ``correct_back`` periods stands in it as a correction. A
    unit may object to its figures for ``object_days`` calendar days. ``answers`` is the return of the period (K12, K13)
    that its publication makes, "" for none.
    """

    zh: str
    length: Length
    freeze_days: int
    correct_back: int
    object_days: int
    answers: str = ""


class ReportKindSchema(Schema):
    """A kind of report."""

    zh = fields.String(required=True, validate=ZH)
    length = fields.String(required=True, validate=validate.OneOf(get_args(Length)))
    freeze_days = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_DAYS))
    correct_back = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_BACK))
    object_days = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_DAYS))
    answers = fields.String(load_default="", validate=validate.Regexp(r"^[a-z_]{0,30}\Z"))

    @post_load
    def _make(self, values: dict[str, Any], **_: object) -> ReportKind:
        return ReportKind(**values)


def report_kinds() -> fields.Dict:
    """The table of kinds of report, by id."""
    return fields.Dict(fields.String(validate=WORD), fields.Nested(ReportKindSchema), load_default=dict)
