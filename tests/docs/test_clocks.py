"""docs/clocks.md: a row for every clock of the policy, with its source and term, and nothing in it that is not there."""

import re

import pytest

from contracts.policy_part_schemas import CLOCKS
from tests.docs.pages import ROOT
from tests.services.house import demo_policy

PAGE = (ROOT / "docs" / "clocks.md").read_text("utf-8")
ROW = re.compile(r"^\| (K\d+) \|.*\|$", re.M)
ROWS = {found[1]: [cell.strip() for cell in found[0].strip("|").split(" | ")] for found in ROW.finditer(PAGE)}
NAMED = re.compile(r"`([\w./-]+?)(?:::(\w+))?`")


def test_every_clock_has_exactly_one_row() -> None:
    assert sorted(found[1] for found in ROW.finditer(PAGE)) == sorted(CLOCKS)


@pytest.mark.parametrize("code", CLOCKS)
def test_a_row_has_the_policys_source_and_term(code: str) -> None:
    clock = demo_policy().clocks[code]
    assert ROWS[code][2:4] == [clock.source, str(clock.days) if clock.days else "as set"]


@pytest.mark.parametrize("code", CLOCKS)
def test_a_rows_tests_bear_the_clocks_name(code: str) -> None:
    named = [test for _, test in NAMED.findall(ROWS[code][8])]
    assert named
    assert [test for test in named if not test.startswith(f"test_k{int(code[1:]):02}_")] == []


def test_what_the_page_names_is_there() -> None:
    for path, test in NAMED.findall(PAGE):
        assert (ROOT / path).is_file(), f"{path} is not there"
        assert not test or f"def {test}(" in (ROOT / path).read_text("utf-8"), f"{path} has no {test}"
