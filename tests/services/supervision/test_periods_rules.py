"""Stretches of the calendar and what is owed for them, by rule."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.context import Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.policy_duties import Length
from services.supervision.periods import rules, stretches, work
from services.supervision.periods.rules import Period
from services.supervision.periods.stretches import Stretch
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at

TREE, POLICY = demo_tree(), demo_policy()
SECOND = timedelta(seconds=1)
TEN = "2026-03-10"
OPENS = datetime(2026, 3, 10, tzinfo=SHANGHAI)
DUE = datetime(2026, 3, 12, 23, 59, 59, tzinfo=SHANGHAI)


def here(office: str = VILLAGE, now: datetime = OPENS, **actor: Any) -> Here:
    return here_at(office, now, TREE, POLICY, **actor)


def refused(act: Any, *args: Any) -> tuple[str, list[str]]:
    with pytest.raises(Refused) as caught:
        act(*args)
    return caught.value.code, list(caught.value.fields)


@pytest.mark.parametrize(
    ("length", "day", "first", "last", "label"),
    [
        ("ten_days", "2026-03-01", "2026-03-01", "2026-03-10", "2026年3月上旬"),
        ("ten_days", "2026-03-10", "2026-03-01", "2026-03-10", "2026年3月上旬"),
        ("ten_days", "2026-03-11", "2026-03-11", "2026-03-20", "2026年3月中旬"),
        ("ten_days", "2026-03-20", "2026-03-11", "2026-03-20", "2026年3月中旬"),
        ("ten_days", "2026-03-21", "2026-03-21", "2026-03-31", "2026年3月下旬"),
        ("ten_days", "2026-02-28", "2026-02-21", "2026-02-28", "2026年2月下旬"),
        ("ten_days", "2028-02-25", "2028-02-21", "2028-02-29", "2028年2月下旬"),
        ("half_month", "2026-03-15", "2026-03-01", "2026-03-15", "2026年3月上半月"),
        ("half_month", "2026-03-16", "2026-03-16", "2026-03-31", "2026年3月下半月"),
        ("month", "2026-04-30", "2026-04-01", "2026-04-30", "2026年4月"),
        ("month", "2026-12-01", "2026-12-01", "2026-12-31", "2026年12月"),
        ("quarter", "2026-01-01", "2026-01-01", "2026-03-31", "2026年第一季度"),
        ("quarter", "2026-06-30", "2026-04-01", "2026-06-30", "2026年第二季度"),
        ("quarter", "2026-07-01", "2026-07-01", "2026-09-30", "2026年第三季度"),
        ("quarter", "2026-12-31", "2026-10-01", "2026-12-31", "2026年第四季度"),
        ("year", "2026-01-01", "2026-01-01", "2026-12-31", "2026年"),
        ("year", "2026-12-31", "2026-01-01", "2026-12-31", "2026年"),
    ],
)
def test_the_stretch_a_day_lies_in(length: Length, day: str, first: str, last: str, label: str) -> None:
    found = stretches.stretch_of(length, date.fromisoformat(day))
    assert found == Stretch(length, date.fromisoformat(first), date.fromisoformat(last))
    assert (found.name, found.label) == (last, label)


def test_a_return_may_be_made_from_the_first_second_of_the_last_day() -> None:
    assert stretches.latest_open("ten_days", OPENS).name == TEN
    assert stretches.latest_open("ten_days", OPENS - SECOND).name == "2026-02-28"
    assert stretches.latest_open("year", datetime(2026, 12, 30, tzinfo=SHANGHAI)).name == "2025-12-31"


@pytest.mark.parametrize(
    ("last", "now", "names"),
    [
        ("2026-02-28", OPENS - SECOND, []),
        ("2026-02-28", OPENS, [TEN]),
        (TEN, OPENS, []),
        ("2026-02-20", datetime(2026, 3, 31, tzinfo=SHANGHAI), ["2026-02-28", TEN, "2026-03-20", "2026-03-31"]),
    ],
)
def test_everything_after_the_last_one_known_is_open_in_order(last: str, now: datetime, names: list[str]) -> None:
    found = stretches.open_since("ten_days", date.fromisoformat(last), now)
    assert [stretch.name for stretch in found] == names


def owed(at: Here, known: rules.Known | None = None) -> list[tuple[str, str, str]]:
    return [(each.office, each.kind, each.period) for each in rules.to_open(known or {}, at)]


def test_an_office_opens_its_own_and_those_of_the_offices_below() -> None:
    assert owed(here()) == [(VILLAGE, "sweep", TEN)]
    below = {office.id for office in TREE.descendants(TOWN)}
    assert set(owed(here(TOWN))) == {(each, "sweep", TEN) for each in below}
    assert owed(here(DEPARTMENT, datetime(2026, 3, 31, tzinfo=SHANGHAI))) == [
        (DEPARTMENT, "sweep", "2026-03-31"),
        (DEPARTMENT, "quarterly_feedback", "2026-03-31"),
    ]


def test_where_none_is_known_only_what_can_still_be_in_time_is_opened() -> None:
    assert owed(here(now=DUE)) == [(VILLAGE, "sweep", TEN)]
    assert owed(here(now=DUE + SECOND)) == []


def test_what_is_known_is_not_opened_again_and_what_was_missed_is() -> None:
    known = {(VILLAGE, "sweep"): TEN}
    assert owed(here(), known) == []
    later = here(now=datetime(2026, 4, 15, tzinfo=SHANGHAI))
    missed = ["2026-03-20", "2026-03-31", "2026-04-10"]
    assert owed(later, known) == [(VILLAGE, "sweep", period) for period in missed]


def test_what_is_owed_for_a_stretch() -> None:
    assert rules.named(VILLAGE, "sweep", TEN, here()) == Period(
        id=rules.period_id(VILLAGE, "sweep", TEN),
        kind="sweep",
        clock="K25",
        desk="petition",
        office=VILLAGE,
        period=TEN,
        label="矛盾纠纷排查 2026年3月上旬",
        opens_at=OPENS,
        due=DUE,
        how=("自2026年3月10日起算,当日不计入", "2日,最后一日为2026年3月12日"),
    )


def test_a_period_has_one_id_wherever_it_is_reckoned() -> None:
    one = rules.period_id(VILLAGE, "sweep", TEN)
    others = {
        rules.period_id(TOWN, "sweep", TEN),
        rules.period_id(VILLAGE, "x", TEN),
        rules.period_id(VILLAGE, "sweep", "y"),
    }
    assert len({one, *others}) == 4
    assert len(one) == 32


@pytest.mark.parametrize(
    ("office", "kind", "period", "code", "fields"),
    [
        (VILLAGE, "census", TEN, "unknown_kind", ["kind"]),
        (VILLAGE, "annual_report", "2026-12-31", "not_owed", ["kind"]),
        ("portal", "sweep", TEN, "not_owed", ["kind"]),
        ("610402007", "sweep", "2026-03-15", "not_owed", ["kind"]),
        (VILLAGE, "sweep", "2026-13-01", "no_such_period", ["period"]),
        (VILLAGE, "sweep", "2026-03-09", "no_such_period", ["period"]),
    ],
    ids=["kind", "tier", "portal", "outside", "no day", "not a last day"],
)
def test_what_is_not_owed(office: str, kind: str, period: str, code: str, fields: list[str]) -> None:
    assert refused(rules.named, office, kind, period, here(DISTRICT)) == (code, fields)


OPEN = rules.named(VILLAGE, "sweep", TEN, here())
GIVE = {"nil": False, "summary": "邻里纠纷1起"}


def test_a_return_is_told_to_every_office_above_without_its_summary() -> None:
    decision = rules.give_back(OPEN, GIVE, here(now=DUE))
    given = replace(OPEN, returned_at=DUE, heard_at=DUE, nil=False, summary="邻里纠纷1起")
    assert decision.state == given
    data = {"kind": "sweep", "period": TEN, "nil": False, "at": DUE}
    assert decision.tells == tuple(Tell(to, "supervision", "period_returned", "", data) for to in (TOWN, DISTRICT))
    assert (decision.action, decision.data) == ("return_period", {"kind": "sweep", "period": TEN})
    nil = rules.give_back(OPEN, {"nil": True, "summary": ""}, here())
    assert (nil.state.nil, nil.tells[0].data["nil"]) == (True, True)


@pytest.mark.parametrize(
    ("at", "cmd", "period", "code", "fields"),
    [
        (here(now=OPENS - SECOND), GIVE, OPEN, "too_early", ["period"]),
        (here(), GIVE, replace(OPEN, returned_at=OPENS), "already_returned", ["period"]),
        (here(), {"nil": True, "summary": "有"}, OPEN, "nil_or_summary", ["summary"]),
        (here(), {"nil": False, "summary": "  "}, OPEN, "nil_or_summary", ["summary"]),
        (here(desk="discipline"), GIVE, OPEN, "wrong_desk", ["desk"]),
    ],
    ids=["early", "twice", "both", "neither", "desk"],
)
def test_a_return_that_may_not_be(at: Here, cmd: dict[str, Any], period: Period, code: str, fields: list[str]) -> None:
    assert refused(rules.give_back, period, cmd, at) == (code, fields)


def test_the_first_return_from_below_counts() -> None:
    noted = {"kind": "sweep", "period": TEN, "office": VILLAGE}
    heard = rules.take_return(OPEN, {"at": OPENS, "nil": True}, here(TOWN, DUE))
    assert heard.state == replace(OPEN, returned_at=OPENS, heard_at=DUE, nil=True)
    assert (heard.tells, heard.action, heard.data) == ((), "period_returned", noted)
    again = rules.take_return(heard.state, {"at": DUE, "nil": False}, here(TOWN, DUE))
    assert (again.state, again.action, again.data) == (heard.state, "return_heard_again", noted)


@pytest.mark.parametrize(("sender", "fine"), [(VILLAGE, True), (TOWN, False), (DISTRICT, False), (DEPARTMENT, False)])
def test_returns_come_from_below(sender: str, fine: bool) -> None:
    if fine:
        assert rules.from_below(sender, here(TOWN)) is None
    else:
        assert refused(rules.from_below, sender, here(TOWN))[0] == "not_below"


def test_the_figure_of_a_kind_says_of_how_many() -> None:
    rows = [{"kind": kind, "stands": stands} for kind, stands in (
        ("sweep", "on_time"), ("sweep", "on_time"), ("sweep", "late"), ("sweep", "open"), ("sweep", "unconfirmed"),
        ("annual_report", "late"), ("assessment", "open"),
    )]  # fmt: skip
    assert work.figures(rows) == [
        {"kind": "annual_report", "due": 1, "on_time": 0, "late": 1, "unconfirmed": 0},
        {"kind": "sweep", "due": 4, "on_time": 2, "late": 1, "unconfirmed": 1},
    ]
