"""Databases: one per office. SQLite file by default, one PostgreSQL schema per office with ``DATABASE_URL``.

Writes on SQLite take the file's write lock at BEGIN (IMMEDIATE), so a read inside a write transaction is never stale.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import DateTime, Engine, MetaData, Select, create_engine, event, inspect
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import JSON, TypeDecorator

BUSY_SECONDS = 30
Row = TypeVar("Row")
Query = TypeVar("Query", bound=Select[Any])


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC without offset so that both databases sort and compare it alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Parent of every table of an office's database; a service's tables bear its prefix."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: Mapping[Any, Any] = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}


def sqlite_engine(path: Path) -> Engine:
    """An engine for one office's file. A commit is on the disk when it returns (``synchronous=FULL``)."""
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        pool_size=1,
        hide_parameters=True,
        max_overflow=20,
    )
    event.listen(engine, "connect", _sqlite_connect)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def postgres_engine(url: str) -> Engine:
    """One pool for all offices of a process; each office is a schema, chosen by ``schema_translate_map``."""
    return create_engine(url, hide_parameters=True, pool_size=20, max_overflow=20, pool_timeout=30, pool_pre_ping=True)


def for_office(engine: Engine, office: str) -> Engine:
    """The engine as that office uses it: on PostgreSQL its tables are those of schema ``office_<id>``."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(schema_translate_map={None: schema_name(office)})


def locked(session: Session, fresh: Row) -> Row:
    """The row with the key of ``fresh``, locked until the transaction ends; ``fresh`` itself where there was none.

    On PostgreSQL two workers may find none at once: the slower one takes the row of the faster. What this session has
    changed is written first: reading the row anew would undo it.
    """
    session.flush()
    key = inspect(type(fresh)).primary_key_from_instance(fresh)
    found = session.get(type(fresh), key, with_for_update=True, populate_existing=True)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            session.add(fresh)
            session.flush()
    except IntegrityError:
        return session.get_one(type(fresh), key, with_for_update=True)
    return fresh


def free(query: Query) -> Query:
    """The query, locking its rows and leaving out those that another worker holds: it will set them itself."""
    return query.with_for_update(skip_locked=True)


def schema_name(office: str) -> str:
    """The PostgreSQL schema of an office (ids may begin with a digit, hence the prefix)."""
    return f"office_{office}"
