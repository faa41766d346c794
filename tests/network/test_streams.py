"""Streams under loss, doubling, disorder, refusal and restore: nothing lost, nothing twice, in order."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from contracts.context import Actor
from contracts.letters import Tell
from network import inbox, peers
from network.held import retry, retry_due
from network.inbox import deliver
from network.journal import broken_links
from network.tables import JournalRow, OfficeRow, OutboxRow
from network.wire import Parcel
from tests.network.toy import DISTRICT, TOWN, VILLAGE, ToyRow, World

PAIRS = [
    (VILLAGE, TOWN),
    (TOWN, VILLAGE),
    (VILLAGE, DISTRICT),
    (DISTRICT, VILLAGE),
    (TOWN, DISTRICT),
    (VILLAGE, VILLAGE),
]


@pytest.mark.parametrize("seed", range(4))
def test_everything_arrives_once_and_in_order_whatever_the_post_does(tmp_path: Path, seed: int) -> None:
    world = World(tmp_path, seed)
    for _ in range(25):
        for _ in range(world.random.randint(0, 3)):
            world.tell(*world.random.choice(PAIRS))
        world.step(lose=0.2, double=0.2, late=0.3)
    world.heal()
    for (sender, to), numbers in world.told.items():
        assert world.received(to, sender) == numbers


def test_letters_of_one_commit_on_one_stream_are_numbered_one_after_the_other(tmp_path: Path) -> None:
    world = World(tmp_path, 1)
    with world.offices[VILLAGE].uow("intake", Actor("tester", VILLAGE)) as uow:
        uow.tell_all([Tell(TOWN, "intake", "toy", "", {"number": number}) for number in (7, 8, 9)])
    with world.offices[VILLAGE].reading() as session:
        rows = session.scalars(select(OutboxRow).order_by(OutboxRow.seq)).all()
        assert [(row.seq, row.body["data"]["number"]) for row in rows] == [(1, 7), (2, 8), (3, 9)]
    world.heal()
    assert world.received(TOWN, VILLAGE) == [7, 8, 9]


@pytest.mark.parametrize("seed", range(4))
def test_a_restored_village_raises_its_epoch_and_everything_is_there_again(tmp_path: Path, seed: int) -> None:
    world = World(tmp_path, seed)
    for _ in range(5):
        world.tell(*world.random.choice(PAIRS))
    world.heal()
    backup = world.backup(VILLAGE)
    for _ in range(20):
        world.tell(*world.random.choice(PAIRS))
        world.step(lose=0.1, double=0.1, late=0.2)
    world.tell(VILLAGE, TOWN)
    world.heal()
    world.restore(VILLAGE, backup)
    for _ in range(world.random.randint(0, 30)):
        world.tell(*world.random.choice(PAIRS))
    for _ in range(10):
        world.step(lose=0.1, double=0.1, late=0.2)
    world.heal()
    for (sender, to), numbers in world.told.items():
        got = world.received(to, sender)
        assert sorted(got) == [number for number in numbers if not (to == sender == VILLAGE and number not in got)]
    assert own_work(world) >= {
        number for (sender, to), told in world.told.items() for number in told if sender == VILLAGE and to == TOWN
    }
    with world.offices[VILLAGE].reading() as session:
        assert session.get_one(OfficeRow, VILLAGE).epoch == 2


def own_work(world: World) -> set[int]:
    """What the village wrote into its own rows when it told something."""
    with world.offices[VILLAGE].reading() as session:
        return {-number for number in session.scalars(select(ToyRow.number).where(ToyRow.number < 0))}


def test_a_refused_letter_is_parked_and_only_its_case_waits(tmp_path: Path) -> None:
    world = World(tmp_path, 1)
    bad = world.tell(VILLAGE, TOWN, case="a" * 32)
    world.refuse.add(bad)
    behind = world.tell(VILLAGE, TOWN, case="a" * 32)
    other = world.tell(VILLAGE, TOWN, case="b" * 32)
    world.heal()
    assert world.received(TOWN, VILLAGE) == [other]
    [parked] = world.inbox(TOWN, "parked")
    assert parked.reason == "refused: 这封信不行"
    assert [row.body["data"]["number"] for row in world.inbox(TOWN, "blocked")] == [behind]
    world.refuse.clear()
    assert retry(world.offices[TOWN], "intake", world.handlers(TOWN), parked.id)
    assert retry_due(world.offices[TOWN], "intake", world.handlers(TOWN)) == 1
    assert world.received(TOWN, VILLAGE) == [other, bad, behind]


def failing_once(monkeypatch: pytest.MonkeyPatch, world: World, parcel: Parcel) -> None:
    """The parcel arrives, and the database fails in passing while it is taken in."""
    fails = iter([True])

    def heard(*given: Any) -> None:
        if next(fails, False):
            raise OperationalError("", {}, Exception("deadlock"))
        peers.heard(*given)

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "heard", heard)
        world.arrive(parcel)


def test_a_repeated_letter_that_the_database_could_not_take_has_no_second_effect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(tmp_path, 1)
    number = world.tell(VILLAGE, TOWN)
    world.relay()
    (parcel,) = [each for each in world.flight if each.routing_key.endswith(".toy")]
    world.heal()
    failing_once(monkeypatch, world, parcel)
    world.now += timedelta(minutes=20)
    world.heal()
    assert world.received(TOWN, VILLAGE) == [number]
    assert world.inbox(TOWN, "retry") == []


def test_an_early_letter_that_the_database_could_not_take_still_waits_for_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(tmp_path, 1)
    numbers = [world.tell(VILLAGE, TOWN) for _ in range(2)]
    world.relay()
    first, second = (each for each in world.flight if each.routing_key.endswith(".toy"))
    world.flight = []
    failing_once(monkeypatch, world, second)
    assert [row.seq for row in world.inbox(TOWN, "waiting")] == [2]
    world.arrive(first)
    assert world.received(TOWN, VILLAGE) == numbers
    world.heal()
    assert world.received(TOWN, VILLAGE) == numbers


def test_the_journal_is_a_chain_over_all_of_it(tmp_path: Path) -> None:
    world = World(tmp_path, 2)
    for pair in PAIRS * 3:
        world.tell(*pair)
    world.heal()
    for office in world.offices.values():
        with office.reading() as session:
            rows = session.scalars(select(JournalRow).order_by(JournalRow.seq)).all()
            lines = [{column.key: getattr(row, column.key) for column in JournalRow.__table__.columns} for row in rows]
        assert lines
        assert broken_links(lines) == []
        lines[0]["why"] = "changed"
        assert broken_links(lines) == [1]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200))
def test_bytes_that_are_no_letter_are_parked_with_their_bytes(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    world = World(tmp_path_factory.mktemp("world"), 3)
    key = f"from.{VILLAGE}.to.{TOWN}.intake.toy"
    deliver(world.offices[TOWN], "intake", world.handlers(TOWN), raw, key)
    [parked] = world.inbox(TOWN, "parked")
    assert parked.raw == raw


def outbox_of(world: World, office: str) -> list[OutboxRow]:
    with world.offices[office].reading() as session:
        return list(session.scalars(select(OutboxRow).where(OutboxRow.type == "toy")))


def test_acknowledged_letters_go_after_35_days_and_an_older_backup_goes_on_above_them(tmp_path: Path) -> None:
    world = World(tmp_path, seed=1)
    first = world.tell(DISTRICT, VILLAGE)
    world.heal()
    backup = world.backup(VILLAGE)
    lost = [world.tell(DISTRICT, VILLAGE) for _ in range(3)]
    world.heal()
    world.now += timedelta(days=34)
    world.heal()
    assert len(outbox_of(world, DISTRICT)) == 4
    world.now += timedelta(days=2)
    world.heal()
    assert outbox_of(world, DISTRICT) == []
    world.restore(VILLAGE, backup)
    after = [world.tell(DISTRICT, VILLAGE) for _ in range(2)]
    world.heal()
    assert {first, *after} <= set(world.received(VILLAGE, DISTRICT)), "what nobody has any more holds up nothing"
    with world.offices[VILLAGE].reading() as session:
        (line,) = session.scalars(select(JournalRow).where(JournalRow.action == "letters_lost")).all()
    assert line.data["seq"] - line.data["after"] == len(lost)
