"""The register of officials (干部名册): versions, copies without relations, matching who is accused. Commands and queries."""

from marshmallow import Schema

COMMANDS: dict[str, type[Schema]] = {}
QUERIES: dict[str, type[Schema]] = {}
