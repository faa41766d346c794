"""A desk whose offices are a table of answers, and people logged in at it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from contracts.policy import Policy
from gateway.desk.accounts import load_accounts, make_accounts
from gateway.desk.app import desk_app
from gateway.desk.asking import Desk
from gateway.desk.lockout import Lockout
from gateway.desk.receipts import ShownReceipts
from gateway.desk.sessions import Sessions
from network.keys import Keyring
from network.offices import District
from tests.gateway.conftest import PASSPHRASE

PASSWORD = "correct horse"
VILLAGE, TOWN, DISTRICT = "610402901901", "610402901", "610402"


class FakeLinks:
    """Answers calls from a table ``service.method`` → result, problem dict, exception or function of the payload."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {"assignment.officials": {"officials": [], "next": "", "version": ""}}
        self.calls: list[tuple[str, str, dict[str, Any]]] = []

    def call(self, office: str, service: str, method: str, payload: Mapping[str, Any]) -> Any:
        name = f"{service}.{method}"
        self.calls.append((office, name, dict(payload)))
        answer = self.answers.get(name, {"seen": name})
        if isinstance(answer, Exception):
            raise answer
        if callable(answer):
            answer = answer(payload)
        if isinstance(answer, dict) and "code" in answer:
            return {"ok": False, "error": {"message": "", "fields": {}, **answer}}
        return {"ok": True, "result": answer}

    @property
    def last(self) -> dict[str, Any]:
        return self.calls[-1][2]


@pytest.fixture
def links() -> FakeLinks:
    return FakeLinks()


@pytest.fixture(scope="session")
def accounts_home(tmp_path_factory: pytest.TempPathFactory, tree: District) -> Path:
    home = tmp_path_factory.mktemp("desk")
    wanted = [tree.office(office) for office in (DISTRICT, TOWN, VILLAGE, "portal")]
    make_accounts(home, wanted, lambda _office: PASSWORD, quick=True)
    return home


@pytest.fixture
def desk(accounts_home: Path, tree: District, policy: Policy, keyring: Keyring, links: FakeLinks) -> Desk:
    return Desk(
        tree=tree,
        policy=policy,
        keyring=keyring,
        accounts=load_accounts(accounts_home),
        links=links,  # type: ignore[arg-type]
        sessions=Sessions(b"a secret of this test only"),
        lockout=Lockout(),
        receipts=ShownReceipts(),
    )


@pytest.fixture
def app(desk: Desk) -> Flask:
    return desk_app(desk)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


Enter = Callable[..., FlaskClient]


@pytest.fixture
def enter(app: Flask) -> Enter:
    """Log in; a client that sends the token with every request."""

    def log_in(office: str, user: str, passphrase: str = "") -> FlaskClient:
        client = app.test_client()
        given = {"office": office, "user": user, "password": PASSWORD, "discipline_passphrase": passphrase}
        answer = client.post("/api/v1/login", json=given)
        assert answer.status_code == 200, answer.json
        assert answer.json is not None
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {answer.json['token']}"
        return client

    return log_in


@pytest.fixture
def clerk(enter: Enter) -> FlaskClient:
    return enter(TOWN, "clerk")


@pytest.fixture
def discipline(enter: Enter) -> FlaskClient:
    return enter(DISTRICT, "discipline", PASSPHRASE)
