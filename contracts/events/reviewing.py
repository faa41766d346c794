"""Opinions that may be reviewed, and what reviews said."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import VEIL, TermSchema, moment_required, one_of
from contracts.letters import CASE_ID, OFFICE_ID
from contracts.words import Desk, Form


class OpinionServed(Schema):
    """assignment (holder) → own hearing and the reviewing office's hearing: an opinion that may be reviewed until K7."""

    number = fields.String(required=True)
    receipt_hash = fields.String(required=True, validate=validate.Length(equal=64))
    entry_office = fields.String(required=True, validate=OFFICE_ID)
    entered_at = moment_required()
    desk = fields.String(required=True, validate=one_of(Desk))
    category = fields.String(required=True)
    opinion_no = fields.String(required=True)
    verdict = fields.String(required=True)
    served_at = moment_required()
    review_until = moment_required()
    review_office = fields.String(required=True)
    holder = fields.String(required=True, validate=OFFICE_ID)
    term = fields.Nested(TermSchema, required=True)
    place = fields.String(load_default="", validate=validate.Length(max=200))
    excluded = fields.List(fields.String(validate=OFFICE_ID), load_default=list)
    recused = fields.List(fields.String(validate=VEIL), load_default=list)


class ReviewDecided(Schema):
    """hearing → assignment of the office whose opinion was reviewed: upheld, changed, revoked or to be done again."""

    level = fields.String(required=True, validate=validate.OneOf(["review", "final_review"]))
    outcome = fields.String(required=True)
    opinion_no = fields.String(required=True)
    at = moment_required()


def _matters(least: int) -> fields.List[str]:
    return fields.List(
        fields.String(validate=validate.Regexp(r"^[0-9a-f]{16}\Z")), required=True, validate=validate.Length(least, 11)
    )


class HearingHeld(Schema):
    """hearing → hearing of every office above: a hearing was completed. Nothing of its cases but what counts them."""

    session = fields.String(required=True, validate=CASE_ID)
    at = moment_required()
    form = fields.String(required=True, validate=one_of(Form))
    matters = _matters(1)
    resolved = _matters(0)
    agreed = fields.Boolean(required=True)
    hidden_from = fields.List(fields.String(validate=OFFICE_ID), load_default=list, validate=validate.Length(max=100))


class HearingPublished(Schema):
    """hearing → portal: the notice of a public hearing, or a terminating opinion without persons; ``withdrawn`` takes it back."""

    session = fields.String(required=True, validate=CASE_ID)
    kind = fields.String(required=True, validate=validate.OneOf(["notice", "termination"]))
    rev = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    form = fields.String(required=True, validate=one_of(Form))
    place = fields.String(required=True, validate=validate.Length(max=200))
    at = moment_required()
    text = fields.String(required=True, validate=validate.Length(max=20_000))
    withdrawn = fields.Boolean(required=True)


EVENTS: dict[str, type[Schema]] = {
    "opinion_served": OpinionServed,
    "review_decided": ReviewDecided,
    "hearing_held": HearingHeld,
    "hearing_published": HearingPublished,
}
