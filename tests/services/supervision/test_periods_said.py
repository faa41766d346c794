"""What returns say: the period whole as it is opened, returned and heard of, and every refusal word for word."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.context import Decision, Here
from contracts.letters import Tell
from services.supervision.periods import rules
from services.supervision.periods.rules import Period
from services.supervision.periods.stretches import stretch_of
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at
from tests.services.refusals import problem, says

TREE, POLICY = demo_tree(), demo_policy()
SECOND, TEN = timedelta(seconds=1), "2026-03-10"
OPENS = datetime(2026, 3, 10, tzinfo=SHANGHAI)
ENDS = POLICY.due("K25", OPENS)
OPEN = Period(
    id=rules.period_id(VILLAGE, "sweep", TEN),
    kind="sweep",
    clock="K25",
    desk="petition",
    office=VILLAGE,
    period=TEN,
    label="矛盾纠纷排查 2026年3月上旬",
    opens_at=OPENS,
    due=ENDS.at,
    how=ENDS.how,
)


def here(office: str = VILLAGE, now: datetime = OPENS, **actor: Any) -> Here:
    return here_at(office, now, TREE, POLICY, **actor)


# --- what is owed ---


def test_the_key_of_a_period_never_changes() -> None:
    """Rows of offices that run another version are found by it."""
    assert rules.period_id(VILLAGE, "sweep", TEN) == "65a99333c966ed1b4aaf12ea640d05b1"


def test_an_office_looks_after_itself_and_all_below() -> None:
    assert rules.offices(here()) == (VILLAGE,)
    assert rules.offices(here(TOWN)) == (TOWN, *(office.id for office in TREE.descendants(TOWN)))


@pytest.mark.parametrize(("office", "length"), [
    (VILLAGE, "ten_days"), (TOWN, "half_month"), (DEPARTMENT, "half_month"), (DISTRICT, "month"),
    ("portal", None), ("610402007", None),
])  # fmt: skip
def test_for_which_stretch_a_sweep_is_owed(office: str, length: str | None) -> None:
    assert rules.length_owed(office, POLICY.periods["sweep"], TREE) == length


@pytest.mark.parametrize(("known", "now", "periods"), [
    ({}, OPENS - SECOND, []),
    ({}, OPENS, [OPEN]),
    ({}, ENDS.at, [OPEN]),
    ({}, ENDS.at + SECOND, []),
    ({(VILLAGE, "sweep"): "2026-02-28"}, ENDS.at + SECOND, [OPEN]),
    ({(VILLAGE, "sweep"): TEN}, OPENS, []),
    ({(TOWN, "sweep"): TEN, (VILLAGE, "other"): TEN}, OPENS, [OPEN]),
])  # fmt: skip
def test_what_has_to_be_opened(known: rules.Known, now: datetime, periods: list[Period]) -> None:
    assert list(rules.to_open(known, here(now=now))) == periods


def test_the_offices_below_a_town_are_opened_for_too_and_none_hides_another() -> None:
    at = here(TOWN, datetime(2026, 3, 15, tzinfo=SHANGHAI))
    opened = list(rules.to_open({(VILLAGE, "sweep"): TEN}, at))
    assert [(each.office, each.period) for each in opened] == [(TOWN, "2026-03-15")]


def test_beyond_the_holiday_table_a_due_date_is_provisional() -> None:
    policy = replace(POLICY, clocks={**POLICY.clocks, "K25": POLICY.clocks["K22"]})
    at = replace(here(), policy=policy)
    opened = rules.opened(VILLAGE, "sweep", stretch_of("ten_days", date(2035, 3, 10)), at)
    ends = policy.due("K25", datetime(2035, 3, 10, tzinfo=SHANGHAI))
    assert (opened.due, opened.provisional, opened.how) == (ends.at, True, ends.how)


NO_PERIOD = {"code": "no_such_period", "message": "没有这一期"}


@pytest.mark.parametrize(("office", "kind", "period", "refusal"), [
    (VILLAGE, "census", TEN, says("unknown_kind", "没有这一种定期报送", kind=["不在政策规定的种类之内"])),
    (VILLAGE, "annual_report", "2026-12-31", says("not_owed", "该单位不承担这一种报送", kind=["该单位不承担"])),
    (VILLAGE, "sweep", "2026-13-01", {**NO_PERIOD, "fields": {"period": ["不是有效日期"]}}),
    (VILLAGE, "sweep", "2026-03-09", {**NO_PERIOD, "fields": {"period": ["该期最后一日为2026-03-10"]}}),
])  # fmt: skip
def test_what_no_office_owes(office: str, kind: str, period: str, refusal: dict[str, Any]) -> None:
    assert problem(rules.named, office, kind, period, here(DISTRICT)) == refusal


def test_a_period_is_found_by_its_last_day() -> None:
    assert rules.named(VILLAGE, "sweep", TEN, here(DISTRICT)) == OPEN


# --- returning ---

DONE = {"nil": False, "summary": "邻里纠纷1起"}
NOTED = {"kind": "sweep", "period": TEN}


@pytest.mark.parametrize(("now", "cmd"), [
    (OPENS, DONE), (OPENS, {"nil": True, "summary": ""}), (ENDS.at + SECOND, {"nil": True, "summary": " "}),
])  # fmt: skip
def test_a_return(now: datetime, cmd: dict[str, Any]) -> None:
    given = replace(OPEN, returned_at=now, heard_at=now, **cmd)
    data = {**NOTED, "nil": cmd["nil"], "at": now}
    told = tuple(Tell(office, "supervision", "period_returned", "", data) for office in (TOWN, DISTRICT))
    assert rules.give_back(OPEN, cmd, here(now=now)) == Decision(given, told, "return_period", "", NOTED)


CHOOSE = says("nil_or_summary", "有情况须填写摘要,没有情况须作零报告", summary=["与零报告只能选一项"])


@pytest.mark.parametrize(("at", "cmd", "period", "refusal"), [
    (here(desk="discipline"), DONE, OPEN,
     says("wrong_desk", "不属于本岗位的事项", desk=["信访和纪检两个岗位互不查看"])),
    (here(now=OPENS - SECOND), DONE, OPEN,
     says("too_early", "本期尚未结束", period=["本期最后一日起方可报送"])),
    (here(), DONE, replace(OPEN, returned_at=OPENS),
     says("already_returned", "本期已经报送", period=["已经报送"])),
    (here(), {"nil": True, "summary": "有"}, OPEN, CHOOSE),
    (here(), {"nil": False, "summary": " "}, OPEN, CHOOSE),
])  # fmt: skip
def test_what_is_no_return(at: Here, cmd: dict[str, Any], period: Period, refusal: dict[str, Any]) -> None:
    assert problem(rules.give_back, period, cmd, at) == refusal


@pytest.mark.parametrize("nil", [True, False])
def test_the_first_word_from_below_counts(nil: bool) -> None:
    town, later = here(TOWN, ENDS.at), ENDS.at + SECOND
    noted = {**NOTED, "office": VILLAGE}
    heard = replace(OPEN, returned_at=OPENS, heard_at=town.now, nil=nil)
    first = rules.take_return(OPEN, {"at": OPENS, "nil": nil}, town)
    assert first == Decision(heard, (), "period_returned", "", noted)
    again = rules.take_return(heard, {"at": later, "nil": not nil}, here(TOWN, later))
    assert again == Decision(heard, (), "return_heard_again", "", noted)


@pytest.mark.parametrize("sender", [TOWN, DISTRICT, DEPARTMENT])
def test_a_return_comes_from_below(sender: str) -> None:
    refusal = says("not_below", f"定期报送须来自下级单位,{sender} 不是")
    assert rules.from_below(VILLAGE, here(TOWN)) is None
    assert problem(rules.from_below, sender, here(TOWN)) == refusal
