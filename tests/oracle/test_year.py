"""Years counted twice: by the services, and by a count that reads only what people did. Twenty seeds agree on every figure."""

import ast
from datetime import date
from pathlib import Path

import pytest

from shangda.simulate.acts import Plan
from shangda.simulate.by_hand import HandStage
from shangda.simulate.driver import Log, play
from shangda.simulate.world import chosen
from shangda.simulate.year import Amounts, Year
from tests.oracle import count
from tests.oracle.count import Oracle

SINCE, UNTIL = date(2026, 11, 26), date(2027, 1, 5)
ASKED = (("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-01-31"))
AMOUNTS = (Amounts(6, 3, 1, 1), Amounts(9, 2, 2, 1), Amounts(4, 5, 0, 2))


def plan_of(seed: int) -> Plan:
    return Year(seed, chosen(1, 1, 1), SINCE, UNTIL, AMOUNTS[seed % 3]).made()


@pytest.mark.parametrize("seed", range(20))
def test_the_services_and_the_oracle_come_to_the_same(seed: int, tmp_path: Path) -> None:
    plan = plan_of(seed)
    with HandStage(tmp_path, plan) as stage:
        play(plan, stage, Log(None))
        assert stage.held_up() == []
        for since, until in ASKED:
            oracle = Oracle(plan.plain(), since, until)
            counted = {**oracle.figures(), **oracle.discipline()}
            told = {**stage.figures(since, until, "discipline"), **stage.figures(since, until)}
            flat = {name: each["value"] for name, each in told.items()}
            flat |= {f"{name}/base": each["base"] for name, each in told.items()}
            assert {name: flat.get(name) for name in counted} == counted


def test_the_oracle_stands_alone() -> None:
    tree = ast.walk(ast.parse(Path(count.__file__).read_text("utf-8")))
    names = {node.module for node in tree if isinstance(node, ast.ImportFrom)}
    tree = ast.walk(ast.parse(Path(count.__file__).read_text("utf-8")))
    names |= {each.name for node in tree if isinstance(node, ast.Import) for each in node.names}
    assert names == {"json", "sys", "calendar", "collections", "collections.abc", "datetime", "typing"}
