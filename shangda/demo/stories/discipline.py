"""Reports against cadres: sealed, never to those they are about (R03–R05, R14, R15, R24, R26)."""

from shangda.demo import watching
from shangda.demo.looking import Story, clock_of, differences, ledger_line, sample, stands, unseen
from shangda.demo.theatre import DISTRICT, SIBLING, STREET, TOWN, VILLAGE, Theatre


def hand_to(theatre: Theatre, no: str, office: str) -> None:
    """The district's discipline desk opens the report, re-seals it for the other's desk and offers it; that signs."""
    theatre.act(no, DISTRICT, "discipline", "open", reason="分办")
    theatre.act(no, DISTRICT, "discipline", "offer", to=office, kind="hand_over", report_back_days=60)
    theatre.act(no, office, "discipline", "sign_for")


def match(theatre: Theatre, no: str, *names: str) -> None:
    """Triage names who is accused, from the register of officials; nobody for somebody unknown."""
    found = [watching.official(theatre, name) for name in names]
    theatre.act(no, DISTRICT, "discipline", "match", officials=found, unknown=not found)


def play_r03(theatre: Theatre) -> None:
    theatre.day(3, 6)
    theatre.report_at_portal("R03", sample("R03"))
    match(theatre, "R03", "石某")
    hand_to(theatre, "R03", TOWN)
    theatre.act("R03", TOWN, "discipline", "accept")


def check_r03(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R03", TOWN, "discipline", holder=TOWN, status="accepted", desk="discipline", real_name=True),
        *unseen(theatre, "R03", VILLAGE),
        *differences(
            told_within_fifteen_working_days=clock_of(theatre, "R03", DISTRICT, "K17").get("state") == "stopped",
            the_village_is_excluded=VILLAGE in (theatre.seen("R03", DISTRICT, "discipline") or {})["excluded"],
        ),
    ]


def play_r04(theatre: Theatre) -> None:
    theatre.day(3, 7)
    theatre.report_at_desk("R04", TOWN, "clerk", sample("R04"))
    match(theatre, "R04", "石某")
    number = (theatre.seen("R03", DISTRICT, "discipline") or {})["number"]
    theatre.act("R04", DISTRICT, "discipline", "link_repeat", repeat_of=number)
    hand_to(theatre, "R04", TOWN)


def check_r04(theatre: Theatre) -> list[str]:
    first = (theatre.seen("R03", DISTRICT, "discipline") or {}).get("number")
    shared = theatre.see(DISTRICT, "assignment.repeats", {"case": theatre.cases["R04"]}, desk="discipline")
    return [
        *stands(theatre, "R04", TOWN, "discipline", holder=TOWN, repeat_of=first, real_name=False),
        *unseen(theatre, "R04", VILLAGE),
        *differences(
            petition_desk_of_the_town_shows_nothing=theatre.seen("R04", TOWN, "clerk") is None,
            the_same_accused_was_found=theatre.cases["R03"] in str(shared),
            a_repeat_is_not_told_again=not clock_of(theatre, "R04", DISTRICT, "K17"),
        ),
    ]


def play_r05(theatre: Theatre) -> None:
    theatre.day(3, 9)
    theatre.report_at_desk("R05", DISTRICT, "discipline", sample("R05"))
    match(theatre, "R05", "毕某")
    theatre.act("R05", DISTRICT, "discipline", "take")
    theatre.act("R05", DISTRICT, "discipline", "accept")
    for no in ("R03", "R04"):
        theatre.act(no, DISTRICT, "discipline", "override", reason="承办机构被反映,需回避", exclude_holder=True)
        theatre.until(f"{no} has left the town", lambda of=no: theatre.seen(of, TOWN, "discipline") is None)
        query = {"case": theatre.cases[no], "accused_offices": [TOWN, VILLAGE], "rank": "village_cadre"}
        theatre.kept["R05"] = theatre.see(DISTRICT, "assignment.suggest", query, desk="discipline")
        hand_to(theatre, no, SIBLING)


def check_r05(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R05", DISTRICT, "discipline", holder=DISTRICT, status="accepted"),
        *stands(theatre, "R03", SIBLING, "discipline", holder=SIBLING),
        *stands(theatre, "R04", SIBLING, "discipline", holder=SIBLING),
        *(found for no in ("R03", "R04", "R05") for found in unseen(theatre, no, TOWN, VILLAGE)),
        *differences(
            a_sibling_of_the_area_was_proposed=theatre.kept["R05"]["offices"][0]["office"] == SIBLING,
            the_days_went_on=clock_of(theatre, "R03", DISTRICT, "K5").get("started_at", "")[:10] == "2026-03-06",
        ),
    ]


def play_r14(theatre: Theatre) -> None:
    theatre.day(3, 16)
    theatre.report_at_desk("R14", STREET, "clerk", sample("R14"))
    match(theatre, "R14", "骆某")
    theatre.act("R14", DISTRICT, "discipline", "take")
    theatre.act("R14", DISTRICT, "discipline", "accept")


