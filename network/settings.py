"""What a program of the network is told by its environment; every variable is checked and named when it is wrong."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate


@dataclass(frozen=True)
class Settings:
    """Where data, district file, policy, brokers and databases are.

    ``amqp_url`` is the broker of the offices' own vhosts, ``network_amqp_url`` the district's (``amqp://host:port``; user,
    password and vhost come from the credentials under ``home``). ``database_url`` is empty for SQLite files.
    """

    home: Path
    district_file: Path
    policy_dir: Path
    amqp_url: str
    network_amqp_url: str
    database_url: str
    poll_seconds: float

    @property
    def keys_dir(self) -> Path:
        return self.home / "keys"

    @property
    def offices_dir(self) -> Path:
        """Where the SQLite files of the offices lie."""
        return self.home / "offices"


class SettingsError(ValueError):
    """An environment variable is missing or wrong; the text names it."""


class EnvironmentSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    SHANGDA_HOME = fields.String(load_default="data", validate=validate.Length(min=1))
    SHANGDA_DISTRICT = fields.String(load_default="policy/demo/district.toml")
    SHANGDA_POLICY = fields.String(load_default="")
    AMQP_URL = fields.String(load_default="amqp://127.0.0.1:5672")
    NETWORK_AMQP_URL = fields.String(load_default="")
    DATABASE_URL = fields.String(load_default="")
    SHANGDA_POLL_SECONDS = fields.Float(load_default=5.0, validate=validate.Range(min=0.05, max=60))


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment gives; SettingsError names the variable that is wrong."""
    try:
        values = EnvironmentSchema().load(dict(os.environ if environment is None else environment))
    except ValidationError as error:
        raise SettingsError("; ".join(f"{name}: {words}" for name, words in error.messages_dict.items())) from error
    return _settings(values)


def _settings(values: Mapping[str, Any]) -> Settings:
    district = Path(values["SHANGDA_DISTRICT"]).resolve()
    own = _broker("AMQP_URL", values["AMQP_URL"])
    return Settings(
        home=Path(values["SHANGDA_HOME"]).resolve(),
        district_file=district,
        policy_dir=Path(values["SHANGDA_POLICY"]).resolve() if values["SHANGDA_POLICY"] else district.parent,
        amqp_url=own,
        network_amqp_url=_broker("NETWORK_AMQP_URL", values["NETWORK_AMQP_URL"]) if values["NETWORK_AMQP_URL"] else own,
        database_url=_database("DATABASE_URL", values["DATABASE_URL"]),
        poll_seconds=values["SHANGDA_POLL_SECONDS"],
    )


def _broker(name: str, url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "amqp" or not parts.hostname:
        raise SettingsError(f"{name}: expected amqp://host:port, got {parts.scheme}://{parts.hostname or ''}")
    return f"amqp://{parts.hostname}:{parts.port or 5672}"


def _database(name: str, url: str) -> str:
    if url and not url.startswith("postgresql"):
        raise SettingsError(f"{name}: only postgresql:// is known; leave it empty for SQLite")
    return url.replace("postgresql://", "postgresql+psycopg2://", 1)  # the driver that eventlet makes green
