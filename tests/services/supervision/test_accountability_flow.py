"""The discipline rules over real databases: what is proposed, what a person decides, and what nobody decides (S38–S41)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from contracts.policy_schema import PolicyError, policy_from
from services.supervision.accountability.watch import last_whole_month
from services.supervision.models import AlertRow, RemovalCaseRow, RemovalRow, SuspensionRow
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House, demo_policy
from tests.services.supervision.test_city_flow import DAYS, go
from tests.services.supervision.test_order_figures import counted
from tests.services.supervision.told import CASE, Stub, accept, tell

BOSS: dict[str, Any] = {"id": "区领导", "roles": ["leader"]}
ORGAN = {"organ": "区委", "document": "区委〔2026〕7号"}


def act(house: House, name: str, data: dict[str, Any], office: str = DISTRICT, **actor: Any) -> dict[str, Any]:
    return house.command(office, "supervision", name, data, **{**BOSS, **actor})


def code(answer: dict[str, Any]) -> str:
    return str(answer["error"]["code"])


def ask(house: House, name: str, **data: Any) -> dict[str, Any]:
    answer: dict[str, Any] = house.ask(DISTRICT, "supervision", name, data)["result"]
    return answer


def alert(house: House, decision: str = "suspend") -> str:
    accept(house, Stub(status="accepted", holder=TOWN))
    for day, heads in zip(DAYS.values(), (17, 21, 19), strict=True):
        raised: str = go(house, day, heads)["result"]["alert"]
    said = {"alert": raised, "decision": decision, "reason": "三次到市,处置不力"}
    assert act(house, "decide_alert", said)["ok"]
    return raised


def decided(suspension: str, **more: Any) -> dict[str, Any]:
    said = {
        "suspension": suspension,
        "suspends": True,
        "person": "罗某",
        "since": "2026-03-18",
        "grounds": "违反纪律规定",
    }
    return {**said, **ORGAN, **more}


def test_s38_eight_numbered_slots_of_which_the_district_states_two(house: House) -> None:
    shown = ask(house, "discipline_rules")
    assert shown["version"] == house.policy.version
    rules = shown["rules"]
    assert [each["number"] for each in rules] == list(range(1, 9))
    assert ["三次赴市集访" in rules[0]["text"], "就地免职" in rules[1]["text"]] == [True, True]
    assert [each["trigger"] for each in rules] == ["city_visits", "watch_list", *[""] * 6]
    assert [each["text"] for each in rules[2:]] == [""] * 6, "what is not known is not made up"
    assert counted(house)["discipline_rules"] == (2, 8)


def test_s38_a_new_version_fills_a_slot_and_there_are_always_eight() -> None:
    body = dict(demo_policy().body)
    slots = [dict(slot) for slot in body["discipline_rules"]]
    slots[2]["text"] = "区里自定的条文"
    assert policy_from({**body, "discipline_rules": slots}).discipline_rules[2].text == "区里自定的条文"
    with pytest.raises(PolicyError, match="discipline_rules"):
        policy_from({**body, "discipline_rules": slots[:7]})
    with pytest.raises(PolicyError, match="trigger"):
        policy_from({**body, "discipline_rules": [*slots[:7], {"trigger": "suspend"}]})
    without = {key: value for key, value in body.items() if key != "discipline_rules"}
    assert [each.text for each in policy_from(without).discipline_rules] == [""] * 8


def test_s40_a_decided_alert_makes_a_draft_and_suspends_nobody(house: House) -> None:
    key = alert(house)
    (draft,) = ask(house, "suspensions", state="proposed")["suspensions"]
    assert (draft["id"], draft["unit"], draft["person"], draft["since"]) == (key, TOWN, "", None)
    for word in ("停职处理建议", "2026年03月12日(17人)", "2026年03月17日(19人)", "三次到市,处置不力"):
        assert word in draft["draft"]
    todo = house.ask(DISTRICT, "supervision", "todo", {"desk": "petition"})["result"]
    assert [each["id"] for each in todo["suspensions"]] == [key]
    assert house.unread == [], "nobody is told"
    found = counted(house)
    assert [
        found[name][0] for name in ("city_visits", "city_visits_collective", "city_alerts", "city_alerts_decided")
    ] == [3, 3, 1, 1]
    assert (found["suspensions_proposed"], found["suspensions_decided"]) == ((1, None), (0, 1))


def test_s40_a_decision_not_to_suspend_makes_no_draft(house: House) -> None:
    alert(house, "no_suspension")
    assert house.rows(DISTRICT, SuspensionRow) == []


def test_s40_a_named_leader_writes_down_what_the_organ_decided_and_how_it_ended(house: House) -> None:
    key = alert(house)
    assert code(act(house, "decide_suspension", decided(key), roles=["clerk"])) == "leader_needed"
    assert code(act(house, "decide_suspension", decided(key, person="P9"), person="P9")) == "own_person"
    assert code(act(house, "decide_suspension", decided(key, since=None))) == "since"
    assert code(act(house, "decide_suspension", decided(key), desk="discipline")) == "wrong_desk"
    assert code(act(house, "decide_suspension", decided("0" * 32))) == "not_found"
    over = {"suspension": key, "until": "2026-04-01", "result": "问题已解决,恢复职务"}
    assert code(act(house, "end_suspension", over)) == "wrong_state", "nobody is suspended yet"
    done = act(house, "decide_suspension", decided(key))["result"]
    names = ("state", "person", "organ", "document", "since", "decided_by", "grounds")
    assert [done[name] for name in names] == [
        "decided",
        "罗某",
        "区委",
        "区委〔2026〕7号",
        "2026-03-18",
        "区领导",
        "违反纪律规定",
    ]
    assert code(act(house, "decide_suspension", decided(key))) == "wrong_state"
    assert code(act(house, "end_suspension", over)) == "until", "not in the future"
    house.set_time(datetime(2026, 4, 1, 10, tzinfo=SHANGHAI))
    assert code(act(house, "end_suspension", {**over, "until": "2026-03-17"})) == "until"
    ended = act(house, "end_suspension", over)["result"]
    assert (ended["state"], ended["until"], ended["result"]) == ("ended", "2026-04-01", "问题已解决,恢复职务")
    assert counted(house)["suspensions_decided"] == (1, 1)


def test_s40_the_organ_may_decide_that_nobody_is_suspended(house: House) -> None:
    key = alert(house)
    assert act(house, "decide_suspension", decided(key, suspends=False, since=None))["result"]["state"] == "refused"
    assert counted(house)["suspensions_decided"] == (0, 1)
    assert [each["state"] for each in ask(house, "suspensions")["suspensions"]] == ["refused"]


def removal(*cases: str, **more: Any) -> dict[str, Any]:
    said = {
        "unit": TOWN,
        "person": "赵某",
        "facts": "辖区案件接连发生",
        "cases": list(cases),
        "decided_on": "2026-03-02",
    }
    return {**said, **ORGAN, **more}


def test_s41_a_removal_bears_facts_organ_document_and_the_cases_that_show_why(house: House) -> None:
    accept(house, Stub(status="accepted", holder=TOWN))
    accept(house, Stub(status="accepted", case="d" * 32, number="D"))
    assert code(act(house, "record_removal", removal(CASE), roles=["clerk"])) == "leader_needed"
    assert code(act(house, "record_removal", removal(CASE, person="P9"), person="P9")) == "own_person"
    assert code(act(house, "record_removal", removal(CASE), office=TOWN)) == "not_below", (
        "nobody decides on the own unit"
    )
    assert code(act(house, "record_removal", removal(CASE, decided_on="2026-03-03"))) == "in_future"
    assert code(act(house, "record_removal", removal("0" * 32))) == "not_found"
    assert code(act(house, "record_removal", removal(CASE), desk="discipline")) == "wrong_desk"
    tell(house, Stub(holder=DISTRICT, case="e" * 32, number="E"), "registered")
    house.post()
    done = act(house, "record_removal", removal(CASE, "d" * 32, CASE))["result"]
    numbers = sorted([Stub().number, "D"])
    assert [each["number"] for each in done["cases"]] == numbers
    assert (done["recorded_by"], done["document"], done["decided_on"]) == ("区领导", "区委〔2026〕7号", "2026-03-02")
    assert [each["cases"] for each in ask(house, "removals")["removals"]] == [done["cases"]]
    assert counted(house)["removals"] == (1, None)
    assert counted(house, since="2026-03-03")["removals"] == (0, None)
    assert house.unread == [], "nothing follows by itself"


def test_s41_a_recalled_case_is_no_evidence_any_more_but_the_removal_stays(house: House) -> None:
    key = alert(house)
    act(house, "record_removal", removal(CASE))
    gone = {"term": {"override": 0, "n": 0}}
    house.say(DISTRICT, "assignment", Tell(DISTRICT, "supervision", "case_recalled", CASE, gone))
    house.post()
    assert (house.rows(DISTRICT, RemovalCaseRow), len(house.rows(DISTRICT, RemovalRow))) == ([], 1)
    assert [row.id for row in house.rows(DISTRICT, SuspensionRow)] == [], key


def entered(house: House, month: int, count: int) -> None:
    for number in range(count):
        case = f"{month:02d}{number:02d}" + "0" * 28
        at = datetime(2026, month, 5, 9, tzinfo=SHANGHAI)
        stub = Stub(case=case, number=case[:4])
        house.set_time(at + timedelta(hours=1))
        data = {**stub.told("registered", at), "entered_at": at}
        house.say(VILLAGE, "assignment", Tell(DISTRICT, "supervision", "case_milestone", case, data))
    house.post()


def test_s41_a_town_whose_cases_grew_three_months_running_is_watched_with_its_cases(house: House) -> None:
    for month, count in ((3, 1), (4, 2), (5, 3), (6, 4)):
        entered(house, month, count)
    house.set_time(datetime(2026, 7, 1, 9, tzinfo=SHANGHAI))
    listed = ask(house, "watch_list")
    assert listed["until"] == "2026-06"
    (watched,) = listed["units"]
    assert (watched["unit"], [each["cases"] for each in watched["counts"]]) == (TOWN, [1, 2, 3, 4])
    assert len(watched["evidence"]) == 9
    assert ask(house, "watch_list", until="2026-05")["units"][0]["counts"][0] == {"month": "2026-02", "cases": 0}
    assert ask(house, "watch_list", until="2026-07")["units"] == [], "a month without growth ends it"
    assert house.rows(DISTRICT, RemovalRow) == [], "a list proposes nothing"


def test_the_last_whole_month_is_the_one_before_over_the_turn_of_the_year() -> None:
    assert last_whole_month(date(2026, 1, 31)) == "2025-12"


def test_only_registered_principals_are_suspended_where_there_are_any(house: House) -> None:
    key = alert(house)
    with house.offices[DISTRICT].uow("supervision", SYSTEM) as uow:
        row = uow.session.get(AlertRow, key)
        row.principals = ["P7"]
    assert code(act(house, "decide_suspension", decided(key))) == "not_the_principal"
    assert act(house, "decide_suspension", decided(key, person="P7"))["ok"]
