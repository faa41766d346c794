"""A report as people give it, at the portal or at a desk, and how it is sealed in the process that takes it.

Whatever accuses somebody, or is a matter of discipline, is sealed whole to ONE discipline desk; of an ordinary petition
only who reported is sealed (design.md section 4, "Sealing"). Nothing here writes or logs.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from contracts.accused import Accused, AccusedSchema
from contracts.events import MAX_HEADS, MAX_TEXT, one_of
from contracts.policy import Policy
from contracts.telling import DISCIPLINE_CATEGORY
from contracts.words import Channel, Desk, Nature, SaidWhat
from network.keys import DeskId, Keyring
from network.offices import Body, District
from network.recipient import recipient
from network.sealing import seal

UNSORTED = "C17"  # 其他: the petition bureau sorts it
MAX_ACCUSED = 20
HOTLINE = "12388"  # the national line of the discipline organs, for a district file that names no body

_REGION_CODE = re.compile(r"^\d{6,12}(d\d\d)?\Z")


def said(maximum: int, *, required: bool = True) -> fields.String:
    """A text of at most ``maximum`` characters that says something; "" where it need not be given."""
    if not required:
        return fields.String(load_default="", validate=validate.Length(max=maximum))
    something = validate.Regexp(r"(?s).*\S", error="A word is needed here.")
    return fields.String(required=True, validate=[something, validate.Length(max=maximum)])


class ReporterSchema(Schema):
    """Who reports (信访人、举报人). Left out altogether, the report is anonymous."""

    name = said(60, required=False)
    phone = said(40, required=False)
    address = said(200, required=False)

    @validates_schema(skip_on_field_errors=True)
    def _can_be_named(self, data: Mapping[str, Any], **_: Any) -> None:
        if not (data["name"].strip() or data["phone"].strip()):
            raise ValidationError("Name or telephone is needed; leave the whole part out to stay anonymous.", "name")


@dataclass(frozen=True)
class Report:
    """What somebody reports. ``place`` is an office id or free text; ``reporter`` is None for an anonymous one.

    ``head_count`` people report together; ``emergency`` says that somebody is in danger now (K14). ``representatives``
    and ``external_no``, the number another platform gave it, are asked at a desk only; ``card``, the serial of the contact card
    whose code led here, at the portal only (S26).
    """

    text: str
    place: str
    category: str = UNSORTED
    channel: str = Channel.WEB.value
    nature: str = ""
    accused: tuple[Accused, ...] = ()
    reporter: Mapping[str, str] | None = None
    urgent: bool = False
    head_count: int = 1
    emergency: bool = False
    representatives: int = 0
    external_no: str = ""
    card: str = ""

    @property
    def real_name(self) -> bool:
        """Whether it gives a name (实名); with a way to reach the person it is also contactable (JK art. 24)."""
        return self.reporter is not None and bool(self.reporter["name"].strip())

    @property
    def contactable(self) -> bool:
        return self.reporter is not None and bool(self.reporter["phone"].strip() or self.reporter["address"].strip())


class ReportSchema(Schema):
    """JSON object → Report."""

    text = said(MAX_TEXT)
    place = said(200)
    category = fields.String(load_default=UNSORTED, validate=validate.Length(max=20))
    channel = fields.String(load_default=Channel.WEB.value, validate=one_of(Channel))
    nature = fields.String(load_default="", validate=validate.OneOf(["", *(word.value for word in Nature)]))
    accused = fields.List(fields.Nested(AccusedSchema), load_default=list, validate=validate.Length(max=MAX_ACCUSED))
    reporter = fields.Nested(ReporterSchema, load_default=None, allow_none=True)
    urgent = fields.Boolean(load_default=False)
    head_count = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, MAX_HEADS))
    emergency = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Any:
        return report_of(data)


def report_of(data: Mapping[str, Any]) -> Report:
    """The report in what a schema with these fields loaded."""
    given = {name: data[name] for name in Report.__dataclass_fields__ if name in data}
    return Report(**{**given, "accused": tuple(data["accused"]), "category": data["category"] or UNSORTED})


def check_said(data: Mapping[str, Any]) -> None:
    """Whether what a reporter says of a case (``contracts.words.SaidWhat``) is complete. Raises ValidationError."""
    what = data["what"]
    if what in (SaidWhat.NOT_PERFORMED, SaidWhat.RETALIATION) and not data["text"].strip():
        raise ValidationError("A word is needed here.", "text")
    if (what == SaidWhat.OBJECTION) != bool(data["person"].strip()):
        raise ValidationError("申请回避须写明申请何人回避 (whom the objection is against)", "person")
    if data["contact"].strip() and what != SaidWhat.RETALIATION:
        raise ValidationError("只在反映打击报复时填写 (only with retaliation)", "contact")


def check_known(report: Report, tree: District, policy: Policy) -> None:
    """Raises ValidationError for an office code or category that does not exist."""
    wrong: dict[str, Any] = {}
    if _REGION_CODE.match(report.place) and report.place not in tree.offices:
        wrong["place"] = ["No such office."]
    if not _known_category(report.category, policy):
        wrong["category"] = ["No such category."]
    strangers = [place for place, each in enumerate(report.accused) if each.office and each.office not in tree.offices]
    if strangers:
        wrong["accused"] = {place: {"office": ["No such office."]} for place in strangers}
    if wrong:
        raise ValidationError(wrong)


def _known_category(code: str, policy: Policy) -> bool:
    try:
        policy.category(code)
    except KeyError:
        return False
    return True


def desk_of(report: Report, policy: Policy) -> Desk:
    """The desk it belongs to: who is accused, what it is about and what it wants each suffice for discipline."""
    secret = report.accused or report.nature == Nature.ACCUSE or policy.category(report.category).confidential
    return Desk.DISCIPLINE if secret else Desk.PETITION


def nature_of(report: Report, desk: Desk) -> str:
    """What the person wants; when not said, a discipline report accuses and a petition seeks."""
    return report.nature or (Nature.ACCUSE if desk == Desk.DISCIPLINE else Nature.SEEK).value


def outside_body(report: Report, tree: District) -> Body | None:
    """The body above the district that must have this report, None when the district's own discipline desk takes it."""
    chosen = recipient(report.accused, tree)
    if not chosen.outside:
        return None
    return tree.bodies.get(chosen.office) or Body(chosen.office, "上级纪检监察机关", phone=HOTLINE)


