"""Letters that stand still: listed, tried again and given up beside a running node, with a reason in the journal."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from contracts.context import Actor
from contracts.errors import NotFound, Refused
from network import held, inbox, outbox, parked
from network.forget import forget_letters
from network.post import streams_in, streams_out
from network.tables import CommandRow, InboxRow, JournalRow, OutboxRow
from tests.network.toy import DISTRICT, TOWN, VILLAGE, World

CASE = "d" * 32
OPERATOR = Actor("operator", TOWN, roles=("system",))


@pytest.fixture
def world(tmp_path: Path) -> World:
    """The village told the town three letters of one case; the town's handler refused the first."""
    world = World(tmp_path, seed=1)
    world.refuse.add(1)
    for _ in range(3):
        world.tell(VILLAGE, TOWN, CASE)
    world.tell(VILLAGE, TOWN)
    world.heal()
    return world


def node_polls(world: World, office: str = TOWN) -> int:
    return held.retry_due(world.offices[office], "intake", world.handlers(office))


def states(world: World) -> Sequence[str]:
    with world.offices[TOWN].reading() as session:
        return session.scalars(select(InboxRow.state).order_by(InboxRow.seq)).all()


def test_what_stands_still_is_listed_with_its_reason_and_no_content(world: World) -> None:
    first, *behind = parked.held_letters(world.offices[TOWN])
    assert (first.direction, first.peer, first.type, first.case, first.state) == ("in", VILLAGE, "toy", CASE, "parked")
    assert "这封信不行" in first.reason
    assert [letter.state for letter in behind] == ["blocked", "blocked"]
    shown = parked.detail(world.offices[TOWN], first.id)
    assert shown["fields"] == ["number"]
    assert "body" not in shown
    (figures,) = streams_in(world.offices[TOWN])
    assert (figures.sender, figures.waiting, figures.held) == (VILLAGE, 0, 3)
    with pytest.raises(NotFound):
        parked.detail(world.offices[TOWN], "0" * 32)


def test_a_letter_marked_for_retry_is_applied_by_the_node_and_those_behind_follow(world: World) -> None:
    first, second, _ = parked.held_letters(world.offices[TOWN])
    with pytest.raises(Refused, match="排在前面"):
        parked.retry(world.offices[TOWN], second.id, OPERATOR)
    world.refuse.clear()
    parked.retry(world.offices[TOWN], first.id, OPERATOR)
    assert states(world) == ["retry", "blocked", "blocked", "applied"]
    assert node_polls(world) == 3
    assert states(world) == ["applied"] * 4
    assert world.received(TOWN, VILLAGE) == [4, 1, 2, 3]


def test_letters_left_behind_one_that_went_through_follow_by_themselves_in_the_order_of_their_stream(
    world: World,
) -> None:
    """A program was killed after the first went through; or another letter came while it was being applied."""
    town = world.offices[TOWN]
    first, second, third = parked.held_letters(town)
    world.refuse.clear()
    assert held.retry(town, "intake", world.handlers(TOWN), first.id)
    assert states(world) == ["applied", "blocked", "blocked", "applied"]
    with town.uow("network", OPERATOR) as uow:
        early = uow.session.get_one(InboxRow, third.id)
        early.received_at = uow.session.get_one(InboxRow, second.id).received_at - timedelta(seconds=5)
    assert node_polls(world) == 2
    assert world.received(TOWN, VILLAGE) == [4, 1, 2, 3]


def test_a_discarded_letter_stays_with_a_reason_and_those_behind_it_go_on(world: World) -> None:
    first, *_ = parked.held_letters(world.offices[TOWN])
    with pytest.raises(Refused, match="理由"):
        parked.discard(world.offices[TOWN], first.id, OPERATOR, " ")
    parked.discard(world.offices[TOWN], first.id, OPERATOR, "重复")
    node_polls(world)
    assert states(world) == ["discarded", "applied", "applied", "applied"]
    with world.offices[TOWN].reading() as session:
        line = session.scalars(select(JournalRow).where(JournalRow.action == "letter_discarded")).one()
    assert (line.why, line.case_id, line.actor) == ("重复", CASE, f"{TOWN}/operator")
    assert world.offices[TOWN].audit() == []


def test_a_message_that_cannot_be_read_can_only_be_discarded(world: World) -> None:
    inbox.park_raw(world.offices[TOWN], "intake", b"\xff", "无法读取")
    letter = next(each for each in parked.held_letters(world.offices[TOWN]) if each.case == "")
    with pytest.raises(Refused, match="不能重试"):
        parked.retry(world.offices[TOWN], letter.id, OPERATOR)
    assert parked.detail(world.offices[TOWN], letter.id)["raw_bytes"] == 1
    parked.discard(world.offices[TOWN], letter.id, OPERATOR, "乱码")
    assert letter.id not in {each.id for each in parked.held_letters(world.offices[TOWN])}


