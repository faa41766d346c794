"""Home visits (走访, S24–S26): who went where, how far a campaign is, what people asked for. Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.activities import Level
from contracts.commands.parts import MAX_NOTE, NumberedPage, case_id, past_moment, words
from contracts.events.activities import CAMPAIGN, campaign_id
from contracts.events.parts import one_of
from contracts.letters import CASE_ID
from contracts.outreach import SERIAL, Source, VisitedKind

MAX_HOUSEHOLDS, MAX_COMPANIONS = 200, 20


def person() -> fields.String:
    """An official's id, or with ``by_account`` the name of an account of this office."""
    return fields.String(required=True, validate=validate.Length(1, 40))


def of_source(pattern: str) -> fields.String:
    return fields.String(load_default="", validate=validate.Regexp(rf"^({pattern})?\Z"))


class RecordHomeVisit(Schema):
    """Somebody went to ``place``. → the visit, with ``counted``: households that this campaign had not reached before.

    ``visitor`` is an official, or an account of this office (``by_account``); where the campaign names its cadres and he is
    none of them, ``why`` says why he went. ``household`` names what was visited (a door number, an enterprise), so that a
    second visit does not count twice; only a hash of it is kept. Without it every one of ``households`` counts.
    """

    visitor = person()
    by_account = fields.Boolean(load_default=False)
    level = fields.String(load_default=Level.CADRE.value, validate=one_of(Level))
    why = fields.String(load_default="", validate=validate.Length(max=200))
    companions = fields.List(
        fields.String(validate=validate.Length(1, 40)), load_default=list, validate=validate.Length(max=MAX_COMPANIONS)
    )
    at = past_moment()
    place = words(200)
    kind = fields.String(required=True, validate=one_of(VisitedKind))
    households = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, MAX_HOUSEHOLDS))
    household = fields.List(
        fields.String(validate=validate.Length(1, 100)),
        load_default=list,
        validate=validate.Length(max=MAX_HOUSEHOLDS),
    )
    campaign = campaign_id()
    learned = fields.String(load_default="", validate=validate.Length(max=MAX_NOTE))


class VoidHomeVisit(Schema):
    """A visit was entered by mistake: it counts no more, and what it covered counts where it was visited next. → the visit."""

    visit = fields.String(required=True, validate=CASE_ID)
    reason = words(200)


class Sources(Schema):
    """By what a report came in: a card's serial, a home visit, a leader's going down."""

    card = of_source(SERIAL)
    visit = of_source("[0-9a-f]{32}")
    go_down = of_source("[0-9a-f]{32}")


class CollectedBy(Sources):
    """At most one of the sources."""

    @validates_schema(skip_on_field_errors=True)
    def _one_source(self, data: Mapping[str, Any], **_: Any) -> None:
        named = [source for source in Source if data[source.value]]
        if len(named) > 1:
            raise ValidationError("只能填写一个来源 (one source only)", named[1].value)


class LinkDemand(CollectedBy):
    """A report of this register was collected by a card, on a visit or on going down. → ``{case, source, id}``."""

    case = case_id()

    @validates_schema(skip_on_field_errors=True)
    def _some_source(self, data: Mapping[str, Any], **_: Any) -> None:
        if not any(data[source.value] for source in Source):
            raise ValidationError("请填写联系卡、走访或下访之一 (a source is needed)", Source.VISIT.value)


class HomeVisits(NumberedPage):
    """Visits recorded here, the latest first. → ``{visits: [{…, cases}], next}``."""

    campaign = campaign_id()


class VisitCoverage(Schema):
    """How far a campaign's visits are. → ``{campaign, offices: [{office, name, due, done, visits}], due, done, visits}``.

    ``done`` counts each household or place once; offices are this one and those below that owe or did something.
    """

    campaign = fields.String(required=True, validate=[validate.Regexp(CAMPAIGN), validate.Length(min=2)])


class CampaignCounts(VisitCoverage):
    """How many people take part (S52). → ``{campaign, leaders: {done, target}, cadres: {done, target}}``.

    Leaders who received or went down, cadres who visited, each person once wherever he worked.
    """


COMMANDS: dict[str, type[Schema]] = {
    "record_home_visit": RecordHomeVisit,
    "void_home_visit": VoidHomeVisit,
    "link_demand": LinkDemand,
}
QUERIES: dict[str, type[Schema]] = {
    "home_visits": HomeVisits,
    "visit_coverage": VisitCoverage,
    "campaign_counts": CampaignCounts,
}
