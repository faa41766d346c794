"""Cases that ask for a supervisor: bounced, not performed, pressed, long pending. Commands and queries."""

from marshmallow import Schema

COMMANDS: dict[str, type[Schema]] = {}
QUERIES: dict[str, type[Schema]] = {}
