"""The offices of a simulated year: some of the demo district's, in policy files of their own."""

import csv
import re
import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from network.offices import PORTAL, load_district
from shangda.stage import DEMO_DISTRICT

CASE_TIERS = ("district", "town", "village", "department")
_OTHER_PERIODS = re.compile(r"^\[periods\.(?!sweep\])\w+\]\n(?:(?!^\[).*\n)*", re.MULTILINE)
_REPORTS = re.compile(r"^\[reports\.\w+\]\n(?:(?!^\[).*\n)*", re.MULTILINE)
_VALID_FROM = re.compile(r"^valid_from = .*$", re.MULTILINE)
_UNNEEDED = ("samples.json", "officials.xlsx", "channels.toml", "repeats.csv")


def chosen(towns: int, villages: int, departments: int) -> list[str]:
    """The district, its first towns that have villages and then others, so many villages of these, so many departments."""
    tree = load_district(DEMO_DISTRICT)
    offices = [each for each in tree.network_offices() if each.tier in CASE_TIERS]
    villages_of = Counter(each.managed_by for each in offices if each.tier == "village")
    of_tier = {tier: [each for each in offices if each.tier == tier] for tier in CASE_TIERS}
    some_towns = sorted((each.id for each in of_tier["town"]), key=lambda id_: (-villages_of[id_], id_))[:towns]
    some_villages = [each.id for each in of_tier["village"] if each.managed_by in some_towns][:villages]
    return [tree.id, *some_towns, *some_villages, *(each.id for each in of_tier["department"][:departments])]


def tiers(offices: Sequence[str]) -> dict[str, str]:
    """office → tier."""
    tree = load_district(DEMO_DISTRICT)
    return {id_: tree.office(id_).tier for id_ in offices}


def district_of(folder: Path, offices: Sequence[str], valid_from: datetime, *, reports: bool = True) -> Path:
    """The demo district's files with these offices (and the portal) alone → its district file.
    The policy holds from ``valid_from`` on, since somebody books in the December before.

    Of what offices owe by the calendar the sweeps are left: nobody here makes the other returns. Without ``reports`` the
    district makes no bulletins either: freezing them takes half the time of a small year.
    """
    shutil.copytree(DEMO_DISTRICT.parent, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_UNNEEDED))
    policy = folder / "policy.toml"
    text = _OTHER_PERIODS.sub("", policy.read_text("utf-8"))
    text = text if reports else _REPORTS.sub("", text)
    policy.write_text(_VALID_FROM.sub(f"valid_from = {valid_from.isoformat()}", text, count=1), "utf-8")
    listed = folder / "offices.csv"
    with listed.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with listed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(row for row in rows if row["id"] in {*offices, PORTAL})
    return folder / DEMO_DISTRICT.name
