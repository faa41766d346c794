"""Accounts, sessions, the lock-out."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from contracts.context import Actor
from gateway.desk.accounts import (
    Account,
    accounts_file,
    add_account,
    hashed,
    load_accounts,
    make_accounts,
    remove_account,
)
from gateway.desk.lockout import CLOSED_SECONDS, WRONG_ALLOWED, Lockout
from gateway.desk.sessions import Sessions
from network.offices import District
from tests.gateway.conftest import PASSPHRASE
from tests.gateway.desk.conftest import DISTRICT, PASSWORD, TOWN, VILLAGE, Enter, FakeLinks


def log_in(client: FlaskClient, password: str = PASSWORD, user: str = "clerk", **more: str) -> tuple[int, dict]:  # type: ignore[type-arg]
    answer = client.post("/api/v1/login", json={"office": TOWN, "user": user, "password": password, **more})
    assert answer.json is not None
    return answer.status_code, answer.json


def test_accounts_are_made_once_and_kept_private(accounts_home: Path, tree: District) -> None:
    path = accounts_file(accounts_home)
    assert path.stat().st_mode & 0o777 == 0o600
    assert PASSWORD not in path.read_text()
    accounts = load_accounts(accounts_home)
    assert set(accounts) == {DISTRICT, TOWN, VILLAGE}
    assert set(accounts[TOWN]) == {"clerk", "leader", "discipline"}
    assert set(accounts[VILLAGE]) == {"clerk", "leader"}
    heads = {
        office: [user for user in accounts[office] if "head" in accounts[office][user].roles] for office in accounts
    }
    assert heads == {DISTRICT: ["discipline"], TOWN: ["discipline"], VILLAGE: ["leader"]}
    before = path.read_bytes()
    make_accounts(accounts_home, [tree.office(TOWN)], pytest.fail, quick=True)
    assert path.read_bytes() == before


def test_a_damaged_accounts_file_is_named(tmp_path: Path) -> None:
    path = accounts_file(tmp_path)
    path.parent.mkdir()
    for content in ("{", json.dumps({TOWN: {"clerk": {"name": "x", "desk": "kitchen", "roles": [], "hash": "y"}}})):
        path.write_text(content)
        with pytest.raises(ValueError, match=r"accounts\.json"):
            load_accounts(tmp_path)


def test_an_account_may_be_an_official_s_and_is_added_once(tmp_path: Path) -> None:
    made = Account("包片领导", "discipline", ("leader", "area_holder"), hashed("abcd"), "P-7")
    add_account(tmp_path, DISTRICT, "bi", made)
    account = load_accounts(tmp_path)[DISTRICT]["bi"]
    assert account.actor(DISTRICT, "bi") == Actor("bi", DISTRICT, "discipline", ("leader", "area_holder"), "P-7")
    with pytest.raises(ValueError, match="610402 已有账号 bi"):
        add_account(tmp_path, DISTRICT, "bi", made)
    with pytest.raises(ValueError, match="person"):
        add_account(tmp_path, DISTRICT, "shi", replace(made, person="石 某"))
    with pytest.raises(ValueError, match="roles"):
        add_account(tmp_path, DISTRICT, "shi", replace(made, roles=("king",)))
    assert set(load_accounts(tmp_path)[DISTRICT]) == {"bi"}
    remove_account(tmp_path, DISTRICT, "bi")
    assert load_accounts(tmp_path) == {DISTRICT: {}}
    with pytest.raises(ValueError, match="610402 没有账号 bi"):
        remove_account(tmp_path, DISTRICT, "bi")


def test_a_fresh_discipline_desk_may_triage(accounts_home: Path) -> None:
    assert load_accounts(accounts_home)[DISTRICT]["discipline"].roles == ("clerk", "leader", "triage", "head")
    assert load_accounts(accounts_home)[DISTRICT]["clerk"].roles == ("clerk",)


def test_a_session_says_who_it_is(enter: Enter, client: FlaskClient) -> None:
    assert client.get("/api/v1/me").status_code == 401
    me = enter(TOWN, "leader").get("/api/v1/me").json
    assert me is not None
    assert (me["office"], me["user"], me["desk"], me["roles"]) == (TOWN, "leader", "petition", ["clerk", "leader"])
    assert me["unlocked"] is False


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer x.y.z", "Basic YTpi", "Bearer " + "é" * 5])
def test_a_false_token_is_401(client: FlaskClient, links: FakeLinks, token: str) -> None:
    answer = client.get("/api/v1/cases", headers={"Authorization": token.encode("latin-1").decode("latin-1")})
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert links.calls == []


def test_a_closed_session_and_another_process_s_token_are_over(enter: Enter, app: object) -> None:
    client = enter(TOWN, "clerk")
    assert client.post("/api/v1/logout").status_code == 204
    assert client.get("/api/v1/me").status_code == 401
    other = Sessions(b"a secret of this test only")
    assert other.find("x") is None


def test_wrong_passwords_and_unknown_users_look_the_same_and_close_the_name(client: FlaskClient) -> None:
    for user in ("clerk", "nobody"):
        for _ in range(WRONG_ALLOWED):
            code, problem = log_in(client, "wrong", user)
            assert (code, problem["code"]) == (401, "wrong_login")
        code, problem = log_in(client, PASSWORD, user)
        assert (code, problem["code"]) == (429, "locked_out")
    assert log_in(client, user="leader")[0] == 200


def test_a_name_opens_again_after_five_minutes() -> None:
    now = [0.0]
    lockout = Lockout(lambda: now[0])
    for _ in range(WRONG_ALLOWED):
        assert lockout.closed_for("a") == 0
        lockout.wrong("a")
    assert lockout.closed_for("a") == CLOSED_SECONDS
    now[0] = CLOSED_SECONDS + 1
    assert lockout.closed_for("a") == 0
    lockout.wrong("a")
    assert lockout.closed_for("a") == 0


def test_the_discipline_key_is_unlocked_by_its_passphrase_only(client: FlaskClient, enter: Enter) -> None:
    code, problem = log_in(client, user="discipline", discipline_passphrase="guess")
    assert (code, list(problem["errors"])) == (401, ["discipline_passphrase"])
    for office, passphrase, unlocked in ((DISTRICT, PASSPHRASE, True), (DISTRICT, "", False)):
        me = enter(office, "discipline", passphrase).get("/api/v1/me").json
        assert me is not None
        assert me["unlocked"] is unlocked
    clerk = enter(DISTRICT, "clerk", PASSPHRASE).get("/api/v1/me").json
    assert clerk is not None
    assert clerk["unlocked"] is False
