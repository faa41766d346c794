"""Sealed copies of an office's own rows, kept by its superior: what a restored office gets its own work back from.

A row that changed rides with the next letter to the superior, sealed to the office's own storage key, so the superior
keeps it and cannot read it. What no letter has taken along within a minute is sent with an empty one.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.db import Base
from network.journal import row_values
from network.tables import UncopiedRow

MOST = 200
WAIT = timedelta(seconds=60)
Values = Mapping[tuple[Any, ...], dict[str, Any] | None]


def remember(session: Session, values: Values, now: datetime) -> None:
    """These rows changed and are not copied yet."""
    for name in values:
        key = json.dumps(name)
        if session.get(UncopiedRow, key) is None:
            session.add(UncopiedRow(key=key, at=now))


def take(session: Session, values: Values) -> list[list[Any]]:
    """``[name, column values or None]`` of the rows to be copied, as this commit leaves them; they count as copied."""
    session.flush()
    waiting = session.scalars(select(UncopiedRow).order_by(UncopiedRow.at).limit(MOST)).all()
    rows = []
    for row in waiting:
        name = tuple(json.loads(row.key))
        rows.append([list(name), values[name] if name in values else _current(session, name)])
        session.delete(row)
    return rows


def waits(session: Session, now: datetime) -> bool:
    """Whether some row has waited too long for a letter to ride with."""
    return session.scalars(select(UncopiedRow.key).where(UncopiedRow.at <= now - WAIT).limit(1)).first() is not None


def model_of(table: str) -> type[Any]:
    """The mapped class of a table; StopIteration for a table this program does not know."""
    return next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table)


def _current(session: Session, name: tuple[Any, ...]) -> dict[str, Any] | None:
    row = session.get(model_of(name[0]), name[1:])
    return None if row is None else row_values(row)
