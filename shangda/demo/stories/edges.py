"""Reports at the edge of the network: above it, beside it, two in one letter, and a cry for help (R17, R21, R22, R27, R28)."""

from shangda.demo import watching
from shangda.demo.looking import Story, clock_of, differences, stands, unseen
from shangda.demo.theatre import DISTRICT, TOWN, VILLAGE, Theatre


def play_r17(theatre: Theatre) -> None:
    theatre.day(3, 20)
    accused = {"post": "区级领导", "rank": "district_leader"}
    cover = {"channel": "letter", "category": "C15", "nature": "accuse", "place": DISTRICT, "text": "封面写明,未拆"}
    said = theatre.register("R17", DISTRICT, "discipline", {**cover, "accused": [accused]})
    theatre.kept["R17"] = said
    line = watching.custody(theatre, DISTRICT)[-1]
    theatre.cases["R17"] = line["case"]
    theatre.day(3, 24)
    sent = {"case": line["case"], "way": "机要", "document_no": "秦纪送〔2026〕1号", "at": theatre.moment(3, 24, 8)}
    theatre.post(DISTRICT, "discipline", "/intake/send_up", sent)


def check_r17(theatre: Theatre) -> list[str]:
    line = watching.custody(theatre, DISTRICT)[-1]
    found = theatre.seen("R17", DISTRICT, "discipline"), theatre.seen("R17", DISTRICT)
    return differences(
        the_city_is_named="outside" in theatre.kept["R17"],
        only_a_custody_line_stays=found == (None, None),
        it_was_sent_in_five_working_days=clock_of(theatre, "R17", DISTRICT, "K19").get("state") == "stopped",
        the_line_says_when=bool(line["sent_at"]),
    )


def play_r21(theatre: Theatre) -> None:
    theatre.day(4, 2)
    before = watching.portal_rows(theatre)
    accused = {"name": "某书记", "post": "区纪委书记", "rank": "district_discipline"}
    report = {"category": "C15", "nature": "accuse", "place": DISTRICT, "text": "反映区纪委书记", "accused": [accused]}
    theatre.kept["R21"] = theatre.portal.post("/api/v1/reports", report)
    theatre.kept["R21"]["nothing_stored"] = watching.portal_rows(theatre) == before


def check_r21(theatre: Theatre) -> list[str]:
    said = theatre.kept["R21"]
    return differences(
        nothing_was_stored=said["nothing_stored"],
        the_organ_is_shown=bool(said["outside"]["address"] and said["outside"]["phone"]),
        a_letter_can_be_printed=bool(said["letter"]),
        no_receipt="receipt" not in said,
    )


def play_r22(theatre: Theatre) -> None:
    theatre.day(4, 3)
    known = theatre.discipline_cases()
    who = {"name": "安小禾", "phone": "029-00009022"}
    road = {"channel": "letter", "place": VILLAGE, "category": "C10", "nature": "seek", "text": "村道塌了半年没修"}
    accused = [{"post": "村会计", "office": VILLAGE, "rank": "village_cadre"}]
    money = {"channel": "letter", "place": VILLAGE, "category": "C15", "nature": "accuse", "text": "修路款被村会计挪用"}
    matters = [{**road, "reporter": who}, {**money, "reporter": who, "accused": accused}]
    said = theatre.post(TOWN, "clerk", "/reports", {"matters": matters})
    theatre.receipts["R22"], theatre.kept["R22"] = said["receipt"], said
    theatre.cases["R22"] = said["matters"][0]["case"]
    theatre.cases["R22b"] = theatre.arrived("R22b", known)


def check_r22(theatre: Theatre) -> list[str]:
    status = watching.public(theatre, "R22")
    road = theatre.seen("R22", TOWN) or {}
    return [
        *stands(theatre, "R22", TOWN, "clerk", category="C10", desk="petition"),
        *stands(theatre, "R22b", DISTRICT, "discipline", desk="discipline"),
        *unseen(theatre, "R22b", VILLAGE, TOWN),
        *differences(
            one_receipt_shows_both=len(status["matters"]) == len(theatre.kept["R22"]["matters"]),
            the_road_case_shows_nothing_of_the_other=theatre.cases["R22b"] not in str(road) and "会计" not in str(road),
        ),
    ]


