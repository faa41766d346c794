"""People and offices that go, on their way to who has to know."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import words
from contracts.events.parts import CaseFileSchema, moment_required
from contracts.letters import CASE_ID
from contracts.officials import OFFICIAL_ID

MAX_BATCH = 200


class PersonLeft(Schema):
    """assignment → own intake, supervision, hearing: somebody left; what he had there goes to ``successor`` from ``day``."""

    leaving = fields.String(required=True, validate=CASE_ID)
    desk = fields.String(required=True)
    person = fields.String(load_default="")
    account = fields.String(load_default="")
    successor = fields.String(required=True, validate=OFFICIAL_ID)
    successor_name = fields.String(required=True)
    day = fields.Date(required=True, format="iso")


class OfficeSucceeded(Schema):
    """assignment (common superior) → assignment of an office that is no more: hand up what you hold, ``limit`` at a time."""

    run = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    limit = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_BATCH))
    reason = words()


class FileHandedUp(Schema):
    """assignment (office that is no more) → assignment (superior): a petition as it was left, to be read there."""

    file = fields.Nested(CaseFileSchema, required=True)
    status = fields.String(required=True)
    came_at = moment_required()
    beside = fields.Dict(required=True)


class SuccessionTold(Schema):
    """assignment (office that is no more) → assignment (superior): what is still there after a run."""

    run = fields.Integer(required=True, strict=True)
    open_left = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    files_left = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


EVENTS: dict[str, type[Schema]] = {
    "person_left": PersonLeft,
    "office_succeeded": OfficeSucceeded,
    "file_handed_up": FileHandedUp,
    "succession_told": SuccessionTold,
}