def seal_whole(report: Report, case: str, tree: District, keyring: Keyring) -> dict[str, Any]:
    """The whole report as an envelope for the one discipline desk that is to have it."""
    desk = recipient(report.accused, tree).desk
    content = {
        "text": report.text,
        "accused": [asdict(each) for each in report.accused],
        "reporter": report.reporter,
        "place": report.place,
        "head_count": report.head_count,
        "category": DISCIPLINE_CATEGORY if report.category == UNSORTED else report.category,
    }
    return seal(content, case, {desk: keyring.public(desk.office, "discipline")}).to_dict()


def seal_reporter(report: Report, case: str, office: str, keyring: Keyring) -> dict[str, Any] | None:
    """Who reported, as an envelope for the petition desk of ``office``; None for an anonymous report."""
    if report.reporter is None:
        return None
    desk = DeskId(office, "petition")
    return seal(report.reporter, case, {desk: keyring.public(office, "petition")}).to_dict()


def seal_retaliation(
    text: str, contact: str, about: Mapping[str, str], case: str, tree: District, keyring: Keyring
) -> dict[str, Any]:
    """A report of retaliation as an envelope for the district's discipline desk.

    ``about`` says which report somebody is harassed for, ``contact`` how the reporter can safely be reached ("" when
    they would rather not say).
    """
    desk = DeskId(tree.root.id, "discipline")
    reporter = {"name": "", "phone": contact, "address": ""} if contact.strip() else None
    content = {"text": text, "accused": [], "reporter": reporter, "place": "", "category": DISCIPLINE_CATEGORY}
    content |= {"retaliation_for": dict(about)}
    return seal(content, case, {desk: keyring.public(desk.office, "discipline")}).to_dict()
