"""`shangda topology --apply` on a real broker: what left the district goes, unless it still holds letters."""

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import kombu
import pytest
from click.testing import CliRunner

from contracts.letters import routing_key
from network.hosting import network_uri
from network.offices import load_district
from network.settings import Settings, load
from shangda.broker import PrivateBroker
from shangda.cli import main
from shangda.topology import note_applied
from tests.shangda.small import DISTRICT, TOWN, VILLAGE, environment

CTL = """
import pathlib, sys
from shangda.broker import PrivateBroker
print(PrivateBroker(pathlib.Path(sys.argv[1])).ctl(*sys.argv[3:]))
"""


def topology(folder: Path, *arguments: str) -> str:
    """What the command prints; it has to succeed."""
    result = CliRunner().invoke(main, ["topology", *arguments], env=environment(folder), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[PrivateBroker]:
    """The private broker of a small district, with the topology that was applied when it had a village."""
    topology(tmp_path)
    running = PrivateBroker(tmp_path / "data" / "broker", tmp_path / "data" / "definitions.json")
    running.start()
    note_applied(tmp_path / "data" / "definitions.json")
    yield running
    running.kill()


def without_village(folder: Path) -> None:
    path = folder / "district" / "offices.csv"
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(VILLAGE)]
    path.write_text("\n".join(kept) + "\n", "utf-8")


def write_to(settings: Settings, broker: PrivateBroker, office: str) -> None:
    """A letter from the district that waits in the office's mailbox."""
    here = load({**vars_of(settings), "AMQP_URL": f"amqp://127.0.0.1:{broker.port}"})
    uri = network_uri(here, load_district(here.district_file), DISTRICT)
    with kombu.Connection(uri, transport_options={"confirm_publish": True}) as connection:
        producer = connection.Producer()
        key = routing_key(DISTRICT, office, "intake", "void")
        producer.publish("{}", exchange="post", routing_key=key, mandatory=True, confirm_timeout=5)


def vars_of(settings: Settings) -> dict[str, str]:
    return {"SHANGDA_HOME": str(settings.home), "SHANGDA_DISTRICT": str(settings.district_file)}


def test_what_left_is_told_then_removed_but_not_with_letters_in_it(broker: PrivateBroker, tmp_path: Path) -> None:
    write_to(load(environment(tmp_path)), broker, VILLAGE)
    without_village(tmp_path)
    assert f"将移除(用 --apply) vhost {VILLAGE}" in topology(tmp_path)
    refused = CliRunner().invoke(main, ["topology", "--apply"], env=environment(tmp_path))
    assert refused.exit_code == 1
    assert "still hold letters" in refused.output
    assert VILLAGE in broker.ctl("list_vhosts")
    ctl = f"{sys.executable} -c {shlex.quote(CTL)} {shlex.quote(str(broker.home))}"
    assert f"已移除 vhost {VILLAGE}" in topology(tmp_path, "--apply", "--force", "--ctl", ctl)
    assert {VILLAGE, TOWN} & set(broker.ctl("list_vhosts").split()) == {TOWN}
