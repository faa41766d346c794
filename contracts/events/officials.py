"""The register of officials on its way: copies for every office, duties for the ladders."""

from marshmallow import Schema, fields, validate

from contracts.officials import MAX_OFFICIALS, MAX_TERMS, OFFICIAL_ID, VERSION, OfficialSchema

PART = 200  # officials in one letter


class OfficialsPublished(Schema):
    """assignment (district) → assignment of every other office: a part of a version of the register.

    ``serial`` counts the versions; a copy is whole when all ``parts`` of its serial are there. Without relations, and
    without the duties of supervisors.
    """

    version = fields.String(required=True, validate=VERSION)
    serial = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    part = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    parts = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_OFFICIALS // PART))
    officials = fields.List(
        fields.Nested(OfficialSchema(exclude=("relations",))), required=True, validate=validate.Length(1, PART)
    )


class PersonDutySchema(Schema):
    """Who has a duty; ``since`` and ``until`` are days."""

    person = fields.String(required=True, validate=OFFICIAL_ID)
    duty = fields.String(required=True)
    scope = fields.String(load_default="")
    since = fields.Date(required=True, format="iso")
    until = fields.Date(load_default=None, allow_none=True, format="iso")


class DutiesPublished(Schema):
    """assignment (district) → own supervision: every duty of a version of the register, for the rungs of the ladders."""

    version = fields.String(required=True, validate=VERSION)
    serial = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    duties = fields.List(
        fields.Nested(PersonDutySchema), required=True, validate=validate.Length(max=MAX_OFFICIALS * MAX_TERMS)
    )


EVENTS: dict[str, type[Schema]] = {
    "officials_published": OfficialsPublished,
    "duties_published": DutiesPublished,
}
