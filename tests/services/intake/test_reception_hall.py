"""The roster of the hall over two real databases: due, attended, by a substitute; each duty counts once (S53)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.intake.activities.models import IntakeActivity
from services.intake.reception.hall.models import IntakeHallDuty
from tests.services.house import DISTRICT, TOWN, House
from tests.services.intake.receiving import MON, SERVICES, act, ask, board, error, figures, ledger

FIRST, SECOND, THIRD = "qj-001", "qj-002", "qj-003"
TODAY = "2026-03-02"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = House(tmp_path, {"intake": SERVICES["intake"]}).open([DISTRICT, TOWN], MON)
    for official, name in ((FIRST, "甲"), (SECOND, "乙"), (THIRD, "丙")):
        board(opened, DISTRICT, official, name)
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def plan(house: House, *duties: tuple[str, str, str]) -> list[str]:
    wanted = [{"leader": leader, "day": day, "half": half} for leader, day, half in duties]
    return [each["duty"] for each in act(house, DISTRICT, "set_hall_duties", {"duties": wanted})["duties"]]


def hall(house: House) -> list[tuple[int, int | None]]:
    found = figures(house, DISTRICT)
    return [found[name] for name in ("hall_duties", "hall_duties_attended", "hall_duties_by_substitutes")]


def test_s53_duties_due_attended_and_by_substitutes(house: House) -> None:
    days = ((FIRST, TODAY, "am"), (SECOND, TODAY, "pm"), (THIRD, "2026-03-03", "am"), (FIRST, "2026-03-04", "pm"))
    came, stood_in, missed, unsaid = plan(house, *days)
    assert hall(house) == [(0, None), (0, 0), (0, 0)], "what lies ahead is not due yet"
    act(house, DISTRICT, "confirm_hall_duty", {"duty": came, "attendance": "attended"}, roles=["clerk"])
    assert hall(house)[0] == (1, None)
    house.pass_time(0.25)
    by_third = {"duty": stood_in, "attendance": "substituted", "substitute": THIRD, "why": "外出"}
    act(house, DISTRICT, "confirm_hall_duty", by_third)
    house.set_time(MON + timedelta(days=2, hours=8))
    house.poll()
    assert hall(house) == [(3, None), (1, 3), (1, 3)], "nobody said anything of the third, which is over: it is due"
    house.set_time(MON + timedelta(days=2, hours=9))
    house.poll()
    house.poll()
    assert hall(house) == [(4, None), (1, 4), (1, 4)]
    act(house, DISTRICT, "confirm_hall_duty", {"duty": missed, "attendance": "missed", "why": "忘了"})
    act(house, DISTRICT, "confirm_hall_duty", {"duty": unsaid, "attendance": "attended"})
    assert hall(house) == [(4, None), (2, 4), (1, 4)], "a later word changes the duty, and counts it no second time"
    rows = {row.activity: row for row in house.rows(DISTRICT, IntakeActivity)}
    assert (rows[stood_in].by, rows[stood_in].detail) == (THIRD, "pm")
    assert rows[unsaid].at.isoformat() == "2026-03-04T10:00:00+00:00", "on its own day, however late it was said"
    assert [(each["half"], each["leader"], each["attendance"], each["substitute"], each["why"]) for each in ledger(
        house, DISTRICT, "hall_duties"
    )] == [
        ("上午", "甲", "本人到岗", "", ""), ("下午", "乙", "他人代班", "丙", "外出"),
        ("上午", "丙", "缺岗", "", "忘了"), ("下午", "甲", "本人到岗", "", ""),
    ]  # fmt: skip


def test_s53_a_town_s_duties_are_counted_above(house: House) -> None:
    board(house, TOWN, "gb-001", "镇领导")
    wanted = {"duties": [{"leader": "gb-001", "day": TODAY, "half": "am"}]}
    (duty,) = act(house, TOWN, "set_hall_duties", wanted)["duties"]
    act(house, TOWN, "confirm_hall_duty", {"duty": duty["duty"], "attendance": "attended"})
    assert hall(house) == [(1, None), (1, 1), (0, 1)]
    assert ledger(house, DISTRICT, "hall_duties") == []
    assert len(ledger(house, TOWN, "hall_duties")) == 1


def test_s53_the_roster_is_changed_only_before_the_duty_begins(house: House) -> None:
    duty, later = plan(house, (FIRST, TODAY, "am"), (FIRST, TODAY, "pm"))
    assert error(house, DISTRICT, "drop_hall_duty", {"duty": duty})[0] == "duty_begun"
    act(house, DISTRICT, "drop_hall_duty", {"duty": later})
    assert [row.duty for row in house.rows(DISTRICT, IntakeHallDuty)] == [duty]
    roster = ask(house, DISTRICT, "hall_roster", {"since": TODAY, "until": TODAY})["duties"]
    assert [(each["name"], each["half"], each["attendance"]) for each in roster] == [("甲", "am", "due")]
    assert ask(house, DISTRICT, "hall_roster", {"since": TODAY, "until": TODAY, "leader": SECOND})["duties"] == []


@pytest.mark.parametrize(("duties", "code"), [
    ([(FIRST, "2026-03-01", "am")], "day_past"),
    ([(SECOND, "2026-03-03", "am"), (FIRST, TODAY, "am")], "known_duty"),
    ([(SECOND, "2026-03-03", "am"), (SECOND, "2026-03-03", "am")], "invalid"),
])  # fmt: skip
def test_s53_a_wrong_roster_is_named_and_none_of_it_is_kept(
    house: House, duties: list[tuple[str, str, str]], code: str
) -> None:
    plan(house, (FIRST, TODAY, "am"))
    wanted = [{"leader": leader, "day": day, "half": half} for leader, day, half in duties]
    assert error(house, DISTRICT, "set_hall_duties", {"duties": wanted}) == (code, ["duties"])
    assert len(house.rows(DISTRICT, IntakeHallDuty)) == 1


@pytest.mark.parametrize(("said", "code", "fields"), [
    ({"attendance": "substituted", "why": "x"}, "invalid", ["substitute"]),
    ({"attendance": "attended", "substitute": SECOND}, "invalid", ["substitute"]),
    ({"attendance": "missed"}, "invalid", ["why"]),
    ({"attendance": "due"}, "invalid", ["attendance"]),
    ({"attendance": "substituted", "substitute": FIRST, "why": "x"}, "own_substitute", ["substitute"]),
    ({"attendance": "substituted", "substitute": "gb-099", "why": "x"}, "not_found", []),
])  # fmt: skip
def test_s53_a_wrong_confirmation_is_named(house: House, said: dict[str, Any], code: str, fields: list[str]) -> None:
    (duty,) = plan(house, (FIRST, TODAY, "am"))
    assert error(house, DISTRICT, "confirm_hall_duty", {"duty": duty, **said}) == (code, fields)


def test_s53_a_duty_is_confirmed_once_and_not_before_it_begins(house: House) -> None:
    duty, later = plan(house, (FIRST, TODAY, "am"), (FIRST, TODAY, "pm"))
    came = {"duty": duty, "attendance": "attended"}
    act(house, DISTRICT, "confirm_hall_duty", came)
    assert error(house, DISTRICT, "confirm_hall_duty", came) == ("confirmed", ["duty"])
    assert error(house, DISTRICT, "confirm_hall_duty", {**came, "duty": later}) == ("not_begun", ["duty"])
    assert error(house, DISTRICT, "confirm_hall_duty", {**came, "duty": "e" * 32})[0] == "not_found"
    assert error(house, DISTRICT, "confirm_hall_duty", came, desk="discipline")[0] == "wrong_desk"


def test_s53_who_sat_there_does_not_confirm_it_himself(house: House) -> None:
    (duty,) = plan(house, (FIRST, TODAY, "am"))
    came = {"duty": duty, "attendance": "attended"}
    stood_in = {"duty": duty, "attendance": "substituted", "substitute": SECOND, "why": "外出"}
    assert error(house, DISTRICT, "confirm_hall_duty", came, person=FIRST) == ("own_duty", ["duty"])
    assert error(house, DISTRICT, "confirm_hall_duty", stood_in, person=SECOND) == ("own_duty", ["duty"])
    assert hall(house)[0] == (0, None)
    act(house, DISTRICT, "confirm_hall_duty", {"duty": duty, "attendance": "missed", "why": "外出"}, person=FIRST)
    assert hall(house) == [(1, None), (0, 1), (0, 1)]


def test_s52_a_duty_of_a_campaign_counts_its_leader_once_he_sat_there(house: House) -> None:
    campaign = {"campaign": "big_reception", "name": "千名领导大接访", "since": TODAY, "until": "2026-12-31"}
    act(house, DISTRICT, "set_campaign", {**campaign, "leaders_target": 1000})
    wanted = [{"leader": FIRST, "day": TODAY, "half": "am", "campaign": "big_reception"}]
    (duty,) = act(house, DISTRICT, "set_hall_duties", {"duties": wanted})["duties"]
    counts = ask(house, DISTRICT, "campaign_counts", {"campaign": "big_reception"})
    assert counts["leaders"] == {"done": 0, "target": 1000}
    act(house, DISTRICT, "confirm_hall_duty", {"duty": duty["duty"], "attendance": "attended"})
    counts = ask(house, DISTRICT, "campaign_counts", {"campaign": "big_reception"})
    assert counts["leaders"] == {"done": 1, "target": 1000}
    strange = [{"leader": SECOND, "day": TODAY, "half": "pm", "campaign": "no_such"}]
    assert error(house, DISTRICT, "set_hall_duties", {"duties": strange})[0] == "unknown_campaign"
