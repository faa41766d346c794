"""Going down with cases: planned, asked of the ledger, held, a result for each, nobody recused takes one (S54, S92)."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.letters import Tell
from contracts.veils import veil
from network import veils
from network.tables import InboxRow
from services.intake.activities.models import IntakeActivity
from services.intake.outreach.demands.models import IntakeDemand
from services.intake.outreach.going_down.models import IntakeCaseDown, IntakeGoDown
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House
from tests.services.intake.outreach import NOW, ask, do, figures, ledger, opened, petition, refused

PLAN: dict[str, Any] = {
    "leader": "gb-001",
    "leader_name": "周远",
    "level": "district_leader",
    "day": "2026-05-09",
    "place": "梨湾村村口大槐树下",
    "position": "34.3291,108.7042",
    "campaign": "big_visit",
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = opened(tmp_path)
    yield house
    for office in house.offices.values():
        office.engine.dispose()


def registered(house: House, office: str, **other: Any) -> str:
    return str(do(house, office, "register", petition(**other))["case"])


def planned(house: House, *cases: str, office: str = TOWN, **other: Any) -> str:
    return str(do(house, office, "plan_go_down", {**PLAN, "cases": list(cases), **other})["go_down"])


def shown(house: House, go_down: str, office: str = TOWN, **actor: Any) -> Any:
    return ask(house, office, "go_down", {"go_down": go_down}, **actor)


def recuse(house: House, office: str, case: str, person: str) -> None:
    with house.offices[office].uow("intake", SYSTEM) as uow:
        veils.keep(uow.session, case, (veil(case, person),))


def test_s54_a_leader_goes_down_with_a_case_of_the_office_and_one_from_below(house: House) -> None:
    own, below = registered(house, TOWN), registered(house, VILLAGE)
    answer = do(house, TOWN, "plan_go_down", {**PLAN, "cases": [own, below]})
    assert (answer["waiting"], [each["case"] for each in answer["cases"]]) == (1, [own]), "the ledger is asked first"
    go_down = answer["go_down"]
    now = shown(house, go_down)
    assert (now["waiting"], now["unknown"]) == (0, 0)
    assert {each["case"]: each["number"] for each in now["cases"]} == {
        own: f"{TOWN}-2026-00001",
        below: f"{VILLAGE}-2026-00001",
    }
    (row,) = house.rows(TOWN, IntakeGoDown)
    assert (row.leader, row.day, row.state) == ("gb-001", date(2026, 5, 9), "planned")
    assert figures(house, DISTRICT)["go_downs"] == (0, None), "only what took place counts"


def test_s92_he_goes_wherever_a_demand_is(house: House) -> None:
    go_down = planned(house, place="村口大槐树下,李家门前")
    now = shown(house, go_down)
    assert (now["place"], now["position"]) == ("村口大槐树下,李家门前", "34.3291,108.7042")
    do(house, TOWN, "hold_go_down", {"go_down": go_down})
    (line,) = ledger(house, TOWN, "go_downs")
    assert (line["place"], line["number"], line["day"]) == ("村口大槐树下,李家门前", "", "2026-05-08")
    assert figures(house, TOWN)["cases_taken_down"] == (0, None)


def test_s54_each_case_comes_back_with_a_result_and_is_open_until_then(house: House) -> None:
    first, second = registered(house, TOWN), registered(house, VILLAGE)
    go_down = planned(house, first, second)
    result = {"go_down": go_down, "case": first, "result": "resolved", "words": "当场修好"}
    assert refused(house, TOWN, "go_down_result", result) == ("wrong_state", ["go_down"])
    do(house, TOWN, "hold_go_down", {"go_down": go_down, "words": "群众十余人到场"})
    for office in (TOWN, DISTRICT):
        found = figures(house, office, campaign="big_visit")
        assert (found["go_downs"], found["go_down_leaders"]) == ((1, None), (1, None))
        assert (found["cases_taken_down"], found["cases_taken_down_with_result"]) == ((2, None), (0, 2))
    do(house, TOWN, "go_down_result", result)
    (row,) = [row for row in house.rows(TOWN, IntakeCaseDown) if row.case == first]
    assert (row.result, row.words, row.result_by) == ("resolved", "当场修好", "张三")
    assert [each["go_down"] for each in ask(house, TOWN, "go_downs", {"open": True})["go_downs"]] == [go_down]
    assert [each["go_down"] for each in ask(house, TOWN, "todo", {"desk": "petition"})["go_downs"]] == [go_down]
    do(house, TOWN, "go_down_result", {**result, "case": second, "result": "promised", "words": "六月底前"})
    assert ask(house, TOWN, "go_downs", {"open": True})["go_downs"] == []
    assert ask(house, TOWN, "todo", {"desk": "petition"})["go_downs"] == []
    found = figures(house, DISTRICT)
    assert found["cases_taken_down_with_result"] == (2, 2)
    assert (found["cases_taken_down_resolved"], found["cases_taken_down_promised"]) == ((1, 2), (1, 2))
    do(house, TOWN, "go_down_result", {**result, "case": second, "words": "已兑现"})
    assert figures(house, DISTRICT)["cases_taken_down_resolved"] == (2, 2)
    assert [(line["leader_name"], line["result"], line["words"]) for line in ledger(house, TOWN, "go_downs")] == [
        ("周远", "当场化解", "当场修好"),
        ("周远", "当场化解", "已兑现"),
    ]


def test_a_case_taken_down_twice_is_one_case(house: House) -> None:
    case = registered(house, TOWN)
    for _ in range(2):
        do(house, TOWN, "hold_go_down", {"go_down": planned(house, case)})
    found = figures(house, DISTRICT)
    assert (found["go_downs"], found["cases_taken_down"]) == ((2, None), (1, None))


def test_a_case_that_is_not_there_or_sealed_is_not_taken_along(house: House) -> None:
    sealed, absent = "e" * 32, "0" * 32
    envelope = {"version": 1, "case": sealed, "ciphertext": "c2VhbGVk", "keys": {f"{DISTRICT}/discipline": "k"}}
    plain = {"case": sealed, "receipt_hash": sealed * 2, "channel": "letter", "nature": "accuse", "sealed": envelope}
    to = {"recipient_office": DISTRICT, "recipient_desk": "discipline", "real_name": False, "contactable": False}
    do(house, DISTRICT, "register_sealed", {**plain, **to}, desk="discipline", roles=["clerk", "triage"])
    go_down = planned(house, sealed, absent, office=DISTRICT)
    now = shown(house, go_down, DISTRICT)
    assert (now["cases"], now["waiting"], now["unknown"]) == ([], 0, 2)
    assert house.rows(DISTRICT, IntakeCaseDown) == []


def test_a_leader_who_is_recused_is_not_planned_with_the_case(house: House) -> None:
    own, below = registered(house, TOWN), registered(house, VILLAGE)
    recuse(house, TOWN, own, "gb-001")
    recuse(house, TOWN, below, "gb-001")
    assert refused(house, TOWN, "plan_go_down", {**PLAN, "cases": [own]}) == ("leader_recused", ["cases"])
    assert house.rows(TOWN, IntakeGoDown) == []
    now = shown(house, planned(house, below))
    assert (now["cases"], now["unknown"]) == ([], 1), "the ledger does not know it for him"
    other = shown(house, planned(house, own, leader="gb-002"))
    assert [each["case"] for each in other["cases"]] == [own]


def test_a_leader_who_is_recused_later_sees_and_takes_the_case_no_more(house: House) -> None:
    kept, gone = registered(house, TOWN), registered(house, TOWN)
    go_down = planned(house, kept, gone)
    recuse(house, TOWN, gone, "gb-001")
    for actor in ({}, {"person": "gb-001", "roles": ["clerk", "leader"]}):
        assert [each["case"] for each in shown(house, go_down, **actor)["cases"]] == [kept]
    do(house, TOWN, "hold_go_down", {"go_down": go_down})
    assert [row.case for row in house.rows(TOWN, IntakeCaseDown)] == [kept]
    result = {"go_down": go_down, "case": gone, "result": "resolved", "words": "x"}
    assert refused(house, TOWN, "go_down_result", result)[0] == "not_found"
    assert figures(house, DISTRICT)["cases_taken_down"] == (1, None)


def test_a_leader_recused_after_he_went_gives_no_result(house: House) -> None:
    case = registered(house, TOWN)
    go_down = planned(house, case)
    do(house, TOWN, "hold_go_down", {"go_down": go_down})
    recuse(house, TOWN, case, "gb-001")
    result = {"go_down": go_down, "case": case, "result": "resolved", "words": "x"}
    assert refused(house, TOWN, "go_down_result", result)[0] == "not_found"
    assert shown(house, go_down)["cases"] == []


def test_who_is_recused_and_plans_for_another_learns_nothing(house: House) -> None:
    case, absent = registered(house, TOWN), "0" * 32
    recuse(house, TOWN, case, "gb-077")
    him = {"person": "gb-077"}
    answers = [do(house, TOWN, "plan_go_down", {**PLAN, "cases": [each]}, **him) for each in (case, absent)]
    shows = [shown(house, each["go_down"], **him) for each in answers]
    for pair in (answers, shows):
        first, second = ({**each, "go_down": ""} for each in pair)
        assert first == second
    assert house.rows(TOWN, IntakeCaseDown) == []


def test_cases_are_added_and_left_until_he_is_back(house: House) -> None:
    first, second, below = registered(house, TOWN), registered(house, TOWN), registered(house, VILLAGE)
    go_down = planned(house, first)
    do(house, TOWN, "take_along", {"go_down": go_down, "cases": [second, below, second], "leave": [first]})
    assert {each["case"] for each in shown(house, go_down)["cases"]} == {second, below}
    do(house, TOWN, "hold_go_down", {"go_down": go_down})
    late = {"go_down": go_down, "cases": [first]}
    assert refused(house, TOWN, "take_along", late) == ("wrong_state", ["go_down"])
    assert refused(house, TOWN, "take_along", {**late, "go_down": "0" * 32})[0] == "not_found"


def test_twelve_cases_at_most_go_along(house: House) -> None:
    cases = [registered(house, TOWN) for _ in range(13)]
    assert refused(house, TOWN, "plan_go_down", {**PLAN, "cases": cases}) == ("invalid", ["cases"])
    go_down = planned(house, *cases[:12])
    more = {"go_down": go_down, "cases": cases[12:]}
    assert refused(house, TOWN, "take_along", more) == ("too_many_cases", ["cases"])
    assert len(shown(house, go_down)["cases"]) == 12


def test_he_returned_before_the_ledger_answered_and_the_case_counts_all_the_same(house: House) -> None:
    below = registered(house, VILLAGE)
    go_down = house.command(TOWN, "intake", "plan_go_down", {**PLAN, "cases": [below]})["result"]["go_down"]
    house.command(TOWN, "intake", "hold_go_down", {"go_down": go_down})
    assert house.rows(TOWN, IntakeCaseDown) == []
    house.post()
    assert figures(house, TOWN)["cases_taken_down"] == (1, None)
    assert figures(house, DISTRICT)["cases_taken_down"] == (1, None)


@pytest.mark.parametrize(("change", "field"), [
    ({"leader": "周 远"}, "leader"),
    ({"leader_name": " "}, "leader_name"),
    ({"day": "9.5."}, "day"),
    ({"place": ""}, "place"),
    ({"position": "here"}, "position"),
    ({"campaign": "no_such"}, "campaign"),
    ({"cases": ["x"]}, "cases"),
    ({"level": "boss"}, "level"),
])  # fmt: skip
def test_a_wrong_plan_is_named(house: House, change: dict[str, Any], field: str) -> None:
    assert refused(house, TOWN, "plan_go_down", {**PLAN, **change})[1] == [field]
    assert house.rows(TOWN, IntakeGoDown) == []


def test_nobody_goes_down_in_the_future_or_twice(house: House) -> None:
    go_down = planned(house)
    later = {"go_down": go_down, "at": (NOW + timedelta(hours=1)).isoformat()}
    assert refused(house, TOWN, "hold_go_down", later) == ("in_future", ["at"])
    do(house, TOWN, "hold_go_down", {"go_down": go_down})
    assert refused(house, TOWN, "hold_go_down", {"go_down": go_down}) == ("wrong_state", ["go_down"])
    cancel = {"go_down": go_down, "reason": "x"}
    assert refused(house, TOWN, "cancel_go_down", cancel) == ("wrong_state", ["go_down"])


def test_a_cancelled_one_counts_nowhere_and_takes_no_demand(house: House) -> None:
    go_down = planned(house, registered(house, TOWN))
    do(house, TOWN, "cancel_go_down", {"go_down": go_down, "reason": "暴雨"})
    assert shown(house, go_down)["words"] == "暴雨"
    demand = petition(channel="go_down", go_down=go_down)
    assert refused(house, TOWN, "register", demand) == ("unknown_go_down", ["go_down"])
    found = figures(house, DISTRICT)
    assert (found["go_downs"], found["cases_taken_down"]) == ((0, None), (0, None))
    assert ask(house, TOWN, "go_downs", {"open": True})["go_downs"] == []
    assert ledger(house, TOWN, "go_downs") == []


def test_s54_a_demand_met_on_the_spot_becomes_a_report_of_the_going_down(house: House) -> None:
    go_down = planned(house)
    case = registered(house, TOWN, channel="go_down", go_down=go_down, text="村口要装减速带")
    do(house, TOWN, "hold_go_down", {"go_down": go_down})
    known = registered(house, TOWN)
    do(house, TOWN, "link_demand", {"case": known, "go_down": go_down})
    assert {each["case"] for each in shown(house, go_down)["demands"]} == {case, known}
    assert {row.source for row in house.rows(TOWN, IntakeDemand)} == {"go_down"}
    assert figures(house, DISTRICT, campaign="big_visit")["demands_go_down"] == (2, 2)
    assert [row["demands"] for row in ledger(house, TOWN, "go_downs")] == [2]


def test_of_a_recalled_case_stays_that_one_was_taken_down(house: House) -> None:
    case, waiting = registered(house, TOWN), registered(house, VILLAGE)
    plan = {**PLAN, "cases": [case, waiting]}
    go_down = house.command(TOWN, "intake", "plan_go_down", plan)["result"]["go_down"]
    house.command(TOWN, "intake", "hold_go_down", {"go_down": go_down})
    for each in (case, waiting):
        house.say(DISTRICT, "intake", Tell(TOWN, "intake", "case_recalled", each, {"term": {"override": 1, "n": 2}}))
    house.post()  # the recall comes before the ledger's answer
    (row,) = house.rows(TOWN, IntakeCaseDown)
    assert (row.case, row.number, row.words) == ("", "", "")
    assert shown(house, go_down)["cases"] == []
    assert shown(house, go_down)["unknown"] == 1, "what was recalled while it was asked for does not come back"
    assert figures(house, TOWN)["cases_taken_down"] == (1, None)
    (line,) = ledger(house, TOWN, "go_downs")
    assert (line["number"], line["result"]) == ("", "未填")
    assert ask(house, TOWN, "go_downs", {"open": True})["go_downs"] == [], "nobody can say any more what came of it"


def test_of_a_disposed_file_stays_that_it_was_taken_down_and_with_which_result(house: House) -> None:
    case = registered(house, TOWN)
    go_down = planned(house, case)
    do(house, TOWN, "hold_go_down", {"go_down": go_down})
    do(house, TOWN, "go_down_result", {"go_down": go_down, "case": case, "result": "resolved", "words": "赔了张三"})
    house.say(TOWN, "assignment", Tell(TOWN, "intake", "file_disposed", case, {"at": NOW}))
    house.post()
    (row,) = house.rows(TOWN, IntakeCaseDown)
    assert (row.case, row.result, row.words) == (case, "resolved", "")


def test_only_the_own_services_ask_and_answer(house: House) -> None:
    go_down, case = planned(house), registered(house, VILLAGE)
    answer = {"go_down": go_down, "asked": [case], "lines": [{"case": case, "number": "x"}]}
    house.say(DISTRICT, "supervision", Tell(TOWN, "intake", "lines_found", "", answer))
    asked = {"go_down": go_down, "cases": [case], "persons": []}
    house.say(VILLAGE, "intake", Tell(TOWN, "supervision", "lines_wanted", "", asked))
    house.post()
    assert len([row for row in house.rows(TOWN, InboxRow) if row.state == "parked"]) == 2
    house.say(TOWN, "supervision", Tell(TOWN, "intake", "lines_found", "", answer))
    house.post()
    assert house.rows(TOWN, IntakeCaseDown) == [], "and what was not asked for does not go along"


def test_going_down_is_the_petition_desks(house: House) -> None:
    go_down = planned(house)
    for command, data in (
        ("plan_go_down", PLAN),
        ("take_along", {"go_down": go_down}),
        ("hold_go_down", {"go_down": go_down}),
        ("cancel_go_down", {"go_down": go_down, "reason": "x"}),
        ("go_down_result", {"go_down": go_down, "case": "a" * 32, "result": "resolved", "words": "x"}),
    ):
        assert refused(house, TOWN, command, data, desk="discipline")[0] == "wrong_desk"
    for query, data in (("go_downs", {}), ("go_down", {"go_down": go_down})):
        assert house.ask(TOWN, "intake", query, data, desk="discipline")["error"]["code"] == "wrong_desk"
    assert house.ask(TOWN, "intake", "go_down", {"go_down": "0" * 32})["error"]["code"] == "not_found"


def test_a_recused_clerk_enters_the_return_and_every_case_counts(house: House) -> None:
    case = registered(house, TOWN)
    go_down = planned(house, case)
    recuse(house, TOWN, case, "gb-077")
    do(house, TOWN, "hold_go_down", {"go_down": go_down}, person="gb-077")
    taken = [row for row in house.rows(DISTRICT, IntakeActivity) if row.kind == "case_taken"]
    assert len(taken) == 1
    assert taken[0].case == ""
