"""alembic's entry: runs the migrations on the connection it is given (one office's database)."""

from typing import Any, Literal

from alembic import context

import shangda.models  # noqa: F401  makes the tables known
from network.db import Base, UtcDateTime


def plain_type(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """A revision names the column type that the database has, so that it runs when our own types have changed."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
