"""Who answers for what (包抓): 3+2 groups, class leaders, hand-overs, awards and sanctions. Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.accused import OFFICE_OR_NONE
from contracts.commands.parts import case_id, office_id, words
from contracts.letters import CASE_ID
from contracts.officials import OFFICIAL_ID

MERITS = ("award", "sanction", "score")  # 奖励, 惩处, 考核得分
SLOT = validate.Regexp(r"^[a-z_]{2,30}\Z")
PERSON_OR_NONE = validate.Regexp(r"^[0-9A-Za-z-]{0,20}\Z")
MAX_DOCUMENT = 80


def document_no(*, required: bool = True) -> fields.String:
    """The number of a paper document."""
    if required:
        return fields.String(required=True, validate=[validate.Length(1, MAX_DOCUMENT), validate.Regexp(r".*\S")])
    return fields.String(load_default="", validate=validate.Length(max=MAX_DOCUMENT))


class OpenHandOver(Schema):
    """A leader of the district opens the hand-over of a seat that changes on ``day``, the first day of who comes (S27).

    → the hand-over with the numbers of the town's open matters. Refused ``no_change``: the register knows of none then.
    """

    town = office_id()
    slot = fields.String(required=True, validate=SLOT)
    day = fields.Date(required=True, format="iso")
    note = fields.String(load_default="", validate=validate.Length(max=2000))


class SignHandOver(Schema):
    """One of the two confirms: by his own account, or a leader enters the sheet he signed with its number (``paper``)."""

    hand_over = fields.String(required=True, validate=CASE_ID)
    person = fields.String(required=True, validate=OFFICIAL_ID)
    paper = document_no(required=False)


class RecordMerit(Schema):
    """The district's leader enters an award, a sanction or a score of a town: all five of its group share it (S29).

    ``day`` is the document's; ``points`` are hundredths of a point, needed for a score. Refused ``incomplete`` where the
    group had an empty seat on that day: nothing is written for the others.
    """

    town = office_id()
    kind = fields.String(required=True, validate=validate.OneOf(MERITS))
    what = words()
    document_no = document_no()
    day = fields.Date(required=True, format="iso")
    points = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(-100_000, 100_000))

    @validates_schema(skip_on_field_errors=True)
    def _scored(self, data: Mapping[str, Any], **_: Any) -> None:
        if (data["kind"] == "score") != (data["points"] is not None):
            raise ValidationError("考核得分须填写分数,其他种类不填 (points goes with a score)", "points")


class OfDay(Schema):
    """As it stands on ``day`` (today when absent)."""

    day = fields.Date(load_default=None, allow_none=True, format="iso")


class Responsible(Schema):
    """Who answers for a case, and why (S28, S36, S37): never somebody recused from it."""

    case = case_id()


class HandOvers(Schema):
    """The hand-overs of a town, or all; the latest first."""

    town = fields.String(load_default="", validate=OFFICE_OR_NONE)


class Merits(Schema):
    """Awards, sanctions and scores of a town or a person; an act of a leader, or of the person himself."""

    town = fields.String(load_default="", validate=OFFICE_OR_NONE)
    person = fields.String(load_default="", validate=PERSON_OR_NONE)


COMMANDS: dict[str, type[Schema]] = {
    "open_hand_over": OpenHandOver,
    "sign_hand_over": SignHandOver,
    "record_merit": RecordMerit,
}
# groups → {groups: [{town, name, seats, complete, findings, unsigned}]}; matrix → {leaders, findings};
# areas → {areas: [{area, name, towns, holders, history}]}; hand_overs → {hand_overs}; merits → {merits}.
QUERIES: dict[str, type[Schema]] = {
    "groups": OfDay,
    "matrix": OfDay,
    "areas": OfDay,
    "responsible": Responsible,
    "hand_overs": HandOvers,
    "merits": Merits,
}
