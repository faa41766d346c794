"""Counts a month from exported ledgers alone. Knows the headings of the files and the definitions of the figures, nothing else.

    python tests/ledgers/recount.py FOLDER

prints what the ledgers below FOLDER (one folder an office) come to. It imports nothing of the project on purpose: the figures of
the services are counted from events, these from the rows that the offices keep, and the two have to agree.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

BANDS = ((5, 10), (11, 20), (21, 50), (51, 100), (101, None))
CONTENT = ("satisfied", "fair")
TIERS = {6: "district", 9: "town", 12: "village"}


def rows(folder: Path, ledger: str) -> Iterator[tuple[str, dict[str, object]]]:
    """(office, {heading: cell}) of every row of this ledger of every office."""
    for path in sorted(folder.glob(f"*/{ledger}.xlsx")):
        sheet = load_workbook(path, read_only=True).active
        lines = sheet.iter_rows(values_only=True)
        head = next(lines)
        for line in lines:
            yield path.parent.name, dict(zip(head, line, strict=True))


def tier_of(office: str) -> str:
    return "department" if "d" in office else TIERS[len(office)]


def recount(folder: Path) -> dict[str, int]:
    """Figure → count."""
    channelled = (channels, room_visits, calls, boxes)
    reached = (cards, home_visits, going_down)
    counts = (receptions, hall, register, collective, ratings, promises, sweeps, disputes, *channelled, *reached)
    return {name: value for count in counts for name, value in count(folder).items()}


def receptions(folder: Path) -> dict[str, int]:
    """Held ones by when they were held; bookings that ended otherwise by when they did."""
    every = [row for _, row in rows(folder, "intake.receptions")]
    held = [row for row in every if row["状态"] == "已接访"]
    ended = Counter(row["状态"] for row in every)
    rated = [row["满意度"] for row in held if row["满意度"]]
    key = [row for row in held if row["重点难点"] == "是" and row["接访人级别"] == "district_leader"]
    return {
        "receptions": len(held),
        "named_receptions": sum(row["接访方式"] == "点名接访" for row in held),
        "receptions_resolved": sum(row["是否化解"] == "是" for row in held),
        "receptions_rated": len(rated),
        "receptions_satisfied": sum(each in ("满意", "基本满意") for each in rated),
        "reception_people": sum(int(str(row["人数"])) for row in held),
        "reception_leaders": len({row["实际接访人编号"] for row in held}),
        "key_cases_by_district_leaders": len(key),
        "booking_no_shows": ended["未到"],
        "bookings_cancelled": ended["取消"],
    }


def hall(folder: Path) -> dict[str, int]:
    came = Counter(row["到岗情况"] for _, row in rows(folder, "intake.hall_duties"))
    return {
        "hall_duties": came.total(),
        "hall_duties_attended": came["本人到岗"],
        "hall_duties_by_substitutes": came["他人代班"],
    }


def register(folder: Path) -> dict[str, int]:
    return {"received": sum(1 for _ in rows(folder, "intake.register"))}


def collective(folder: Path) -> dict[str, int]:
    heads = [int(str(row["人数"])) for _, row in rows(folder, "intake.collective")]
    found = {"collective_batches": len(heads), "collective_people": sum(heads)}
    for least, most in BANDS:
        found[f"collective_{least}_batches"] = sum(least <= each and (most is None or each <= most) for each in heads)
    return found


def ratings(folder: Path) -> dict[str, int]:
    said = [row["评价"] for _, row in rows(folder, "intake.ratings")]
    return {"rated": len(said), "satisfied": sum(each in CONTENT for each in said)}


def promises(folder: Path) -> dict[str, int]:
    states = Counter(row["状态"] for _, row in rows(folder, "intake.promises"))
    return {"promises": states.total(), "promises_kept": states["kept"], "promises_broken": states["broken"]}


def sweeps(folder: Path) -> dict[str, int]:
    found: Counter[str] = Counter()
    for office, row in rows(folder, "supervision.sweep_returns"):
        tier = tier_of(office)
        word = "on_time" if row["按时"] == "按时" else "late"
        found.update([f"sweeps_{tier}_due", f"sweeps_{tier}_{word}"])
        found["sweeps_nil"] += row["零报告"] == "是" and row["报送时间"] is not None
    return dict(found)


def disputes(folder: Path) -> dict[str, int]:
    every = [row for _, row in rows(folder, "supervision.disputes")]
    found = {"disputes_found": len(every), "disputes_mass": sum(row["群体性苗头"] == "是" for row in every)}
    for risk in ("red", "orange", "yellow", "blue"):
        found[f"disputes_{risk}"] = sum(row["风险等级"] == risk for row in every)
    return found


def channels(folder: Path) -> dict[str, int]:
    live = [row for _, row in rows(folder, "intake.channels")]
    yes = {"channels_public": "公开", "channels_staffed": "在岗"}
    return {"channels": len(live), **{name: sum(row[head] == "是" for row in live) for name, head in yes.items()}}


def room_visits(folder: Path) -> dict[str, int]:
    came = [row for _, row in rows(folder, "intake.room_visits")]
    return {
        "room_visits": len(came),
        "room_visit_people": sum(int(str(row["人数"])) for row in came),
        "room_visits_to_case": sum(row["转为信访事项"] == "是" for row in came),
        "room_visits_rostered": sum(row["当日值班"] == "是" for row in came),
    }


def calls(folder: Path) -> dict[str, int]:
    taken = [row for _, row in rows(folder, "intake.calls")]
    return {
        "calls": len(taken),
        "calls_unnamed": sum(row["留姓名"] == "否" for row in taken),
        "calls_to_case": sum(row["转为信访事项"] == "是" for row in taken),
    }


def boxes(folder: Path) -> dict[str, int]:
    opened = [row for _, row in rows(folder, "intake.box_openings")]
    heads = {
        "box_letters": "信件数",
        "box_letters_registered": "已登记",
        "box_letters_aside": "另行处理",
        "box_letters_left": "尚未登记",
    }
    counts = {name: sum(int(str(row[head])) for row in opened) for name, head in heads.items()}
    return {"box_openings": len(opened), **counts}


def cards(folder: Path) -> dict[str, int]:
    """Cards by the day on which each was printed, given out or made void; demands one row a link."""
    printed: Counter[object] = Counter()
    for _, row in rows(folder, "intake.card_batches"):
        printed[row["种类"]] += int(str(row["张数"]))
    sources = Counter(row["来源"] for _, row in rows(folder, "intake.demands"))
    return {
        "cards_printed": printed["联系卡"],
        "slips_printed": printed["登记凭条"],
        "cards_issued": sum(1 for _ in rows(folder, "intake.cards")),
        "cards_void": sum(1 for _ in rows(folder, "intake.cards_void")),
        "demands": sources.total(),
        "demands_card": sources["联系卡"],
        "demands_visit": sources["走访"],
        "demands_go_down": sources["带案下访"],
    }


def home_visits(folder: Path) -> dict[str, int]:
    """Without the void ones; households where they were visited first."""
    held = [row for _, row in rows(folder, "intake.home_visits") if row["作废"] == "否"]
    return {
        "home_visits": len(held),
        "households_visited": sum(int(str(row["其中首次走访"])) for row in held),
        "visitors_cadres": len({row["走访人"] for row in held if row["身份"] == "干部"}),
    }


def going_down(folder: Path) -> dict[str, int]:
    """A row a case; a case is known by its number, one that left the office by its row."""
    every = [row for _, row in rows(folder, "intake.go_downs")]
    taken = [(row["所带信访编号"] or row["带案序号"], row["结果"]) for row in every if row["带案序号"]]
    return {
        "go_downs": len({row["编号"] for row in every}),
        "go_down_leaders": len({row["领导"] for row in every}),
        "cases_taken_down": len({case for case, _ in taken}),
        "cases_taken_down_with_result": len({case for case, result in taken if result != "未填"}),
        "cases_taken_down_resolved": len({case for case, result in taken if result == "当场化解"}),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(recount(Path(sys.argv[1])), ensure_ascii=False, indent=1) + "\n")
