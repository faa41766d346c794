"""The generated topology, and what a real broker lets each office do under it."""

import json
import re
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import kombu
import pytest
from amqp.exceptions import AccessRefused, NotAllowed

from contracts.letters import routing_key
from network.credentials import Credential, amqp_uri, load_or_make
from network.offices import District, load_district
from network.topology import definitions, network_vhost, write_definitions
from network.topology_apply import NotEmptyError, Removed, apply, removed
from shangda.broker import PrivateBroker

DEMO = Path(__file__).parents[2] / "policy" / "demo" / "district.toml"
DISTRICT, TOWN, VILLAGE, SIBLING = "610402", "610402901", "610402901901", "610402901902"
KEPT = (DISTRICT, TOWN, VILLAGE, SIBLING, "610402007", "portal")


def small(*offices: str) -> District:
    """The demo district with only these offices, so that the broker has little to make."""
    demo = load_district(DEMO)
    return District(demo.id, demo.name, {office: demo.office(office) for office in offices}, demo.bodies)


@pytest.fixture(scope="module")
def district() -> District:
    return small(*KEPT)


@pytest.fixture(scope="module")
def credentials(district: District, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Credential]:
    return load_or_make(tmp_path_factory.mktemp("data"), [*district.offices, "admin"])


@pytest.fixture(scope="module")
def broker(
    district: District, credentials: Mapping[str, Credential], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PrivateBroker]:
    home = tmp_path_factory.mktemp("broker")
    write_definitions(home / "definitions.json", definitions(district, credentials))
    with PrivateBroker(home / "node", home / "definitions.json") as running:
        yield running


@pytest.fixture
def connect(broker: PrivateBroker, credentials: Mapping[str, Credential], district: District):
    opened: list[kombu.Connection] = []

    def _connect(office: str, vhost: str = network_vhost(district)) -> kombu.Connection:
        uri = amqp_uri(credentials, office, vhost, "127.0.0.1", broker.port)
        opened.append(kombu.Connection(uri, transport_options={"confirm_publish": True}))
        return opened[-1]

    yield _connect
    for connection in opened:
        connection.close()


def publish(connection: kombu.Connection, key: str, exchange: str = "post") -> list[str]:
    """Publishes a letter, mandatory and confirmed; the texts of what came back as unroutable."""
    returned: list[str] = []
    producer = kombu.Producer(connection, on_return=lambda exception, *_: returned.append(str(exception)))
    producer.publish({"n": 1}, exchange=exchange, routing_key=key, mandatory=True, confirm_timeout=10, retry=False)
    return returned


def take(connection: kombu.Connection, queue: str, *, wait: float = 10) -> kombu.Message:
    """The next letter of a queue, not yet acknowledged."""
    messages: list[kombu.Message] = []
    consumer = connection.Consumer(kombu.Queue(queue, no_declare=True), prefetch_count=1)
    consumer.register_callback(lambda _, message: messages.append(message))
    with consumer:
        while not messages:
            connection.drain_events(timeout=wait)
    return messages[0]


def test_the_same_input_gives_the_same_bytes(district: District, credentials: dict, tmp_path: Path) -> None:
    target = tmp_path / "definitions.json"
    assert write_definitions(target, definitions(district, credentials)) is True
    first = target.read_bytes()
    target.chmod(0o644)
    shuffled = District(district.id, district.name, dict(reversed(district.offices.items())), district.bodies)
    assert write_definitions(target, definitions(shuffled, credentials)) is False
    assert target.read_bytes() == first
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert not any(credential.password.encode() in first for credential in credentials.values())


def test_every_queue_is_quorum_and_an_outside_office_has_none(district: District, credentials: dict) -> None:
    content = definitions(district, credentials)
    assert {queue["arguments"]["x-queue-type"] for queue in content["queues"]} == {"quorum"}
    assert [vhost["name"] for vhost in content["vhosts"]] == [
        "network.610402",
        DISTRICT,
        TOWN,
        VILLAGE,
        SIBLING,
        "portal",
    ]
    assert not [queue for queue in content["queues"] if "610402007" in queue["name"]]
    with pytest.raises(ValueError, match="not in the network of district 610402, so no vhost: 610402007"):
        definitions(district, credentials, offices=[VILLAGE, "610402007"])


def test_a_broker_of_one_office_knows_no_other(district: District, credentials: dict) -> None:
    content = definitions(district, credentials, offices=[VILLAGE], network=False)
    assert [vhost["name"] for vhost in content["vhosts"]] == [VILLAGE]
    assert [user["name"] for user in content["users"]] == ["admin", VILLAGE]
    assert content["topic_permissions"] == []


