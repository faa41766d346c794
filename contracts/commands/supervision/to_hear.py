"""Petitions that are proposed for a hearing, and what a leader decides (S103)."""

from marshmallow import Schema, fields, validate

from contracts.letters import CASE_ID


class DecideHearingProposal(Schema):
    """A leader decides whether a proposed petition is to be heard, and says why. The hearing itself is called as any other."""

    case = fields.String(required=True, validate=CASE_ID)
    hear = fields.Boolean(required=True)
    reason = fields.String(required=True, validate=[validate.Length(min=1, max=1000), validate.Regexp(r"(?s).*\S")])


class HearingProposals(Schema):
    """→ ``{candidates: [{case, number, …, repeats, reasons}]}``: petitions that nobody decided on yet.

    A reason is "repeated" (the matter came again as often as the policy says) or "level_skipped" (carried to the city).
    """


COMMANDS: dict[str, type[Schema]] = {"decide_hearing_proposal": DecideHearingProposal}
QUERIES: dict[str, type[Schema]] = {"hearing_proposals": HearingProposals}
