"""Reports of every period (S33): approved, published, acknowledged, objected to. Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands.parts import MAX_LIST, office_id, words
from contracts.events.reports import MAX_GROUNDS, WORD, figure_name, report_id

STATES = ("counting", "draft", "approved", "published")


class ApproveReport(Schema):
    """A leader of the district approves a draft whose figures are frozen. → the report."""

    report = report_id()


class PublishReport(Schema):
    """An approved report is served on every unit, with the unit's own figures. → the report."""

    report = report_id()


class AcknowledgeReport(Schema):
    """A unit has read a report that was served on it. → the report."""

    report = report_id()


class ObjectToFigure(Schema):
    """A unit objects to one of its figures in a report, within the policy's days. → the objection."""

    report = report_id()
    service = fields.String(required=True, validate=WORD)
    name = figure_name()
    grounds = words(MAX_GROUNDS)


class DecideObjection(Schema):
    """A leader of the district decides an objection. Upheld, the figure as it should be is a correction in the next report
    of the kind; the frozen one stays. → the objection.
    """

    objection = report_id()
    upheld = fields.Boolean(required=True)
    why = words(MAX_GROUNDS)
    value = fields.Integer(load_default=None, allow_none=True, strict=True)
    base = fields.Integer(load_default=None, allow_none=True, strict=True)

    @validates_schema(skip_on_field_errors=True)
    def _says_how_it_should_be(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["upheld"] != (data["value"] is not None):
            raise ValidationError("异议成立须写明更正后的数,不成立不写", "value")


class Reports(Schema):
    """The reports that this office made or got, the latest first. → ``{reports}``."""

    kind = fields.String(load_default="", validate=validate.Regexp(r"^[a-z_]{0,30}\Z"))
    state = fields.String(load_default="", validate=validate.OneOf(["", *STATES]))
    limit = fields.Integer(load_default=50, strict=True, validate=validate.Range(1, MAX_LIST))


class Report(Schema):
    """A report: its figures by office, its corrections, who acknowledged, objections."""

    report = report_id()


class FigureSources(Schema):
    """What stands behind a frozen figure (S32): the numbers of its cases, and how many other sources. → ``{cases, others}``."""

    report = report_id()
    office = office_id()
    service = fields.String(required=True, validate=WORD)
    name = figure_name()


class VerifyReport(Schema):
    """Whether a report still says to the digit what was frozen. → ``{identical, digest, differs}``."""

    report = report_id()


COMMANDS: dict[str, type[Schema]] = {
    "approve_report": ApproveReport,
    "publish_report": PublishReport,
    "acknowledge_report": AcknowledgeReport,
    "object_to_figure": ObjectToFigure,
    "decide_objection": DecideObjection,
}
QUERIES: dict[str, type[Schema]] = {
    "reports": Reports,
    "report": Report,
    "figure_sources": FigureSources,
    "verify_report": VerifyReport,
}
