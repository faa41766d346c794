"""Someone with the village's database open, and someone who restores yesterday's backup: what the audit at the district says."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from shangda.stage import ROOT, Stage
from tests.system.reports import DISTRICT, TOWN, VILLAGE, ledger, outbox, report


def audit(stage: Stage) -> list[dict[str, Any]]:
    """What `shangda audit --json` finds about the village; checks that the exit code says the same."""
    command = [sys.executable, "-m", "shangda", "audit", "--office", VILLAGE, "--json"]
    ran = subprocess.run(command, cwd=ROOT, env=stage.full_environment, capture_output=True, text=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr
    findings: list[dict[str, Any]] = json.loads(ran.stdout)["findings"]
    assert ran.returncode == int(any(finding["grave"] for finding in findings)), ran.stdout
    return [finding for finding in findings if finding["office"] == VILLAGE]


def is_quiet(stage: Stage, *offices: str) -> bool:
    """Whether everything that these offices told one another is acknowledged."""
    rows = [row for office in offices for row in outbox(stage, office)]
    return all(row.state == "acked" for row in rows if row.office in offices)


def copy_database(stage: Stage, target: Path) -> None:
    source = stage.home / "offices" / f"{VILLAGE}.db"
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def put_database(stage: Stage, copy: Path) -> None:
    stage.forget(VILLAGE)
    path = stage.home / "offices" / f"{VILLAGE}.db"
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(copy, path)


@pytest.mark.timeout(240)
def test_deletion_and_rewriting_are_named_and_a_restore_shows_as_an_epoch(stage: Stage) -> None:
    stage.node(TOWN, DISTRICT)
    village = stage.node(VILLAGE)
    first = [stage.ask(VILLAGE, "intake.register", report(f"第{n}件")) for n in range(3)]
    stage.until("quiet", lambda: is_quiet(stage, VILLAGE, TOWN, DISTRICT))
    assert audit(stage) == []
    village.stop()
    yesterday, today = stage.home / "yesterday.db", stage.home / "today.db"
    stage.forget(VILLAGE)
    copy_database(stage, yesterday)

    # A case is deleted, a journal line is rewritten: both are named, each by its case or line.
    with closing(sqlite3.connect(stage.home / "offices" / f"{VILLAGE}.db")) as database:
        database.execute("DELETE FROM intake_report WHERE number = ?", (first[1]["number"],))
        [(line,)] = database.execute("SELECT min(seq) FROM net_journal WHERE case_id = ?", (first[2]["case"],))
        database.execute("UPDATE net_journal SET why = '改写' WHERE seq = ?", (line,))
        database.commit()
    found = audit(stage)
    assert any(finding["what"] == "deleted" and finding["case"] == first[1]["case"] for finding in found), found
    assert any(finding["what"] == "broken" and finding["seq"] == line for finding in found), found

    # The honest database goes back, the village works on, and then loses that work to yesterday's backup.
    put_database(stage, yesterday)
    village = stage.node(VILLAGE)
    later = [stage.ask(VILLAGE, "intake.register", report(f"后来第{n}件")) for n in range(4)]
    stage.until(
        "held", lambda: stage.answer(VILLAGE, "assignment.get_case", {"case": later[0]["case"]}, query=True)["ok"]
    )
    stage.ask(VILLAGE, "assignment.offer", {"case": later[0]["case"], "to": TOWN, "kind": "transfer"})
    stage.until("offered", lambda: stage.see(TOWN, "assignment.offers", {"desk": "petition"})["offers"])
    stage.ask(TOWN, "assignment.sign_for", {"case": later[0]["case"]})
    stage.until("quiet", lambda: is_quiet(stage, VILLAGE, TOWN, DISTRICT))
    village.stop()
    copy_database(stage, today)
    put_database(stage, yesterday)
    stage.close_links()
    village = stage.node(VILLAGE)
    numbers = {case["number"] for case in (*first, *later)}

    def registered() -> set[str]:
        return {each["number"] for each in stage.see(VILLAGE, "intake.list_reports")["reports"]}

    stage.until("every case is there again", lambda: registered() == numbers, 60)

    def holder() -> str:
        seen = stage.answer(VILLAGE, "assignment.get_case", {"case": later[0]["case"]}, query=True)
        return str(seen["result"]["case"]["holder"]) if seen["ok"] else ""

    stage.until("the signature is known again", lambda: holder() == TOWN, 60)
    assert stage.ask(VILLAGE, "intake.register", report())["number"] not in numbers
    stage.until("quiet", lambda: is_quiet(stage, VILLAGE, TOWN, DISTRICT), 90)
    found = audit(stage)
    assert {finding["what"] for finding in found} == {"epoch"}, found
    assert len([line for line in ledger(stage, DISTRICT) if line["entry_office"] == VILLAGE]) == len(numbers) + 1
    village.stop()
