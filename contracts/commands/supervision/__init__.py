"""Commands and queries of supervision, one module for each room; ``casework`` has what every case goes through."""

from marshmallow import Schema

from contracts.commands import figures
from contracts.commands.parts import HandedOver
from contracts.commands.supervision import (
    accountability,
    ahead,
    attention,
    callbacks,
    casework,
    city,
    demands,
    duties,
    guidance,
    incidents,
    measures,
    periods,
    reports,
    sweeps,
    to_hear,
    trend,
)

COMMANDS: dict[str, type[Schema]] = {
    **casework.COMMANDS,
    **demands.COMMANDS,
    **measures.COMMANDS,
    **periods.COMMANDS,
    **duties.COMMANDS,
    **callbacks.COMMANDS,
    **city.COMMANDS,
    **attention.COMMANDS,
    **accountability.COMMANDS,
    **guidance.COMMANDS,
    **incidents.COMMANDS,
    **sweeps.COMMANDS,
    **reports.COMMANDS,
    **to_hear.COMMANDS,
}
QUERIES: dict[str, type[Schema]] = {
    **casework.QUERIES,
    **demands.QUERIES,
    **measures.QUERIES,
    **periods.QUERIES,
    **duties.QUERIES,
    **callbacks.QUERIES,
    **city.QUERIES,
    **attention.QUERIES,
    **accountability.QUERIES,
    **ahead.QUERIES,
    **to_hear.QUERIES,
    **guidance.QUERIES,
    **incidents.QUERIES,
    **figures.QUERIES,
    **sweeps.QUERIES,
    **reports.QUERIES,
    **trend.QUERIES,
    "handed_over": HandedOver,
}
