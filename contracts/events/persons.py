"""The recusal of persons."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import VEIL


class PersonRecused(Schema):
    """assignment → assignment of every office of the line that may have the case: these persons are recused (回避).

    ``recused`` are veils (contracts.veils): who already knows the person can tell that it is meant, nobody else.
    """

    recused = fields.List(fields.String(validate=VEIL), required=True, validate=validate.Length(min=1, max=200))


EVENTS: dict[str, type[Schema]] = {"person_recused": PersonRecused}
