"""Persons who answer for a town or an area, and whom a step of the ladder reaches. Commands and queries."""

from marshmallow import Schema

COMMANDS: dict[str, type[Schema]] = {}
QUERIES: dict[str, type[Schema]] = {}
