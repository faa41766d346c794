"""Mass incidents over real databases: told upward at once, followed, reminded of, ended (S35)."""

from datetime import datetime, timedelta
from typing import Any

from contracts.letters import Tell
from network.tables import InboxRow, JournalRow
from services.supervision.models import IncidentCaseRow, IncidentRow
from tests.services.house import DISTRICT, TOWN, VILLAGE, House
from tests.services.supervision.test_order_figures import counted
from tests.services.supervision.told import CASE, MON, Stub, accept, tell

FIRST = {
    "at": (MON - timedelta(hours=1)).isoformat(),
    "place": "镇政府门前",
    "heads": 35,
    "demand": "要求发放过渡费",
    "level": "general",
    "commander": "镇长",
    "words": "已派人劝导",
}


def act(house: House, name: str, office: str = VILLAGE, **data: Any) -> dict[str, Any]:
    desk = data.pop("desk", "petition")
    answer = house.command(office, "supervision", name, data, desk=desk)
    house.post()
    return answer


def reported(house: House, **more: Any) -> str:
    answer = act(house, "report_incident", **{**FIRST, **more})
    assert answer["ok"], answer
    return str(answer["result"]["incident"])


def code(answer: dict[str, Any]) -> str:
    return str(answer["error"]["code"])


def seen(house: House, office: str, state: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = house.ask(office, "supervision", "incidents", {"state": state})["result"]["incidents"]
    return found


def follow(house: House, incident: str, **more: Any) -> dict[str, Any]:
    said = {"heads": 50, "level": "larger", "commander": "区领导", "words": "人数增加"}
    return act(house, "follow_incident", **{"incident": incident, **said, **more})


def test_s35_the_first_report_is_at_every_office_above_at_once(house: House) -> None:
    key = reported(house)
    for office in (VILLAGE, TOWN, DISTRICT):
        (known,) = seen(house, office)
        told = [known[name] for name in ("incident", "office", "heads", "demand", "level_zh", "commander", "state")]
        assert told == [key, VILLAGE, 35, "要求发放过渡费", "一般", "镇长", "open"]
        assert [(each["kind"], each["by"], each["words"]) for each in known["entries"]] == [
            ("first", "张三", "已派人劝导")
        ]
        todo = house.ask(office, "supervision", "todo", {"desk": "petition"})["result"]
        assert [each["incident"] for each in todo["incidents"]] == [key]


def test_s35_follow_ups_steps_and_the_final_report_bear_who_and_when(house: House) -> None:
    key = reported(house)
    house.pass_time(0.5)
    assert follow(house, key)["ok"]
    assert act(house, "take_incident_step", incident=key, by="派出所", words="设置警戒线")["ok"]
    house.pass_time(0.5)
    assert act(house, "end_incident", incident=key, words="群众已散去,十五日内答复")["ok"]
    (known,) = seen(house, DISTRICT)
    assert (known["heads"], known["level"], known["commander"], known["state"]) == (50, "larger", "区领导", "ended")
    assert {(each["kind"], each["by"]) for each in known["entries"]} == {
        ("first", "张三"), ("follow_up", "张三"), ("step", "派出所"), ("final", "张三"),
    }  # fmt: skip
    assert [datetime.fromisoformat(each["said_at"]) for each in known["entries"]][-1] == MON + timedelta(days=1)
    assert code(follow(house, key)) == "not_open"
    assert (seen(house, DISTRICT, "open"), len(seen(house, DISTRICT, "ended"))) == ([], 1)
    names = ("incidents", "incident_heads", "incidents_ended", "incident_reports_due", "incident_reports_on_time")
    assert [counted(house)[name] for name in names] == [(1, None), (50, None), (1, 1), (2, None), (2, 2)]


def test_s35_a_late_follow_up_is_reminded_of_once_and_known_above(house: House) -> None:
    key = reported(house)
    house.pass_time(1)
    house.poll()
    assert not seen(house, VILLAGE)[0]["overdue"]
    house.pass_time(0.01)
    for _ in range(2):
        house.poll()
    reminders = {
        office: sum(row.action == "incident_reminder" for row in house.rows(office, JournalRow))
        for office in (VILLAGE, DISTRICT)
    }
    assert reminders == {VILLAGE: 1, DISTRICT: 0}, "where it happened, once"
    assert seen(house, DISTRICT)[0]["overdue"]
    assert counted(house)["incident_reports_on_time"] == (0, 1)
    assert follow(house, key)["ok"]
    assert not seen(house, DISTRICT)[0]["overdue"]
    assert counted(house)["incident_reports_on_time"] == (0, 1), "made, but late"
    house.pass_time(1.01)
    house.poll()
    assert sum(row.action == "incident_reminder" for row in house.rows(VILLAGE, JournalRow)) == 2


def test_s35_linked_cases_are_told_to_nobody_and_go_with_a_recall(house: House) -> None:
    accept(house)
    key = reported(house, cases=[CASE])
    tell(house, Stub(case="d" * 32, number="D"), "registered")
    house.post()
    follow(house, key, cases=["d" * 32, CASE])
    assert [each["number"] for each in seen(house, VILLAGE)[0]["cases"]] == [Stub().number, "D"]
    assert seen(house, DISTRICT)[0]["cases"] == []
    gone = {"term": {"override": 0, "n": 0}}
    house.say(DISTRICT, "assignment", Tell(VILLAGE, "supervision", "case_recalled", CASE, gone))
    house.post()
    assert [row.number for row in house.rows(VILLAGE, IncidentCaseRow)] == ["D"]


def test_s35_what_may_not_be_said(house: House) -> None:
    assert code(act(house, "report_incident", **{**FIRST, "at": (MON + timedelta(hours=1)).isoformat()})) == "in_future"
    assert code(act(house, "report_incident", **{**FIRST, "level": "unheard_of"})) == "unknown_level"
    assert code(act(house, "report_incident", **{**FIRST, "cases": ["0" * 32]})) == "not_found"
    assert code(act(house, "report_incident", **FIRST, desk="discipline")) == "wrong_desk"
    assert house.rows(VILLAGE, IncidentRow) == []
    key = reported(house)
    assert code(act(house, "end_incident", DISTRICT, incident=key, words="x")) == "not_found", (
        "not the district's to end"
    )
    assert code(follow(house, key, level="unheard_of")) == "unknown_level"
    assert house.ask(TOWN, "supervision", "incidents", {}, desk="discipline")["error"]["code"] == "wrong_desk"


def test_s35_an_incident_is_believed_only_of_where_it_happened_below_and_once(house: House) -> None:
    key = reported(house)
    (row,) = house.rows(VILLAGE, IncidentRow)
    names = ("office", "at", "place", "heads", "demand", "level", "commander", "next_due")
    data = {"incident": key, **{name: getattr(row, name) for name in names}, "entry": "9" * 32, "kind": "final"}
    data |= {"said_at": MON, "by": "某人", "words": "已结束"}
    house.say(TOWN, "supervision", Tell(DISTRICT, "supervision", "incident_told", "", data))
    house.say(DISTRICT, "supervision", Tell(VILLAGE, "supervision", "incident_told", "", {**data, "office": DISTRICT}))
    house.post()
    parked = [
        row.reason for office in (DISTRICT, VILLAGE) for row in house.rows(office, InboxRow) if row.state == "parked"
    ]
    assert len(parked) == 2
    assert [each["state"] for each in seen(house, DISTRICT)] == ["open"]
    for _ in range(2):
        house.say(VILLAGE, "supervision", Tell(DISTRICT, "supervision", "incident_told", "", data))
    house.post()
    assert [len(each["entries"]) for each in seen(house, DISTRICT)] == [2]
