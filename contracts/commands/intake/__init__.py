"""Commands and queries of intake, one module for each room; ``casework`` has what every case goes through."""

from marshmallow import Schema

from contracts.commands import figures
from contracts.commands.intake import (
    boards,
    bookings,
    campaigns,
    cards,
    casework,
    channels,
    custody,
    desklogs,
    emergency,
    going_down,
    hall,
    promises,
    receptions,
    sayings,
    schedules,
    visits,
)
from contracts.commands.parts import HandedOver

COMMANDS: dict[str, type[Schema]] = {
    **casework.COMMANDS,
    **sayings.COMMANDS,
    **emergency.COMMANDS,
    **custody.COMMANDS,
    **campaigns.COMMANDS,
    **promises.COMMANDS,
    **boards.COMMANDS,
    **schedules.COMMANDS,
    **bookings.COMMANDS,
    **receptions.COMMANDS,
    **hall.COMMANDS,
    **cards.COMMANDS,
    **visits.COMMANDS,
    **going_down.COMMANDS,
    **channels.COMMANDS,
    **desklogs.COMMANDS,
}
QUERIES: dict[str, type[Schema]] = {
    **casework.QUERIES,
    **sayings.QUERIES,
    **emergency.QUERIES,
    **custody.QUERIES,
    **campaigns.QUERIES,
    **promises.QUERIES,
    **boards.QUERIES,
    **schedules.QUERIES,
    **bookings.QUERIES,
    **receptions.QUERIES,
    **hall.QUERIES,
    **cards.QUERIES,
    **visits.QUERIES,
    **going_down.QUERIES,
    **channels.QUERIES,
    **desklogs.QUERIES,
    **figures.QUERIES,
    "handed_over": HandedOver,
}
