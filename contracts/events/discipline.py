"""What only discipline reports tell: that one was sent up, so that nothing of it may stay."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import moment_required


class CaseSentUp(Schema):
    """assignment → own intake: the report went to a body above (JK art. 15); only a custody line stays."""

    recipient = fields.String(required=True, validate=validate.Length(min=1, max=40))
    at = moment_required()


EVENTS: dict[str, type[Schema]] = {
    "case_sent_up": CaseSentUp,
}
