"""Helping offices (协办), and disputes on competence that the common superior decides. Commands and queries."""

from marshmallow import Schema

COMMANDS: dict[str, type[Schema]] = {}
QUERIES: dict[str, type[Schema]] = {}
