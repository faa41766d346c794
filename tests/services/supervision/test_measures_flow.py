"""Petition supervision of cadres over real databases: each step in its order, clocks, figures, what nobody else sees."""

from datetime import datetime
from typing import Any

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from contracts.veils import veil
from network.tables import InboxRow, OutboxRow, VeilRow
from services.supervision.measures.models import MeasureFactRow, MeasureRow, MeasureStepRow
from services.supervision.models import DemandRow
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House
from tests.services.supervision.told import CASE, MON, Stub, accept, tell

CLERK: dict[str, Any] = {"desk": "discipline", "id": "罗某", "roles": ["clerk", "triage"]}
LEADER: dict[str, Any] = {"desk": "discipline", "id": "秦某", "roles": ["clerk", "triage", "leader"]}
TALK = {"place": "纪委谈话室", "talker": "秦某", "second": "罗某", "recorder": "罗某", "signed": True}
TEXTS = {"reminder_talk": ["statement", "promise"], "warning": ["content", "result"], "other": ["content"]}
MEETING = ["attendees", "self_criticism", "criticism", "explanation", "rectification"]
YEAR = {"since": "2026-01-01", "until": "2026-12-31"}


def sealed(case: str = CASE) -> dict[str, Any]:
    return {"version": 1, "case": case, "ciphertext": "c2VhbGVk", "keys": {f"{DISTRICT}/discipline": "k"}}


def at_hand(house: House, disposal: str = "petition_supervision", holder: str = DISTRICT, case: str = CASE) -> None:
    """A discipline report in hand at ``holder``, of which its head disposed so."""
    accept(house, Stub(desk="discipline", holder=holder, status="accepted", case=case, number=f"J-{case[:4]}"))
    said = {"disposal": disposal, "at": house.offices[holder].moment}
    house.say(holder, "assignment", Tell(holder, "supervision", "case_disposed", case, said))
    house.post()


def do(house: House, method: str, office: str = DISTRICT, actor: dict[str, Any] | None = None, **data: Any) -> Any:
    answer = house.command(office, "supervision", method, data, **(actor or CLERK))
    house.post()
    return answer


def ok(house: House, method: str, office: str = DISTRICT, actor: dict[str, Any] | None = None, **data: Any) -> Any:
    answer = do(house, method, office, actor, **data)
    assert answer["ok"], answer
    return answer["result"]


def propose(house: House, kind: str = "reminder_talk", office: str = DISTRICT, **other: Any) -> str:
    point = house.policy.neutral_points[0]
    given = {"case": CASE, "kind": kind, "to": TOWN, "points": [point], "why": "问题轻微,宜早提醒", **other}
    return str(ok(house, "propose_measure", office, **given)["measure"])


def approved(house: House, kind: str = "reminder_talk", office: str = DISTRICT, **other: Any) -> str:
    one = propose(house, kind, office, **other)
    ok(house, "approve_measure", office, LEADER, measure=one, approved=True, why="同意")
    return one


def carried(house: House, kind: str = "warning", office: str = DISTRICT, day: str = "2026-03-02", **other: Any) -> str:
    one = approved(house, kind, office, **other)
    record = {"way": "案例通报", "audience": "group"} if kind == "warning" else {}
    envelope = sealed(str(other.get("case", CASE)))
    ok(house, "carry_out_measure", office, measure=one, on=day, given=TEXTS.get(kind, []), sealed=envelope, **record)
    return one


def figures(house: House, office: str = DISTRICT, desk: str = "discipline", **wanted: Any) -> dict[str, Any]:
    answer = house.ask(office, "supervision", "figures", {**YEAR, **wanted}, **{**CLERK, "desk": desk})
    assert answer["ok"], answer
    return {each["name"]: each["value"] for each in answer["result"]["figures"]}


def demands(house: House, office: str = DISTRICT) -> dict[str, dict[str, Any]]:
    answer = house.ask(office, "supervision", "demands", {"desk": "discipline"}, **CLERK)
    return {each["kind"]: each for each in answer["result"]["demands"]}


def shown(house: House, office: str = DISTRICT) -> list[dict[str, Any]]:
    answer = house.ask(office, "supervision", "measures", {}, **CLERK)
    assert answer["ok"], answer
    return list(answer["result"]["measures"])


def to(house: House, month: int, day: int) -> None:
    house.set_time(datetime(2026, month, day, 9, tzinfo=SHANGHAI))


def recuse(house: House, person: str) -> None:
    """This official is recused from the report."""
    with house.offices[DISTRICT].uow("supervision", SYSTEM) as uow:
        uow.session.add(VeilRow(case=CASE, veils=[veil(CASE, person)], gone=[]))


def no_parked(house: House) -> None:
    assert [row.reason for each in house.offices for row in house.rows(each, InboxRow) if row.state == "parked"] == []