def refuse_next(world: World, to: str = TOWN) -> str:
    """A letter of the village that the broker refuses."""
    world.tell(VILLAGE, to, CASE)
    with world.offices[VILLAGE].uow("network", OPERATOR) as uow:
        row = uow.session.scalars(select(OutboxRow).where(OutboxRow.state == "pending")).one()
        outbox.park(uow.session, row.id, "NO_ROUTE")
        return row.id


def test_a_refused_letter_goes_out_again_in_its_place(world: World) -> None:
    letter = refuse_next(world)
    (figures,) = [each for each in streams_out(world.offices[VILLAGE]) if each.to == TOWN]
    assert (figures.waiting, figures.parked, figures.unacknowledged) == (0, 1, 1)
    world.now = world.now.replace(minute=world.now.minute)
    parked.retry(world.offices[VILLAGE], letter, OPERATOR)
    world.refuse.clear()
    world.heal()
    assert parked.held_letters(world.offices[VILLAGE]) == []
    (figures,) = [each for each in streams_out(world.offices[VILLAGE]) if each.to == TOWN]
    assert (figures.unacknowledged, figures.oldest_seconds) == (0, None)
    with pytest.raises(Refused, match="未被搁置"):
        parked.retry(world.offices[VILLAGE], letter, OPERATOR)


def test_a_discarded_outgoing_letter_leaves_no_gap_in_its_stream(world: World) -> None:
    letter = refuse_next(world)
    after = world.tell(VILLAGE, TOWN)
    parked.discard(world.offices[VILLAGE], letter, OPERATOR, "收件人已撤并")
    world.heal()
    assert after in world.received(TOWN, VILLAGE)
    with world.offices[TOWN].reading() as session:
        void = session.get_one(InboxRow, letter)
    assert (void.type, void.case_id, void.body["data"], void.state) == ("void", "", {"of": "toy"}, "applied")


def test_a_letter_to_an_office_out_of_reach_is_given_up_where_it_lies(world: World) -> None:
    letter = refuse_next(world, to=DISTRICT)
    office = world.offices[VILLAGE]
    with office.uow("network", OPERATOR) as uow:
        uow.session.get_one(OutboxRow, letter).office = "610402999"
    parked.discard(office, letter, OPERATOR, "该单位已撤销")
    assert parked.held_letters(office) == []
    with office.reading() as session:
        assert session.get_one(OutboxRow, letter).state == "parked"


def test_nobody_holds_up_what_others_say_of_a_case_nor_its_recall(world: World) -> None:
    number = world.tell(DISTRICT, TOWN, CASE)
    world.heal()
    assert world.received(TOWN, DISTRICT) == [number]
    with world.offices[TOWN].uow("intake", OPERATOR) as uow:
        uow.session.add(CommandRow(id="c" * 32, name="x", at=uow.now, result={"case": CASE, "number": "n"}))
        forget_letters(uow.session, "")
        assert uow.session.get_one(CommandRow, "c" * 32).result["number"] == "n"
        forget_letters(uow.session, CASE)
    assert parked.held_letters(world.offices[TOWN]) == []
    with world.offices[TOWN].reading() as session:
        kept = session.scalars(select(InboxRow).where(InboxRow.case_id == CASE)).all()
        assert {row.body["type"] for row in kept if row.body} == {"void"}
        assert session.get_one(CommandRow, "c" * 32).result == {"case": CASE}


@pytest.mark.parametrize("wrong", [{"seq": 10**30}, {"epoch": 10**12}, {"head": {"epoch": 1, "seq": 10**25}}])
def test_a_number_that_no_database_keeps_is_parked_at_once(world: World, wrong: dict[str, object]) -> None:
    body = {"specversion": "1.0", "id": "f" * 32, "source": f"/{VILLAGE}/intake", "type": "toy", "seq": 9, "data": {}}
    head = {"epoch": 1, "seq": 1, "hash": "0" * 64}
    wrong = {**wrong, "head": {**head, **wrong["head"]}} if isinstance(wrong.get("head"), dict) else wrong
    raw = json.dumps({**body, "time": "2026-03-02T08:00:00+00:00", **wrong}).encode()
    inbox.deliver(world.offices[TOWN], "intake", {}, raw, f"from.{VILLAGE}.to.{TOWN}.intake.toy")
    assert [row.raw for row in world.inbox(TOWN, "parked") if row.raw] == [raw]
