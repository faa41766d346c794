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
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import ProgrammingError

import shangda.models  # noqa: F401  makes the tables known
from network.db import postgres_engine, schema_name, sqlite_engine
from network.hosting import database_file, open_offices
from network.inbox import system
from network.replay import stated
from network.settings import Settings
from network.tables import JournalRow

log = logging.getLogger(__name__)
MIGRATIONS = Path(__file__).parent / "migrations"


def prepare(settings: Settings, offices: Iterable[str]) -> None:
    """Make or migrate the databases of these offices."""
    if settings.database_url:
        _prepare_postgres(settings, offices)
        return
    settings.offices_dir.mkdir(parents=True, exist_ok=True)
    for office in offices:
        if _prepare_sqlite(settings, database_file(settings, office)):
            restate(settings, office)


def head() -> str:
    """The newest revision."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def _prepare_sqlite(settings: Settings, path: Path) -> bool:
    """Whether an old database was migrated."""
    if path.exists() and _sqlite_revision(path) == head():
        return False
    if not path.exists():
        _copy(_template(settings), path)
        return False
    log.info("migrating %s", path.name)
    engine = sqlite_engine(path)
    _migrate(engine)
    engine.dispose()
    return True


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


def _prepare_postgres(settings: Settings, offices: Iterable[str]) -> None:
    engine = postgres_engine(settings.database_url)
    for office in offices:
        schema = schema_name(office)
        with engine.begin() as connection:
            connection.execute(text(f"SELECT pg_advisory_xact_lock(hashtext('{schema}'))"))
            connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
            connection.execute(text(f'SET LOCAL search_path TO "{schema}"'))
            before = _postgres_revision(connection)
            if before != head():
                upgrade(connection)
        if before not in ("", head()):
            restate(settings, office)
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


def restate(settings: Settings, office: str) -> None:
    """Let the journal of a migrated office say what its rows hold now, in one line: else an audit calls them altered."""
    runtime = open_offices(settings, [office])[office]
    with runtime.uow("network", system(runtime)) as uow:
        lines = uow.session.execute(select(JournalRow.rows, JournalRow.case_id).order_by(JournalRow.seq)).mappings()
        for row in stated(uow.session, list(lines)):
            uow.restate(row)
        uow.note("schema", data={"revision": head()})


def upgrade(connection: Connection) -> None:
    """Bring the database behind this connection to the newest revision."""
    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> Config:
    """What alembic has to know of our migrations, for this connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
