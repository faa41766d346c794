"""Each letter that cannot be taken is refused or parked with its reason, and the post behind it flows."""

import json
import secrets
from datetime import UTC, datetime
from typing import Any

import kombu
import pytest

from contracts.context import Actor
from contracts.letters import Tell
from network.credentials import ADMIN, amqp_uri
from network.hosting import network_uri, own_uri
from network.ids import new_id
from network.topology import network_vhost
from network.wire import Parcel, Sender, connect
from shangda.stage import Stage
from tests.system.reports import DISTRICT, STREET, TOWN, VILLAGE, inbox, ledger, outbox, report


@pytest.fixture(scope="module", autouse=True)
def nodes(stage: Stage) -> None:
    stage.node(TOWN, VILLAGE)


def letter(
    seq: int | None, type_: str = "void", data: dict[str, Any] | None = None, source: str = STREET
) -> dict[str, Any]:
    """A letter body from the street, whose node does not run."""
    return {
        "specversion": "1.0",
        "id": new_id(),
        "source": f"/{source}/intake",
        "type": type_,
        "subject": "",
        "time": datetime.now(UTC).isoformat(),
        "data": {"of": "x"} if data is None else data,
        "seq": seq,
        "epoch": 1,
        "head": None,
    }


def post_as_district(stage: Stage, *bodies: dict[str, Any] | bytes, service: str = "supervision") -> None:
    """Publish raw messages to the town with the district's own broker account."""
    connection = connect(network_uri(stage.settings(), stage.tree, DISTRICT))
    key = f"from.{DISTRICT}.to.{TOWN}.{service}.void"
    parcels = [
        Parcel(secrets.token_hex(8), key, body if isinstance(body, bytes) else json.dumps(body).encode())
        for body in bodies
    ]
    assert len(Sender(connection, "post").send(parcels).confirmed) == len(bodies)
    connection.release()


def parked(stage: Stage, word: str) -> Any:
    return stage.until(word, lambda: [row for row in inbox(stage, TOWN, state="parked") if word in row.reason])


def test_bad_letters_are_parked_and_the_good_one_behind_them_applies(stage: Stage) -> None:
    good = letter(3, source=DISTRICT)
    bodies = [
        b"\xff\xfe no letter",
        letter(1, source=STREET),
        letter(1, "nonsense", source=DISTRICT),
        letter(2, "order_withdrawn", {"at": "no"}, source=DISTRICT),
        good,
    ]
    post_as_district(stage, *bodies)
    stage.until("the good letter", lambda: inbox(stage, TOWN, id=good["id"], state="applied"))
    [unreadable] = parked(stage, "无法读取")
    assert unreadable.raw == b"\xff\xfe no letter"
    [forged] = parked(stage, "投递路径")
    assert STREET in forged.reason
    [unknown] = parked(stage, "unknown_type")
    assert unknown.seq == 1
    [wrong] = parked(stage, "字段不符合要求")
    assert "at" in wrong.reason
    assert "why" in wrong.reason


def test_an_undecodable_message_of_the_own_office_is_parked_from_the_dead_queue(stage: Stage) -> None:
    connection = kombu.Connection(own_uri(stage.settings(), TOWN))
    producer = kombu.Producer(connection.channel())
    key = f"from.{TOWN}.to.{TOWN}.intake.void"
    producer.publish(
        b"\x00broken", exchange="post", routing_key=key, content_type="application/x-unknown", content_encoding="binary"
    )
    producer.publish(
        b"{not json", exchange="post", routing_key=key, content_type="application/json", content_encoding="utf-8"
    )
    connection.release()
    rows = stage.until(
        "both dead letters", lambda: [r for r in inbox(stage, TOWN, state="parked") if "死信" in r.reason][1:]
    )
    assert rows
    assert stage.see(TOWN, "intake.list_reports")["reports"] == []


def test_an_rpc_without_reply_to_is_parked_and_the_service_lives(stage: Stage) -> None:
    connection = kombu.Connection(own_uri(stage.settings(), TOWN))
    kombu.Producer(connection.channel()).publish(
        {"args": [], "kwargs": {}}, exchange="nameko-rpc", routing_key="intake.register", serializer="json"
    )
    connection.release()
    parked(stage, "reply_to")
    assert stage.ask(TOWN, "intake.register", report())["number"].startswith(f"{TOWN}-")


