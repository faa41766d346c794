"""The return of a period: a sweep, a quarter's results, the annual report, the assessment."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import moment_required
from contracts.events.sweeps import SweepTold


def period_kind() -> fields.String:
    """A word of the policy's ``periods``."""
    return fields.String(required=True, validate=validate.Regexp(r"^[a-z_]{2,30}\Z"))


def period_name() -> fields.String:
    """A period is named by its last day, ISO 8601; its length follows from kind and tier."""
    return fields.String(required=True, validate=validate.Regexp(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"))


class PeriodReturned(Schema):
    """supervision → supervision of every office above: the return of a period was made; ``nil`` if there was nothing (零报告)."""

    kind = period_kind()
    period = period_name()
    nil = fields.Boolean(required=True)
    at = moment_required()
    sweep = fields.Nested(SweepTold, load_default=None, allow_none=True)


EVENTS: dict[str, type[Schema]] = {"period_returned": PeriodReturned}
