import base64
import json
import threading
from pathlib import Path

import pytest
from nacl.public import PrivateKey, PublicKey

from network.keys import DESKS, DeskId, KeyFileError, Keyring, make_keys, public_key

OFFICES = ("610402", "610402901")


def passphrase_for(office: str) -> str:
    return f"口令-{office}"


def make(folder: Path) -> tuple[DeskId, ...]:
    return make_keys(folder, OFFICES, passphrase_for, interactive=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "keys"
    make(folder)
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_desk_of_every_office_has_its_pair(folder: Path) -> None:
    ring = Keyring(folder)
    for office in OFFICES:
        for desk in DESKS:
            passphrase = passphrase_for(office) if desk == "discipline" else None
            assert ring.private(office, desk, passphrase).public_key == ring.public(office, desk)
    assert len({bytes(ring.public(office, desk)) for office in OFFICES for desk in DESKS}) == 6


def test_files_are_closed_to_others(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o777 == (0o600 if path.suffix == ".key" else 0o644)
    assert sorted({path.suffix for path in folder.iterdir()}) == [".key", ".pub"]


def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_keys(tmp_path, (), passphrase_for)
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_making_again_changes_nothing_and_asks_nothing(folder: Path) -> None:
    before = snapshot(folder)
    assert make_keys(folder, OFFICES, lambda office: pytest.fail("asked"), interactive=True) == ()
    assert snapshot(folder) == before


def test_a_stop_between_private_and_public_file_is_made_good(tmp_path: Path) -> None:
    make(tmp_path)
    before = snapshot(tmp_path)
    lost = [DeskId("610402", "petition"), DeskId("610402", "discipline")]
    for desk_id in lost:
        Keyring(tmp_path).public_path(desk_id).unlink()
    assert list(make(tmp_path)) == lost
    assert snapshot(tmp_path) == before


def test_a_desk_whose_private_key_lies_elsewhere_is_left_alone(tmp_path: Path) -> None:
    make(tmp_path)
    path = Keyring(tmp_path).private_path(DeskId("610402", "petition"))
    path.unlink()
    assert make(tmp_path) == ()
    with pytest.raises(KeyFileError, match=r"610402\.petition\.key: no such key file"):
        Keyring(tmp_path).private("610402", "petition")


def test_two_makers_at_once_agree(tmp_path: Path) -> None:
    makers = [threading.Thread(target=make, args=(tmp_path,)) for _ in range(3)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    for office in OFFICES:
        Keyring(tmp_path).private(office, "petition")
        Keyring(tmp_path).private(office, "discipline", passphrase_for(office))


def test_a_discipline_key_is_nowhere_in_plain(folder: Path) -> None:
    secret = bytes(Keyring(folder).private("610402", "discipline", passphrase_for("610402")))
    assert not [name for name, content in snapshot(folder).items() if base64.b64encode(secret) in content]
    locked = json.loads(Keyring(folder).private_path(DeskId("610402", "discipline")).read_text())
    assert (locked["kdf"], locked["opslimit"], locked["memlimit"]) == ("argon2id13", 2, 64 * 2**20)


def test_hardening_is_moderate_unless_asked_otherwise(tmp_path: Path) -> None:
    make_keys(tmp_path, ("610402",), passphrase_for)
    locked = json.loads((tmp_path / "610402.discipline.key").read_text())
    assert (locked["opslimit"], locked["memlimit"]) == (3, 256 * 2**20)


@pytest.mark.parametrize("passphrase", [None, ""])
def test_a_discipline_key_needs_its_passphrase(folder: Path, passphrase: str | None) -> None:
    with pytest.raises(KeyFileError, match="needs the passphrase"):
        Keyring(folder).private("610402", "discipline", passphrase)


def test_a_wrong_passphrase_is_named(folder: Path) -> None:
    with pytest.raises(KeyFileError, match=r"610402\.discipline\.key: wrong passphrase"):
        Keyring(folder).private("610402", "discipline", "别的口令")


def test_no_discipline_key_without_a_passphrase(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="not empty"):
        make_keys(tmp_path, ("610402",), lambda office: "", interactive=True)
    assert not (tmp_path / "610402.discipline.key").exists()


def test_anothers_key_file_is_noticed(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "610402901.petition.key").replace(tmp_path / "610402.petition.key")
    with pytest.raises(KeyFileError, match="does not belong"):
        Keyring(tmp_path).private("610402", "petition")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("610402.petition.key", "###"),
        ("610402.petition.key", "QUJD"),
        ("610402.petition.pub", "QUJD"),
        ("610402.petition.pub", "口"),
        ("610402.discipline.key", "{}"),
        ("610402.discipline.key", "no json"),
        ("610402.discipline.key", '{"version": 1}'),
    ],
)
def test_a_spoilt_file_is_named(tmp_path: Path, name: str, content: str) -> None:
    make_keys(tmp_path, ("610402",), passphrase_for, interactive=True)
    (tmp_path / name).write_text(content)
    desk = DESKS[0] if "petition" in name else DESKS[1]
    with pytest.raises(KeyFileError, match=name.replace(".", r"\.")):
        Keyring(tmp_path).private("610402", desk, passphrase_for("610402"))


@pytest.mark.parametrize(
    ("field", "value"), [("memlimit", 2**40), ("opslimit", 10**9), ("salt", "QUJD"), ("box", "QQ==")]
)
def test_an_altered_lock_does_no_harm(tmp_path: Path, field: str, value: object) -> None:
    make_keys(tmp_path, ("610402",), passphrase_for, interactive=True)
    path = tmp_path / "610402.discipline.key"
    path.write_text(json.dumps({**json.loads(path.read_text()), field: value}))
    with pytest.raises(KeyFileError, match=r"610402\.discipline\.key"):
        Keyring(tmp_path).private("610402", "discipline", passphrase_for("610402"))


def test_a_missing_public_key_is_named(folder: Path) -> None:
    with pytest.raises(KeyFileError, match=r"610402999\.petition\.pub: no such key file"):
        Keyring(folder).public("610402999", "petition")


def test_the_public_key_of_a_body_outside_comes_from_its_text() -> None:
    key = PrivateKey.generate().public_key
    assert public_key(base64.b64encode(bytes(key)).decode()) == PublicKey(bytes(key))
    for text in ("", "QUJD", "没有"):
        with pytest.raises(ValueError, match="32 bytes"):
            public_key(text)
