"""What discipline reports tell beside their milestones: that one left, so that nothing of it may stay."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import moment_required


class CaseSentUp(Schema):
    """assignment → own intake: the report went to a body above (JK art. 15), or a petition to the discipline desk.

    Only a custody line stays. ``recipient`` is a body, or "office/desk".
    """

    recipient = fields.String(required=True, validate=validate.Length(min=1, max=40))
    at = moment_required()
    way = fields.String(load_default="", validate=validate.Length(max=60))
    document_no = fields.String(load_default="", validate=validate.Length(max=60))


EVENTS: dict[str, type[Schema]] = {
    "case_sent_up": CaseSentUp,
}
