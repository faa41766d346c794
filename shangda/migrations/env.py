"""alembic's entry: runs the migrations on the connection it is given (one office's database)."""

from alembic import context

import shangda.models  # noqa: F401  makes the tables known
from network.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
