"""Between a frozen state that rules decide on and the row that keeps it: fields of the same names are copied."""

from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import Session

State = TypeVar("State")
Row = TypeVar("Row")


def as_state(cls: type[State], row: Any) -> State:
    """The state that ``row`` keeps. Lists become tuples, as frozen states hold them."""
    return cls(**{field.name: _frozen(getattr(row, field.name)) for field in fields(cls)})  # type: ignore[arg-type]


def write_state(row: Any, state: Any) -> None:
    """Write the fields of ``state`` that differ into ``row``; columns that are not in the state stay."""
    columns = inspect(type(row)).column_attrs
    for field in fields(state):
        value = _thawed(getattr(state, field.name))
        if field.name in columns and getattr(row, field.name) != value:
            setattr(row, field.name, value)


def keep(session: Session, model: type[Row], key: Any, state: Any) -> Row:
    """Write ``state`` into the row of ``model`` with this primary key, new or changed. → the row."""
    row = session.get(model, key)
    if row is not None:
        write_state(row, state)
        return row
    row = model()
    write_state(row, state)
    session.add(row)
    return row


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _thawed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
