"""Channels of an office (渠道): registry, staffing, directory, coverage (S12–S16, S18, S22). Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands.figures import Figures
from contracts.commands.parts import MAX_LIST, Nothing, words
from contracts.events.channels import WHO, ChannelPart, OfficialOf, Person, day, line_of
from contracts.letters import CASE_ID


def channel_id() -> fields.String:
    """A channel of this office, 32 hex digits."""
    return fields.String(required=True, validate=CASE_ID)


def in_order(data: Mapping[str, Any]) -> None:
    if data["until"] is not None and data["until"] < data["since"]:
        raise ValidationError("止于不能早于起于", "until")


class ChannelGiven(ChannelPart):
    """A channel as it is entered; a leader's mailbox names its ``official``."""

    official = fields.Nested(OfficialOf, load_default=None, allow_none=True)
    public = fields.Boolean(required=True)

    @validates_schema(skip_on_field_errors=True)
    def _days(self, data: Mapping[str, Any], **_: Any) -> None:
        in_order(data)


class SetChannel(ChannelGiven):
    """A leader enters a channel of the office, or changes the one named; the old stands beside it with its end.

    → the channel. A public one is told to the portal.
    """

    channel = fields.String(load_default=None, allow_none=True, validate=CASE_ID)
    why = line_of(200)


class CloseChannel(Schema):
    """A channel is closed from now on, and leaves the directory. → the channel."""

    channel = channel_id()
    why = words(200)


class SetStaff(Schema):
    """Who minds a channel (专人), and who else stands in (S15). → the channel."""

    channel = channel_id()
    clerk = fields.Nested(Person, required=True)
    deputy = fields.Nested(Person, load_default=None, allow_none=True)
    since = day()


class SetAbsence(Schema):
    """An account of the office is away, both days counted; without ``until`` it is gone for good. → ``{absence}``.

    Said by who is away, or by a leader.
    """

    account = fields.String(required=True, validate=WHO)
    since = day()
    until = day(required=False)

    @validates_schema(skip_on_field_errors=True)
    def _days(self, data: Mapping[str, Any], **_: Any) -> None:
        in_order(data)


class EndAbsence(Schema):
    """Somebody is back: ``until`` is the last day away. → ``{absence}``."""

    absence = fields.String(required=True, validate=CASE_ID)
    until = day()


class ChannelRow(ChannelGiven):
    """A channel of a file, with who minds it."""

    clerk = fields.Nested(Person, load_default=None, allow_none=True)
    deputy = fields.Nested(Person, load_default=None, allow_none=True)


class ImportChannels(Schema):
    """The channels of a file, all or none; one of the same kind and label is changed. → ``{added, changed, same}``."""

    channels = fields.List(fields.Nested(ChannelRow), required=True, validate=validate.Length(1, MAX_LIST))


class Channels(Schema):
    """Channels of this office, or of the one below that is named; with ``history`` the former versions too.

    → ``{channels: [{…, state, rev, replaced_at, unstaffed}]}``; state is live, ahead, expired or closed.
    """

    office = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-z]{6,16})?\Z"))
    history = fields.Boolean(load_default=False)


class ChannelReports(Figures):
    """Per channel of this office: petitions registered through it in these days, and how soon they were answered.

    → ``{channels: [{channel, kind, label, reports, replied, median_days}]}``: ``replied`` had a notice by now;
    ``median_days`` from entry to the first notice, null where none was.
    """

    class Meta:
        exclude = ("campaign", "office")


class NetworkCoverage(Schema):
    """Which offices, from here to the bottom, have a live channel with phone, hours and a named clerk (S22).

    → ``{offices: [{office, name, tier, covered, lacks, words, clerk, phone, hours}], covered, should, tiers}``, of each tier
    ``{tier, covered, should}``. ``tier`` leaves the others out, ``gaps_only`` those that are covered.
    """

    tier = fields.String(load_default="", validate=validate.OneOf(["", "district", "town", "village", "department"]))
    gaps_only = fields.Boolean(load_default=False)


COMMANDS: dict[str, type[Schema]] = {
    "set_channel": SetChannel,
    "close_channel": CloseChannel,
    "set_staff": SetStaff,
    "set_absence": SetAbsence,
    "end_absence": EndAbsence,
    "import_channels": ImportChannels,
}

# channel_alerts → {alerts: [{office, name, channel, kind, label, since, until, why, words}]} of this office and below.
QUERIES: dict[str, type[Schema]] = {
    "channels": Channels,
    "absences": Nothing,
    "channel_alerts": Nothing,
    "channel_reports": ChannelReports,
    "network_coverage": NetworkCoverage,
}