def check_r14(theatre: Theatre) -> list[str]:
    custody = theatre.see(STREET, "intake.custody", desk="discipline")["lines"]
    number = str((theatre.seen("R14", DISTRICT, "discipline") or {}).get("number"))
    return [
        *stands(theatre, "R14", DISTRICT, "discipline", holder=DISTRICT, status="accepted"),
        *unseen(theatre, "R14", STREET),
        *differences(
            numbered_in_the_discipline_series=number.startswith(f"{DISTRICT}-J2026-"),
            one_custody_line_at_the_street=len(custody) == 1,
        ),
    ]


def play_r15(theatre: Theatre) -> None:
    theatre.day(3, 18)
    text = "听说某些领导有经济问题,希望严查。"
    theatre.report_at_portal("R15", {"category": "C15", "nature": "accuse", "place": DISTRICT, "text": text})
    match(theatre, "R15")
    guidance = "请提供具体的人、事、时间,可凭查询码补充"
    theatre.act("R15", DISTRICT, "discipline", "decline", ground="no_substance", guidance=guidance)


def check_r15(theatre: Theatre) -> list[str]:
    counted = theatre.see(DISTRICT, "assignment.counts", {"desk": "discipline"}, desk="discipline")["by_status"]
    return [
        *stands(theatre, "R15", DISTRICT, "discipline", status="declined", matched="unknown", real_name=False),
        *differences(
            it_is_counted=counted.get("declined") == 1,
            public_says_so=watching.public(theatre, "R15")["status"] == "declined",
        ),
    ]


def play_r24(theatre: Theatre) -> None:
    theatre.day(4, 9)
    known = theatre.discipline_cases()
    theatre.say_by_receipt("R03", "sayings", what="retaliation", text="举报后有人到我家门口骂,砸了玻璃")
    theatre.cases["R24"] = theatre.arrived("R24", known)
    theatre.act("R24", DISTRICT, "discipline", "open", reason="打击报复,当日处置")


def check_r24(theatre: Theatre) -> list[str]:
    clock = clock_of(theatre, "R24", DISTRICT, "K28")
    return [
        *stands(theatre, "R24", DISTRICT, "discipline", holder=DISTRICT, desk="discipline", urgent=True),
        *unseen(theatre, "R24", TOWN, VILLAGE),
        *differences(one_working_day=clock.get("due", "")[:10] == "2026-04-10"),
    ]


def play_r26(theatre: Theatre) -> None:
    theatre.day(4, 12)
    accused = {"name": "冯守正", "office": DISTRICT, "post": "包抓槐川镇的区领导", "rank": "covering_leader"}
    text = "反映包抓槐川镇的某领导打招呼压案。"
    report = {"category": "C15", "nature": "accuse", "place": TOWN, "text": text, "accused": [accused]}
    theatre.report_at_portal("R26", report)
    theatre.act("R26", DISTRICT, "discipline", "open", reason="分办")
    theatre.act(
        "R26",
        DISTRICT,
        "discipline",
        "match",
        officials=[watching.official_of(theatre, "covering_leader", TOWN)],
        unknown=False,
    )
    theatre.act("R26", DISTRICT, "discipline", "take")


def check_r26(theatre: Theatre) -> list[str]:
    leader = watching.official_of(theatre, "covering_leader", TOWN)
    looks = [
        theatre.answer(DISTRICT, act, {"desk": "petition"}, query=True, person=leader)
        for act in ("supervision.steps", "supervision.ledger", "assignment.list_cases", "assignment.counts")
    ]
    return [
        *stands(theatre, "R26", DISTRICT, "discipline", holder=DISTRICT, desk="discipline"),
        *unseen(theatre, "R26", TOWN, VILLAGE),
        *differences(
            the_leader_is_recused=bool((theatre.seen("R26", DISTRICT, "discipline") or {})["recused"]),
            he_sees_no_word_of_it=theatre.cases["R26"] not in str(looks),
        ),
        *ledger_line(theatre, "R26", DISTRICT, "discipline", holder=DISTRICT),
    ]


R03 = Story("R03", "网络举报:村主任克扣青苗款(实名)", "密封到区纪委,转槐川镇纪委;村里什么都看不到", play_r03, check_r03)
R04 = Story("R04", "书信,槐川镇:同一村主任(匿名)", "登记为R03的重复件,由镇纪委一并办理", play_r04, check_r04)
R05 = Story(
    "R05", "书信,区纪委:镇纪委书记接受宴请", "区纪委办理;R03、R04收回后交叉办理,镇里不留痕迹", play_r05, check_r05
)
R14 = Story("R14", "来访,云泉街道:办事处副主任打麻将", "街道只留一条交接记录;区纪委编号办理", play_r14, check_r14)
R15 = Story("R15", "网络举报:某些领导有经济问题", "无实质内容,不予受理,计数", play_r15, check_r15)
R24 = Story("R24", "查询码留言:举报后被砸玻璃", "密封到区纪委,1个工作日;村、镇不知", play_r24, check_r24)
R26 = Story("R26", "网络举报:包抓领导打招呼压案", "走纪检一条线;该领导从任何清单、数字都看不出", play_r26, check_r26)
