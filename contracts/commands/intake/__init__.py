"""Commands and queries of intake, one module for each room; ``casework`` has what every case goes through."""

from marshmallow import Schema

from contracts.commands.intake import casework, custody, emergency, sayings

COMMANDS: dict[str, type[Schema]] = {
    **casework.COMMANDS,
    **sayings.COMMANDS,
    **emergency.COMMANDS,
    **custody.COMMANDS,
}
QUERIES: dict[str, type[Schema]] = {
    **casework.QUERIES,
    **sayings.QUERIES,
    **emergency.QUERIES,
    **custody.QUERIES,
}
