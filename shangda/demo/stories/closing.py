"""One man's drain to the very end: pressed to withdraw, then opinion, review, final review, no more (R23, R25)."""

from shangda.demo import watching
from shangda.demo.looking import Story, clock_of, differences, ledger_line, sample, stands
from shangda.demo.theatre import DISTRICT, TOWN, VILLAGE, Theatre


def play_r23(theatre: Theatre) -> None:
    theatre.day(4, 7)
    theatre.act("R01", VILLAGE, "leader", "reopen", reason="渠又被填,本人再次反映")
    words = "来电要求撤回,语气勉强"
    theatre.act("R01", VILLAGE, "clerk", "request_withdrawal", how="phone", words=words)
    wanted = theatre.until("the town is asked to call back", lambda: watching.call_back(theatre, "R01", TOWN))
    made = {"call_back": wanted["id"], "result": "pressed", "note": "本人称村干部上门施压,不愿撤回"}
    theatre.post(TOWN, "clerk", "/supervision/make_call_back", made)
    theatre.until("the village hears it", lambda: "pressed" in (theatre.seen("R01", VILLAGE) or {})["flags"])


def check_r23(theatre: Theatre) -> list[str]:
    candidate = theatre.until("supervision sees it", lambda: watching.candidate(theatre, "R01", TOWN))
    return [
        *stands(theatre, "R01", VILLAGE, "clerk", holder=VILLAGE, status="accepted"),
        *ledger_line(theatre, "R01", DISTRICT, "petition", status="accepted"),
        *differences(pressed_is_on_record="pressed" in candidate["reasons"]),
    ]


def play_r25(theatre: Theatre) -> None:
    theatre.day(4, 20)
    theatre.act("R01", VILLAGE, "clerk", "offer", to=TOWN, note="村里调解不成")
    theatre.act("R01", TOWN, "clerk", "sign_for")
    theatre.act("R01", TOWN, "clerk", "accept")
    theatre.act("R01", TOWN, "clerk", "record_visit", who="镇村建办", place="村东排水渠", found="渠在规划路面内")
    words = {"facts": "渠位于规划路面内", "opinion": "不恢复原渠,另设排水口", "basis": "村庄和集镇规划建设管理条例"}
    theatre.act("R01", TOWN, "clerk", "draft_opinion", verdict="reject", **words)
    theatre.act("R01", TOWN, "leader", "issue_opinion")
    theatre.act("R01", TOWN, "clerk", "serve", way="direct", receiver="乔满仓")
    theatre.day(4, 27)
    case = {"case": theatre.cases["R01"]}
    theatre.post(DISTRICT, "clerk", "/hearing/request_review", {**case, "points": "另设排水口不管用"})
    theatre.day(5, 14)
    reviewed = {"outcome": "uphold", "facts": "现场复核属实", "opinion": "维持", "basis": "信访工作条例第三十五条"}
    theatre.post(DISTRICT, "leader", "/hearing/decide_review", {**case, **reviewed})
    theatre.day(5, 20)
    theatre.post(DISTRICT, "clerk", "/hearing/request_final_review", {**case, "points": "不服复查意见"})
    theatre.day(6, 12)
    final = {"outcome": "uphold", "opinion_no": "咸信复核〔2026〕7号", "issued_at": theatre.moment(6, 10, 10)}
    theatre.post(DISTRICT, "leader", "/hearing/register_final_opinion", {**case, **final})
    theatre.until(
        "the town knows it is final", lambda: len(watching.final_opinions(theatre, "R01", TOWN)) == len(CHAIN)
    )
    again(theatre)


CHAIN = ("处理意见", "复查意见", "复核意见")


def again(theatre: Theatre) -> None:
    """The same facts once more, in a letter to the town."""
    theatre.day(6, 20)
    theatre.report_at_desk("R25", TOWN, "clerk", {**sample("R01"), "channel": "letter"})
    number = (theatre.seen("R01", TOWN) or {})["number"]
    theatre.act("R25", TOWN, "clerk", "link_repeat", repeat_of=number)
    theatre.act("R25", TOWN, "leader", "decline", ground="final", guidance="有新的事实和理由可以另行提出")


def check_r25(theatre: Theatre) -> list[str]:
    reviews = theatre.see(DISTRICT, "hearing.case", {"case": theatre.cases["R01"]})
    notice = watching.notices(theatre, "R25", TOWN)[-1]
    return [
        *stands(theatre, "R01", TOWN, "clerk", status="concluded"),
        *stands(theatre, "R25", TOWN, "clerk", status="declined"),
        *differences(
            final_by_the_registered_opinion=reviews["standing"]["final"],
            the_outside_clock_was_kept=clock_of(theatre, "R01", DISTRICT, "K10").get("state") == "stopped",
            the_package_is_numbered=all(each["package_no"] for each in reviews["reviews"] if each["outside"]),
            the_notice_names_three_opinions=[len(notice["facts"]["opinions"])] == [len(CHAIN)],
        ),
    ]


R23 = Story("R23", "电话,望塬村:勉强要求撤回", "村里不能决定;镇上回访:受压,继续办理", play_r23, check_r23)
R25 = Story(
    "R25", "不服处理意见、复查意见,申请复核", "村→镇→区复查→市复核→终结;再来信答复三份意见", play_r25, check_r25
)