def test_s81_a_measure_goes_its_way_and_each_step_says_who_when_and_why(house: House) -> None:
    at_hand(house)
    one = propose(house)
    early = {"measure": one, "on": "2026-03-02", **TALK, "given": TEXTS["reminder_talk"], "sealed": sealed()}
    for method, given in (
        ("carry_out_measure", early),
        ("record_result", {"measure": one, "corrected": True, "recheck_on": "2026-06-02", "sealed": None, "why": "x"}),
        ("feed_back_measure", {"measure": one, "why": "x"}),
        ("recheck_measure", {"measure": one, "lasting": True, "why": "x"}),
        ("file_measure", {"measure": one, "why": "x"}),
    ):
        assert do(house, method, **given)["error"]["code"] == "wrong_state", method
    ok(house, "approve_measure", actor=LEADER, measure=one, approved=True, why="同意")
    to(house, 3, 4)
    ok(house, "carry_out_measure", **{**early, "on": "2026-03-04"})
    given = {"measure": one, "corrected": True, "recheck_on": "2026-06-04", "sealed": sealed(), "why": "已整改"}
    ok(house, "record_result", **given)
    ok(house, "feed_back_measure", measure=one, why="已向其所在党组织反馈")
    assert do(house, "recheck_measure", measure=one, lasting=True, why="x")["error"]["code"] == "too_early"
    to(house, 6, 4)
    ok(house, "recheck_measure", measure=one, lasting=True, why="作风已转变")
    filed = ok(house, "file_measure", measure=one, why="材料齐全")
    assert [(each["step"], each["by"], each["why"]) for each in filed["steps"]] == [
        ("proposed", "罗某", "问题轻微,宜早提醒"),
        ("approved", "秦某", "同意"),
        ("carried", "罗某", ""),
        ("result", "罗某", "已整改"),
        ("fed_back", "罗某", "已向其所在党组织反馈"),
        ("rechecked", "罗某", "作风已转变"),
        ("filed", "罗某", "材料齐全"),
    ]
    assert filed["steps"][2]["at"].startswith("2026-03-04")
    assert (filed["corrected"], filed["recheck_on"], filed["lasting"]) == (True, "2026-06-04", True)
    assert (filed["sealed"], filed["result"]) == (True, True)
    no_parked(house)


def test_s81_only_another_leader_of_the_desk_who_is_not_recused_approves(house: House) -> None:
    at_hand(house)
    one = propose(house)
    wanted = {"measure": one, "approved": True, "why": "同意"}
    assert do(house, "approve_measure", **wanted)["error"]["code"] == "not_leader"
    assert do(house, "approve_measure", actor={**LEADER, "id": "罗某"}, **wanted)["error"]["code"] == "same_person"
    assert do(house, "approve_measure", actor={**LEADER, "desk": "petition"}, **wanted)["error"]["code"] == "not_found"
    recuse(house, "P-9")
    assert do(house, "approve_measure", actor={**LEADER, "person": "P-9"}, **wanted)["error"]["code"] == "not_found"
    refused = ok(house, "approve_measure", actor=LEADER, **{**wanted, "approved": False, "why": "证据不足"})
    assert (refused["state"], refused["steps"][-1]["step"]) == ("refused", "refused")
    assert do(house, "approve_measure", actor=LEADER, **wanted)["error"]["code"] == "wrong_state"


def test_s80_only_a_report_disposed_of_so_and_held_here_admits_a_measure(house: House) -> None:
    point = house.policy.neutral_points[0]
    given = {"case": CASE, "kind": "warning", "to": TOWN, "points": [], "why": "轻微"}
    assert do(house, "propose_measure", **given)["error"]["code"] == "not_found"
    at_hand(house, "preliminary")
    assert do(house, "propose_measure", **given)["error"]["code"] == "not_eligible"
    at_hand(house)
    assert do(house, "propose_measure", **{**given, "kind": "advice"})["error"]["code"] == "unknown_kind"
    assert do(house, "propose_measure", **{**given, "kind": "reminder_talk"})["error"]["code"] == "no_points"
    named = do(house, "propose_measure", **{**given, "points": [point, "王某举报你收受礼品"]})
    assert named["error"]["code"] == "not_neutral"
    assert do(house, "propose_measure", VILLAGE, **given)["error"]["code"] == "not_found"
    assert do(house, "propose_measure", actor={**CLERK, "desk": "petition"}, **given)["error"]["code"] == "not_found"
    at_hand(house, holder=TOWN, case="d" * 32)
    assert do(house, "propose_measure", **{**given, "case": "d" * 32})["error"]["code"] == "not_holder"
    assert house.rows(DISTRICT, MeasureRow) == []


