"""Which cases ask for a supervisor and why, and whose list a flag comes onto."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.activities import campaign_flag
from contracts.calendar import SHANGHAI
from services.supervision.attention.rules import ITEMS, common_superior, is_long_pending, new_items, reasons
from services.supervision.clocks.rules import Clock
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at
from tests.services.supervision.test_city_rules import LINE
from tests.services.supervision.told import DUE, MON

TREE, POLICY = demo_tree(), demo_policy()
RUNNING = Clock("running", MON, DUE)


def at(now: datetime = MON, office: str = DISTRICT) -> Any:
    return here_at(office, now, TREE, POLICY)


def test_a_case_that_goes_its_way_asks_for_nobody() -> None:
    assert reasons(LINE, [RUNNING], False, at()) == ()


@pytest.mark.parametrize(("after", "found"), [(0, ()), (1, ("overdue",))])
def test_an_overdue_clock_asks_from_the_second_after(after: int, found: tuple[str, ...]) -> None:
    assert reasons(LINE, [RUNNING], False, at(DUE + timedelta(seconds=after))) == found


def test_an_extended_clock_asks_while_it_runs() -> None:
    extended = replace(RUNNING, extended_from=DUE - timedelta(days=9))
    assert reasons(LINE, [extended], False, at()) == ("extended",)
    assert reasons(LINE, [replace(extended, state="paused")], False, at()) == ("extended",)
    assert reasons(LINE, [replace(extended, state="stopped")], False, at(DUE + timedelta(days=1))) == ()


def test_flags_come_first_and_all_reasons_are_told() -> None:
    flagged = replace(LINE, flags=("bounced", "cross_handled"))
    late = replace(RUNNING, extended_from=MON)
    assert reasons(flagged, [late], True, at(DUE + timedelta(days=365))) == (
        "bounced",
        "cross_handled",
        "overdue",
        "extended",
        "repeated",
        "long_pending",
    )


def test_s76_a_hard_case_is_a_candidate_and_one_of_a_campaign_is_not_for_that() -> None:
    assert reasons(replace(LINE, flags=("hard", campaign_flag("spring"))), [RUNNING], False, at()) == ("hard",)


def test_a_closed_case_asks_only_by_what_was_said_against_its_end() -> None:
    flags = ("bounced", "not_performed", "pressed", "retaliation", "cross_handled")
    closed = replace(LINE, status="concluded", flags=flags)
    assert reasons(closed, [RUNNING], True, at(DUE + timedelta(days=365))) == (
        "not_performed",
        "pressed",
        "retaliation",
    )


def test_long_pending_is_more_than_the_policys_days_after_the_day_of_entry_in_china() -> None:
    line = replace(LINE, entered_at=datetime(2026, 1, 1, 0, 30, tzinfo=SHANGHAI))
    last = datetime(2026, 1, 1, 23, 59, 59, tzinfo=SHANGHAI) + timedelta(days=POLICY.long_pending_days)
    assert not is_long_pending(line, at(last))
    assert is_long_pending(line, at(last + timedelta(seconds=1)))


@pytest.mark.parametrize(
    ("offices", "excluded", "superior"),
    [
        ([VILLAGE], (), TOWN),
        ([VILLAGE], (TOWN,), DISTRICT),
        ([VILLAGE, "610402901902"], (), TOWN),
        ([VILLAGE, TOWN], (), DISTRICT),
        ([TOWN, DEPARTMENT], (), DISTRICT),
        ([DISTRICT, TOWN], (), DISTRICT),
        ([DISTRICT], (), DISTRICT),
    ],
)
def test_the_nearest_common_superior(offices: list[str], excluded: tuple[str, ...], superior: str) -> None:
    assert common_superior(offices, excluded, TREE) == superior


def test_a_bounced_case_comes_before_the_common_superior_of_who_offered_and_who_returned_it() -> None:
    offered = replace(LINE, holder=VILLAGE, offered_to=TOWN)
    returned = replace(offered, offered_to="", flags=("bounced",))
    assert new_items(offered, returned, at()) == ["bounced"]
    assert new_items(offered, returned, at(office=TOWN)) == []
    assert new_items(None, returned, at(office=TOWN)) == ["bounced"]


@pytest.mark.parametrize("flag", ["not_performed", "pressed", "retaliation"])
def test_other_flags_come_before_the_office_above_the_holder_once(flag: str) -> None:
    before = replace(LINE, holder=VILLAGE, offered_to=TOWN)
    after = replace(before, flags=(flag,))
    assert new_items(before, after, at(office=TOWN)) == [flag]
    assert new_items(before, after, at()) == []
    assert new_items(after, after, at(office=TOWN)) == []
    assert new_items(before, replace(after, excluded=(TOWN,)), at()) == [flag]


def test_every_item_says_in_words_what_it_is() -> None:
    assert ITEMS == {
        "bounced": "多次退回,请共同的上级单位决定",
        "not_performed": "反映承诺未落实",
        "pressed": "反映被迫撤回或者确认",
        "retaliation": "反映受到打击报复",
        "due_differs": "所报办理期限与按规定计算的不同",
    }


def test_flags_that_are_nobodys_to_act_on_make_no_item() -> None:
    assert new_items(None, replace(LINE, flags=("cross_handled",)), at()) == []
