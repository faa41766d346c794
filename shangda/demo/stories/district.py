"""What comes to the district petition bureau (R13, R16, R18, R19)."""

from shangda.demo import watching
from shangda.demo.looking import Story, clock_of, differences, ledger_line, sample, stands
from shangda.demo.theatre import DISTRICT, LABOUR, LEGAL, ORCHARD, STREET, TOWN, TRAFFIC, URBAN, Theatre


def play_r13(theatre: Theatre) -> None:
    theatre.day(3, 15)
    report = {**sample("R13"), "external_no": "12345-20260315-0077"}
    theatre.report_at_desk("R13", DISTRICT, "clerk", report)
    due = "2026-04-01"
    theatre.act("R13", DISTRICT, "clerk", "ask_help", to=STREET, what="夜市摊主名单", due=due)
    theatre.act("R13", DISTRICT, "clerk", "offer", to=URBAN, kind="hand_over", report_back_days=30)
    theatre.act("R13", URBAN, "clerk", "sign_for")


def check_r13(theatre: Theatre) -> list[str]:
    proposed = theatre.see(DISTRICT, "intake.repeats", {"case": theatre.cases["R13"]})
    return [
        *stands(theatre, "R13", URBAN, "clerk", holder=URBAN, external_no="12345-20260315-0077"),
        *ledger_line(theatre, "R13", DISTRICT, "petition", holder=URBAN),
        *differences(
            it_has_to_be_reported_back=clock_of(theatre, "R13", DISTRICT, "K11").get("state") == "running",
            repeats_were_looked_for=proposed["repeats"] == [],
        ),
    ]


def play_r16(theatre: Theatre) -> None:
    theatre.day(3, 19)
    text = "我与邻居的宅基地案已经法院终审判决,我不服,要求政府改判。"
    report = {"channel": "letter", "place": DISTRICT, "category": "C08", "nature": "appeal", "text": text}
    theatre.report_at_desk(
        "R16", DISTRICT, "clerk", {**report, "reporter": {"name": "龚永福", "phone": "029-00009016"}}
    )
    note = "涉法涉诉:已告知向法院申请再审或者向检察院申请监督"
    theatre.act("R16", DISTRICT, "clerk", "offer", to=LEGAL, note=note)
    theatre.act("R16", LEGAL, "clerk", "sign_for")


def check_r16(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R16", LEGAL, "clerk", holder=LEGAL, status="registered"),
        *ledger_line(theatre, "R16", DISTRICT, "petition", holder=LEGAL),
        *differences(the_petitioner_was_told=watching.public(theatre, "R16")["status"] == "signed"),
    ]


def play_r18(theatre: Theatre) -> None:
    theatre.day(3, 21)
    theatre.report_at_desk("R18", ORCHARD, "clerk", {**sample("R18"), "head_count": 9, "representatives": 1})
    theatre.act("R18", ORCHARD, "clerk", "offer", to=TOWN)
    theatre.act("R18", TOWN, "clerk", "sign_for")
    theatre.act("R18", TOWN, "clerk", "offer", to=DISTRICT)
    theatre.act("R18", DISTRICT, "clerk", "sign_for")
    theatre.act("R18", DISTRICT, "clerk", "ask_help", to=TOWN, what="提供事故情况", due="2026-04-08")
    theatre.act("R18", DISTRICT, "clerk", "offer", to=TRAFFIC)
    theatre.act("R18", TRAFFIC, "clerk", "sign_for")
    theatre.act("R18", TRAFFIC, "clerk", "accept")
    theatre.act("R18", TRAFFIC, "clerk", "record_visit", who="公路站", place="村口十字", found="坡陡弯急无减速设施")
    words = {"facts": "三年四起事故", "opinion": "采纳:五月前安装减速带和路灯", "basis": "信访工作条例第二十九条"}
    theatre.act("R18", TRAFFIC, "clerk", "draft_opinion", verdict="support", **words)
    theatre.act("R18", TRAFFIC, "leader", "issue_opinion")
    theatre.act("R18", TRAFFIC, "clerk", "serve", way="direct", receiver="梨湾村九户代表")


def check_r18(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R18", TRAFFIC, "clerk", holder=TRAFFIC, status="concluded", nature="suggest", head_count=9),
        *ledger_line(theatre, "R18", DISTRICT, "petition", holder=TRAFFIC, status="concluded"),
        *ledger_line(theatre, "R18", TOWN, "petition", holder=DISTRICT),
    ]


def play_r19(theatre: Theatre) -> None:
    theatre.day(3, 22)
    theatre.report_at_desk("R19", DISTRICT, "clerk", {**sample("R19"), "head_count": 6, "representatives": 1})
    theatre.act("R19", DISTRICT, "clerk", "offer", to=LABOUR)
    theatre.act("R19", LABOUR, "clerk", "sign_for")
    theatre.act("R19", LABOUR, "clerk", "accept", procedure="simple")


def check_r19(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R19", LABOUR, "clerk", holder=LABOUR, status="accepted", procedure="simple", head_count=6),
        *differences(
            ten_working_days_run=clock_of(theatre, "R19", DISTRICT, "K16").get("due", "")[:10] == "2026-04-03",
            and_not_sixty=not clock_of(theatre, "R19", DISTRICT, "K5"),
        ),
    ]


R13 = Story("R13", "12345转办,区信访局:夜市油烟", "交办区城管局,云泉街道协办;查过重复", play_r13, check_r13)
R16 = Story("R16", "书信,区信访局:不服终审判决", "诉访分离:转区委政法委并告知", play_r16, check_r16)
R18 = Story("R18", "带案下访,梨湾村:建议装减速带", "意见建议:区交通局研究采纳并答复,镇协办", play_r18, check_r18)
R19 = Story("R19", "来访,区信访局:六名工友欠薪", "区人社局简易办理:10个工作日", play_r19, check_r19)
