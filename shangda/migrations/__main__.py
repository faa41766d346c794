"""``python -m shangda.migrations "what changes"``: write the revision from the newest one to the tables in the code."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from network.db import sqlite_engine
from shangda.database import alembic_config, head, upgrade


def main(message: str) -> None:
    """Compare a fresh database of the newest revision with the tables; the file still has to be read by a person."""
    with tempfile.TemporaryDirectory() as folder, sqlite_engine(Path(folder) / "fresh.db").begin() as connection:
        upgrade(connection)
        number = f"{int(head() or 0) + 1:04d}"
        command.revision(alembic_config(connection), message, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main(sys.argv[1])
