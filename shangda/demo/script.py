"""The stories of the demo: what people do, and how each has to end (domain.md section 6)."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shangda.demo.theatre import DISTRICT, STREET, TOWN, VILLAGE, Theatre
from shangda.stage import DEMO_DISTRICT


@dataclass(frozen=True)
class Story:
    """``play`` acts it out; ``check`` gives a sentence for each thing that is not as ``end`` says."""

    no: str
    title: str
    end: str
    play: Callable[[Theatre], None]
    check: Callable[[Theatre], Sequence[str]]


SEARCH = "assignment.search"

# Words of the sealed reports that stand nowhere in the open (tests search every file for them).
WORDS = {
    "R03": ("青苗补偿款", "石某", "柳春生"),
    "R04": ("克扣青苗款", "石主任"),
    "R05": ("接受村干部宴请", "毕某"),
    "R14": ("打麻将", "骆某", "苗青"),
}


def sample(no: str) -> dict[str, Any]:
    """The report of a sample, as it is filed."""
    samples = json.loads((DEMO_DISTRICT.parent / "samples.json").read_text("utf-8"))
    report: dict[str, Any] = next(each["report"] for each in samples if each["no"] == no)
    return report


def differences(**facts: bool) -> list[str]:
    """The names of the facts that are not so."""
    return [name.replace("_", " ") for name, is_so in facts.items() if not is_so]


def stands(theatre: Theatre, no: str, office: str, user: str, **wanted: Any) -> list[str]:
    """How the case, as an office's desk shows it, differs from ``wanted``."""
    seen = theatre.seen(no, office, user)
    if seen is None:
        return [f"{office} does not show the case"]
    return [
        f"{office}: {name} is {seen[name]!r}, not {value!r}" for name, value in wanted.items() if seen[name] != value
    ]


def unseen(theatre: Theatre, no: str, *offices: str) -> list[str]:
    """Offices that show, list or count something of the case at one of their desks."""
    found = []
    for office in offices:
        for desk, user in (("petition", "clerk"), ("discipline", "discipline")):
            if theatre.seen(no, office, user) is not None:
                found.append(f"{office} shows the case at its {desk} desk")
            ledger = theatre.see(office, "supervision.ledger", {"desk": desk, "below": True, "limit": 200}, desk=desk)
            if any(line["case"] == theatre.cases[no] for line in ledger["lines"]):
                found.append(f"{office} has a ledger line")
            listed = theatre.see(office, "assignment.list_cases", {"desk": desk, "limit": 200}, desk=desk)
            registered = theatre.see(office, "intake.list_reports", {"desk": desk, "limit": 200}, desk=desk)
            if theatre.cases[no] in json.dumps([listed, registered]):
                found.append(f"{office} lists it at its {desk} desk")
            if any(theatre.see(office, SEARCH, {"text": word, "desk": desk}, desk=desk)["cases"] for word in WORDS[no]):
                found.append(f"{office} finds it by search at its {desk} desk")
    return found


def ledger_line(theatre: Theatre, no: str, office: str, desk: str, **wanted: Any) -> list[str]:
    """How the office's ledger line differs from ``wanted``; waits a little, as a ledger follows by letter."""

    def line() -> dict[str, Any]:
        page = theatre.see(office, "supervision.ledger", {"desk": desk, "below": True, "limit": 200}, desk=desk)
        found: list[dict[str, Any]] = [each for each in page["lines"] if each["case"] == theatre.cases[no]]
        return found[0] if found else {}

    try:
        theatre.until(
            "the ledger follows", lambda: all(line().get(name) == value for name, value in wanted.items()), 20
        )
    except Exception:  # noqa: BLE001  the difference is the answer
        return [f"the ledger of {office} has {line()}, not {wanted}"]
    return []


def play_r01(theatre: Theatre) -> None:
    theatre.report_at_desk("R01", VILLAGE, "clerk", sample("R01"))
    theatre.act("R01", VILLAGE, "clerk", "take")
    theatre.act("R01", VILLAGE, "clerk", "accept")
    theatre.day(3, 4)
    theatre.act("R01", VILLAGE, "clerk", "settle", what="村上派人清开了排水渠,乔满仓在场")
    theatre.act("R01", VILLAGE, "clerk", "confirm_settlement", how="当面确认,本人签字")


