"""A portal on a database of its own in a temporary folder; nothing of it needs a broker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from contracts.policy import Policy
from gateway.portal.app import portal_app
from network.db import Base, sqlite_engine
from network.keys import Keyring, make_keys
from network.office import OfficeRuntime
from network.offices import PORTAL, District, load_district
from network.policy_loader import load_policy

DEMO = Path(__file__).parents[2] / "policy" / "demo"
KEYED = ("610402", "610402901", "portal")
PASSPHRASE = "three plain words"


@pytest.fixture(scope="session")
def tree() -> District:
    return load_district(DEMO / "district.toml")


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy(DEMO)


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder, KEYED, lambda _office: PASSPHRASE, interactive=True)
    return Keyring(folder)


@pytest.fixture
def portal(tmp_path: Path, tree: District, policy: Policy, keyring: Keyring) -> Iterator[OfficeRuntime]:
    engine = sqlite_engine(tmp_path / "portal.db")
    Base.metadata.create_all(engine)
    yield OfficeRuntime(PORTAL, tree, engine, keyring, policy)
    engine.dispose()


@pytest.fixture
def app(portal: OfficeRuntime) -> Flask:
    return portal_app(portal, b"a key of this test only, 32 bytes")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
