"""The portal's HTTP API as schemas: what it takes and what it answers."""

from collections.abc import Mapping
from typing import Any, get_args

from marshmallow import Schema, fields, post_load, validate, validates_schema

from contracts.events import MAX_TEXT, one_of
from contracts.events.sayings import MAX_PERSON
from contracts.outreach import SERIAL
from contracts.words import Rating, SaidWhat
from gateway.portal.rules import Saying
from gateway.reports import Report, ReportSchema, check_said, report_of, said

MAX_POINTS = 5000
MAX_COMMENT = 2000


class FileReport(ReportSchema):
    """A report. ``draft``, from ``POST /api/v1/drafts``, makes sending the same report twice harmless. ``card`` is the serial of
    the contact card whose code led here: its office counts the card as used and is told nothing of the report. With
    an anonymous report, or one on discipline, it is left out.
    """

    draft = fields.String(load_default=None, validate=validate.Length(max=200))
    card = fields.String(load_default="", validate=validate.Regexp(rf"^({SERIAL})?\Z"))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> tuple[Report, str | None]:
        return report_of(data), data["draft"]


def matter() -> fields.Integer:
    """Which matter of a receipt is meant, where it stands for several."""
    return fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 109))


class Supplement(Schema):
    """More material for a report (补充材料). Without ``matter`` it goes to the discipline report, sealed."""

    matter = matter()
    text = said(MAX_TEXT)


class GiveRating(Schema):
    """The reporter's rating of the answer (满意度评价)."""

    matter = matter()
    rating = fields.String(required=True, validate=one_of(Rating))
    comment = said(MAX_COMMENT, required=False)


class AskReview(Schema):
    """A request for review (申请复查): what the reporter disagrees with."""

    matter = matter()
    points = said(MAX_POINTS)


class Say(Schema):
    """What the reporter says of the case: withdraw, performed, not_performed, objection or retaliation.

    not_performed and retaliation need words. An objection names its ``person``. Of retaliation a report of its own is
    made, sealed to the district's discipline desk; ``contact`` is how the reporter can safely be reached.
    """

    matter = matter()
    what = fields.String(required=True, validate=one_of(SaidWhat))
    text = said(MAX_TEXT, required=False)
    person = said(MAX_PERSON, required=False)
    contact = said(100, required=False)

    @validates_schema(skip_on_field_errors=True)
    def _says_enough(self, data: Mapping[str, Any], **_: Any) -> None:
        check_said(data)


class Key(Schema):
    """``Idempotency-Key``: the same key with the same receipt does the same thing once."""

    key = fields.String(load_default=None, data_key="Idempotency-Key", validate=validate.Length(min=8, max=100))


class Promise(Schema):
    """What comes next, and by when it was promised."""

    words = fields.String()
    due = fields.DateTime(allow_none=True)
    how = fields.List(fields.String())
    provisional = fields.Boolean()
    overdue = fields.Boolean()


class Filed(Schema):
    """The receipt of a report taken in. It is shown this once and stored nowhere."""

    receipt = fields.String()
    status_url = fields.String()
    next = fields.Nested(Promise)


class Outside(Schema):
    """The organ outside this system that a report has to go to."""

    name = fields.String()
    address = fields.String()
    phone = fields.String()


class TurnedOutside(Schema):
    """Nothing was stored: the report belongs to the organ above the district."""

    outside = fields.Nested(Outside)
    words = fields.String()
    letter = fields.String(metadata={"description": "a letter to print, sign and send"})


class Step(Schema):
    """One step, as the public reads it."""

    step = fields.String()
    words = fields.String()
    at = fields.DateTime()
    tier = fields.String()
    office = fields.String()
    due = fields.DateTime(allow_none=True)
    how = fields.List(fields.String())
    provisional = fields.Boolean()
    note = fields.String()


class MatterStatus(Schema):
    """Where a matter stands. ``status`` is ``not_arrived_yet`` for a receipt that is well formed but not known here."""

    matter = fields.Integer()
    kind = fields.String(metadata={"description": "matter, or retaliation for one"})
    status = fields.String()
    words = fields.String()
    number = fields.String()
    steps = fields.List(fields.Nested(Step))
    next = fields.Nested(Promise, allow_none=True)
    may = fields.List(fields.String(validate=validate.OneOf(get_args(Saying))))


class ReportStatus(MatterStatus):
    """Where a report stands: its first matter, and all of them in ``matters``."""

    matters = fields.List(fields.Nested(MatterStatus))


class Taken(Schema):
    """What the reporter added was taken."""

    taken_at = fields.DateTime()
    words = fields.String()


class Draft(Schema):
    """A draft for one report."""

    draft = fields.String()


class Way(Schema):
    """A public channel of an office that is open today; what does not fit its kind is empty."""

    kind = fields.String()
    words = fields.String()
    label = fields.String()
    address = fields.String()
    place = fields.String()
    phone = fields.String()
    mailbox = fields.String()
    url = fields.String()
    qr = fields.String(metadata={"description": "what its QR code leads to"})
    hours = fields.String()
    capacity = fields.Integer(metadata={"description": "people a reception room holds"})
    official_name = fields.String(metadata={"description": "whose mailbox it is"})
    official_post = fields.String()


class Place(Schema):
    """An office of the network, with the offices below it."""

    id = fields.String()
    name = fields.String()
    tier = fields.String()
    phone = fields.String()
    hours = fields.String()
    address = fields.String()
    channels = fields.List(fields.Nested(Way))
    offices = fields.List(fields.Nested(lambda: Place()))  # noqa: PLW0108 - the class is not there yet


class OutsidePlace(Schema):
    """An office of the district's area that a body outside manages; a report about it is passed on by document."""

    id = fields.String()
    name = fields.String()
    managed_by = fields.Nested(Outside, allow_none=True)


class Offices(Schema):
    """The tree of offices."""

    offices = fields.List(fields.Nested(Place))
    outside = fields.List(fields.Nested(OutsidePlace))


class PublishedLeader(Schema):
    """A leader who can be seen by name; ``photo`` refers to an image kept elsewhere, ``days`` says when he receives."""

    name = fields.String()
    photo = fields.String()
    post = fields.String()
    duties = fields.String()
    place = fields.String()
    contact = fields.String()
    days = fields.List(fields.String())


class LeadersOfOffice(Schema):
    """The leaders of an office."""

    id = fields.String()
    name = fields.String()
    tier = fields.String()
    leaders = fields.List(fields.Nested(PublishedLeader))


class Leaders(Schema):
    """Offices that have published leaders."""

    offices = fields.List(fields.Nested(LeadersOfOffice))
