"""Corrections as new facts beside the old, and cases that go to a body outside the network. Commands and queries."""

from marshmallow import Schema

COMMANDS: dict[str, type[Schema]] = {}
QUERIES: dict[str, type[Schema]] = {}
