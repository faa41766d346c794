"""Reports of every period: figures wanted and counted within the district, the report served, acknowledged, objected to."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import moment_required
from contracts.letters import CASE_ID, OFFICE_ID

MAX_FIGURES = 400
MAX_UNITS = 1000
MAX_SOURCES = 50_000
MAX_GROUNDS = 2000
WORD = validate.Regexp(r"^[a-z_]{2,30}\Z")


def report_id() -> fields.String:
    """32 hex digits that kind and period give."""
    return fields.String(required=True, validate=CASE_ID)


def figure_name() -> fields.String:
    """The name of a figure (contracts.figures)."""
    return fields.String(required=True, validate=validate.Regexp(r"^[A-Za-z0-9_-]{1,80}\Z"))


class FiguresWanted(Schema):
    """supervision → the own four services: count for a report the figures of each of these offices, with all below it.

    ``about`` is the report of whose period they are: the report itself, or an earlier one that is counted again.
    """

    report = report_id()
    about = report_id()
    offices = fields.List(fields.String(validate=OFFICE_ID), required=True, validate=validate.Length(1, MAX_UNITS))
    since = fields.Date(required=True, format="iso")
    until = fields.Date(required=True, format="iso")


class Counted(Schema):
    """A figure with what stands behind it."""

    name = figure_name()
    zh = fields.String(required=True, validate=validate.Length(1, 80))
    value = fields.Integer(required=True, strict=True)
    base = fields.Integer(required=True, strict=True, allow_none=True)
    sources = fields.List(
        fields.String(validate=validate.Length(1, 80)), load_default=list, validate=validate.Length(max=MAX_SOURCES)
    )
    counted_from = fields.List(fields.String(validate=validate.Length(1, 60)), load_default=list)


class CountedOffice(Schema):
    """The figures of one office."""

    office = fields.String(required=True, validate=OFFICE_ID)
    figures = fields.List(fields.Nested(Counted), required=True, validate=validate.Length(max=MAX_FIGURES))


class FiguresCounted(Schema):
    """a service → own supervision: what was wanted."""

    report = report_id()
    about = report_id()
    service = fields.String(required=True, validate=WORD)
    counts = fields.List(fields.Nested(CountedOffice), required=True, validate=validate.Length(1, MAX_UNITS))


class ServedFigure(Schema):
    """A frozen figure as a unit reads it."""

    service = fields.String(required=True, validate=WORD)
    name = figure_name()
    zh = fields.String(required=True, validate=validate.Length(1, 80))
    value = fields.Integer(required=True, strict=True)
    base = fields.Integer(required=True, strict=True, allow_none=True)


class ReportPublished(Schema):
    """district supervision → supervision of each unit: the report with the unit's own figures. ``until`` ends its period."""

    report = report_id()
    kind = fields.String(required=True, validate=WORD)
    label = fields.String(required=True, validate=validate.Length(1, 60))
    since = fields.Date(required=True, format="iso")
    until = fields.Date(required=True, format="iso")
    at = moment_required()
    digest = fields.String(required=True, validate=validate.Length(equal=64))
    figures = fields.List(fields.Nested(ServedFigure), required=True, validate=validate.Length(max=4 * MAX_FIGURES))


class ReportAcknowledged(Schema):
    """a unit → district supervision: it has read the report."""

    report = report_id()
    at = moment_required()
    by = fields.String(required=True, validate=validate.Length(1, 60))


class ReportObjected(Schema):
    """a unit → district supervision: it objects to one of its figures, with grounds."""

    objection = report_id()
    report = report_id()
    service = fields.String(required=True, validate=WORD)
    name = figure_name()
    grounds = fields.String(required=True, validate=validate.Length(1, MAX_GROUNDS))
    at = moment_required()
    by = fields.String(required=True, validate=validate.Length(1, 60))


class ObjectionDecided(Schema):
    """district supervision → the unit: what became of its objection."""

    objection = report_id()
    upheld = fields.Boolean(required=True)
    why = fields.String(required=True, validate=validate.Length(1, MAX_GROUNDS))
    at = moment_required()
    by = fields.String(required=True, validate=validate.Length(1, 60))


EVENTS: dict[str, type[Schema]] = {
    "figures_wanted": FiguresWanted,
    "figures_counted": FiguresCounted,
    "report_published": ReportPublished,
    "report_acknowledged": ReportAcknowledged,
    "report_objected": ReportObjected,
    "objection_decided": ObjectionDecided,
}
