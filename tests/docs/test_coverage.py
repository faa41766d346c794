"""docs/coverage.md: a row for every sentence and clock, and nothing in it that is not there."""

import re

import pytest

from tests.docs.pages import ROOT

IDS = [*(f"S{n}" for n in range(1, 109)), *(f"K{n}" for n in range(1, 28))]
ROW = re.compile(r"^\| ([SK]\d+) \| (.+?) \| (.+?) \|$", re.M)
NAMED = re.compile(r"`([\w./-]+?)(?:::(\w+))?`")
ROWS = ROW.findall((ROOT / "docs" / "coverage.md").read_text("utf-8"))


def test_every_id_has_exactly_one_row() -> None:
    assert [row[0] for row in ROWS] == IDS


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_what_a_row_names_is_there(row: tuple[str, str, str]) -> None:
    named = NAMED.findall(row[2])
    for path, test in named:
        assert (ROOT / path).is_file(), f"{path} is not there"
        assert not test or f"def {test}(" in (ROOT / path).read_text("utf-8"), f"{path} has no {test}"
    shown = any(path.startswith("tests/") for path, _ in named)
    done = any(not path.startswith("tests/") for path, _ in named)
    assert shown == done, "what is there has a test, and a test shows something that is there"
    assert done or row[2].strip() == "next"
