"""Campaigns (专项行动, 重点工作): their name, period, targets and cadres (S8, S11, S24, S52). Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, validates_schema

from contracts.commands.parts import Nothing
from contracts.events.activities import CampaignPublished


class SetCampaign(CampaignPublished):
    """A leader of an office sets up or changes a campaign, for the office and all below it. → the campaign.

    ``visits_due`` says for each office how many households or enterprises are to be visited (S25), ``cadres`` who goes
    (S24, by official or account), the targets how many distinct leaders receive and cadres visit (S52).
    """

    class Meta:
        exclude = ("rev",)

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["until"] < data["since"]:
            raise ValidationError("止于不能早于起于", "until")


COMMANDS: dict[str, type[Schema]] = {"set_campaign": SetCampaign}
QUERIES: dict[str, type[Schema]] = {"campaigns": Nothing}
