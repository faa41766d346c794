"""Replay: the rows that a journal says an office has, against the rows its database really has."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from network.db import Base
from network.journal import canonical, row_digest

OWN_PREFIX = "net_"
UNREADABLE = "?"
Values = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """A row that was altered, deleted or smuggled in beside the programs. ``case`` is "" where none is known."""

    what: Literal["altered", "deleted", "smuggled"]
    table: str
    key: str
    case: str


def differences(session: Session, lines: Iterable[Mapping[str, Any]]) -> Iterator[Difference]:
    """What differs between the services' tables and the last hashes that journal ``lines`` (in order) have of them."""
    expected = _last_hashes(lines)
    for table, model in _service_tables(session).items():
        for values in rows_of(session, model):
            key = _key_text([table, *(values[name] for name in _key_names(model))])
            hashed, case = expected.pop(key, (None, ""))
            if hashed is None:
                yield _difference("smuggled", key, case or values.get("case") or values.get("case_id") or "")
            elif UNREADABLE in values or hashed != row_digest(values):
                yield _difference("altered", key, case)
    for key, (hashed, case) in expected.items():
        if hashed is not None:
            yield _difference("deleted", key, case)


def stated(session: Session, lines: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    """The rows of the services' tables that the journal knows of, as mapped objects."""
    known = {key for key, (hashed, _) in _last_hashes(lines).items() if hashed is not None}
    for table, model in _service_tables(session).items():
        for row in session.scalars(select(model)):
            if _key_text([table, *(getattr(row, name) for name in _key_names(model))]) in known:
                yield row


def rows_of(session: Session, model: type[Any]) -> list[Values]:
    """All rows as ``{column: value}``. One with a cell that its type cannot read has its key only, and ``UNREADABLE``."""
    names = [column.key for column in inspect(model).column_attrs]
    query = select(*(getattr(model, name) for name in names))
    try:
        return [dict(zip(names, row, strict=True)) for row in session.execute(query)]
    except Exception:  # noqa: BLE001  who writes beside the programs may leave anything in a cell
        keys = session.execute(select(*(getattr(model, name) for name in _key_names(model)))).all()
        return [_row(session, model, names, key) for key in keys]


def _row(session: Session, model: type[Any], names: Sequence[str], key: Sequence[Any]) -> Values:
    known = dict(zip(_key_names(model), key, strict=True))
    query = select(*(getattr(model, name) for name in names))
    try:
        row = session.execute(query.where(*(getattr(model, name) == value for name, value in known.items()))).one()
    except Exception:  # noqa: BLE001  as above
        return {**dict.fromkeys(names), **known, UNREADABLE: True}
    return dict(zip(names, row, strict=True))


def _last_hashes(lines: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str | None, str]]:
    """Row key → its last hash (None: deleted) and the case of the line that wrote it."""
    found: dict[str, tuple[str | None, str]] = {}
    for line in lines:
        for entry in line["rows"] or ():
            if isinstance(entry, list) and entry:
                found[_key_text(entry[:-1])] = (entry[-1], line["case_id"] or "")
    return found


def _service_tables(session: Session) -> dict[str, type[Any]]:
    """The services' tables that this database has, each with its mapped class."""
    connection = session.connection()
    schema = connection.get_execution_options().get("schema_translate_map", {}).get(None)
    there = inspect(connection).get_table_names(schema=schema)
    models = {str(mapper.class_.__tablename__): mapper.class_ for mapper in Base.registry.mappers}
    return {name: models[name] for name in sorted(there) if name in models and not name.startswith(OWN_PREFIX)}


def _key_names(model: type[Any]) -> list[str]:
    mapper = inspect(model)
    return [mapper.get_property_by_column(column).key for column in mapper.primary_key]


def _key_text(key: Sequence[Any]) -> str:
    return canonical(list(key)).decode()


def _difference(what: Literal["altered", "deleted", "smuggled"], key: str, case: str) -> Difference:
    table, *parts = json.loads(key)
    return Difference(what, str(table), ",".join(str(part) for part in parts), case)
