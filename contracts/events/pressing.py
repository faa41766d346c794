"""What becomes of a supervision order."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import moment_required


class OrderClosed(Schema):
    """supervision (who gave the order) → supervision (who received it): the order has done its work, with what came of it."""

    order = fields.String(required=True, validate=validate.Length(max=80))
    at = moment_required()
    result = fields.String(required=True, validate=validate.Length(max=2000))


EVENTS: dict[str, type[Schema]] = {"order_closed": OrderClosed}