def check_r01(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R01", VILLAGE, "clerk", holder=VILLAGE, status="concluded"),
        *ledger_line(theatre, "R01", TOWN, "petition", holder=VILLAGE, status="concluded"),
        *ledger_line(theatre, "R01", DISTRICT, "petition", holder=VILLAGE, status="concluded"),
    ]


def play_r02(theatre: Theatre) -> None:
    theatre.day(3, 5)
    theatre.report_at_desk("R02", TOWN, "clerk", sample("R02"))
    theatre.act("R02", TOWN, "clerk", "take")
    theatre.act("R02", TOWN, "clerk", "accept")
    opinion = {"facts": "机井水泵烧坏", "opinion": "镇上垫资修复,三日内通水", "basis": "信访工作条例第三十二条"}
    theatre.act("R02", TOWN, "clerk", "draft_opinion", verdict="support", **opinion)
    theatre.act("R02", TOWN, "leader", "issue_opinion")
    theatre.act("R02", TOWN, "clerk", "serve", way="electronic")


def check_r02(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R02", TOWN, "clerk", holder=TOWN, status="concluded", urgent=True),
        *ledger_line(theatre, "R02", DISTRICT, "petition", holder=TOWN, status="concluded"),
    ]


def hand_to_town(theatre: Theatre, no: str) -> None:
    """The district's discipline desk opens the report, re-seals it for the town's and offers it; the town signs."""
    theatre.act(no, DISTRICT, "discipline", "open", reason="分办")
    theatre.act(no, DISTRICT, "discipline", "offer", to=TOWN, kind="hand_over", report_back_days=60)
    theatre.act(no, TOWN, "discipline", "sign_for")


def play_r03(theatre: Theatre) -> None:
    theatre.day(3, 6)
    theatre.report_at_portal("R03", sample("R03"))
    hand_to_town(theatre, "R03")
    theatre.act("R03", TOWN, "discipline", "accept")


def check_r03(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R03", TOWN, "discipline", holder=TOWN, status="accepted", desk="discipline"),
        *unseen(theatre, "R03", VILLAGE),
    ]


def play_r04(theatre: Theatre) -> None:
    theatre.day(3, 7)
    theatre.report_at_desk("R04", TOWN, "clerk", sample("R04"))
    number = (theatre.seen("R03", DISTRICT, "discipline") or {})["number"]
    theatre.act("R04", DISTRICT, "discipline", "link_repeat", repeat_of=number)
    hand_to_town(theatre, "R04")


def check_r04(theatre: Theatre) -> list[str]:
    first = (theatre.seen("R03", DISTRICT, "discipline") or {}).get("number")
    return [
        *stands(theatre, "R04", TOWN, "discipline", holder=TOWN, repeat_of=first),
        *unseen(theatre, "R04", VILLAGE),
        *differences(petition_desk_of_the_town_shows_nothing=theatre.seen("R04", TOWN, "clerk") is None),
    ]


def play_r05(theatre: Theatre) -> None:
    theatre.day(3, 9)
    theatre.report_at_desk("R05", DISTRICT, "discipline", sample("R05"))
    theatre.act("R05", DISTRICT, "discipline", "take")
    theatre.act("R05", DISTRICT, "discipline", "accept")
    for no in ("R03", "R04"):
        theatre.act(no, DISTRICT, "discipline", "override", reason="承办机构被反映,需回避", exclude_holder=True)
        theatre.until(f"{no} has left the town", lambda of=no: theatre.seen(of, TOWN, "discipline") is None)


def check_r05(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R05", DISTRICT, "discipline", holder=DISTRICT, status="accepted"),
        *stands(theatre, "R03", DISTRICT, "discipline", holder=DISTRICT),
        *stands(theatre, "R04", DISTRICT, "discipline", holder=DISTRICT),
        *(found for no in ("R03", "R04", "R05") for found in unseen(theatre, no, TOWN, VILLAGE)),
    ]


def play_r14(theatre: Theatre) -> None:
    theatre.day(3, 16)
    theatre.report_at_desk("R14", STREET, "clerk", sample("R14"))
    theatre.act("R14", DISTRICT, "discipline", "take")
    theatre.act("R14", DISTRICT, "discipline", "accept")


