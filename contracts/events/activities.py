"""Work done among people, told upward so that it is counted there; and campaigns (专项行动), told downward."""

from marshmallow import Schema, fields, validate

from contracts.activities import ActivityKind, Level
from contracts.events.parts import moment_required, one_of
from contracts.letters import CASE_ID, OFFICE_ID

CAMPAIGN = r"^([a-z_]{2,20})?\Z"
MAX_COUNT = 100_000
WORD = validate.Regexp(r"^[a-z_]{0,30}\Z")


def campaign_id() -> fields.String:
    """The id of a campaign, "" for none."""
    return fields.String(load_default="", validate=validate.Regexp(CAMPAIGN))


class ActivityTold(Schema):
    """intake (where it was done) → intake of every office above: an activity as it stands; a higher ``rev`` replaces it.

    Without case, name or text: ``matter`` only tells distinct cases apart.
    """

    activity = fields.String(required=True, validate=CASE_ID)
    kind = fields.String(required=True, validate=one_of(ActivityKind))
    office = fields.String(required=True, validate=OFFICE_ID)
    at = moment_required()
    by = fields.String(load_default="", validate=validate.Length(max=60))
    level = fields.String(load_default="", validate=validate.OneOf(["", *(level.value for level in Level)]))
    count = fields.Integer(load_default=1, strict=True, validate=validate.Range(0, MAX_COUNT))
    detail = fields.String(load_default="", validate=WORD)
    campaign = campaign_id()
    matter = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-f]{16})?\Z"))
    key = fields.Boolean(load_default=False)
    result = fields.String(load_default="", validate=WORD)
    rating = fields.String(load_default="", validate=WORD)
    void = fields.Boolean(load_default=False)
    rev = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))


class CampaignPublished(Schema):
    """intake (the office that runs it) → intake of every office below: a campaign as it stands (S8, S11, S24, S52)."""

    campaign = fields.String(required=True, validate=validate.Regexp(r"^[a-z_]{2,20}\Z"))
    name = fields.String(required=True, validate=validate.Length(min=1, max=60))
    since = fields.Date(required=True, format="iso")
    until = fields.Date(required=True, format="iso")
    leaders_target = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, MAX_COUNT))
    cadres_target = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, MAX_COUNT))
    visits_due = fields.Dict(
        fields.String(validate=OFFICE_ID),
        fields.Integer(strict=True, validate=validate.Range(0, MAX_COUNT)),
        load_default=dict,
    )
    cadres = fields.List(
        fields.String(validate=validate.Length(max=60)), load_default=list, validate=validate.Length(max=2000)
    )
    rev = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))


EVENTS: dict[str, type[Schema]] = {"activity_told": ActivityTold, "campaign_published": CampaignPublished}
