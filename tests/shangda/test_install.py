"""A data folder is made once, privately, and completed without touching what is there."""

import json
import stat
from pathlib import Path

import pytest

from network.keys import Keyring
from shangda.install import Secrets, install
from tests.shangda.small import DISTRICT, SMALL, TOWN, VILLAGE, settings


def files(home: Path) -> dict[str, bytes]:
    """What lies in the folder, but for what SQLite puts beside a database that is open."""
    found = (path for path in home.rglob("*") if path.is_file() and not path.name.endswith(("-wal", "-shm")))
    return {str(path.relative_to(home)): path.read_bytes() for path in found}


def test_a_second_install_changes_nothing(tmp_path: Path) -> None:
    first = install(settings(tmp_path), lambda _: None, quick=True)
    before = files(tmp_path / "data")
    said: list[str] = []
    assert install(settings(tmp_path), said.append, quick=True) == first
    assert files(tmp_path / "data") == before
    assert set(first.offices) == set(SMALL)


def test_secrets_are_private_and_open_the_discipline_desks(tmp_path: Path) -> None:
    installed = install(settings(tmp_path), lambda _: None, quick=True)
    home = tmp_path / "data"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE(installed.secrets.stat().st_mode) == 0o600
    assert stat.S_IMODE(installed.definitions.stat().st_mode) == 0o600
    passphrase = json.loads(installed.secrets.read_text())["passphrases"][TOWN]
    assert Keyring(home / "keys").private(TOWN, "discipline", passphrase)
    public = set(home.rglob("*.pub"))
    readable = {path for path in home.rglob("*") if path.is_file() and path.stat().st_mode & 0o077}
    assert readable <= public | set(home.rglob("*.sqlite"))


def test_given_passphrases_are_not_kept(tmp_path: Path) -> None:
    given = dict.fromkeys(SMALL, "horse battery")
    installed = install(settings(tmp_path), lambda _: None, given=given, quick=True)
    assert Keyring(tmp_path / "data" / "keys").private(DISTRICT, "discipline", "horse battery")
    assert b"horse" not in b"".join(files(tmp_path / "data").values())
    drawn = json.loads(installed.secrets.read_text()) if installed.secrets.exists() else {}
    assert not drawn.get("passphrases")


def test_a_drawn_word_stays_and_differs_by_office(tmp_path: Path) -> None:
    drawn = Secrets(tmp_path / "secrets")
    words = [drawn.password(office) for office in (TOWN, VILLAGE)]
    assert words == [Secrets(tmp_path / "secrets").password(office) for office in (TOWN, VILLAGE)]
    assert words[0] != words[1] != drawn.passphrase(VILLAGE)


def test_a_faulty_district_leaves_nothing(tmp_path: Path) -> None:
    here = settings(tmp_path)
    (here.district_file.parent / "offices.csv").write_text("id,name\nx,y\n")
    with pytest.raises(ValueError, match=r"offices\.csv line 2"):
        install(here, lambda _: None, quick=True)
    assert not here.home.exists()
