"""Databases: the revisions make exactly the tables of the code, and an old database is brought up where it lies."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.orm import Session

import shangda.models  # noqa: F401  makes the tables known
from network.db import Base, schema_name, sqlite_engine
from network.hosting import database_file, open_offices
from network.journal import line_hash
from network.settings import Settings, load
from network.tables import JournalRow
from shangda import database
from shangda.pg import PrivatePostgres
from tests.shangda.small import DISTRICT, TOWN, VILLAGE, environment

HINT = 'the tables changed: python -m shangda.migrations "what changed"'


def differences(connection: Connection) -> list[Any]:
    """What alembic would change to make the database fit the code; tables of other tests' toys apart."""

    def ours(_object: Any, name: str | None, kind: str, *_: Any) -> bool:
        return not (kind == "table" and str(name).startswith("toy_"))

    return compare_metadata(MigrationContext.configure(connection, opts={"include_object": ours}), Base.metadata)


def revision(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_the_revisions_make_the_tables_of_the_code(tmp_path: Path) -> None:
    with sqlite_engine(tmp_path / "fresh.db").begin() as connection:
        database.upgrade(connection)
        assert differences(connection) == [], HINT


def test_every_office_gets_a_private_database_of_the_newest_revision(tmp_path: Path) -> None:
    settings = load(environment(tmp_path))
    database.prepare(settings, [DISTRICT, TOWN])
    for office in (DISTRICT, TOWN):
        path = database_file(settings, office)
        assert revision(path) == database.head()
        assert path.stat().st_mode & 0o777 == 0o600
    assert not database_file(settings, VILLAGE).exists()


@pytest.fixture
def next_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The revisions of the code, and one more that adds a table."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for path in (*database.MIGRATIONS.glob("*.py"), *database.MIGRATIONS.glob("versions/*.py")):
        (folder / path.relative_to(database.MIGRATIONS)).write_text(path.read_text())
    newest = ScriptDirectory(str(database.MIGRATIONS)).get_current_head()
    (folder / "versions" / "next.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = 'next', '{newest}'\n"
        "def upgrade():\n    op.create_table('later', sa.Column('id', sa.Integer(), primary_key=True))\n"
    )
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", folder)
        yield


def test_a_database_of_an_older_revision_is_migrated_where_it_lies(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    settings = load(environment(tmp_path))
    database.prepare(settings, [DISTRICT])
    path = database_file(settings, DISTRICT)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO intake_counter VALUES ('x', 2026, 7)")
    request.getfixturevalue("next_revision")
    database.prepare(settings, [DISTRICT, TOWN])
    for office in (DISTRICT, TOWN):
        assert revision(database_file(settings, office)) == "next"
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT last FROM intake_counter").fetchall() == [(7,)]
        assert connection.execute("SELECT * FROM later").fetchall() == []


def test_the_rows_of_an_older_revision_are_no_finding_after_it_is_migrated_but_a_smuggled_one_stays(
    tmp_path: Path,
) -> None:
    settings = load(environment(tmp_path))
    settings.offices_dir.mkdir(parents=True)
    path = database_file(settings, DISTRICT)
    with sqlite_engine(path).begin() as connection:
        command.upgrade(database.alembic_config(connection), "0001")
    report = (
        "'{}', 'N{}', 'h', 'petition', 'x', 0, 0, 'c', 'visit', 'seek', 'C03', '', '', 0, 0, 0, 'null', 'null', 'v', 0"
    )
    names = (
        "'case', number, receipt_hash, desk, entry_office, entered_at, registered_at, clerk, channel, nature, category,"
        " place, text, real_name, contactable, urgent, reporter, sealed, policy_version, recalled"
    )
    known, smuggled = "a" * 32, "b" * 32
    office = {"now": "2026-03-02 01:00:00.000000"}
    with sqlite3.connect(path) as connection:
        for number, case in enumerate((known, smuggled)):
            values = report.format(case, number).replace(", 0, 0, 'c'", f", '{office['now']}', '{office['now']}', 'c'")
            connection.execute(f"INSERT INTO intake_report ({names}) VALUES ({values})")  # noqa: S608
    write_line(settings, [["intake_report", known, "as it was"]])
    database.prepare(settings, [DISTRICT])
    found = open_offices(settings, [DISTRICT])[DISTRICT].audit(())
    assert [(each["what"], each["case"]) for each in found] == [("smuggled", smuggled)]


def write_line(settings: Settings, rows: list[Any]) -> None:
    """A journal line of the older revision that states these rows."""
    office = open_offices(settings, [DISTRICT])[DISTRICT]
    with Session(office.engine) as session, session.begin():
        head = office.lock(session)
        line = {
            "seq": 1,
            "epoch": head.epoch,
            "at": office.now(),
            "service": "intake",
            "actor": "x",
            "action": "registered",
        }
        line |= {"case_id": "", "why": "", "data": {}, "rows": rows, "prev": head.journal_hash}
        line["hash"] = line_hash(line)
        session.add(JournalRow(**line))
        head.journal_seq, head.journal_hash = 1, line["hash"]


def test_on_postgresql_each_office_is_a_schema_with_the_tables_of_the_code(tmp_path: Path) -> None:
    with PrivatePostgres(fsync=False) as server:
        url = server.url("postgres")
        settings = load({**environment(tmp_path), "DATABASE_URL": url})
        for _ in range(2):
            database.prepare(settings, [DISTRICT, TOWN])
        engine = create_engine(url)
        with engine.begin() as connection:
            assert differences(connection), "the comparison sees an empty schema"
            for office in (DISTRICT, TOWN):
                connection.execute(text(f'SET LOCAL search_path TO "{schema_name(office)}"'))
                connection.dialect.default_schema_name = schema_name(office)
                assert differences(connection) == [], HINT
        engine.dispose()
