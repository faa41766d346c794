"""What a reporter says by receipt: withdrawal, performance, retaliation, objection to a person. Commands and queries."""

from marshmallow import Schema

COMMANDS: dict[str, type[Schema]] = {}
QUERIES: dict[str, type[Schema]] = {}
