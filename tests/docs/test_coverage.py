"""docs/coverage.md: a row for every sentence, clock and article, and nothing in it that is not there."""

import re
from collections.abc import Iterator

import pytest

import shangda.models  # noqa: F401  makes the tables known
from contracts.accused import RANKS
from contracts.commands import assignment, hearing, intake, supervision
from contracts.events import EVENTS
from contracts.policy_part_schemas import CLOCKS
from contracts.words import Ground
from network.db import Base
from tests.docs.pages import ROOT

SERVICES = {"assignment": assignment, "hearing": hearing, "intake": intake, "supervision": supervision}
ACTS = {*EVENTS, *(name for service in SERVICES.values() for name in service.COMMANDS)}
QUERIES = {f"{name}.{query}" for name, service in SERVICES.items() for query in service.QUERIES}
GROUNDS = (Ground.WORKS_THERE, Ground.LEADS_IT, Ground.WORKED_THERE, Ground.RELATED)
COLUMNS = {f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns}


def _articles() -> Iterator[str]:
    """Sections 2.2, 2.3 and 3 of the district's facts, by article."""
    yield from (f"XF {article}" for article in (13, 15, 17, 18))
    yield from ("XF 18 retaliation", "XF 19", "XF 19¶3", "XF 20", "XF 21")
    yield from (f"XF 22({way})" for way in range(1, 4))
    yield from ("XF 22 检举控告", "XF 23", "XF 24", "XF 25", "XF 26–27", "XF 28", "XF 29", "XF 30")
    yield from (f"XF 31({way})" for way in range(1, 7))
    yield from ("XF 32", "XF 33", "XF 34", "XF issuer", "XF 35", "XF 36", "XF finality")
    yield from (f"XF {article}" for article in (39, 40, 41, 46))
    yield from (f"2.3({number})" for number in range(1, 4))
    yield from ("JK 4", "JK 10–13", *(f"JK {article}" for article in (*range(14, 19), *range(24, 31))))
    yield from ("JK 39–41", "JK mistaken", "JK 47", "JK 49", "JK 50–51", "JK 52", "监察法 67", "JK practice")
    yield from (f"3.2 {rank}" for rank in RANKS)
    yield from (f"3.2 {ground}" for ground in GROUNDS)
    yield from ("3.2 instead", "3.3")
    yield from (f"3.4 {measure}" for measure in ("谈话提醒", "教育警示", "民主生活会", "信访通知书", "谈话函询等"))


SENTENCES = [f"S{number}" for number in range(1, 109)]
WIDE = [*sorted(CLOCKS, key=lambda clock: int(clock[1:])), *_articles()]
PAGE = (ROOT / "docs" / "coverage.md").read_text("utf-8")
LINES = [line.strip("|").split("|") for line in PAGE.splitlines() if re.match(r"\| (?!id |-)", line)]
ROWS = [[cell.strip() for cell in line] for line in LINES]
IDS = [row[0] for row in ROWS]
NAMED = re.compile(r"`([\w./-]+?)(?:::(\w+))?`")
WORD = re.compile(r"`([\w.]+)`")
NEXT = "**next**: "
COUNTED = set(
    re.findall(r"\w+", "".join(path.read_text("utf-8") for path in (ROOT / "tests" / "services").rglob("*.py")))
)


def test_every_id_has_exactly_one_row() -> None:
    assert [*SENTENCES, *WIDE] == IDS


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_what_a_row_names_is_there(row: list[str]) -> None:
    for path, test in NAMED.findall(row[-1]):
        assert (ROOT / path).is_file(), f"{path} is not there"
        assert not test or f"def {test}(" in (ROOT / path).read_text("utf-8"), f"{path} has no {test}"


@pytest.mark.parametrize("row", ROWS[: len(SENTENCES)], ids=SENTENCES)
def test_a_sentence_that_is_done_has_a_file_and_a_test(row: list[str]) -> None:
    named = NAMED.findall(row[2])
    shown = any(path.startswith("tests/") for path, _ in named)
    done = any(not path.startswith("tests/") for path, _ in named)
    assert shown == done, "what is there has a test, and a test shows something that is there"
    assert done or row[2] == "next"


@pytest.mark.parametrize("row", ROWS[: len(SENTENCES)], ids=SENTENCES)
def test_what_a_sentence_stores_is_a_column_and_a_test_counts_its_figure(row: list[str]) -> None:
    """``(stored: table.column, …; figure: name, …)``: the names of figures are those that tests of the services look at."""
    stored, figures = (re.findall(rf"{word}: ([\w., ]+)", row[2]) for word in ("stored", "figure"))
    assert [each for cell in stored for each in cell.split(", ") if each not in COLUMNS] == []
    assert [each for cell in figures for each in cell.split(", ") if each not in COUNTED] == []


@pytest.mark.parametrize("row", ROWS[len(SENTENCES) :], ids=WIDE)
def test_an_article_that_is_done_names_act_fact_figure_and_test(row: list[str]) -> None:
    """Acts are commands or events, facts columns, figures fields of queries; what is not there says what is missing."""
    _, _, act, fact, clock, figure, test = row
    assert [word for word in WORD.findall(act) if word not in ACTS] == []
    assert [word for word in WORD.findall(fact) if word not in COLUMNS] == []
    assert [word for word in WORD.findall(figure) if word.rpartition(".")[0] not in QUERIES] == []
    assert [word for word in re.findall(r"\bK\d+\b", clock) if word not in CLOCKS] == []
    assert all(name for _, name in NAMED.findall(test)), "a test is named, not its file"
    assert NAMED.findall(test) or re.fullmatch(rf"{re.escape(NEXT)}\w+", test)