def test_a_topic_permission_lists_only_the_peers(district: District, credentials: dict) -> None:
    rules = {rule["user"]: rule for rule in definitions(district, credentials)["topic_permissions"]}
    assert rules[VILLAGE]["write"] == rf"^from\.{VILLAGE}\.to\.({DISTRICT}|{TOWN}|portal)\."
    letters, words = rules["portal"]["write"].split("|^")
    assert letters == rf"^from\.portal\.to\.({DISTRICT})\."
    assert re.match(words, f"from.portal.to.{VILLAGE}.intake.ack")
    assert not re.match(words, f"from.portal.to.{VILLAGE}.intake.report_filed")
    assert {rule["read"] for rule in rules.values()} == {"^$"}


def test_credentials_are_made_once_and_private(tmp_path: Path) -> None:
    first = load_or_make(tmp_path, [TOWN, "admin"])
    assert load_or_make(tmp_path, [TOWN, VILLAGE])[TOWN] == first[TOWN]
    assert stat.S_IMODE((tmp_path / "credentials").stat().st_mode) == 0o700
    files = sorted((tmp_path / "credentials").iterdir())
    assert [path.name for path in files] == [f"{TOWN}.json", f"{VILLAGE}.json", "admin.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    files[0].write_text(json.dumps({"password": "short"}), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"{TOWN}\.json: no usable credential: .*password"):
        load_or_make(tmp_path, [TOWN])


def test_an_office_may_write_to_those_above_and_to_its_own(connect, credentials: dict) -> None:
    for target in (TOWN, DISTRICT):
        assert publish(connect(VILLAGE), routing_key(VILLAGE, target, "assignment", "case.offered")) == []
        received = take(connect(target), f"mail.{target}.assignment")
        assert received.delivery_info["routing_key"].startswith(f"from.{VILLAGE}.to.{target}.")
        received.ack()
    assert publish(connect(VILLAGE, VILLAGE), routing_key(VILLAGE, VILLAGE, "intake", "noted")) == []
    take(connect(VILLAGE, VILLAGE), "intake").ack()


@pytest.mark.parametrize(
    ("key", "exchange"),
    [
        pytest.param(routing_key(TOWN, DISTRICT, "intake", "x"), "post", id="forged sender"),
        pytest.param(routing_key(VILLAGE, SIBLING, "intake", "x"), "post", id="a sibling"),
        pytest.param(f"x.{routing_key(VILLAGE, TOWN, 'intake', 'x')}", "post", id="key not anchored"),
        pytest.param(routing_key(VILLAGE, f"{TOWN}x", "intake", "x"), "post", id="longer id"),
        pytest.param(routing_key(VILLAGE, TOWN, "intake", "x"), "dead", id="the dead exchange"),
        pytest.param(f"mail.{TOWN}.intake", "", id="past the exchange"),
    ],
)
def test_the_broker_refuses_what_an_office_may_not_write(connect, key: str, exchange: str) -> None:
    with pytest.raises(AccessRefused):
        publish(connect(VILLAGE), key, exchange)


def test_the_broker_refuses_another_offices_queue_and_vhost(connect) -> None:
    with pytest.raises(AccessRefused):
        take(connect(VILLAGE), f"mail.{TOWN}.intake")
    with pytest.raises(AccessRefused):
        connect(VILLAGE).channel().queue_declare("mail.mine", durable=True)
    with pytest.raises(NotAllowed):
        connect(VILLAGE, TOWN).connect()


def test_an_unknown_service_comes_back_and_the_link_lives_on(connect) -> None:
    village = connect(VILLAGE)
    assert "NO_ROUTE" in publish(village, routing_key(VILLAGE, TOWN, "gossip", "x"))[0]
    assert publish(village, routing_key(VILLAGE, TOWN, "hearing", "x")) == []
    take(connect(TOWN), f"mail.{TOWN}.hearing").ack()


@pytest.mark.parametrize("vhost", [None, TOWN], ids=["from another office", "from the office itself"])
def test_a_letter_that_is_never_taken_in_reaches_the_dead_box(connect, district: District, vhost: str | None) -> None:
    source, name, dead = (VILLAGE, f"mail.{TOWN}.intake", f"dead.{TOWN}") if vhost is None else (TOWN, "intake", "dead")
    where = vhost or network_vhost(district)
    assert publish(connect(source, where), routing_key(source, TOWN, "intake", "poison")) == []
    receiver = connect(TOWN, where)
    for _ in range(6):  # the first delivery and five more
        take(receiver, name).requeue()
    lost = take(connect(TOWN, where), dead)
    assert lost.headers["x-first-death-queue"] == name
    assert lost.headers["x-first-death-reason"] == "delivery_limit"
    assert lost.delivery_info["routing_key"] == routing_key(source, TOWN, "intake", "poison")
    lost.ack()


def test_the_policies_hold_on_every_queue(broker: PrivateBroker) -> None:
    mailboxes = 0
    for vhost in ("network.610402", DISTRICT, TOWN, VILLAGE, SIBLING, "portal"):
        listing = json.loads(broker.ctl("list_queues", "-p", vhost, "name", "policy", "--formatter", "json"))
        assert listing
        for queue in listing:
            assert queue["policy"] == ("dead" if queue["name"].startswith("dead") else "mail")
            mailboxes += queue["policy"] == "mail"
    # At-least-once is no mere wish: the broker has a worker that carries letters to the dead box for each mailbox.
    workers = broker.ctl("eval", "proplists:get_value(workers, supervisor:count_children(rabbit_fifo_dlx_sup)).")
    assert int(workers) == mailboxes


RPC_SCRIPT = """
import eventlet; eventlet.monkey_patch()
import sys
from nameko.containers import ServiceContainer
from nameko.rpc import rpc
from nameko.standalone.rpc import ServiceRpcProxy

class Assignment:
    name = "assignment"
    @rpc
    def holder(self, case):
        return "held " + case

config = {"AMQP_URI": sys.argv[1]}
container = ServiceContainer(Assignment, config)
container.start()
with ServiceRpcProxy("assignment", config, timeout=10) as proxy:
    print(proxy.holder("c1"))
container.stop()
"""


def test_nameko_rpc_works_under_the_permissions_of_the_own_vhost(broker: PrivateBroker, credentials: dict) -> None:
    uri = amqp_uri(credentials, TOWN, TOWN, "127.0.0.1", broker.port)
    command = [sys.executable, "-W", "ignore", "-c", RPC_SCRIPT, uri]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.stdout == "held c1\n", result.stderr


def test_what_left_between_two_definitions(credentials: dict) -> None:
    old = definitions(small(*KEPT), credentials)
    new = definitions(small(DISTRICT, TOWN, VILLAGE, "portal"), credentials)
    boxes = [*(f"mail.{SIBLING}.{service}" for service in ("assignment", "hearing", "intake", "supervision"))]
    assert removed(old, new) == Removed(
        vhosts=(SIBLING,),
        users=(SIBLING,),
        queues=tuple(("network.610402", name) for name in (f"dead.{SIBLING}", *boxes)),
    )
    assert removed(new, old) == Removed((), (), ())


def test_apply_keeps_what_holds_letters_unless_forced(
    broker: PrivateBroker, connect, district: District, credentials: dict, tmp_path: Path
) -> None:
    path = tmp_path / "definitions.json"
    old, new = definitions(district, credentials), definitions(small(*KEPT[:3], "portal"), credentials)
    write_definitions(path, new)
    publish(connect(TOWN), routing_key(TOWN, SIBLING, "intake", "still here"))
    with pytest.raises(NotEmptyError, match=rf"queue mail\.{SIBLING}\.intake of vhost network\.610402"):
        apply(broker.ctl, path, removed(old, new))
    assert publish(connect(TOWN), routing_key(TOWN, SIBLING, "intake", "nothing changed")) == []

    apply(broker.ctl, path, removed(old, new), force=True)
    assert SIBLING not in broker.ctl("list_vhosts")
    with pytest.raises(AccessRefused):
        connect(SIBLING).connect()
    with pytest.raises(AccessRefused):
        publish(connect(TOWN), routing_key(TOWN, SIBLING, "intake", "no peer any more"))

    apply(broker.ctl, path, removed(old, new))  # a second time: nothing left to remove
    write_definitions(path, old)
    apply(broker.ctl, path, removed(new, old))
    assert publish(connect(TOWN), routing_key(TOWN, SIBLING, "intake", "back")) == []


class FakeCtl:
    """A broker with one office too many, whose queue fills while the definitions are imported."""

    def __init__(self, arriving: int) -> None:
        self.calls: list[str] = []
        self.arriving, self.messages = arriving, 0

    def __call__(self, *arguments: str) -> str:
        self.calls.append(arguments[0])
        if arguments[0] == "import_definitions":
            self.messages = self.arriving
        listings = {
            "list_vhosts": [{"name": "old"}, {"name": "net"}],
            "list_users": [{"user": "old"}],
            "list_queues": [{"name": "mail.old", "messages": self.messages}],
        }
        return json.dumps(listings.get(arguments[0], []))


LEFT = Removed(vhosts=("gone already", "old"), users=("old",), queues=(("net", "mail.old"), ("net", "gone")))


def test_apply_removes_what_is_empty_and_still_there() -> None:
    ctl = FakeCtl(arriving=0)
    apply(ctl, Path("new.json"), LEFT, renewed_after=0)
    changes = [call for call in ctl.calls if not call.startswith("list")]
    assert changes == ["import_definitions", "delete_queue", "delete_vhost", "delete_user"]


def test_apply_removes_nothing_when_a_letter_comes_in_the_meantime() -> None:
    ctl = FakeCtl(arriving=1)
    with pytest.raises(NotEmptyError, match=r"queue mail\.old of vhost net"):
        apply(ctl, Path("new.json"), LEFT, renewed_after=0)
    assert not [call for call in ctl.calls if call.startswith("delete")]
