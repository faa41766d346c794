"""Custody lines of reports that belong elsewhere, and that they were sent up in time (K19). Commands and queries."""

from marshmallow import Schema

COMMANDS: dict[str, type[Schema]] = {}
QUERIES: dict[str, type[Schema]] = {}
