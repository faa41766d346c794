"""What supervision asks of an office or person, and the answer: suggestions, instructions, notices, talks."""

from marshmallow import Schema

COMMANDS: dict[str, type[Schema]] = {}
QUERIES: dict[str, type[Schema]] = {}
