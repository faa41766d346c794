"""Guiding supervision between the office that gave the order and the one that received it (S75)."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import moment, moment_required

PERSON = validate.Regexp(r"^[0-9A-Za-z-]{1,20}\Z")
MAX_PERSONS = 20
MAX_BY = 100
KINDS = ("choice", "opinion", "step")  # 选择与参与人员、指导意见、联合步骤


class GuidanceTold(Schema):
    """supervision (who gave a guidance order) → supervision (who received it): why and with whom, an opinion, or a joint step."""

    order = fields.String(required=True, validate=validate.Length(min=1, max=80))
    entry = fields.String(required=True, validate=validate.Length(equal=32))
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    at = moment_required()
    by = fields.String(required=True, validate=validate.Length(max=MAX_BY))
    words = fields.String(required=True, validate=validate.Length(max=2000))
    persons = fields.List(fields.String(validate=PERSON), load_default=list, validate=validate.Length(max=MAX_PERSONS))
    due = moment(required=False)


class JointStepDone(Schema):
    """supervision of the one office → supervision of the other: a joint step is done, and what came of it."""

    entry = fields.String(required=True, validate=validate.Length(equal=32))
    at = moment_required()
    result = fields.String(required=True, validate=validate.Length(max=2000))


EVENTS: dict[str, type[Schema]] = {"guidance_told": GuidanceTold, "joint_step_done": JointStepDone}
