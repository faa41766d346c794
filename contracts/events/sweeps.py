"""Sweeps: rounds ordered from above, disputes told upward without their parties, findings that become cases, nudges upward."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import MAX_HEADS, moment_required, one_of
from contracts.letters import CASE_ID, OFFICE_ID
from contracts.sweeps import DisputeStatus, Risk, Said, SweepMode, SweepScope

ROUND = validate.Regexp(r"^[a-z_]{2,20}\Z")
MAX_OFFICES = 500
MAX_DISPUTES = 200


def dispute_id() -> fields.String:
    return fields.String(required=True, validate=CASE_ID)


def number_of(most: int) -> fields.Integer:
    return fields.Integer(load_default=0, strict=True, validate=validate.Range(0, most))


class SweepTold(Schema):
    """What of a sweep's content goes up with its return: how it was done and how many, nothing of what was found."""

    scope = fields.String(required=True, validate=one_of(SweepScope))
    mode = fields.String(required=True, validate=one_of(SweepMode))
    found = number_of(MAX_DISPUTES)
    still = number_of(10_000)
    settled = number_of(10_000)
    worse = number_of(10_000)


class RoundOrdered(Schema):
    """supervision (who orders) → supervision of the offices that sweep, of those between and of those above: an extra round."""

    round = fields.String(required=True, validate=ROUND)
    name = fields.String(required=True, validate=validate.Length(min=1, max=60))
    since = fields.Date(required=True, format="iso")
    until = fields.Date(required=True, format="iso")
    scope = fields.String(required=True, validate=one_of(SweepScope))
    about = fields.String(load_default="", validate=validate.Length(max=200))
    offices = fields.List(
        fields.String(validate=OFFICE_ID), required=True, validate=validate.Length(min=1, max=MAX_OFFICES)
    )


class DisputeTold(Schema):
    """supervision (where it was found) → supervision of every office above: a dispute as it stands, a higher ``rev`` replaces it.

    Without parties, contact, summary, cause and words; without the case that it became.
    """

    dispute = dispute_id()
    number = fields.String(required=True, validate=validate.Length(min=1, max=40))
    office = fields.String(required=True, validate=OFFICE_ID)
    period = fields.String(required=True, validate=validate.Length(max=10))
    found_on = fields.Date(required=True, format="iso")
    place = fields.String(required=True, validate=validate.Length(max=200))
    category = fields.String(required=True, validate=validate.Length(max=20))
    heads = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_HEADS))
    risk = fields.String(required=True, validate=one_of(Risk))
    mass = fields.Boolean(required=True)
    lead = fields.String(load_default="", validate=validate.Length(max=16))
    status = fields.String(required=True, validate=one_of(DisputeStatus))
    said = fields.String(load_default="", validate=validate.OneOf(["", *(word.value for word in Said)]))
    due = fields.Date(load_default=None, allow_none=True, format="iso")
    closed_on = fields.Date(load_default=None, allow_none=True, format="iso")
    rev = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))


class FindingRaised(Schema):
    """supervision → own intake: a dispute is to be registered as a petition (转信访, S10); the letter's case is its id."""

    dispute = dispute_id()
    category = fields.String(required=True, validate=validate.Length(max=20))
    place = fields.String(required=True, validate=validate.Length(max=200))
    text = fields.String(required=True, validate=validate.Length(min=1, max=2000))
    heads = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_HEADS))


class DisputeRegistered(Schema):
    """intake → own supervision: the petition that a dispute became has a number."""

    dispute = dispute_id()
    number = fields.String(required=True, validate=validate.Length(min=1, max=40))


class Nudged(Schema):
    """supervision → supervision of an office above: what we sent up is still with you. ``number`` is the case's."""

    nudge = dispute_id()
    number = fields.String(required=True, validate=validate.Length(min=1, max=40))
    at = moment_required()
    words = fields.String(load_default="", validate=validate.Length(max=500))


class NudgeAnswered(Schema):
    """supervision (above) → supervision of the office that nudged."""

    nudge = dispute_id()
    at = moment_required()
    answer = fields.String(required=True, validate=validate.Length(min=1, max=500))


EVENTS: dict[str, type[Schema]] = {
    "round_ordered": RoundOrdered,
    "dispute_told": DisputeTold,
    "finding_raised": FindingRaised,
    "dispute_registered": DisputeRegistered,
    "nudged": Nudged,
    "nudge_answered": NudgeAnswered,
}
