"""Who a report is about, in the structured form; routing and recusal decide on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

Rank = Literal[
    "villager",
    "village_cadre",
    "town_staff",
    "town_leader",
    "town_discipline",
    "department_head",
    "department_staff",
    "district_leader",
    "district_discipline",
    "covering_leader",
    "unknown",
]
RANKS: tuple[Rank, ...] = get_args(Rank)

OFFICE_OR_NONE = validate.Regexp(r"^([0-9a-z]{6,16})?\Z")
MAX_NAME = 60
MAX_POST = 120


@dataclass(frozen=True)
class Accused:
    """A person or post complained of (被反映人). ``office`` is where they work, "" when the reporter does not know."""

    name: str
    office: str = ""
    post: str = ""
    rank: Rank = "unknown"


class AccusedSchema(Schema):
    """JSON object → Accused. At least one of ``name`` and ``post`` must say who is meant."""

    name = fields.String(load_default="", validate=validate.Length(max=MAX_NAME))
    office = fields.String(load_default="", validate=OFFICE_OR_NONE)
    post = fields.String(load_default="", validate=validate.Length(max=MAX_POST))
    rank = fields.String(load_default="unknown", validate=validate.OneOf(RANKS))

    @validates_schema
    def _names_somebody(self, data: Mapping[str, Any], **_: Any) -> None:
        if not (data["name"].strip() or data["post"].strip()):
            raise ValidationError("姓名和职务至少填写一项 (name or post)", "name")

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> Accused:
        return Accused(**data)
