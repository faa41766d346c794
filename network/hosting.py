"""Opens the offices that a process hosts: tree, keys, policy and database of each, by the settings."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Engine

from network.credentials import amqp_uri, load_or_make
from network.db import postgres_engine, sqlite_engine
from network.keys import Keyring
from network.office import OfficeRuntime
from network.offices import District, load_district
from network.policy_loader import load_policy
from network.settings import Settings
from network.topology import network_vhost


def open_offices(settings: Settings, ids: Iterable[str] | None = None) -> dict[str, OfficeRuntime]:
    """The offices named (all in the network for None), by id. Their databases must have been migrated."""
    tree = load_district(settings.district_file)
    policy = load_policy(settings.policy_dir)
    keyring = Keyring(settings.keys_dir)
    chosen = [office.id for office in tree.network_offices()] if ids is None else list(ids)
    return {id_: OfficeRuntime(id_, tree, engine_of(settings, id_), keyring, policy) for id_ in chosen}


def engine_of(settings: Settings, office: str) -> Engine:
    """The engine of one office's database; on PostgreSQL all offices of a process share a pool."""
    if settings.database_url:
        return _shared_engine(settings.database_url)
    return sqlite_engine(database_file(settings, office))


@cache
def _shared_engine(url: str) -> Engine:
    return postgres_engine(url)


def database_file(settings: Settings, office: str) -> Path:
    """The SQLite file of an office."""
    return settings.offices_dir / f"{office}.db"


def own_uri(settings: Settings, office: str) -> str:
    """The AMQP URI of an office's own vhost, as its broker user."""
    return _uri(settings, settings.amqp_url, office, office)


def network_uri(settings: Settings, tree: District, office: str) -> str:
    """The AMQP URI of the network's vhost on the district's broker, as that office's broker user."""
    return _uri(settings, settings.network_amqp_url, office, network_vhost(tree))


def _uri(settings: Settings, url: str, office: str, vhost: str) -> str:
    parts = urlsplit(url)
    credentials = load_or_make(settings.home, [office])
    return amqp_uri(credentials, office, vhost, parts.hostname or "", parts.port or 5672)
