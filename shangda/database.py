"""Databases made and brought up to date: one SQLite file, or one PostgreSQL schema, per office.

A new SQLite database is a copy of a migrated template, so that two hundred offices start in seconds; an old one is
migrated where it lies. Which revision a database has is one SELECT.
"""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from network.db import postgres_engine, schema_name, sqlite_engine
from network.hosting import database_file
from network.settings import Settings

log = logging.getLogger(__name__)
MIGRATIONS = Path(__file__).parent / "migrations"


def prepare(settings: Settings, offices: Iterable[str]) -> None:
    """Make or migrate the databases of these offices."""
    if settings.database_url:
        _prepare_postgres(settings.database_url, offices)
        return
    settings.offices_dir.mkdir(parents=True, exist_ok=True)
    for office in offices:
        _prepare_sqlite(settings, database_file(settings, office))


def head() -> str:
    """The newest revision."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def _prepare_sqlite(settings: Settings, path: Path) -> None:
    if path.exists() and _sqlite_revision(path) == head():
        return
    if not path.exists():
        _copy(_template(settings), path)
        return
    log.info("migrating %s", path.name)
    _migrate(sqlite_engine(path))


def _template(settings: Settings) -> Path:
    template = settings.offices_dir / f"template-{head()}.sqlite"
    if not template.exists():
        fresh = template.with_suffix(f".{os.getpid()}")
        engine = sqlite_engine(fresh)
        _migrate(engine)
        engine.dispose()
        fresh.replace(template)
    return template


def _copy(template: Path, path: Path) -> None:
    fresh = path.with_suffix(f".{os.getpid()}")
    shutil.copyfile(template, fresh)
    fresh.chmod(0o600)
    fresh.replace(path)


def _sqlite_revision(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        try:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            return ""
    return found[0] if found else ""


def _prepare_postgres(url: str, offices: Iterable[str]) -> None:
    engine = postgres_engine(url)
    for office in offices:
        schema = schema_name(office)
        with engine.begin() as connection:
            connection.execute(text(f"SELECT pg_advisory_xact_lock(hashtext('{schema}'))"))
            connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
            connection.execute(text(f'SET LOCAL search_path TO "{schema}"'))
            if _postgres_revision(connection) != head():
                upgrade(connection)
    engine.dispose()


def _postgres_revision(connection: Connection) -> str:
    try:
        with connection.begin_nested():
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
    except ProgrammingError:
        return ""


def _migrate(engine: Engine) -> None:
    with engine.begin() as connection:
        upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Bring the database behind this connection to the newest revision."""
    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> Config:
    """What alembic has to know of our migrations, for this connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