def test_k23_runs_from_the_approval_of_a_talk_and_its_recheck_from_the_talk(house: House) -> None:
    at_hand(house)
    one = approved(house)
    owed = demands(house)["reminder_talk"]
    assert owed["due"].startswith("2026-03-16T15:59:59")
    assert (owed["role"], owed["case"], owed["points"]) == ("own", CASE, house.policy.neutral_points[0])
    to(house, 3, 10)
    record = {"measure": one, "on": "2026-03-10", **TALK, "given": TEXTS["reminder_talk"], "sealed": sealed()}
    ok(house, "carry_out_measure", **record)
    known = demands(house)
    assert (known["reminder_talk"]["state"], known["reminder_talk"]["stands"]) == ("answered", "on_time")
    assert known["recheck"]["due"].startswith("2026-06-10T15:59:59")
    result = {"measure": one, "corrected": True, "recheck_on": "2026-06-10", "sealed": sealed(), "why": "已整改"}
    ok(house, "record_result", **result)
    ok(house, "feed_back_measure", measure=one, why="已反馈")
    to(house, 6, 10)
    ok(house, "recheck_measure", measure=one, lasting=False, why="有反复")
    assert (demands(house)["recheck"]["state"], demands(house)["recheck"]["stands"]) == ("answered", "on_time")
    assert shown(house)[0]["lasting"] is False


def test_k22_a_notice_is_answered_before_its_result_is_known(house: House) -> None:
    at_hand(house)
    one = approved(house, "petition_notice")
    assert "petition_notice" not in demands(house), "it runs from the notice"
    notice = {"measure": one, "on": "2026-03-02", "number": "泰纪信通〔2026〕1号", "asks": "explain", "person": "P-1"}
    assert set(do(house, "carry_out_measure", measure=one, on="2026-03-02")["error"]["fields"]) == {"number", "asks"}
    ok(house, "carry_out_measure", **notice)
    at_town = demands(house, TOWN)["petition_notice"]
    assert (at_town["case"], at_town["person"], at_town["due"][:10]) == ("", "P-1", "2026-03-23")
    assert at_town["points"] == house.policy.neutral_points[0]
    result = {"measure": one, "corrected": True, "recheck_on": "2026-06-02", "sealed": sealed(), "why": "已说明"}
    assert do(house, "record_result", **result)["error"]["code"] == "not_answered"
    reply = {"demand": at_town["demand"], "answer": "书面说明", "signed_by": "罗某"}
    ok(house, "answer_demand", TOWN, **reply)
    assert ok(house, "record_result", **result)["corrected"] is True
    no_parked(house)


def test_s85_each_form_wants_its_own_record(house: House) -> None:
    at_hand(house)
    talk = approved(house)
    given = {"measure": talk, "on": "2026-03-02"}
    bare = do(house, "carry_out_measure", **given)["error"]
    assert set(bare["fields"]) == {"place", "talker", "second", "recorder", "signed", "sealed"}
    alone = {**given, **TALK, "second": "秦某", "given": TEXTS["reminder_talk"], "sealed": sealed()}
    assert do(house, "carry_out_measure", **alone)["error"]["code"] == "alone"
    other_case = {**alone, "second": "罗某", "sealed": sealed("e" * 32)}
    assert do(house, "carry_out_measure", **other_case)["error"]["code"] == "not_sealed"
    for day, code in (("2026-03-03", "in_future"), ("2026-03-01", "too_early")):
        assert do(house, "carry_out_measure", **{**alone, "on": day})["error"]["code"] == code
    warning = approved(house, "warning")
    assert set(do(house, "carry_out_measure", measure=warning, on="2026-03-02")["error"]["fields"]) == {
        "way",
        "audience",
        "sealed",
    }
    meeting = approved(house, "life_meeting")
    lacking = do(house, "carry_out_measure", measure=meeting, on="2026-03-02", given=MEETING[1:], sealed=sealed())
    assert lacking["error"]["fields"] == {"sealed": ["缺少: attendees"]}
    ok(house, "carry_out_measure", measure=meeting, on="2026-03-02", given=MEETING, sealed=sealed())
    report = demands(house, TOWN)["meeting_report"]
    assert (report["due"][:10], report["points"]) == ("2026-03-17", house.policy.neutral_points[0])


