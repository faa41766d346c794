"""The register of officials (干部名册, S9): who they are, what they hold, and its plain form in files, letters and answers.

Dates are days; a term runs from its first day to its last, both counted, and without a last day until it is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from marshmallow import Schema, ValidationError, fields, post_dump, post_load, validate, validates_schema

from contracts.accused import MAX_NAME, MAX_POST, RANKS, Rank
from contracts.letters import OFFICE_ID
from contracts.policy_parts import AcceptingTier

DutyWord = Literal[
    "covering_leader",  # 包抓领导 (3+2, S27–S29); scope: a town
    "area_holder",  # 片区包抓 (S65); scope: an area of the policy
    "discipline_secretary",  # 纪(工)委书记; scope: a town, "" for the district's
    "town_principal",  # 镇街党政主要负责人; scope: a town
    "reception_leader",  # 点名接访领导; scope: an office
    "supervisor",  # 督办人员 (S71); scope: "" or an office
    "class_leader",  # 按类包抓 (S37); scope: a town, "" for all towns; a covering leader answers for ``classes``
]
DUTIES: tuple[DutyWord, ...] = get_args(DutyWord)
MAX_OFFICIALS = 5000
MAX_TERMS = 50
MAX_CLASSES = 40

OFFICIAL_ID = validate.Regexp(r"^[0-9A-Za-z-]{1,20}\Z")
VERSION = validate.Regexp(r"^[0-9A-Za-z.-]{1,40}\Z")
SCOPE = validate.Regexp(r"^[0-9a-z_-]{0,24}\Z")


@dataclass(frozen=True)
class Post:
    """A post held at an office (任职)."""

    office: str
    post: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Duty:
    """A responsibility besides the post (分工); ``scope`` is the town, area or office it is for, "" for all.

    ``slot`` is a seat (席位) of the policy in the town's 3+2 group (S27, S28), "" for none; ``classes`` are what a class
    leader answers for (S37).
    """

    duty: DutyWord
    scope: str
    since: date
    until: date | None = None
    slot: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relation:
    """A declared relation (申报的亲属等关系) to another official of the register, by id."""

    person: str
    kind: str


@dataclass(frozen=True)
class Official:
    """An official; ``managed_by`` is the tier that manages him (干部管理权限: 镇管, 区管, 市管)."""

    id: str
    name: str
    rank: Rank
    managed_by: AcceptingTier
    posts: tuple[Post, ...] = ()
    duties: tuple[Duty, ...] = ()
    relations: tuple[Relation, ...] = ()


def in_term(term: Post | Duty, on: date) -> bool:
    """Whether the post or duty is held on that day."""
    return term.since <= on and (term.until is None or on <= term.until)


class _TermSchema(Schema):
    since = fields.Date(required=True, format="iso")
    until = fields.Date(load_default=None, allow_none=True, format="iso")

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["until"] is not None and data["until"] < data["since"]:
            raise ValidationError("止于不能早于起于", "until")


class PostSchema(_TermSchema):
    """JSON object → Post."""

    office = fields.String(required=True, validate=OFFICE_ID)
    post = fields.String(required=True, validate=validate.Length(min=1, max=MAX_POST))

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> Post:
        return Post(**data)


class DutySchema(_TermSchema):
    """JSON object → Duty."""

    duty = fields.String(required=True, validate=validate.OneOf(DUTIES))
    scope = fields.String(load_default="", validate=SCOPE)
    slot = fields.String(load_default="", validate=validate.Regexp(r"^[a-z_]{0,30}\Z"))
    classes = fields.List(
        fields.String(validate=validate.Regexp(r"^[0-9A-Z]{3,10}\Z")),
        load_default=list,
        validate=validate.Length(max=MAX_CLASSES),
    )

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> Duty:
        return Duty(**{**data, "classes": tuple(data["classes"])})

    @post_dump
    def _without_blanks(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Most duties have no seat and no classes: letters and files do not say so."""
        return {name: value for name, value in data.items() if value or name not in ("slot", "classes")}


class RelationSchema(Schema):
    """JSON object → Relation."""

    person = fields.String(required=True, validate=OFFICIAL_ID)
    kind = fields.String(required=True, validate=validate.Length(min=1, max=40))

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> Relation:
        return Relation(**data)


class OfficialSchema(Schema):
    """JSON object → Official; ``dump`` gives the object back."""

    id = fields.String(required=True, validate=OFFICIAL_ID)
    name = fields.String(required=True, validate=validate.Length(min=1, max=MAX_NAME))
    rank = fields.String(required=True, validate=validate.OneOf(RANKS))
    managed_by = fields.String(required=True, validate=validate.OneOf(get_args(AcceptingTier)))
    posts = fields.List(fields.Nested(PostSchema), load_default=list, validate=validate.Length(max=MAX_TERMS))
    duties = fields.List(fields.Nested(DutySchema), load_default=list, validate=validate.Length(max=MAX_TERMS))
    relations = fields.List(fields.Nested(RelationSchema), load_default=list, validate=validate.Length(max=MAX_TERMS))

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> Official:
        lists = {name: tuple(data.get(name, ())) for name in ("posts", "duties", "relations")}
        return Official(**{**data, **lists})
