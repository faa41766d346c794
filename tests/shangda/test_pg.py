"""The private PostgreSQL of the tests."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from shangda import pg


def test_it_serves_databases_and_leaves_nothing_behind() -> None:
    server = pg.PrivatePostgres(fsync=False)
    with server:
        home = server.home
        engine = sa.create_engine(server.create("office"))
        with engine.connect() as connection:
            assert connection.execute(sa.text("SHOW fsync")).scalar() == "off"
            assert connection.execute(sa.text("SHOW listen_addresses")).scalar() == "127.0.0.1"
            assert connection.execute(sa.text("SHOW server_encoding")).scalar() == "UTF8"
        engine.dispose()
        assert home.exists()
    assert not home.exists()
    with pytest.raises(sa.exc.OperationalError):
        sa.create_engine(server.url("office")).connect()


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "letter").touch()
    with pytest.raises(pg.PostgresError, match="initdb"):
        pg.PrivatePostgres(tmp_path).start()
    assert (tmp_path / "data" / "letter").exists()
