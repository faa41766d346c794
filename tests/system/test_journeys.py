"""`make demo` on the real network: every sample ends where it should, and no plain word of a sealed report is left anywhere."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from services.assignment.officials.models import OfficialPart
from shangda.demo.looking import WORDS
from shangda.demo.stories import STORIES
from shangda.demo.stories.escalation import LADDER
from shangda.demo.theatre import DISTRICT, REGISTER, STREET, TOWN, VILLAGE
from shangda.officials_xlsx import read_officials
from shangda.stage import ROOT


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def hops(kept: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "shangda", "demo", "--json", "--keep", str(kept)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=560, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.mark.timeout(600)
def test_every_hop_names_office_tier_event_case_and_time(hops: list[dict[str, Any]]) -> None:
    assert all({"office", "tier", "event", "case", "at"} <= set(hop) for hop in hops)
    assert {hop["story"] for hop in hops} | {"R21"} == {story.no for story in STORIES}
    between = {hop["event"] for hop in hops if hop["story"] == "R21"}
    assert not {"registered", "report_filed", "custody"} & between, "nothing of R21 is kept anywhere"
    tiers = {hop["office"]: hop["tier"] for hop in hops}
    assert tiers[VILLAGE] == "village"
    assert tiers[TOWN] == tiers[STREET] == "town"
    assert tiers[DISTRICT] == "district"


def test_the_missed_clock_climbs_step_by_step(hops: list[dict[str, Any]]) -> None:
    case = next(
        hop["case"]
        for hop in hops
        if hop["story"] == "E01" and hop["office"] == VILLAGE and hop["event"] == "registered"
    )
    taken = [hop["office"] for hop in hops if hop["case"] == case and hop["event"] == "step"]
    assert taken == [VILLAGE, *(office for _, office, _ in LADDER)]


def test_the_excluded_offices_did_nothing_with_the_sealed_reports(hops: list[dict[str, Any]]) -> None:
    first = {
        hop["story"]: hop["case"]
        for hop in reversed(hops)
        if hop["office"] == DISTRICT and hop["event"] == "registered"
    }
    assert not [
        hop for hop in hops if hop["office"] == VILLAGE and hop["case"] in (first["R03"], first["R04"], first["R05"])
    ]
    at_street = [hop["event"] for hop in hops if hop["office"] == STREET and hop["case"] == first["R14"]]
    assert at_street == ["custody"]


def files(kept: Path) -> Iterator[Path]:
    """Every file of the network: databases with their write-ahead logs, the broker's data, logs."""
    return (path for path in kept.rglob("*") if path.is_file())


NAMES = {official["name"] for official in read_officials(REGISTER).officials}
SEALED = {word for words in WORDS.values() for word in words}


def forms(word: str) -> set[bytes]:
    """How a word may stand in a file."""
    return {word.encode(), json.dumps(word)[1:-1].encode(), word.encode("utf-16-le")}


def test_no_file_holds_a_plain_word_of_a_sealed_report(hops: list[dict[str, Any]], kept: Path) -> None:
    names = {path.name for path in files(kept)}
    assert {f"{VILLAGE}.db", f"{TOWN}.db", f"{STREET}.db", "portal.db", "portal.log", "desk.log"} <= names
    assert len(SEALED - NAMES) > 8
    for path in files(kept):
        content = path.read_bytes()
        for word in SEALED - NAMES:
            assert not any(form in content for form in forms(word)), f"{word} stands in {path.name}"


def beside_the_register(database: Path) -> Iterator[tuple[str, str]]:
    """Each row of a database that is not the register of officials nor a letter that brings it: (table, all its values)."""
    with closing(sqlite3.connect(database)) as read:
        tables = [name for (name,) in read.execute("select name from sqlite_master where type = 'table'")]
        for table in tables:
            rows = [str(row) for row in read.execute(f'select * from "{table}"')]  # noqa: S608  our own table names
            if table != OfficialPart.__tablename__:
                yield from ((table, row) for row in rows if "officials_published" not in row)


def test_an_accused_official_is_named_in_the_register_alone(hops: list[dict[str, Any]], kept: Path) -> None:
    accused = SEALED & NAMES
    assert len(accused) == 3, "the register of the demo has the officials whom its reports accuse"
    databases = list((kept / "offices").glob("*.db"))
    assert len(databases) > 10
    for database in databases:
        for table, row in beside_the_register(database):
            for name in accused:
                spelled = (
                    name,
                    json.dumps(name)[1:-1],
                    json.dumps(name)[1:-1].replace("\\", "\\\\"),
                )  # bytes are shown escaped
                assert not [each for each in spelled if each in row], f"{name} stands in {table} of {database.name}"
    for log in kept.rglob("*.log"):
        content = log.read_bytes()
        assert not [name for name in accused if any(form in content for form in forms(name))], log.name


def test_an_open_report_is_found_by_the_same_search(hops: list[dict[str, Any]], kept: Path) -> None:
    content = b"".join(path.read_bytes() for path in (kept / "offices").glob(f"{VILLAGE}.db*"))
    word = "排水渠"
    assert word.encode() in content or json.dumps(word)[1:-1].encode() in content


def test_the_stories_are_the_28_samples_of_the_district_and_a_missed_clock() -> None:
    assert {story.no for story in STORIES} == {*(f"R{number:02d}" for number in range(1, 29)), "E01"}
