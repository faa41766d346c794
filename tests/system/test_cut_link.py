"""A village with a broker of its own, whose link first refuses, then swallows bytes half-open."""

from collections.abc import Iterator

import pytest

from network.topology import definitions, write_definitions
from shangda.broker import PrivateBroker
from shangda.stage import Stage
from tests.system.proxy import Proxy
from tests.system.reports import DISTRICT, TOWN, VILLAGE, ledger, outbox, report


@pytest.fixture
def village_broker(stage: Stage) -> Iterator[PrivateBroker]:
    path = stage.home / "village-definitions.json"
    write_definitions(path, definitions(stage.tree, stage.credentials, offices=[VILLAGE], network=False))
    with PrivateBroker(stage.home / "village-broker", path) as broker:
        yield broker


def test_fifty_reports_over_a_refusing_and_a_half_open_link(stage: Stage, village_broker: PrivateBroker) -> None:
    stage.node(TOWN, DISTRICT)
    own = f"amqp://127.0.0.1:{village_broker.port}"
    with Proxy(stage.broker.port) as link:
        there = {"AMQP_URL": own, "NETWORK_AMQP_URL": f"amqp://127.0.0.1:{link.port}"}
        stage.node(VILLAGE, **there)  # it starts and serves with the network out of reach
        stage.environment["AMQP_URL"], district = own, stage.environment["AMQP_URL"]
        numbers = [stage.ask(VILLAGE, "intake.register", report(f"第{n}件"))["number"] for n in range(20)]
        link.mode = "pass"
        stage.until("the first letters pass", lambda: outbox(stage, VILLAGE, state="acked", office=DISTRICT), 60)
        link.mode = "swallow"
        numbers += [stage.ask(VILLAGE, "intake.register", report(f"第{n}件"))["number"] for n in range(20, 50)]
        stage.until("letters wait", lambda: len(outbox(stage, VILLAGE, state="pending", office=DISTRICT)) > 0, 60)
        link.mode = "pass"
        stage.environment["AMQP_URL"] = district
        stage.until("all reports stand at the district", lambda: len(ledger(stage, DISTRICT)) >= 50, 120)
        stage.close_links()
    lines = [line for line in ledger(stage, DISTRICT) if line["holder"] == VILLAGE]
    assert sorted(line["number"] for line in lines) == sorted(numbers)
    assert [line["number"] for line in sorted(lines, key=lambda line: line["arrived_at"])] == numbers
    for line in lines:
        assert line["entered_at"] < line["arrived_at"]
    assert [number.rsplit("-", 1)[1] for number in numbers] == [f"{n:05d}" for n in range(1, 51)]
