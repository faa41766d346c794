"""docker-compose.yml cannot be started where the tests run, so it is held against the code word by word."""

import itertools
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import click
import pytest
import yaml

from gateway.portal.app import create_app
from network import settings
from network.credentials import load_or_make
from network.offices import Tier
from shangda.cli import main
from shangda.database import prepare

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"].startswith("shangda:")}
NODES = {name: service for name, service in OURS.items() if name.startswith("node-")}
PROGRAM_VARIABLES = set(settings.EnvironmentSchema().fields)


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What `make compose` draws before it starts anything."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "Makefile").write_text((ROOT / "Makefile").read_text())
    drawn = folder / "data" / "compose.env"
    texts = []
    for _ in range(2):
        subprocess.run(["make", "-s", "data/compose.env"], cwd=folder, check=True)
        texts.append(drawn.read_text())
    assert texts[0] == texts[1], "a second start keeps the password"
    assert drawn.stat().st_mode & 0o777 == 0o600
    return dict(line.split("=", 1) for line in texts[0].splitlines())


def options(command: list[str], name: str) -> list[str]:
    return [value for option, value in itertools.pairwise(command) if option == name]


def leaves(value: Any) -> Iterator[tuple[str, str]]:
    """Every (key, text) of a YAML tree; list items under the key of their list."""
    for key, inner in value.items():
        for item in inner if isinstance(inner, list) else [inner]:
            if isinstance(item, dict):
                yield from leaves(item)
            else:
                yield key, str(item)


def test_a_district_has_every_program_it_needs() -> None:
    assert set(SERVICES) == {
        "postgres",
        "install",
        "rabbitmq",
        "node-district",
        "node-town",
        "node-village",
        "node-portal",
        "portal",
        "desk",
    }


def test_each_tier_is_hosted_by_one_node() -> None:
    hosted = [tier for node in NODES.values() for tier in options(node["command"], "--tier")]
    assert sorted(hosted) == sorted(get_args(Tier))


def test_images_are_pinned() -> None:
    assert all(re.fullmatch(r"\w+:\d+\.\d+(\.\d+)?(-\w+)?", service["image"]) for service in SERVICES.values())
    assert re.match(r"FROM python:\d+\.\d+\.\d+-", (ROOT / "Dockerfile").read_text())
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert {service["image"] for service in OURS.values()} == {f"shangda:{version}"}


def test_commands_are_those_of_the_program() -> None:
    for name, *words in (service["command"] for service in OURS.values() if "command" in service):
        command = main.get_command(click.Context(main), name)
        assert command is not None
        if name != "node":
            assert command.make_context(name, list(words)).params["bind"] == words[1]
    shown = subprocess.run([sys.executable, "-m", "shangda.node", "--help"], capture_output=True, text=True, check=True)
    used = {word for node in NODES.values() for word in node["command"] if word.startswith("--")}
    assert all(option in shown.stdout for option in used)


def test_variables_are_those_the_settings_know(secrets: dict[str, str]) -> None:
    for service in OURS.values():
        assert set(service["environment"]) <= PROGRAM_VARIABLES
        loaded = settings.load({**secrets, **service["environment"]})
        assert urlsplit(loaded.amqp_url).hostname in SERVICES
        assert urlsplit(loaded.database_url).hostname in SERVICES
        assert f"{loaded.home}" in [volume.split(":")[1] for volume in service["volumes"]]
        copied = loaded.district_file.relative_to("/srv/shangda")
        assert (ROOT / copied).is_file()
        assert f"COPY {copied.parts[0]} {copied.parts[0]}" in (ROOT / "Dockerfile").read_text()


def test_postgres_and_its_clients_agree_on_user_and_database(secrets: dict[str, str]) -> None:
    url, postgres = urlsplit(secrets["DATABASE_URL"]), SERVICES["postgres"]["environment"]
    assert (url.username, url.path) == (postgres["POSTGRES_USER"], f"/{postgres['POSTGRES_DB']}")
    assert url.password == secrets["POSTGRES_PASSWORD"]


