"""Emergencies (K14): the duty chain, called until one answers. Commands and queries."""

from marshmallow import Schema

COMMANDS: dict[str, type[Schema]] = {}
QUERIES: dict[str, type[Schema]] = {}