def check_r14(theatre: Theatre) -> list[str]:
    custody = theatre.see(STREET, "intake.custody", desk="discipline")["lines"]
    number = str((theatre.seen("R14", DISTRICT, "discipline") or {}).get("number"))
    counted = theatre.see(STREET, "assignment.counts", {"desk": "petition"})
    return [
        *stands(theatre, "R14", DISTRICT, "discipline", holder=DISTRICT, status="accepted"),
        *unseen(theatre, "R14", STREET),
        *differences(
            numbered_in_the_discipline_series=number.startswith(f"{DISTRICT}-J2026-"),
            one_custody_line_at_the_street=len(custody) == 1,
            the_street_counts_nothing=not any(counted["by_status"].values()),
        ),
    ]


def play_escalation(theatre: Theatre) -> None:
    theatre.day(4, 7)
    late = {"channel": "visit", "place": VILLAGE, "category": "C10", "nature": "seek", "text": "村道塌了半年没人修"}
    theatre.report_at_desk("E01", VILLAGE, "clerk", {**late, "reporter": {"name": "安小禾", "phone": "029-00009099"}})
    due = theatre.until("its clock is known at the district", lambda: notice_due(theatre))
    theatre.days_after(due, -2)
    theatre.until("the handler is reminded", lambda: "reminder" in steps_taken(theatre, VILLAGE))
    for day, office, step in LADDER:
        theatre.days_after(due, day)
        theatre.until(f"{step} at {office}", lambda of=(office, step): of[1] in steps_taken(theatre, of[0]))


LADDER = (
    (1, TOWN, "order"),
    (3, TOWN, "town"),
    (5, DISTRICT, "district"),
    (10, DISTRICT, "leaders"),
    (15, DISTRICT, "bulletin"),
)


def notice_due(theatre: Theatre) -> datetime | None:
    """When the notice of the late report is due, once the district knows it."""
    answer = theatre.answer(DISTRICT, "supervision.clocks", {"case": theatre.cases["E01"]}, query=True)
    dues = [clock["due"] for clock in answer["result"]["clocks"] if clock["kind"] == "K2"] if answer["ok"] else []
    return datetime.fromisoformat(dues[0]) if dues else None


def steps_taken(theatre: Theatre, office: str) -> list[str]:
    """The steps that an office itself took over the missed notice."""
    steps = theatre.see(office, "supervision.clocks", {"case": theatre.cases["E01"]})["steps"]
    return sorted(step["step"] for step in steps if step["mine"] and step["kind"] == "K2")


def check_escalation(theatre: Theatre) -> list[str]:
    return differences(
        the_village_only_reminds=steps_taken(theatre, VILLAGE) == ["reminder"],
        the_town_orders_and_takes_it_up=steps_taken(theatre, TOWN) == ["order", "town"],
        the_district_takes_every_later_step_once=steps_taken(theatre, DISTRICT) == ["bulletin", "district", "leaders"],
    )


STORIES = (
    Story("R01", "来访,望塬村:排水渠被填", "小事不出村:村里当场解决并确认,镇和区的台账都知道", play_r01, check_r01),
    Story("R02", "专线电话,槐川镇:机井坏了", "镇上受理、出具处理意见、送达,办结", play_r02, check_r02),
    Story("R03", "网络举报:村主任克扣青苗款(实名)", "密封到区纪委,转槐川镇纪委;村里什么都看不到", play_r03, check_r03),
    Story("R04", "书信,槐川镇:同一村主任(匿名)", "登记为R03的重复件,由镇纪委一并办理", play_r04, check_r04),
    Story("R05", "书信,区纪委:镇纪委书记接受宴请", "区纪委办理;R03、R04从镇里收回,镇里不留痕迹", play_r05, check_r05),
    Story("R14", "来访,云泉街道:办事处副主任打麻将", "街道只留一条交接记录;区纪委编号办理", play_r14, check_r14),
    Story(
        "E01", "望塬村一件到期没有告知", "催办→督办→镇→区→包抓领导→月通报,每步一次", play_escalation, check_escalation
    ),
)
