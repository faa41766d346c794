"""Boards on their way to the public and to the offices above; and how far the cases of receptions are."""

from marshmallow import Schema, fields, validate

from contracts.activities import Level
from contracts.events.parts import moment_required, one_of
from contracts.letters import CASE_ID
from contracts.reception import Outcome

PHOTO = validate.Regexp(r"^(sha256:[0-9a-f]{64}|https://[!-~]{1,300})?\Z")
MAX_WORDS, MAX_LINE, MAX_DAYS = 300, 60, 20
LEVELS = (Level.DISTRICT_LEADER, Level.LEADER, Level.CADRE)
REV = validate.Range(1, 1_000_000)


def line(maximum: int = MAX_LINE) -> fields.String:
    """A published line, "" as long as it is not known."""
    return fields.String(load_default="", validate=validate.Length(max=maximum))


class BoardFields(Schema):
    """The six published fields of a leader (S91), and as what he receives.

    ``photo`` refers to an image kept elsewhere: an https address, or ``sha256:`` and its hash.
    """

    name = fields.String(required=True, validate=validate.Length(min=1, max=MAX_LINE))
    photo = fields.String(load_default="", validate=PHOTO)
    post = line()
    duties = line(MAX_WORDS)
    place = line(MAX_WORDS)
    contact = line(MAX_WORDS)
    level = fields.String(required=True, validate=validate.OneOf([level.value for level in LEVELS]))


class BoardPublished(BoardFields):
    """intake (the leader's office) → intake of every office above, and the portal: a published board as it stands.

    ``days`` says in Chinese when he receives; ``since`` and ``until`` are both counted. No official's id goes with it.
    """

    profile = fields.String(required=True, validate=CASE_ID)
    days = fields.List(
        fields.String(validate=validate.Length(1, MAX_WORDS)), load_default=list, validate=validate.Length(max=MAX_DAYS)
    )
    since = fields.Date(required=True, format="iso")
    until = fields.Date(required=True, allow_none=True, format="iso")
    rev = fields.Integer(required=True, strict=True, validate=REV)


class CaseOutcome(Schema):
    """assignment → own intake: how far a petition is that this office holds or passed on, for what follows from it there.

    ``round`` counts how often it was opened again; ``key``: it is flagged hot or hard.
    """

    outcome = fields.String(required=True, validate=one_of(Outcome))
    round = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10_000))
    key = fields.Boolean(required=True)
    at = moment_required()


class OutcomeTold(CaseOutcome):
    """assignment (who signed for a petition) → assignment of the office it came from, which passes it on the same way."""


EVENTS: dict[str, type[Schema]] = {
    "board_published": BoardPublished,
    "case_outcome": CaseOutcome,
    "outcome_told": OutcomeTold,
}
