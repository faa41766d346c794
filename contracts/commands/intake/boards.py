"""Boards (挂牌): leaders' published profiles, and who of a unit is to be listed (S91, S93–S95). Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands.parts import Nothing, words
from contracts.events.parts import one_of
from contracts.events.reception import MAX_LINE, BoardFields
from contracts.officials import OFFICIAL_ID
from contracts.reception import Listed, Standing

MAX_MEMBERS = 500


def official(required: bool = True) -> fields.String:
    """An official by id; "" where none need be named."""
    if required:
        return fields.String(required=True, validate=OFFICIAL_ID)
    return fields.String(load_default="", validate=validate.Regexp(r"^[0-9A-Za-z-]{0,20}\Z"))


class SetBoard(BoardFields):
    """The board of an official of this office, new or changed; a published one only by a leader. → the board."""

    official = official()


class PublishBoard(Schema):
    """A leader publishes a board that has all six fields, from ``since`` (today) to ``until``, both counted. → the board."""

    official = official()
    since = fields.Date(load_default=None, allow_none=True, format="iso")
    until = fields.Date(load_default=None, allow_none=True, format="iso")

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, data: Mapping[str, Any], **_: Any) -> None:
        if None not in (data["since"], data["until"]) and data["until"] < data["since"]:
            raise ValidationError("止于不能早于起于", "until")


class ExpireBoard(Schema):
    """A leader takes a published board down: ``on`` is the last day that it counts. → the board."""

    official = official()
    on = fields.Date(required=True, format="iso")
    why = words(200)


class Member(Schema):
    """Somebody of the unit, and where in it."""

    official = official()
    name = fields.String(required=True, validate=validate.Length(min=1, max=MAX_LINE))
    standing = fields.String(required=True, validate=one_of(Standing))


class SetListing(Schema):
    """A leader says who of the unit is to be on its boards (S94), and who belongs to the unit. → ``{listed, members}``."""

    listed = fields.String(required=True, validate=one_of(Listed))
    members = fields.List(fields.Nested(Member), required=True, validate=validate.Length(1, MAX_MEMBERS))

    @validates_schema(skip_on_field_errors=True)
    def _once(self, data: Mapping[str, Any], **_: Any) -> None:
        if len({each["official"] for each in data["members"]}) < len(data["members"]):
            raise ValidationError("同一人出现两次", "members")


class BoardLog(Schema):
    """Every change of a board, the latest first, with the old and who made it. → ``{changes: [{at, by, what, old, new}]}``."""

    official = official()


COMMANDS: dict[str, type[Schema]] = {
    "set_board": SetBoard,
    "publish_board": PublishBoard,
    "expire_board": ExpireBoard,
    "set_listing": SetListing,
}
# boards → {boards: […]}, own ones first, then those told from below; board_check → {listed, missing, beyond};
# board_coverage → {units, with_board, gaps: [{office, name, tier}], communities, communities_with_board} (S90).
QUERIES: dict[str, type[Schema]] = {
    "boards": Nothing,
    "board_log": BoardLog,
    "board_check": Nothing,
    "board_coverage": Nothing,
}