def play_r27(theatre: Theatre) -> None:
    theatre.day(4, 15)
    report = {
        "channel": "visit",
        "place": "610402007",
        "category": "C03",
        "nature": "seek",
        "text": "上林街道门前路灯不亮",
    }
    theatre.report_at_desk(
        "R27", DISTRICT, "clerk", {**report, "reporter": {"name": "来访人", "phone": "029-00009027"}}
    )
    sent = {"body": "xixian", "document_no": "秦信转〔2026〕1号", "note": "由新区管理"}
    theatre.act("R27", DISTRICT, "leader", "send_outside", **sent)


def check_r27(theatre: Theatre) -> list[str]:
    waiting = theatre.see(DISTRICT, "assignment.outside", {"desk": "petition"})
    return [
        *stands(theatre, "R27", DISTRICT, "clerk", status="outside", outside_body="xixian"),
        *differences(
            it_is_tracked=theatre.cases["R27"] in str(waiting),
            the_person_reads_it=watching.public(theatre, "R27")["status"] == "outside",
        ),
    ]


def play_r28(theatre: Theatre) -> None:
    theatre.set_clock(theatre.at(4, 18, 22, 40))
    report = {
        "channel": "phone",
        "place": VILLAGE,
        "category": "C17",
        "nature": "seek",
        "text": "有人扬言要跳渠,请快来人",
    }
    theatre.report_at_desk("R28", VILLAGE, "clerk", {**report, "urgent": True})
    case = {"case": theatre.cases["R28"]}
    duty = [{"name": "村值班员", "phone": "029-00009101"}, {"name": "村主任", "phone": "029-00009102"}]
    theatre.post(VILLAGE, "leader", "/intake/set_duty_chain", {"persons": duty})
    theatre.post(VILLAGE, "clerk", "/intake/raise_emergency", {**case, "what": "有人扬言跳渠"})
    calls = ((22, 41, False), (22, 43, False), (22, 46, True))
    for hour, minute, answered in calls:
        theatre.set_clock(theatre.at(4, 18, hour, minute))
        who = watching.emergency(theatre, "R28", VILLAGE)["next"]
        call = {**case, "who": who["who"], "answered": answered, "note": "正赶往现场" if answered else "无人接听"}
        theatre.post(VILLAGE, "clerk", "/intake/record_call", call)
    theatre.set_clock(theatre.at(4, 18, 23, 30))
    theatre.post(VILLAGE, "clerk", "/intake/clear_emergency", {**case, "what": "人已劝离,家属陪同"})


def check_r28(theatre: Theatre) -> list[str]:
    signal = watching.emergency(theatre, "R28", VILLAGE)
    return [
        *stands(theatre, "R28", VILLAGE, "clerk", urgent=True),
        *differences(
            three_calls_are_kept=[call["answered"] for call in signal["calls"]] == [False, False, True],
            the_district_knew_at_once=bool(watching.emergency(theatre, "R28", DISTRICT)),
            the_signal_is_cleared=signal["state"] == "cleared",
            in_time=clock_of(theatre, "R28", DISTRICT, "K14").get("state") == "stopped",
        ),
    ]


R17 = Story("R17", "误投区纪委:封面写明反映区级领导", "不拆不录,只留交接记录,5个工作日内送市里", play_r17, check_r17)
R21 = Story("R21", "网络举报:反映区纪委书记", "什么都不存,给出市里的地址电话和可打印的信", play_r21, check_r21)
R22 = Story("R22", "书信,槐川镇:一封信两件事", "拆成两件,一个查询码,各自保密", play_r22, check_r22)
R27 = Story("R27", "来访,区信访局:上林街道的事", "由新区管理:发函转出,系统外跟踪", play_r27, check_r27)
R28 = Story("R28", "22:40电话,望塬村:有人要跳渠", "逐个呼叫直到有人应答,每次有记录,事后解除", play_r28, check_r28)
