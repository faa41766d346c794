"""Twenty-three people, three visits to the city, and a promise that was not kept (R07–R10, R20)."""

from typing import Any

from shangda.demo import watching
from shangda.demo.looking import Story, clock_of, differences, ledger_line, sample, stands
from shangda.demo.theatre import DISTRICT, HOUSING, STREET, Theatre

CITY = "咸阳市信访局转送"


def play_r07(theatre: Theatre) -> None:
    theatre.day(3, 10)
    theatre.report_at_desk("R07", DISTRICT, "clerk", {**sample("R07"), "head_count": 23, "representatives": 5})
    due = "2026-04-10"
    theatre.act("R07", DISTRICT, "clerk", "ask_help", to=STREET, what="核实纺新社区拆迁户名单", due=due)
    theatre.act("R07", DISTRICT, "clerk", "offer", to=HOUSING, kind="hand_over", report_back_days=60)
    theatre.act("R07", HOUSING, "clerk", "sign_for")
    theatre.act("R07", HOUSING, "clerk", "accept")
    theatre.act("R07", STREET, "clerk", "report_help", text="名单核实,共46户")


def check_r07(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R07", HOUSING, "clerk", holder=HOUSING, status="accepted", head_count=23, representatives=5),
        *ledger_line(theatre, "R07", DISTRICT, "petition", holder=HOUSING, status="accepted"),
        *differences(
            sixty_days_run=clock_of(theatre, "R07", DISTRICT, "K5").get("due", "")[:10] == "2026-05-09",
            the_helper_never_holds=(theatre.seen("R07", STREET) or {}).get("holder") != STREET,
            the_help_reached_the_holder=watching.helped(theatre, "R07", HOUSING, STREET),
        ),
    ]


def _city_visit(theatre: Theatre, no: str, day: int, head_count: int) -> None:
    theatre.day(3, day)
    text = f"纺新社区{head_count}人赴市集体访,诉求:发放拖欠过渡费。市信访局转送。"
    report: dict[str, Any] = {"channel": "handed_down", "place": "610402902902", "category": "C03", "nature": "seek"}
    people = {"head_count": head_count, "representatives": 5, "external_no": f"市转〔2026〕{day}号"}
    theatre.report_at_desk(no, DISTRICT, "clerk", {**report, "text": text, **people})
    number = (theatre.seen("R07", DISTRICT) or {})["number"]
    theatre.act(no, DISTRICT, "clerk", "link_repeat", repeat_of=number)
    visit = {"at": theatre.moment(3, day, 8), "form": "collective", "head_count": head_count}
    case = {"case": theatre.cases["R07"], "why_not_here": "过渡费未发放,区住建局尚未答复"}
    theatre.post(DISTRICT, "clerk", "/supervision/record_city_visit", {**case, **visit})


def play_r08(theatre: Theatre) -> None:
    _city_visit(theatre, "R08", 12, 17)


def play_r09(theatre: Theatre) -> None:
    _city_visit(theatre, "R09", 14, 21)


def play_r10(theatre: Theatre) -> None:
    _city_visit(theatre, "R10", 17, 19)
    alert = watching.alerts(theatre, "open")[0]
    decision = {"alert": alert["id"], "decision": "no_suspension", "reason": "先督办,限期发放"}
    theatre.post(DISTRICT, "leader", "/supervision/decide_alert", decision)


def linked(theatre: Theatre, no: str, visits: int) -> list[str]:
    first = (theatre.seen("R07", DISTRICT) or {}).get("number")
    return [
        *stands(theatre, no, DISTRICT, "clerk", repeat_of=first),
        *differences(every_visit_is_kept=len(watching.city_visits(theatre, "R07")) == visits),
    ]


def check_r08(theatre: Theatre) -> list[str]:
    return [*linked(theatre, "R08", 1), *differences(no_alert=not watching.alerts(theatre, "open"))]


def check_r09(theatre: Theatre) -> list[str]:
    return [*linked(theatre, "R09", 2), *differences(no_alert=not watching.alerts(theatre, "open"))]


