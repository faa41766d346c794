"""Duties of every period: sweeps, quarterly feedback, annual report, assessment. Commands and queries."""

from marshmallow import Schema

COMMANDS: dict[str, type[Schema]] = {}
QUERIES: dict[str, type[Schema]] = {}
