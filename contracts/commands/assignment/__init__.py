"""Commands and queries of assignment, one module for each room; ``casework`` has what every case goes through."""

from marshmallow import Schema

from contracts.commands import figures
from contracts.commands.assignment import (
    casework,
    discipline,
    facts,
    helping,
    moving,
    officials,
    outcome,
    persons,
    responsibility,
)

COMMANDS: dict[str, type[Schema]] = {
    **casework.COMMANDS,
    **officials.COMMANDS,
    **persons.COMMANDS,
    **helping.COMMANDS,
    **facts.COMMANDS,
    **outcome.COMMANDS,
    **discipline.COMMANDS,
    **responsibility.COMMANDS,
    **moving.COMMANDS,
}
QUERIES: dict[str, type[Schema]] = {
    **casework.QUERIES,
    **officials.QUERIES,
    **persons.QUERIES,
    **helping.QUERIES,
    **facts.QUERIES,
    **outcome.QUERIES,
    **discipline.QUERIES,
    **responsibility.QUERIES,
    **moving.QUERIES,
    **figures.QUERIES,
}
