"""alembic's entry: runs the migrations on the connection it is given (one office's database)."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

import shangda.models  # noqa: F401  makes the tables known
from network.db import Base, UtcDateTime


def plain_type(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """A revision names the column type that the database has, so that it runs when our own types have changed."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


BLANKS: tuple[tuple[type[Any], str], ...] = (
    (sa.Boolean, "false"),
    (sa.Integer, "0"),
    (sa.JSON, "'[]'"),
    (sa.String, "''"),
)


def fill_old_rows(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """A new column that may not be empty gets a blank in the rows that are there already."""
    for change in _changes(directives):
        column = getattr(change, "column", None)
        if column is not None and not column.nullable and column.server_default is None:
            blank = next(blank for kind, blank in BLANKS if isinstance(column.type, kind))
            column.server_default = sa.DefaultClause(sa.text(blank))


def _changes(directives: Iterable[Any]) -> Iterator[Any]:
    for directive in directives:
        inner = getattr(directive, "upgrade_ops_list", None) or getattr(directive, "ops", None)
        if inner:
            yield from _changes(inner)
        else:
            yield directive


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain_type,
    process_revision_directives=fill_old_rows,
)
with context.begin_transaction():
    context.run_migrations()
