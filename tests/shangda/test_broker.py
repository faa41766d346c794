"""The private broker, on the real RabbitMQ of this machine."""

import base64
import hashlib
import json
import os
import re
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import amqp
import kombu
import pytest

from shangda.broker import PrivateBroker
from shangda.rabbitmq import BrokerError, find_launcher

QUORUM = {"x-queue-type": "quorum"}
NewBroker = Callable[..., PrivateBroker]


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    salt = b"salt"
    password_hash = base64.b64encode(salt + hashlib.sha256(salt + b"secret").digest()).decode()
    content = {
        "vhosts": [{"name": "v"}],
        "users": [
            {
                "name": "clerk",
                "password_hash": password_hash,
                "hashing_algorithm": "rabbit_password_hashing_sha256",
                "tags": "",
            }
        ],
        "queues": [{"name": "kept", "vhost": "v", "durable": True, "auto_delete": False, "arguments": QUORUM}],
        "permissions": [{"user": "clerk", "vhost": "v", "configure": ".*", "write": ".*", "read": ".*"}],
    }
    path = tmp_path_factory.mktemp("definitions") / "definitions.json"
    path.write_text(json.dumps(content))
    return path


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory, definitions: Path) -> Iterator[PrivateBroker]:
    with PrivateBroker(tmp_path_factory.mktemp("broker"), definitions) as broker:
        yield broker


@pytest.fixture
def new_broker() -> Iterator[NewBroker]:
    """Makes brokers that do not outlive the test, whatever it finds."""
    made: list[PrivateBroker] = []

    def make(home: Path, definitions: Path | None = None, amqp_port: int | None = None) -> PrivateBroker:
        made.append(PrivateBroker(home, definitions, amqp_port))
        return made[-1]

    yield make
    for broker in made:
        broker.kill()


def dial(broker: PrivateBroker) -> kombu.Connection:
    address = f"amqp://clerk:secret@127.0.0.1:{broker.port}/v"
    return kombu.Connection(address, transport_options={"confirm_publish": True})


def listeners(port: int) -> set[str]:
    """The local addresses (hexadecimal, as the kernel writes them) that listen on a TCP port."""
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return {row[1].split(":")[0] for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == port}


def users(broker: PrivateBroker) -> list[str]:
    return [line.split()[0] for line in broker.ctl("list_users").splitlines()[1:]]


def test_what_the_definitions_declare_outlives_a_kill_right_after_the_start(broker: PrivateBroker) -> None:
    with dial(broker) as connection, connection.Producer() as producer:
        producer.publish("kept letter", routing_key="kept", delivery_mode=2, confirm_timeout=10)
    before = broker.node, broker.port
    broker.kill()
    assert not broker.running
    broker.start()
    assert (broker.node, broker.port) == before
    with dial(broker) as connection:
        message = connection.SimpleQueue(kombu.Queue("kept", queue_arguments=QUORUM, no_ack=True)).get(timeout=10)
    assert message.payload == "kept letter"


def test_a_user_of_the_definitions_gets_in_and_guest_does_not(broker: PrivateBroker) -> None:
    with dial(broker) as connection:
        connection.connect()
    assert users(broker) == ["clerk"]
    with pytest.raises(amqp.exceptions.AccessRefused):
        kombu.Connection(f"amqp://guest:guest@127.0.0.1:{broker.port}/").connect()


def test_it_listens_on_the_loopback_interface_only(broker: PrivateBroker) -> None:
    ports = re.findall(r"Interface: .*, port: (\d+)", broker.ctl("status"))
    assert len(ports) == 2, "AMQP and distribution, no more"
    assert [listeners(int(port)) for port in ports] == [{"0100007F"}, {"0100007F"}]


def test_a_second_start_with_the_same_home_is_refused(new_broker: NewBroker, broker: PrivateBroker) -> None:
    with pytest.raises(BrokerError, match="in use by another private broker"):
        new_broker(broker.home).start()
    assert broker.running


