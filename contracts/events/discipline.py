"""What discipline reports tell beside their milestones: that one left, so that nothing of it may stay."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import moment_required, one_of
from contracts.letters import CASE_ID
from contracts.words import Disposal


class CaseSentUp(Schema):
    """assignment → own intake: the report went to a body above (JK art. 15), or a petition to the discipline desk.

    Only a custody line stays. ``recipient`` is a body, or "office/desk".
    """

    recipient = fields.String(required=True, validate=validate.Length(min=1, max=40))
    at = moment_required()
    way = fields.String(load_default="", validate=validate.Length(max=60))
    document_no = fields.String(load_default="", validate=validate.Length(max=60))


class CaseDisposed(Schema):
    """assignment → own supervision: how the report is disposed of (JK art. 17), by which it admits measures or not (S80)."""

    disposal = fields.String(required=True, validate=one_of(Disposal))
    at = moment_required()


class MeasureTold(Schema):
    """supervision (holder) → supervision of every office above that is not recused: a measure was carried out, to be counted.

    Neither who, nor why, nor what was said. ``corrected`` is null until its result is known.
    """

    measure = fields.String(required=True, validate=CASE_ID)
    kind = fields.String(required=True, validate=validate.Regexp(r"^[a-z_]{2,30}\Z"))
    carried_on = fields.Date(required=True, format="iso")
    corrected = fields.Boolean(load_default=None, allow_none=True)


EVENTS: dict[str, type[Schema]] = {
    "case_sent_up": CaseSentUp,
    "case_disposed": CaseDisposed,
    "measure_told": MeasureTold,
}
