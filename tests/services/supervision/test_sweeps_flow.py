"""Sweeps over real databases: returns with their content, the dispute ledger, rounds, study, nudges upward (S10, S42–S50)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.errors import Refused
from contracts.letters import Tell
from network.keys import make_keys
from network.state import as_state
from network.tables import InboxRow
from services.assignment.models import AssignmentCase
from services.intake.models import IntakeReport
from services.supervision.ledger.models import LineRow
from services.supervision.ledger.rules import Line
from services.supervision.models import DemandRow, DisputeRow, NudgeRow, PeriodRow, StepRow, SweepRow
from services.supervision.periods.rules import period_id
from services.supervision.sweeps import owed as owed_rules
from services.supervision.sweeps.rules import Dispute
from services.supervision.sweeps.study import quarter_named, why_key
from shangda.composition import CASEWORK
from tests.services.assignment.test_journeys import petition
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, House, demo_policy, here_at

ORCHARD, STREET = "610402901902", "610402902"
OFFICES = (DISTRICT, TOWN, VILLAGE, ORCHARD, DEPARTMENT)
FIRST, SECOND, THIRD = "2026-03-10", "2026-03-20", "2026-03-31"
LEADER = {"roles": ["clerk", "leader"]}
MARCH = {"since": "2026-03-01", "until": "2026-03-31"}


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


@pytest.fixture
def house(tmp_path: Path) -> House:
    make_keys(tmp_path, OFFICES, lambda _: "口令", interactive=True)
    services = {service.name: service for service in CASEWORK}
    made = House(tmp_path, services, policy=demo_policy()).open(OFFICES, at(3, 10))
    made.poll()
    return made


def finding(**other: Any) -> dict[str, Any]:
    plain = {"found_on": "2026-03-09", "place": VILLAGE, "found_by": "网格员老周", "heads": 6, "parties": "乔家、石家"}
    plain |= {"contact": "029-1", "category": "C02", "summary": "宅基地界址争议", "cause": "旧证不清", "risk": "yellow"}
    return {**plain, "measure": "村调委会调解", "due": "2026-04-01", **other}


def sweep(house: House, office: str, period: str, *findings: Mapping[str, Any], **other: Any) -> dict[str, Any]:
    given = {"kind": "sweep", "period": period, "scope": "full", "screeners": ["张三", "李四"], "nil": not findings}
    answer = house.command(office, "supervision", "return_sweep", {**given, "findings": list(findings), **other})
    house.post()
    return answer


def act(house: House, office: str, method: str, data: Mapping[str, Any], **actor: Any) -> dict[str, Any]:
    answer = house.command(office, "supervision", method, dict(data), **actor)
    house.post()
    assert answer["ok"], answer
    return dict(answer["result"])


def see(house: House, office: str, method: str, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
    answer = house.ask(office, "supervision", method, dict(data or {}), **LEADER)
    assert answer["ok"], answer
    return dict(answer["result"])


def figures(house: House, at: str, **wanted: str) -> dict[str, tuple[int, int | None]]:
    found = see(house, at, "figures", {**MARCH, **wanted})["figures"]
    return {each["name"]: (each["value"], each["base"]) for each in found}


def parked(house: House, office: str) -> list[str]:
    return [row.reason.split(":")[0] for row in house.rows(office, InboxRow) if row.state == "parked"]


def test_s45_s48_a_village_sweeps_and_what_it_found_stands_in_its_ledger_with_the_parties_only_there(
    house: House,
) -> None:
    answer = sweep(house, VILLAGE, FIRST, finding(), finding(risk="red", mass=True))
    assert answer["result"]["disputes"] == [f"{VILLAGE}-P2026-00001", f"{VILLAGE}-P2026-00002"]
    assert answer["result"]["stands"] == "on_time"
    own = house.rows(VILLAGE, DisputeRow)
    assert {(row.parties, row.contact, row.summary) for row in own} == {("乔家、石家", "029-1", "宅基地界址争议")}
    for office in (TOWN, DISTRICT):
        rows = house.rows(office, DisputeRow)
        assert {(row.number, row.risk, row.heads, row.mass) for row in rows} == {
            (row.number, row.risk, row.heads, row.mass) for row in own
        }
        assert {(row.parties, row.contact, row.summary, row.cause, row.found_by) for row in rows} == {("",) * 5}
    assert house.rows(ORCHARD, DisputeRow) == []
    page = see(house, VILLAGE, "export", {**MARCH, "ledger": "disputes"})
    assert [column[1] for column in page["columns"]][:6] == [
        "编号",
        "排查期(止)",
        "排查方式",
        "排查日期",
        "地点",
        "排查人员",
    ]
    assert (page["rows"][0][5], page["rows"][0][7], page["rows"][0][11]) == (
        "张三、李四",
        "乔家、石家",
        "宅基地界址争议",
    )
    assert len(see(house, TOWN, "export", {**MARCH, "ledger": "disputes"})["rows"]) == 0, "a ledger has the own rows"


def test_s43_full_or_focused_and_nil_or_findings(house: House) -> None:
    for change, field in (
        ({"scope": "focused"}, "about"),
        ({"about": "工地欠薪"}, "about"),
        ({"nil": False}, "nil"),
        ({"screeners": []}, "screeners"),
    ):
        answer = sweep(house, VILLAGE, FIRST, **change)
        assert list(answer["error"]["fields"]) == [field]
    assert house.rows(VILLAGE, SweepRow) == []
    assert sweep(house, VILLAGE, FIRST, scope="focused", about="工地欠薪、夜市油烟")["ok"]
    (row,) = house.rows(VILLAGE, SweepRow)
    assert (row.scope, row.mode, row.about, row.found) == ("focused", "routine", "工地欠薪、夜市油烟", 0)
    (above,) = house.rows(DISTRICT, SweepRow)
    assert (above.office, above.scope, above.about, above.screeners) == (VILLAGE, "focused", "", [])
    assert figures(house, DISTRICT, office=VILLAGE)["sweeps_nil"] == (1, 1)


def test_s48_the_next_return_has_to_say_how_every_open_dispute_stands(house: House) -> None:
    sweep(house, VILLAGE, FIRST, finding(), finding(risk="blue"), finding(risk="orange"))
    house.set_time(at(3, 20))
    to_say = see(house, VILLAGE, "disputes", {"to_say": True})["disputes"]
    assert len(to_say) == 3
    third, second, first = (each["dispute"] for each in to_say)
    refused = sweep(house, VILLAGE, SECOND, carried=[{"dispute": first, "said": "still"}])
    assert refused["error"]["code"] == "not_all_said"
    assert f"{VILLAGE}-P2026-00002" in refused["error"]["fields"]["carried"][0]
    plain = {"kind": "sweep", "period": SECOND, "nil": True}
    assert house.command(VILLAGE, "supervision", "return_period", plain)["error"]["code"] == "not_all_said"
    said = [
        {"dispute": first, "said": "settled", "words": "双方签了协议"},
        {"dispute": second, "said": "worse", "risk": "orange"},
        {"dispute": third, "said": "still"},
    ]
    lower = [{**said[1], "risk": "blue", "said": "still"}, said[0], said[2]]
    assert sweep(house, VILLAGE, SECOND, carried=lower)["error"]["code"] == "risk_only_up"
    twice = sweep(house, VILLAGE, SECOND, carried=[*said, said[0]])
    assert twice["error"]["code"] == "not_open"
    assert sweep(house, VILLAGE, SECOND, carried=said)["ok"]
    known = {row.dispute: row for row in house.rows(DISTRICT, DisputeRow)}
    assert [(known[each].status, known[each].said, known[each].risk) for each in (first, second, third)] == [
        ("resolved", "settled", "yellow"),
        ("open", "worse", "orange"),
        ("open", "still", "orange"),
    ]
    assert (known[first].closed_on.isoformat(), known[first].rev) == ("2026-03-20", 2)
    assert figures(house, DISTRICT)["disputes_resolved"] == (1, 1)
    (row,) = [row for row in house.rows(DISTRICT, SweepRow) if row.period == SECOND]
    assert (row.found, row.still, row.settled, row.worse) == (0, 1, 1, 1)
    house.set_time(at(3, 31))
    assert [each["dispute"] for each in see(house, VILLAGE, "disputes", {"to_say": True})["disputes"]] == [
        third,
        second,
    ]


def test_a_refused_return_leaves_nothing_and_uses_no_number(house: House) -> None:
    answer = sweep(house, VILLAGE, FIRST, finding(), finding(category="C15"))
    assert answer["error"]["code"] == "must_be_sealed"
    assert sweep(house, VILLAGE, FIRST, finding(found_on="2026-03-11"))["error"]["code"] == "in_future"
    assert sweep(house, VILLAGE, FIRST, finding(lead="610402d99"))["error"]["code"] == "unknown_office"
    assert house.rows(VILLAGE, DisputeRow) == house.rows(VILLAGE, SweepRow) == []
    assert sweep(house, VILLAGE, FIRST, finding())["result"]["disputes"] == [f"{VILLAGE}-P2026-00001"]


def test_s48_work_on_a_dispute_is_entered_and_ends_it(house: House) -> None:
    sweep(house, VILLAGE, FIRST, finding())
    (dispute,) = (row.dispute for row in house.rows(VILLAGE, DisputeRow))
    done = act(house, VILLAGE, "work_dispute", {"dispute": dispute, "status": "mediating", "words": "约双方到村委会"})
    assert [entry["words"] for entry in done["progress"]] == ["约双方到村委会"]
    other = house.command(TOWN, "supervision", "work_dispute", {"dispute": dispute, "status": "eased", "words": "x"})
    assert other["error"]["code"] == "not_yours"
    house.pass_time(5)
    ended = act(house, VILLAGE, "work_dispute", {"dispute": dispute, "status": "unresolved", "words": "一方外出"})
    assert (ended["closed_on"], ended["days"]) == ("2026-03-15", 6)
    again = house.command(VILLAGE, "supervision", "work_dispute", {"dispute": dispute, "status": "open", "words": "x"})
    assert again["error"]["code"] == "not_open"
    assert [row.status for row in house.rows(DISTRICT, DisputeRow)] == ["unresolved"]
    assert figures(house, DISTRICT)["disputes_unresolved"] == (1, 1)


def test_s10_a_finding_becomes_a_case_once_and_stays_linked(house: House) -> None:
    sweep(house, VILLAGE, FIRST, finding())
    (dispute,) = (row.dispute for row in house.rows(VILLAGE, DisputeRow))
    raised = act(house, VILLAGE, "raise_dispute", {"dispute": dispute, "text": "两家为宅基地界址争执,请依法处理"})
    assert raised["status"] == "to_case"
    again = house.command(VILLAGE, "supervision", "raise_dispute", {"dispute": dispute, "text": "再来"})
    assert again["error"]["code"] == "not_open"
    (report,) = house.rows(VILLAGE, IntakeReport)
    assert (report.case, report.channel, report.category, report.head_count) == (raised["case_id"], "sweep", "C02", 6)
    (shown,) = see(house, VILLAGE, "disputes", {"case": report.case})["disputes"]
    assert (shown["case_number"], shown["case_status"]) == (report.number, "registered")
    assert [row.holder for row in house.rows(VILLAGE, AssignmentCase)] == [VILLAGE]
    assert [(row.case_id, row.case_number, row.status) for row in house.rows(TOWN, DisputeRow)] == [("", "", "to_case")]
    assert figures(house, DISTRICT)["disputes_to_case"] == (1, 1)
    assert see(house, VILLAGE, "disputes", {"to_say": True})["disputes"] == []


def test_only_its_own_office_tells_a_dispute_and_only_the_own_supervision_raises_one(house: House) -> None:
    sweep(house, VILLAGE, FIRST, finding())
    (row,) = house.rows(TOWN, DisputeRow)
    data = {"dispute": row.dispute, "number": row.number, "office": VILLAGE, "period": FIRST, "found_on": "2026-03-09"}
    data |= {
        "place": VILLAGE,
        "category": "C02",
        "heads": 1,
        "risk": "blue",
        "mass": False,
        "status": "resolved",
        "rev": 9,
    }
    house.say(TOWN, "supervision", Tell(DISTRICT, "supervision", "dispute_told", "", data))
    house.say(DISTRICT, "supervision", Tell(TOWN, "supervision", "dispute_told", "", data))
    raised = {"dispute": row.dispute, "category": "C02", "place": VILLAGE, "text": "x", "heads": 1}
    house.say(TOWN, "supervision", Tell(VILLAGE, "intake", "finding_raised", "e" * 32, raised))
    house.post()
    assert parked(house, DISTRICT) == parked(house, TOWN) == ["not_below"]
    assert len(parked(house, VILLAGE)) == 1
    assert house.rows(VILLAGE, IntakeReport) == []
    assert [each.status for each in house.rows(DISTRICT, DisputeRow)] == ["open"]


def test_s44_an_ordered_round_is_owed_climbs_when_late_and_is_counted_by_its_word(house: House) -> None:
    order = {"round": "flood_season", "name": "汛期安全集中排查", "since": "2026-03-11", "until": "2026-03-16"}
    order |= {"scope": "focused", "about": "河道、危房", "offices": [VILLAGE, ORCHARD]}
    assert house.command(DISTRICT, "supervision", "order_round", order)["error"]["code"] == "leader_needed"
    act(house, DISTRICT, "order_round", order, **LEADER)
    assert house.command(DISTRICT, "supervision", "order_round", order, **LEADER)["error"]["code"] == "known_round"
    kind, until = "round_flood_season", "2026-03-16"
    for office, owed in (
        (DISTRICT, {VILLAGE, ORCHARD}),
        (TOWN, {VILLAGE, ORCHARD}),
        (VILLAGE, {VILLAGE}),
        (DEPARTMENT, set()),
    ):
        assert {row.office for row in house.rows(office, PeriodRow) if row.kind == kind} == owed
    early = {"kind": kind, "scope": "focused", "about": "河道"}
    assert sweep(house, VILLAGE, until, finding(), **early)["error"]["code"] == "too_early"
    house.set_time(at(3, 17))
    assert sweep(house, VILLAGE, until, finding(), **early)["ok"]
    (row,) = house.rows(VILLAGE, SweepRow)
    assert row.mode == "concentrated"
    house.set_time(at(3, 20))
    act(house, TOWN, "request_audit", {"office": ORCHARD}, **LEADER)
    act(house, DISTRICT, "request_audit", {"office": ORCHARD}, **LEADER)
    house.poll()
    late = {row.step for row in house.rows(TOWN, StepRow) if row.case_id == period_id(ORCHARD, kind, until)}
    assert "order" in late
    counted = figures(house, DISTRICT, campaign="flood_season")
    assert counted["sweeps_village_on_time"] == (1, 2)
    assert counted["sweeps_village_late"] == (1, 2)
    assert "disputes_found" not in counted


@pytest.mark.parametrize(("change", "field"), [
    ({"until": "2026-03-01", "since": "2026-02-01"}, "until"),
    ({"since": "2026-04-01"}, "until"),
    ({"offices": [STREET, "610402d01", "610402"]}, "offices"),
    ({"about": ""}, "about"),
    ({"round": "Flood 1"}, "round"),
])  # fmt: skip
def test_a_wrong_round_is_named(house: House, change: dict[str, Any], field: str) -> None:
    order = {"round": "flood", "name": "集中排查", "since": "2026-03-11", "until": "2026-03-16", "scope": "focused"}
    order |= {"about": "河道", "offices": [VILLAGE], **change}
    answer = house.command(TOWN, "supervision", "order_round", order, **LEADER)
    assert list(answer["error"]["fields"]) == [field]
    assert [row for row in house.rows(TOWN, PeriodRow) if row.kind.startswith("round_")] == []


def test_a_round_is_ordered_from_the_line_alone(house: House) -> None:
    data = {"round": "fake", "name": "假", "since": "2026-03-11", "until": "2026-03-16", "scope": "full", "about": ""}
    house.say(VILLAGE, "supervision", Tell(TOWN, "supervision", "round_ordered", "", {**data, "offices": [ORCHARD]}))
    house.post()
    assert parked(house, TOWN) == ["not_below"]


def test_s46_s47_returns_of_every_tier_are_counted_and_silent_offices_are_unknown(house: House) -> None:
    """The village returns on time, its neighbour late, a department never but is heard of, the town is silent."""
    house.set_time(at(3, 10))
    sweep(house, VILLAGE, FIRST)
    house.set_time(at(3, 14))
    sweep(house, ORCHARD, FIRST)
    house.cut = {TOWN}
    house.set_time(at(3, 15))
    house.poll()
    house.set_time(at(3, 19))
    act(house, DISTRICT, "request_audit", {"office": DEPARTMENT}, **LEADER)
    house.poll()
    found = figures(house, DISTRICT)
    mine = {office: figures(house, DISTRICT, office=office) for office in (VILLAGE, ORCHARD, TOWN, DEPARTMENT)}
    assert mine[VILLAGE]["sweeps_village_on_time"] == (1, 1)
    assert mine[ORCHARD]["sweeps_village_late"] == (1, 1)
    assert mine[TOWN]["sweeps_town_unknown"] == (1, 1)
    assert mine[TOWN]["sweeps_town_late"] == (0, 1)
    assert mine[DEPARTMENT]["sweeps_department_late"] == (1, 1)
    assert found["sweeps_village_due"][0] >= 2
    house.set_time(at(4, 1))
    house.poll()
    house.set_time(at(4, 5))
    house.poll()
    own = figures(house, DISTRICT, until="2026-04-05")
    assert (own["sweeps_district_due"], own["sweeps_district_late"]) == ((1, None), (1, 1))
    assert found["disputes_found"] == (0, None)


def test_s49_key_disputes_are_studied_and_each_measure_is_demanded(house: House) -> None:
    sweep(house, VILLAGE, FIRST, finding(risk="red"), finding(risk="blue"), finding(risk="blue", found_on="2026-01-02"))
    house.set_time(at(3, 31))
    items = see(house, DISTRICT, "study_items", {"quarter": THIRD})
    assert [(each["risk"], each["why"]) for each in items["items"]] == [
        ("red", ["红色风险"]),
        ("blue", ["超过45天未化解"]),
    ]
    red = items["items"][0]["dispute"]
    (calm,) = [
        row.dispute
        for row in house.rows(DISTRICT, DisputeRow)
        if row.dispute not in {i["dispute"] for i in items["items"]}
    ]
    (row,) = [each for each in house.rows(DISTRICT, DisputeRow) if each.dispute == calm]
    worse = replace(as_state(Dispute, row), said="worse")
    assert why_key(worse, quarter_named(THIRD), 45) == ("上次排查时加重",)
    measure = {
        "dispute": red,
        "to": TOWN,
        "person": "gb-011",
        "points": "镇长包案,现场调处",
        "due": "2026-04-20T18:00:00+08:00",
    }
    study = {"quarter": THIRD, "minutes": "会议研究了两件", "measures": [measure]}
    assert house.command(DISTRICT, "supervision", "hold_study", study)["error"]["code"] == "leader_needed"
    wrong = {**study, "measures": [measure, {**measure, "dispute": calm}]}
    assert house.command(DISTRICT, "supervision", "hold_study", wrong, **LEADER)["error"]["code"] == "not_key"
    assert house.rows(TOWN, DemandRow) == []
    early = {**study, "quarter": "2026-06-30"}
    assert house.command(DISTRICT, "supervision", "hold_study", early, **LEADER)["error"]["code"] == "too_early"
    held = act(house, DISTRICT, "hold_study", study, **LEADER)
    assert len(held["items"]) == 2
    (demand,) = house.rows(TOWN, DemandRow)
    assert (demand.kind, demand.person, demand.number) == ("study_measure", "gb-011", f"{VILLAGE}-P2026-00001")
    assert house.command(DISTRICT, "supervision", "hold_study", study, **LEADER)["error"]["code"] == "held_already"
    assert see(house, DISTRICT, "study_items", {"quarter": THIRD})["study"]["measures"] == [[red, demand.id]]
    counted = figures(house, DISTRICT)
    assert (counted["studies"], counted["study_items"], counted["study_measures"]) == ((1, None), (2, None), (1, None))
    assert figures(house, DISTRICT, office=TOWN).get("studies") is None, "the district's own"
    act(house, TOWN, "answer_demand", {"demand": demand.id, "answer": "已签协议"})
    assert [row.state for row in house.rows(DISTRICT, DemandRow)] == ["answered"]


def test_s50_another_office_helps_with_a_dispute_by_a_day(house: House) -> None:
    act_day = "2026-03-18T18:00:00+08:00"
    house.set_time(at(3, 15))
    town = sweep(house, TOWN, "2026-03-15", finding(place=TOWN, helpers=[VILLAGE]))
    assert town["ok"], town
    (dispute,) = [row.dispute for row in house.rows(TOWN, DisputeRow) if row.office == TOWN]
    shared = {"dispute": dispute, "to": VILLAGE, "points": "核实两家旧证", "due": act_day}
    made = act(house, TOWN, "share_dispute", shared)
    assert [(row.kind, row.receiver) for row in house.rows(VILLAGE, DemandRow)] == [("dispute_help", VILLAGE)]
    upward = house.command(TOWN, "supervision", "share_dispute", {**shared, "to": DISTRICT})
    assert list(upward["error"]["fields"]) == ["to"]
    house.set_time(at(3, 19))
    (late,) = see(house, TOWN, "demands", {"late": True})["demands"]
    assert late["demand"] == made["demand"]


def test_what_was_sent_up_is_owed_to_us_and_a_nudge_counts_above(house: House) -> None:
    report = petition(VILLAGE, house.offices[VILLAGE].keyring)
    case = report["case"]
    assert house.command(VILLAGE, "intake", "register", report)["ok"]
    house.post()
    assert see(house, VILLAGE, "owed_to_us")["owed"] == []
    early = house.command(VILLAGE, "supervision", "nudge", {"case": case})
    assert early["error"]["code"] == "not_owed"
    offered = house.command(VILLAGE, "assignment", "offer", {"case": case, "to": TOWN, "kind": "transfer"})
    assert offered["ok"], offered
    house.post()
    house.pass_time(3)
    (owed,) = see(house, VILLAGE, "owed_to_us")["owed"]
    assert (owed["case"], owed["with"], owed["days"], owed["what"]) == (case, TOWN, 3, "offered")
    made = act(house, VILLAGE, "nudge", {"case": case, "words": "群众又来问了"})
    assert house.command(VILLAGE, "supervision", "nudge", {"case": case})["error"]["code"] == "nudged_already"
    (waiting,) = see(house, TOWN, "nudges")["received"]
    assert (waiting["nudge"], waiting["office"], waiting["words"]) == (made["nudge"], VILLAGE, "群众又来问了")
    assert figures(house, TOWN)["nudges_received"] == (1, None)
    assert figures(house, TOWN)["nudges_answered"] == (0, 1)
    cut = {each: figures(house, TOWN, office=each)["nudges_received"][0] for each in (VILLAGE, ORCHARD)}
    assert cut == {VILLAGE: 1, ORCHARD: 0}, "cut by office, only what that one nudged"
    assert (
        house.command(VILLAGE, "supervision", "answer_nudge", {"nudge": made["nudge"], "answer": "x"})["error"]["code"]
        == "unknown_nudge"
    )
    act(house, TOWN, "answer_nudge", {"nudge": made["nudge"], "answer": "本周内签收办理"})
    assert [row.answer for row in house.rows(VILLAGE, NudgeRow)] == ["本周内签收办理"]
    assert figures(house, TOWN)["nudges_answered"] == (1, 1)
    assert house.command(VILLAGE, "supervision", "nudge", {"case": case})["error"]["code"] == "nudged_today"
    house.pass_time(1)
    act(house, VILLAGE, "nudge", {"case": case})
    assert house.command(TOWN, "assignment", "sign_for", {"case": case})["ok"]
    house.post()
    (owed,) = see(house, VILLAGE, "owed_to_us")["owed"]
    assert owed["with"] == TOWN


def test_a_nudge_is_believed_from_below_about_a_case_that_is_known(house: House) -> None:
    data = {"nudge": "a" * 32, "number": "N", "at": at(3, 9), "words": ""}
    house.say(VILLAGE, "supervision", Tell(TOWN, "supervision", "nudged", "c" * 32, data))
    house.say(TOWN, "supervision", Tell(VILLAGE, "supervision", "nudged", "c" * 32, data))
    house.post()
    assert parked(house, TOWN) == ["unknown_case"]
    assert parked(house, VILLAGE) == ["not_below"]
    assert house.rows(TOWN, NudgeRow) == []


def test_a_nudge_is_believed_only_from_where_the_petition_came_up_one_at_a_time_and_never_of_a_sealed_report(
    house: House,
) -> None:
    report = petition(VILLAGE, house.offices[VILLAGE].keyring)
    case = report["case"]
    assert house.command(VILLAGE, "intake", "register", report)["ok"]
    house.post()
    assert house.command(VILLAGE, "assignment", "offer", {"case": case, "to": TOWN, "kind": "transfer"})["ok"]
    house.post()
    (owed,) = see(house, VILLAGE, "owed_to_us")["owed"]
    said = {"number": owed["number"], "at": at(3, 9), "words": ""}
    for sender, nudge in ((ORCHARD, "a" * 32), (VILLAGE, "b" * 32), (VILLAGE, "d" * 32)):
        house.say(sender, "supervision", Tell(TOWN, "supervision", "nudged", case, {**said, "nudge": nudge}))
    house.post()
    assert sorted(parked(house, TOWN)) == ["not_theirs", "nudged_already"]
    assert [row.nudge for row in house.rows(TOWN, NudgeRow)] == ["b" * 32]
    (row,) = [each for each in house.rows(TOWN, LineRow) if each.case_id == case]
    petition_line, data = as_state(Line, row), {**said, "nudge": "e" * 32}
    here = here_at(TOWN, at(3, 9), house.tree, house.policy)
    assert owed_rules.nudged(petition_line, case, data, VILLAGE, (), here).case_id == case
    with pytest.raises(Refused) as error:
        owed_rules.nudged(replace(petition_line, desk="discipline"), case, data, VILLAGE, (), here)
    assert error.value.code == "unknown_case"
    assert owed_rules.with_whom(replace(petition_line, desk="discipline"), replace(here, office=VILLAGE)) == ""
    assert owed_rules.with_whom(petition_line, replace(here, office=VILLAGE)) == TOWN


def test_the_discipline_desk_sees_and_makes_no_sweep(house: House) -> None:
    sweep(house, VILLAGE, FIRST, finding())
    answer = house.ask(TOWN, "supervision", "disputes", {}, desk="discipline")
    assert answer["error"]["code"] == "not_found"
    given = {"kind": "sweep", "period": FIRST, "scope": "full", "screeners": ["x"], "nil": True}
    assert (
        house.command(ORCHARD, "supervision", "return_sweep", given, desk="discipline")["error"]["code"] == "wrong_desk"
    )


def test_a_case_that_left_takes_its_link_along(house: House) -> None:
    sweep(house, VILLAGE, FIRST, finding())
    (dispute,) = (row.dispute for row in house.rows(VILLAGE, DisputeRow))
    raised = act(house, VILLAGE, "raise_dispute", {"dispute": dispute, "text": "请依法处理"})
    data = {"term": {"override": 2, "n": 1}}
    house.say(DISTRICT, "supervision", Tell(VILLAGE, "supervision", "case_recalled", raised["case_id"], data))
    house.post()
    assert [(row.case_id, row.case_number) for row in house.rows(VILLAGE, DisputeRow)] == [("", "")]


def test_rolling_ten_days_run_over_the_ends_of_months(house: House, tmp_path: Path) -> None:
    policy = demo_policy()
    rolling = policy.periods["sweep"].__class__("排查", "K25", "petition", {"village": "rolling_ten_days"})
    object.__setattr__(policy, "periods", {"sweep": rolling})
    own = House(tmp_path / "rolling", {"supervision": house.services["supervision"]}, policy=policy)
    (tmp_path / "rolling").mkdir()
    own.open([VILLAGE, TOWN], at(3, 1))
    for days in range(0, 40, 5):
        own.set_time(at(3, 1) + timedelta(days=days))
        own.poll()
    assert [row.period for row in own.rows(TOWN, PeriodRow) if row.office == VILLAGE] == [
        "2026-03-01", "2026-03-11", "2026-03-21", "2026-03-31",
    ]  # fmt: skip
