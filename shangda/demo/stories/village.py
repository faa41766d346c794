"""What begins and mostly ends in a village (小事不出村)."""

from shangda.demo import watching
from shangda.demo.looking import Story, clock_of, differences, ledger_line, sample, stands
from shangda.demo.theatre import DISTRICT, ORCHARD, TOWN, VILLAGE, Theatre


def play_r01(theatre: Theatre) -> None:
    theatre.report_at_desk("R01", VILLAGE, "clerk", sample("R01"))
    theatre.act("R01", VILLAGE, "clerk", "take")
    theatre.act("R01", VILLAGE, "clerk", "accept")
    theatre.day(3, 4)
    theatre.act("R01", VILLAGE, "clerk", "record_visit", who="村干部二人", place="村东排水渠", found="渠被弃土填平")
    theatre.act("R01", VILLAGE, "clerk", "settle", what="村上派人清开了排水渠,乔满仓在场")
    theatre.act("R01", VILLAGE, "clerk", "confirm_settlement", how="当面确认,本人签字")


def check_r01(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R01", VILLAGE, "clerk", holder=VILLAGE, status="concluded"),
        *ledger_line(theatre, "R01", TOWN, "petition", holder=VILLAGE, status="concluded"),
        *ledger_line(theatre, "R01", DISTRICT, "petition", holder=VILLAGE, status="concluded"),
        *differences(
            the_notice_was_in_time=clock_of(theatre, "R01", VILLAGE, "K2").get("state") == "stopped",
            the_village_issued_no_opinion=not (theatre.seen("R01", VILLAGE) or {}).get("opinion_no"),
        ),
    ]


def play_r02(theatre: Theatre) -> None:
    theatre.day(3, 5)
    theatre.report_at_desk("R02", TOWN, "clerk", sample("R02"))
    theatre.act("R02", TOWN, "clerk", "take")
    theatre.act("R02", TOWN, "clerk", "accept")
    theatre.act("R02", TOWN, "clerk", "record_visit", who="镇水管站", place="梨湾村机井", found="水泵烧坏")
    words = {"facts": "机井水泵烧坏", "opinion": "镇上垫资修复,三日内通水", "basis": "信访工作条例第三十二条"}
    theatre.act("R02", TOWN, "clerk", "draft_opinion", verdict="support", **words)
    theatre.act("R02", TOWN, "leader", "issue_opinion")
    theatre.act("R02", TOWN, "clerk", "serve", way="electronic", receiver="来电人")


def check_r02(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R02", TOWN, "clerk", holder=TOWN, status="concluded", urgent=True, real_name=False),
        *ledger_line(theatre, "R02", DISTRICT, "petition", holder=TOWN, status="concluded"),
    ]


def play_r12(theatre: Theatre) -> None:
    theatre.day(3, 13)
    theatre.report_at_desk("R12", ORCHARD, "clerk", sample("R12"))
    theatre.act("R12", ORCHARD, "clerk", "offer", to=TOWN, note="请镇民政核实")
    theatre.act("R12", TOWN, "clerk", "sign_for")
    guidance = "不服取消低保的决定,可自知道之日起六十日内申请行政复议,或者依法提起行政诉讼"
    theatre.act("R12", TOWN, "leader", "decline", ground="reconsideration", guidance=guidance)


def check_r12(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R12", TOWN, "clerk", holder=TOWN, status="declined"),
        *stands(theatre, "R12", ORCHARD, "clerk", holder=TOWN),
        *ledger_line(theatre, "R12", DISTRICT, "petition", holder=TOWN, status="declined"),
        *differences(
            the_way_was_told_in_time=clock_of(theatre, "R12", TOWN, "K3").get("state") == "stopped",
            the_reporter_reads_it=watching.public(theatre, "R12")["status"] == "declined",
        ),
    ]


R01 = Story("R01", "来访,望塬村:排水渠被填", "小事不出村:村里当场解决并确认,镇和区的台账都知道", play_r01, check_r01)
R02 = Story("R02", "专线电话,槐川镇:机井坏了", "镇上受理、实地看过、出具处理意见、送达,办结", play_r02, check_r02)
R12 = Story("R12", "联系卡,梨湾村:低保被取消", "村转镇;告知复议途径,不予受理有理由有去处", play_r12, check_r12)