def test_two_brokers_do_not_disturb_each_other(broker: PrivateBroker, tmp_path: Path) -> None:
    with PrivateBroker(tmp_path / "other") as other:
        assert (other.port, other.node) != (broker.port, broker.node)
        other.ctl("add_user", "guest", "guest")
        other.stop()
        assert not other.running
        other.start()
        assert users(other) == [], "a guest is deleted at the next start"
    with dial(broker) as connection:
        connection.connect()
    assert broker.ctl("ping").startswith("Ping succeeded"), "the port mapper they share still knows the other one"


def test_a_broker_left_behind_by_a_killed_run_is_ended(broker: PrivateBroker, definitions: Path) -> None:
    assert broker._lock is not None
    os.close(broker._lock)  # as the kernel does when the owner is killed
    broker._lock = None
    with PrivateBroker(broker.home, definitions) as heir:
        assert not broker.running
        assert heir.node == broker.node
    broker.start()


def test_guest_in_the_definitions_is_refused_before_anything_starts(new_broker: NewBroker, tmp_path: Path) -> None:
    definitions = tmp_path / "definitions.json"
    definitions.write_text('{"users": [{"name": "clerk"}, {"name": "guest"}]}')
    broker = new_broker(tmp_path / "home", definitions)
    with pytest.raises(BrokerError, match=r"definitions\.json: users\[1\]\.name"):
        broker.start()
    assert not broker.running


def test_a_port_in_use_is_an_error_and_not_the_answer_of_another_broker(
    new_broker: NewBroker, broker: PrivateBroker, tmp_path: Path
) -> None:
    with pytest.raises(BrokerError, match=f"port {broker.port} of 127.0.0.1 is in use"):
        new_broker(tmp_path / "home", amqp_port=broker.port).start()


def test_definitions_that_are_no_json_are_named_with_their_line(new_broker: NewBroker, tmp_path: Path) -> None:
    definitions = tmp_path / "definitions.json"
    definitions.write_text('{"users":\n oops}')
    with pytest.raises(BrokerError, match=r"definitions\.json: line 2: not JSON"):
        new_broker(tmp_path / "home", definitions).start()


def test_a_server_that_cannot_start_says_why(new_broker: NewBroker, tmp_path: Path) -> None:
    broker = new_broker(tmp_path)
    (tmp_path / ".erlang.cookie").write_text("readable by all")
    with pytest.raises(BrokerError, match="ended while starting"):
        broker.start()
    assert not broker.running


def test_definitions_that_the_server_refuses_are_an_error(new_broker: NewBroker, tmp_path: Path) -> None:
    definitions = tmp_path / "definitions.json"
    definitions.write_text('{"queues": [{"name": "q", "vhost": "absent", "auto_delete": false, "arguments": {}}]}')
    broker = new_broker(tmp_path / "home", definitions)
    with pytest.raises(BrokerError, match="Virtual host 'absent' does not exist"):
        broker.start()
    assert not broker.running


def test_the_newest_launcher_is_found_and_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BrokerError, match="install the package rabbitmq-server"):
        find_launcher(tmp_path)
    for version in ("3.9.13", "3.10.8", "3.8.2"):
        folder = tmp_path / f"usr/lib/rabbitmq/lib/rabbitmq_server-{version}/sbin"
        folder.mkdir(parents=True)
        (folder / "rabbitmq-server").touch()
    assert "3.10.8" in str(find_launcher(tmp_path))


def test_a_low_limit_of_open_files_is_raised(new_broker: NewBroker, tmp_path: Path) -> None:
    """With 1024, what a log-in shell allows, a district's quorum queues leave RabbitMQ no handle for a connection."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, before[1]))
        broker = new_broker(tmp_path / "broker")
        broker.start()
        assert broker.ctl("eval", "file_handle_cache:get_limit() > 1024.").strip() == "true"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