def small_district(folder: Path) -> Path:
    """The demo district with one town and the portal: making keys takes most of a second an office."""
    demo = ROOT / "policy" / "demo"
    (folder / "district.toml").write_text((demo / "district.toml").read_text())
    rows = (demo / "offices.csv").read_text().splitlines(keepends=True)
    kept = ("id", "610402", "610402901", "portal")
    (folder / "offices.csv").write_text("".join(row for row in rows if row.split(",")[0] in kept))
    return folder / "district.toml"


def test_the_broker_and_the_portal_get_their_part_of_what_install_makes(tmp_path: Path) -> None:
    home, shared = tmp_path / "data", tmp_path / "srv"
    district = {"SHANGDA_DISTRICT": str(small_district(tmp_path)), "SHANGDA_POLICY": str(ROOT / "policy" / "demo")}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    script = ROOT / Path(SERVICES["install"]["entrypoint"][0]).relative_to("/srv/shangda")
    for _ in range(2):
        environment = {"PATH": path, "SHANGDA_HOME": str(home), **district}
        subprocess.run([script, shared], cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert (shared / "definitions" / "definitions.json").read_bytes() == (home / "definitions.json").read_bytes()
    private = {path.name for path in (shared / "portal").rglob("*") if path.is_file() and path.suffix != ".pub"}
    assert private == {"portal.json", "portal.petition.key", "portal.discipline.key", "portal.storage.key"}
    portal = settings.load({"SHANGDA_HOME": str(shared / "portal"), **district})
    prepare(portal, ["portal"])
    receipt = create_app(portal).test_client().post("/api/v1/reports", json={"text": "路灯不亮", "place": "村口"})
    assert receipt.status_code == 202
    assert load_or_make(portal.home, ["portal"]) == load_or_make(home, ["portal"])


def test_rabbitmq_loads_the_definitions_it_is_given() -> None:
    volumes = SERVICES["rabbitmq"]["volumes"]
    config = next(volume for volume in volumes if volume.startswith("./")).split(":")[0]
    assert "load_definitions = /srv/definitions/definitions.json" in (ROOT / config).read_text()
    assert "definitions:/srv/definitions:ro" in volumes
    assert "definitions:/srv/definitions" in SERVICES["install"]["volumes"]


def test_the_portal_sees_no_office(secrets: dict[str, str]) -> None:
    for name in ("portal", "node-portal"):
        assert SERVICES[name]["volumes"] == [f"portal:{SERVICES[name]['environment']['SHANGDA_HOME']}"]
    assert "portal:/srv/portal" in SERVICES["install"]["volumes"]


def test_volumes_are_declared_or_lie_in_the_checkout() -> None:
    for service in SERVICES.values():
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or (ROOT / source).exists()


def test_what_is_waited_for_says_when_it_is_ready() -> None:
    for name, service in SERVICES.items():
        for other, wait in service.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if other == "install" else "service_healthy"
            assert (name, wait["condition"]) == (name, wanted)
        assert ("healthcheck" in service) == (name != "install")


def test_no_secret_stands_in_the_file() -> None:
    for key, text in leaves(SERVICES):
        assert not re.search(r"password|secret|token", f"{key}={text}", re.IGNORECASE)
        assert "@" not in text, "no address bears a password"
    assert {service["env_file"] for service in SERVICES.values() if "env_file" in service} == {"data/compose.env"}
    assert "/data/" in (ROOT / ".gitignore").read_text().split()
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert ignored[0] == "*"
    assert "!data" not in ignored


def test_only_the_web_programs_are_reachable_and_only_from_this_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"portal": ["127.0.0.1:8000:8000"], "desk": ["127.0.0.1:8001:8001"]}
    for name, (port,) in published.items():
        assert port.rsplit(":", 1)[1] == options(SERVICES[name]["command"], "--bind")[0].rsplit(":", 1)[1]
