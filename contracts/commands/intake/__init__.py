"""Commands and queries of intake, one module for each room; ``casework`` has what every case goes through."""

from marshmallow import Schema

from contracts.commands import figures
from contracts.commands.intake import campaigns, casework, custody, emergency, promises, sayings

COMMANDS: dict[str, type[Schema]] = {
    **casework.COMMANDS,
    **sayings.COMMANDS,
    **emergency.COMMANDS,
    **custody.COMMANDS,
    **campaigns.COMMANDS,
    **promises.COMMANDS,
}
QUERIES: dict[str, type[Schema]] = {
    **casework.QUERIES,
    **sayings.QUERIES,
    **emergency.QUERIES,
    **custody.QUERIES,
    **campaigns.QUERIES,
    **promises.QUERIES,
    **figures.QUERIES,
}
