"""Commands and queries of intake: registering a report, what is added to it, and what stands in the register."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands.intake.visits import CollectedBy
from contracts.commands.parts import HASH, Nothing, OfDesk, Page, case_id, envelope, past_moment, receipt_hash, words
from contracts.events import MAX_HEADS, MAX_TEXT, one_of
from contracts.events.activities import campaign_id
from contracts.letters import CASE_ID
from contracts.outreach import Source
from contracts.words import Channel, Desk, Nature, Rating


def channel_of_office() -> fields.String:
    """The channel of this office that a report came through, null where none is named (S15)."""
    return fields.String(load_default=None, allow_none=True, validate=CASE_ID)


def heads(least: int) -> fields.Integer:
    """A number of people; ``least`` where none is given."""
    return fields.Integer(load_default=least, strict=True, validate=validate.Range(least, MAX_HEADS))


class Register(CollectedBy):
    """An ordinary petition taken at this office (信访登记). → ``{case, number, entered_at}``.

    ``case`` is made by the desk when ``reporter`` is sealed (the envelope is bound to it). ``place`` is an office id or
    free text. ``head_count`` people report together, through so many ``representatives`` (XF22 art. 20);
    ``external_no`` is the number another platform gave it. ``emergency``: somebody is in danger, the duty chain is called.
    ``as_petition``: the text names an official, and the clerk decided that it is no accusation. ``campaign`` (专项行动) cuts
    figures; ``card``, ``visit`` or ``go_down`` says where the person was met, and the channel has to say the same.
    ``via`` is the channel of this office that it came through, ``opening`` the opening of the box that it lay in (S13), which
    names the channel too.
    """

    case = fields.String(load_default=None, allow_none=True, validate=CASE_ID)
    receipt_hash = receipt_hash()
    channel = fields.String(required=True, validate=one_of(Channel))
    nature = fields.String(required=True, validate=one_of(Nature))
    category = fields.String(required=True, validate=validate.Length(min=1, max=20))
    place = fields.String(required=True, validate=validate.Length(max=200))
    text = words(MAX_TEXT)
    real_name = fields.Boolean(required=True)
    contactable = fields.Boolean(required=True)
    urgent = fields.Boolean(load_default=False)
    reporter = envelope(required=False)
    entered_at = past_moment()
    head_count = heads(1)
    representatives = heads(0)
    external_no = fields.String(load_default="", validate=validate.Length(max=60))
    emergency = fields.Boolean(load_default=False)
    as_petition = fields.Boolean(load_default=False)
    campaign = campaign_id()
    via = channel_of_office()
    opening = fields.String(load_default=None, allow_none=True, validate=CASE_ID)

    @validates_schema
    def _sealed_reporter_has_case(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["reporter"] is not None and data["reporter"]["case"] != data["case"]:
            raise ValidationError("信封与事项不符 (reporter is sealed for another case)", "reporter")

    @validates_schema(skip_on_field_errors=True)
    def _channel_of_source(self, data: Mapping[str, Any], **_: Any) -> None:
        for source in Source:
            if data[source.value] and data["channel"] != source.channel:
                raise ValidationError(f"渠道应为 {source.channel.value} (the channel says otherwise)", source.value)


class RegisterSealed(Schema):
    """A discipline report, sealed by the desk to ONE recipient before it came here (检举控告密封登记).

    → ``{custody: true}``, or ``{case, number, entered_at}`` when the own discipline desk is the recipient.
    ``sealed`` is null exactly when the recipient is a body outside the network: then nothing but custody is kept.
    ``flags``: "retaliation" says that the report is of retaliation for another one (JK art. 49). ``via`` stays in the own row.
    """

    case = case_id()
    receipt_hash = receipt_hash()
    channel = fields.String(required=True, validate=one_of(Channel))
    nature = fields.String(required=True, validate=one_of(Nature))
    real_name = fields.Boolean(required=True)
    contactable = fields.Boolean(required=True)
    recipient_office = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-z-]{2,40}$"))
    recipient_desk = fields.String(required=True, validate=one_of(Desk))
    sealed = envelope()
    urgent = fields.Boolean(load_default=False)
    flags = fields.List(fields.String(validate=validate.OneOf(["retaliation"])), load_default=list)
    entered_at = past_moment()
    via = channel_of_office()

    @validates_schema
    def _envelope_of_case(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["sealed"] is not None and data["sealed"]["case"] != data["case"]:
            raise ValidationError("信封与事项不符 (sealed for another case)", "sealed")


class Supplement(Schema):
    """More material for a report registered here (补充材料), by receipt or by case. → ``{case, supplement}``."""

    receipt_hash = fields.String(load_default=None, allow_none=True, validate=HASH)
    case = fields.String(load_default=None, allow_none=True, validate=CASE_ID)
    text = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=MAX_TEXT))
    sealed = envelope(required=False)

    @validates_schema
    def _one_of_each(self, data: Mapping[str, Any], **_: Any) -> None:
        if (data["receipt_hash"] is None) == (data["case"] is None):
            raise ValidationError("请填写查询码或事项之一 (either receipt_hash or case)", "receipt_hash")
        if (data["text"] is None) == (data["sealed"] is None):
            raise ValidationError("请填写文字或密封件之一 (either text or sealed)", "text")


class Rate(Schema):
    """The reporter's rating (满意度评价), by receipt. → ``{case, rating}``."""

    receipt_hash = receipt_hash()
    rating = fields.String(required=True, validate=one_of(Rating))
    comment = fields.String(load_default="", validate=validate.Length(max=2000))


class Split(Schema):
    """Another matter that an ordinary petition names becomes a case of its own (分件), at its entry office.

    → ``{case, number, entered_at}`` of the new one. Who has the receipt of the whole finds it as well.
    """

    case = case_id()
    category = fields.String(required=True, validate=validate.Length(min=1, max=20))
    text = words(MAX_TEXT)
    place = fields.String(required=True, validate=validate.Length(max=200))
    nature = fields.String(required=True, validate=one_of(Nature))


class ListReports(Page):
    """The register of one desk, oldest first. → ``{reports: […], next}``; ``next`` is "" at the end."""

    desk = fields.String(load_default=Desk.PETITION.value, validate=one_of(Desk))


class GetReport(Schema):
    """One report with supplements, ratings and notices. → ``{report, supplements, ratings, notices}``."""

    case = case_id()


class Matters(Schema):
    """Which of the hashes that a receipt may stand for are registered here, at the actor's desk.

    → ``{matters: [{receipt_hash, case, number, desk, entered_at, category}]}``.
    """

    receipt_hashes = fields.List(fields.String(validate=HASH), required=True, validate=validate.Length(1, 120))


class Repeats(Schema):
    """Petitions of this register that may be the same matter reported before, for a clerk to confirm (link_repeat).

    Compared are matters, never persons. → ``{repeats: [{case, number, entered_at, similarity, why}]}``, likeliest first;
    ``similarity`` is in percent, ``why`` in Chinese.
    """

    case = case_id()


COMMANDS: dict[str, type[Schema]] = {
    "register": Register,
    "register_sealed": RegisterSealed,
    "supplement": Supplement,
    "rate": Rate,
    "split": Split,
}

# counts → {registered, by_channel, by_category, by_nature, rated} of the actor's desk.
# todo → {emergencies, custody, promises}: what waits here, the most pressing first.
QUERIES: dict[str, type[Schema]] = {
    "todo": OfDesk,
    "list_reports": ListReports,
    "get_report": GetReport,
    "matters": Matters,
    "repeats": Repeats,
    "counts": Nothing,
}
