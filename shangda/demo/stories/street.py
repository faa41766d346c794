"""What comes to a street and needs a department: the way goes through the district (R06, R11)."""

from shangda.demo import watching
from shangda.demo.looking import Story, clock_of, differences, ledger_line, sample, stands
from shangda.demo.theatre import DISTRICT, INDUSTRY, STREET, URBAN, Theatre


def to_department(theatre: Theatre, no: str, department: str) -> None:
    """Street → district petition bureau → department, each signing."""
    theatre.act(no, STREET, "clerk", "offer", to=DISTRICT, note="请转主管部门")
    theatre.act(no, DISTRICT, "clerk", "sign_for")
    theatre.act(no, DISTRICT, "clerk", "offer", to=department)
    theatre.act(no, department, "clerk", "sign_for")
    theatre.act(no, department, "clerk", "accept")


def play_r06(theatre: Theatre) -> None:
    theatre.day(3, 9)
    theatre.report_at_desk("R06", STREET, "clerk", sample("R06"))
    to_department(theatre, "R06", INDUSTRY)


def check_r06(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R06", INDUSTRY, "clerk", holder=INDUSTRY, status="accepted"),
        *stands(theatre, "R06", STREET, "clerk", holder=DISTRICT),
        *ledger_line(theatre, "R06", DISTRICT, "petition", holder=INDUSTRY, status="accepted"),
        *differences(the_notice_was_in_time=clock_of(theatre, "R06", INDUSTRY, "K3").get("state") == "stopped"),
    ]


def play_r11(theatre: Theatre) -> None:
    theatre.day(3, 11)
    theatre.report_at_desk("R11", STREET, "clerk", sample("R11"))
    to_department(theatre, "R11", URBAN)
    theatre.act("R11", URBAN, "clerk", "record_visit", who="执法中队", place="店门口", found="三次处罚依据不一")
    words = {"facts": "三次处罚幅度不一致", "opinion": "第二、三次处罚改正,书面说明依据", "basis": "行政处罚法第五条"}
    theatre.act("R11", URBAN, "clerk", "draft_opinion", verdict="support", **words)
    theatre.act("R11", URBAN, "leader", "issue_opinion")
    theatre.act("R11", URBAN, "clerk", "serve", way="direct", receiver="卢和平")
    theatre.say_by_receipt("R11", "rating", rating="satisfied", comment="讲清楚了")


def check_r11(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R11", URBAN, "clerk", holder=URBAN, status="concluded", channel="named_reception"),
        *ledger_line(theatre, "R11", DISTRICT, "petition", holder=URBAN, status="concluded"),
        *differences(the_rating_stands=watching.rated(theatre, "R11", STREET)),
    ]


R06 = Story("R06", "领导信箱,云泉街道:基站噪声", "街道经区信访局转区工信局,15日内告知", play_r06, check_r06)
R11 = Story("R11", "点名接访,云泉街道:占道经营处罚", "转区城管局答复,答复后评价", play_r11, check_r11)
