"""What only discipline reports have: disposal, feedback, clearing, suspected false accusation. Commands and queries."""

from marshmallow import Schema

COMMANDS: dict[str, type[Schema]] = {}
QUERIES: dict[str, type[Schema]] = {}