def test_s86_s87_reports_are_counted_by_what_was_carried_out_in_the_days(house: House) -> None:
    at_hand(house)
    approved(house, "warning")
    assert figures(house)["petition_supervisions"] == 0, "approved is not carried out"
    one = carried(house)
    carried(house)
    second = "d" * 32
    at_hand(house, "talk_inquiry", case=second)
    kin = approved(house, "talk_inquiry", case=second)
    ok(house, "carry_out_measure", measure=kin, on="2026-03-02", given=["content"], sealed=sealed(second))
    counted = figures(house)
    assert (counted["petition_supervisions"], counted["measures"], counted["first_form"]) == (1, 3, 2)
    assert (counted["measure_warning"], counted["measure_talk_inquiry"], counted["measure_reminder_talk"]) == (2, 1, 0)
    assert (counted["corrected"], counted["not_corrected"]) == (0, 0)
    result = {"measure": one, "corrected": True, "recheck_on": "2026-06-02", "sealed": sealed(), "why": "已整改"}
    ok(house, "record_result", **result)
    assert figures(house)["corrected"] == 1
    assert figures(house, since="2026-03-03")["petition_supervisions"] == 0
    assert figures(house, campaign="clean")["petition_supervisions"] == 0
    assert "petition_supervisions" not in figures(house, desk="petition")
    answer = house.ask(DISTRICT, "supervision", "export", {**YEAR, "ledger": "disputes"}, **CLERK)
    assert answer["error"]["code"] == "not_found"


def test_s87_a_towns_measure_is_counted_above_and_its_small_count_is_not_shown(house: House) -> None:
    at_hand(house, holder=TOWN)
    one = carried(house, "warning", TOWN, to=VILLAGE)
    assert figures(house)["petition_supervisions"] == 1
    assert figures(house, office=TOWN)["petition_supervisions"] is None
    assert figures(house, TOWN)["petition_supervisions"] is None
    (sent,) = [row for row in house.rows(TOWN, OutboxRow) if row.type == "measure_told"]
    assert set(sent.body["data"]) == {"measure", "kind", "carried_on", "corrected"}
    forged = {"measure": "f" * 32, "kind": "warning", "carried_on": "2026-03-02"}
    house.say(VILLAGE, "supervision", Tell(DISTRICT, "supervision", "measure_told", CASE, forged))
    house.post()
    assert figures(house)["measures"] == 1, "only who holds the report is believed"
    result = {"measure": one, "corrected": False, "recheck_on": "2026-06-02", "sealed": sealed(), "why": "未整改"}
    ok(house, "record_result", TOWN, **result)
    assert figures(house)["not_corrected"] == 1
    no_parked(house)


def test_what_was_said_of_measures_goes_with_the_case(house: House) -> None:
    at_hand(house)
    at_hand(house, holder=TOWN, case="d" * 32)
    carried(house, "warning", TOWN, case="d" * 32)
    house.say(
        DISTRICT, "assignment", Tell(TOWN, "supervision", "case_recalled", "d" * 32, {"term": {"override": 1, "n": 0}})
    )
    house.post()
    for model in (MeasureRow, MeasureStepRow, MeasureFactRow):
        assert house.rows(TOWN, model) == []
    carried(house)
    approved(house)
    house.say(DISTRICT, "assignment", Tell(DISTRICT, "supervision", "file_disposed", CASE, {"at": MON}))
    house.post()
    for model in (MeasureRow, MeasureStepRow, DemandRow):
        assert [row for row in house.rows(DISTRICT, model) if row.case_id == CASE] == []
    assert figures(house)["petition_supervisions"] == 2, "that it was carried out is still counted"


def test_what_waits_is_on_the_desks_list_and_a_recheck_from_its_day_on(house: House) -> None:
    at_hand(house)
    one = carried(house)

    def waiting(desk: str = "discipline") -> list[str]:
        answer = house.ask(DISTRICT, "supervision", "todo", {"desk": desk}, **{**CLERK, "desk": desk})
        return [each["state"] for each in answer["result"]["measures"]]

    assert waiting() == ["carried"]
    assert waiting("petition") == []
    result = {"measure": one, "corrected": True, "recheck_on": "2026-06-02", "sealed": sealed(), "why": "已整改"}
    ok(house, "record_result", **result)
    ok(house, "feed_back_measure", measure=one, why="已反馈")
    assert waiting() == []
    to(house, 6, 2)
    assert waiting() == ["fed_back"]
    passed_on = Stub(desk="discipline", holder=TOWN, status="accepted", number=f"J-{CASE[:4]}", term=(0, 1))
    tell(house, passed_on, "signed")
    house.post()
    assert waiting() == [], "another desk has the report now"


def test_opening_a_record_is_journalled_and_lists_show_no_envelope(house: House) -> None:
    at_hand(house)
    one = carried(house)
    assert "c2VhbGVk" not in str(shown(house))
    opened = ok(house, "open_measure", measure=one, reason="复查前查阅")
    assert (opened["case"], opened["sealed"]["ciphertext"], opened["result"]) == (CASE, "c2VhbGVk", None)
    answer = house.ask(DISTRICT, "supervision", "measures", {}, **{**CLERK, "desk": "petition"})
    assert answer["error"]["code"] == "not_found"
