"""The register of officials (干部名册): versions, copies without relations, matching who is accused. Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.accused import MAX_NAME, MAX_POST, OFFICE_OR_NONE
from contracts.commands.parts import HASH, MAX_LIST, case_id
from contracts.officials import MAX_OFFICIALS, OFFICIAL_ID, VERSION, OfficialSchema

MAX_ACCUSED = 20


class ImportOfficials(Schema):
    """A whole register as its next version; an act of a leader of the district's discipline desk.

    → ``{version, serial, officials, changed}``.

    Nothing of a file with a fault is kept; faults are told under ``officials.<place>.<list>.<place>.<field>``.
    """

    version = fields.String(required=True, validate=VERSION)
    officials = fields.List(
        fields.Nested(OfficialSchema), required=True, validate=validate.Length(min=1, max=MAX_OFFICIALS)
    )


class MatchAccused(Schema):
    """Who is accused (被反映人核对): ``officials`` of the register, or ``unknown`` where somebody is not found there.

    An act of a leader or of triage. Refused ``not_superior``: an official's post is neither at this office nor below.

    ``marks`` stand for the officials where repeats are looked for; the desk program of a discipline desk makes them.
    """

    case = case_id()
    officials = fields.List(
        fields.String(validate=OFFICIAL_ID), load_default=list, validate=validate.Length(max=MAX_ACCUSED)
    )
    not_found = fields.Boolean(load_default=False, data_key="unknown")
    marks = fields.List(fields.String(validate=HASH), load_default=list, validate=validate.Length(max=MAX_ACCUSED))

    @validates_schema(skip_on_field_errors=True)
    def _says_who(self, data: Mapping[str, Any], **_: Any) -> None:
        if not data["officials"] and not data["not_found"]:
            raise ValidationError("请选择被反映人,或者注明身份不明 (officials or unknown)", "officials")


class Officials(Schema):
    """Officials whose name, id or post has ``text`` in it, at ``office`` if given. → ``{officials, next, version}``.

    Declared relations are shown at the district's discipline desk alone.
    """

    text = fields.String(load_default="", validate=validate.Length(max=MAX_NAME))
    office = fields.String(load_default="", validate=OFFICE_OR_NONE)
    limit = fields.Integer(load_default=50, strict=True, validate=validate.Range(1, MAX_LIST))
    after = fields.String(load_default="", validate=validate.Regexp(r"^[0-9A-Za-z-]{0,20}\Z"))


class Candidates(Schema):
    """Officials who may be meant, the best fit first, with reasons. → ``{candidates: [{official, score, why}]}``."""

    name = fields.String(load_default="", validate=validate.Length(max=MAX_NAME))
    post = fields.String(load_default="", validate=validate.Length(max=MAX_POST))
    office = fields.String(load_default="", validate=OFFICE_OR_NONE)

    @validates_schema
    def _names_somebody(self, data: Mapping[str, Any], **_: Any) -> None:
        if not (data["name"].strip() or data["post"].strip()):
            raise ValidationError("姓名和职务至少填写一项 (name or post)", "name")


class Repeats(Schema):
    """Other cases of the desk about one of the same accused. → ``{cases: […]}``. They are linked, never merged."""

    case = case_id()


COMMANDS: dict[str, type[Schema]] = {
    "import_officials": ImportOfficials,
    "match_accused": MatchAccused,
}
QUERIES: dict[str, type[Schema]] = {
    "officials": Officials,
    "candidates": Candidates,
    "repeats": Repeats,
}
