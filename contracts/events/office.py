"""What the network itself tells."""

from marshmallow import Schema, fields


class Void(Schema):
    """network: stands in for a letter that an operator discarded, so that its stream goes on."""

    of = fields.String(required=True)


EVENTS: dict[str, type[Schema]] = {
    "void": Void,
}
