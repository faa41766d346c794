"""What an audit names when somebody works on an office's database beside the programs, and what it says of a restore."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from contracts.context import Actor
from contracts.letters import Tell
from network.audit import Finding, Head, audit_office, check_heads, kept_heads, told_cases
from network.journal import line_hash, row_values
from network.tables import JournalRow
from tests.network.toy import DISTRICT, TOWN, VILLAGE, ToyRow, World

CASE = "c" * 32


@pytest.fixture
def world(tmp_path: Path) -> World:
    """The village has worked on a case, told both offices above of it, and everything has arrived."""
    world = World(tmp_path, seed=1)
    for number in range(5):
        work(world, number)
    world.heal()
    return world


def work(world: World, number: int) -> None:
    with world.offices[VILLAGE].uow("intake", Actor("clerk", VILLAGE)) as uow:
        uow.session.add(ToyRow(number=-100 - number, origin=VILLAGE, order=number))
        uow.note("register", CASE, "来访", {"n": number})
        for above in (TOWN, DISTRICT):
            uow.tell(Tell(above, "intake", "toy", CASE, {"number": 1000 + 10 * number + len(above)}))


def audited(world: World) -> list[Finding]:
    """The village's audit against what the district kept of it."""
    with world.offices[DISTRICT].reading() as session:
        heads, told = kept_heads(session, VILLAGE), told_cases(session, VILLAGE)
    return audit_office(world.offices[VILLAGE], heads, told)


def in_the_file(world: World, *statements: str, office: str = VILLAGE) -> None:
    """What somebody does who has the database open."""
    with sqlite3.connect(world.folder / f"{office}.db") as connection:
        for statement in statements:
            connection.execute(statement)


def test_an_untouched_office_has_no_finding(world: World) -> None:
    assert audited(world) == []
    assert all(audit_office(office) == [] for office in world.offices.values())


@pytest.mark.parametrize(
    ("statement", "what", "key"),
    [
        ("DELETE FROM toy_row WHERE number = -102", "deleted", "-102"),
        ("UPDATE toy_row SET origin = 'other' WHERE number = -102", "altered", "-102"),
        ("UPDATE toy_row SET \"order\" = 'not a number' WHERE number = -102", "altered", "-102"),
        ("INSERT INTO toy_row VALUES (7777, 'x', 1)", "smuggled", "7777"),
    ],
)
def test_rows_changed_beside_the_programs_are_named(world: World, statement: str, what: str, key: str) -> None:
    in_the_file(world, statement)
    (found,) = audited(world)
    assert (found.office, found.what, found.table, found.key, found.grave) == (VILLAGE, what, "toy_row", key, True)
    assert found.case == ("" if what == "smuggled" else CASE)


def test_a_rewritten_journal_line_breaks_the_chain(world: World) -> None:
    in_the_file(world, "UPDATE net_journal SET why = '网上' WHERE seq = 3")
    (found,) = audited(world)
    assert (found.what, found.seq, found.case) == ("broken", 3, CASE)


def test_a_journal_line_that_cannot_be_read_is_named_and_the_rest_still_looked_at(world: World) -> None:
    in_the_file(world, "UPDATE net_journal SET data = '{' WHERE seq = 3", "DELETE FROM toy_row WHERE number = -103")
    assert {(found.what, found.seq) for found in audited(world)} >= {("broken", 3), ("deleted", None)}


def test_a_row_deleted_together_with_its_line_and_a_chain_computed_anew_differs_from_the_heads_above(
    world: World,
) -> None:
    in_the_file(world, "DELETE FROM toy_row WHERE number = -102")
    rewrite(world, lambda line: {**line, "rows": []} if line["data"] == {"n": 2} else line)
    assert audit_office(world.offices[VILLAGE]) == []
    (found,) = audited(world)
    assert (found.what, found.case) == ("rewritten", CASE)


def test_a_journal_whose_last_lines_are_gone(world: World) -> None:
    in_the_file(world, "DELETE FROM net_journal WHERE seq > 4", "DELETE FROM toy_row WHERE number = -104")
    assert {found.what for found in audited(world)} == {"head", "truncated"}


def rewrite(world: World, change: Callable[[dict[str, Any]], Mapping[str, Any]]) -> None:
    """Change lines and make the whole chain, and the office's head, consistent again."""
    with world.offices[VILLAGE].reading() as session:
        lines = [row_values(line) for line in session.query(JournalRow).order_by(JournalRow.seq)]
    prev = "0" * 64
    with sqlite3.connect(world.folder / f"{VILLAGE}.db") as connection:
        for line in lines:
            fresh = {**change(line), "prev": prev}
            prev = line_hash(fresh)
            connection.execute(
                "UPDATE net_journal SET rows = ?, prev = ?, hash = ? WHERE seq = ?",
                (json.dumps(fresh["rows"]), fresh["prev"], prev, line["seq"]),
            )
        connection.execute("UPDATE net_office SET journal_hash = ?", (prev,))


def test_a_restored_office_shows_a_new_epoch_and_nothing_else_once_everything_is_back(world: World) -> None:
    backup = world.backup(VILLAGE)
    for number in range(5, 9):
        work(world, number)
    world.heal()
    world.restore(VILLAGE, backup)
    assert {found.what for found in audited(world)} == {"truncated"}, "before the network noticed"
    work(world, 20)
    world.heal()
    (found,) = audited(world)
    assert (found.what, found.grave) == ("epoch", False)
    with world.offices[VILLAGE].reading() as session:
        own = {row.number for row in session.query(ToyRow).where(ToyRow.number < 0)}
    assert own == {-100 - number for number in (*range(9), 20)}


LINES = [
    {"seq": seq, "epoch": epoch, "hash": f"{epoch}-{seq}", "case_id": ""} for seq, epoch in ((1, 1), (2, 1), (3, 2))
]


@pytest.mark.parametrize(
    ("heads", "whats"),
    [
        ([Head(1, 1, "1-1"), Head(2, 3, "2-3")], ["epoch"]),
        ([Head(1, 1, "1-1"), Head(1, 2, "cut off"), Head(1, 3, "cut off"), Head(1, 9, "cut off")], ["epoch"]),
        ([Head(1, 1, "other"), Head(1, 2, "1-2")], ["epoch", "rewritten"]),
        ([Head(1, 1, "other"), Head(2, 3, "other")], ["epoch", "rewritten"]),
        ([Head(2, 9, "2-9")], ["epoch", "truncated"]),
    ],
)
def test_an_epoch_excuses_what_it_cut_off_and_nothing_else(heads: list[Head], whats: list[str]) -> None:
    assert [each.what for each in check_heads("x", LINES, heads)] == whats


def test_a_case_told_above_that_a_restore_did_not_bring_back_is_named(world: World) -> None:
    in_the_file(world, "UPDATE net_journal SET epoch = 2 WHERE seq = (SELECT max(seq) FROM net_journal)")
    with world.offices[DISTRICT].reading() as session:
        told = told_cases(session, VILLAGE)
    assert told == {CASE}
    found = audit_office(world.offices[VILLAGE], told={*told, "e" * 32})
    assert [each.case for each in found if each.what == "missing"] == ["e" * 32]


def test_the_office_gives_its_findings_as_json(world: World) -> None:
    in_the_file(world, "DELETE FROM toy_row WHERE number = -102")
    (found,) = world.offices[VILLAGE].audit()
    assert json.loads(json.dumps(found))["what"] == "deleted"