def test_bad_command_names_the_field_and_writes_nothing(stage: Stage) -> None:
    before = stage.see(VILLAGE, "intake.counts")
    answer = stage.answer(VILLAGE, "intake.register", report(channel="pigeon", text=" "))
    assert answer["error"]["code"] == "invalid"
    assert set(answer["error"]["fields"]) == {"channel", "text"}
    stranger = stage.answer(VILLAGE, "intake.register", report(), command_id="short")
    assert set(stranger["error"]["fields"]) == {"command_id"}
    assert stage.see(VILLAGE, "intake.counts") == before


def test_the_same_command_twice_gives_the_same_answer_and_one_case(stage: Stage) -> None:
    command_id, data = secrets.token_hex(16), report()
    first = stage.ask(VILLAGE, "intake.register", data, command_id=command_id)
    assert stage.ask(VILLAGE, "intake.register", data, command_id=command_id) == first
    other = stage.answer(VILLAGE, "assignment.take", {"case": first["case"]}, command_id=command_id)
    assert other["error"]["code"] == "command_id_used"


def tell(stage: Stage, sender: str, to: str, service: str) -> None:
    with stage.office(sender).uow("intake", Actor("tester", sender)) as uow:
        uow.tell(Tell(to, service, "void", "", {"of": "test"}))


def test_a_foreign_destination_and_no_route_park_one_row_each(stage: Stage) -> None:
    tell(stage, VILLAGE, STREET, "intake")
    tell(stage, VILLAGE, TOWN, "portal")
    number = stage.ask(VILLAGE, "intake.register", report())["number"]
    [foreign] = stage.until("403", lambda: outbox(stage, VILLAGE, state="parked", office=STREET))
    assert "403" in foreign.reason
    [astray] = stage.until("no route", lambda: outbox(stage, VILLAGE, state="parked", service="portal", office=TOWN))
    assert "312" in astray.reason
    stage.until("the report passes", lambda: any(line["number"] == number for line in ledger(stage, TOWN)))


def test_a_forged_sender_is_refused_by_the_broker(stage: Stage) -> None:
    connection = connect(network_uri(stage.settings(), stage.tree, VILLAGE))
    outcome = Sender(connection, "post").send([Parcel("x", f"from.{TOWN}.to.{DISTRICT}.intake.void", b"{}")])
    assert "403" in outcome.refused["x"]
    connection.release()


def test_a_full_mailbox_holds_its_own_stream_only(stage: Stage) -> None:
    queue = f"mail.{DISTRICT}.hearing"  # the district's node does not run
    vhost = network_vhost(stage.tree)
    limit = json.dumps({"max-length": 1, "overflow": "reject-publish"})
    stage.broker.ctl("set_policy", "-p", vhost, "--priority", "9", "--apply-to", "queues", "tiny", f"^{queue}$", limit)
    for _ in range(3):
        tell(stage, VILLAGE, DISTRICT, "hearing")
    stage.until(
        "it is full", lambda: len(outbox(stage, VILLAGE, state="sent", office=DISTRICT, service="hearing")) == 3
    )
    for _ in range(7):
        tell(stage, VILLAGE, DISTRICT, "hearing")
    number = stage.ask(VILLAGE, "intake.register", report())["number"]
    stage.until("the report passes", lambda: any(line["number"] == number for line in ledger(stage, TOWN)))
    waiting = outbox(stage, VILLAGE, state="pending", office=DISTRICT, service="hearing")
    assert waiting, "the mailbox should be full"
    stage.broker.ctl("clear_policy", "-p", vhost, "tiny")
    admin = amqp_uri(stage.credentials, ADMIN, vhost, "127.0.0.1", stage.broker.port)
    stage.until(
        "it drains", lambda: not outbox(stage, VILLAGE, state="pending", office=DISTRICT, service="hearing"), 60
    )
    with kombu.Connection(admin) as connection:
        assert connection.channel().queue_declare(queue, passive=True).message_count == 10