def check_r10(theatre: Theatre) -> list[str]:
    alerts = watching.alerts(theatre, "decided")
    return [
        *linked(theatre, "R10", 3),
        *differences(
            one_alert=len(alerts) == 1,
            against_the_responsible_unit=bool(alerts) and alerts[0]["unit"] == HOUSING,
            a_person_decided=bool(alerts) and alerts[0]["decided_by"] == "leader",
            nothing_was_done_by_itself=(theatre.seen("R07", HOUSING) or {}).get("status") == "accepted",
        ),
    ]


def play_r07_answered(theatre: Theatre) -> None:
    theatre.day(4, 20)
    theatre.act("R07", HOUSING, "clerk", "record_visit", who="征收办", place="纺新社区", found="46户未发8个月")
    words = {"facts": "停发8个月属实", "opinion": "补发过渡费", "basis": "国有土地上房屋征收与补偿条例第二十二条"}
    promise = {"verdict": "support", "perform_by": theatre.moment(6, 30, 17), **words}
    theatre.act("R07", HOUSING, "clerk", "draft_opinion", **promise)
    theatre.act("R07", HOUSING, "leader", "issue_opinion")
    theatre.act("R07", HOUSING, "clerk", "serve", way="direct", receiver="拆迁户代表")


def check_r07_answered(theatre: Theatre) -> list[str]:
    return [
        *stands(theatre, "R07", HOUSING, "clerk", status="concluded", performance="promised"),
        *differences(the_promise_has_a_clock=clock_of(theatre, "R07", DISTRICT, "K26").get("state") == "running"),
    ]


def play_r20(theatre: Theatre) -> None:
    theatre.day(7, 2)
    theatre.say_by_receipt("R07", "rating", rating="dissatisfied", comment="说6月底前发,到今天没到账")
    theatre.say_by_receipt("R07", "sayings", what="not_performed", text="办结书说6月底前发,到今天没到账")
    theatre.until("the holder hears it", lambda: _performance(theatre) == "disputed")
    candidate = theatre.until("supervision sees it", lambda: watching.candidate(theatre, "R07"))
    theatre.candidates_seen["R20"] = candidate
    order = {"case": theatre.cases["R07"], "kind": "dedicated", "demand": "立即兑现,书面报告"}
    theatre.post(DISTRICT, "leader", "/supervision/order", {**order, "due": theatre.moment(7, 10)})
    theatre.act("R07", HOUSING, "leader", "reopen", reason="承诺未落实")


def _performance(theatre: Theatre) -> str:
    return str((theatre.seen("R07", HOUSING) or {}).get("performance"))


def check_r20(theatre: Theatre) -> list[str]:
    orders = [each for each in theatre.see(DISTRICT, "supervision.orders", {})["orders"] if each["step"] == "commanded"]
    return [
        *stands(theatre, "R07", HOUSING, "clerk", holder=HOUSING, status="accepted", reopened=1),
        *ledger_line(theatre, "R07", DISTRICT, "petition", holder=HOUSING, status="accepted"),
        *differences(
            the_reason_is_named="not_performed" in theatre.candidates_seen["R20"]["reasons"],
            the_supervisor_is_not_of_the_unit=[each["giver"] for each in orders] == [DISTRICT],
            it_is_no_new_report=watching.public(theatre, "R07")["number"].startswith(f"{DISTRICT}-2026-"),
        ),
    ]


R07 = Story("R07", "集体来访,区信访大厅:过渡费停发", "23人,代表5人;交办区住建局,云泉街道协办;60日", play_r07, check_r07)
R08 = Story("R08", "到市走访一:17人", "并入R07,记第一次", play_r08, check_r08)
R09 = Story("R09", "到市走访二:21人", "并入R07,记第二次", play_r09, check_r09)
R10 = Story("R10", "到市走访三:19人", "一周内第三次:提请人决定,系统自己什么也不做", play_r10, check_r10)
R07_ANSWERED = Story(
    "R07", "续:处理意见送达,承诺6月底前补发", "办结不是化解:承诺有期限", play_r07_answered, check_r07_answered
)
R20 = Story("R20", "查询码留言:承诺没兑现", "不是新件:评价、督办、重新办理", play_r20, check_r20)
