"""What another office told of a due moment is counted anew: the law's latest day is believed, a later one never."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI, CalendarDays, Due, WorkingDaysCount, add_extension, due
from contracts.words import ClockAct
from services.supervision.clocks.rules import Act, read
from services.supervision.clocks.terms import Law, recounted
from tests.services.house import DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
POLICY = demo_policy()
SIXTY = POLICY.due("K5", MON)
EXTENDED = add_extension(SIXTY, CalendarDays(30))
START, EXTEND, PAUSE, RESUME, STOP = ClockAct.START, ClockAct.EXTEND, ClockAct.PAUSE, ClockAct.RESUME, ClockAct.STOP
DAY = timedelta(days=1)


def law(*versions: Any, here: str = DISTRICT, entered_at: datetime = MON, **terms: Any) -> Law:
    return Law(here, demo_tree(), versions or (POLICY,), entered_at, terms.get("terms", {}))


def told(act: ClockAct, due_at: datetime | None = None, at: datetime = MON, **other: Any) -> Act:
    return Act(act, at, **{"decided": at, "arrived_at": at, "due": due_at, "teller": TOWN, **other})


def counted(kind: str, *acts: Act, by: Law | None = None) -> tuple[datetime | None, list[datetime | None]]:
    """The due moment that counts in the end, and those that were told and are named."""
    right, named = recounted(kind, acts, by or law())
    return read(right).due, [act.due for act in named]


@pytest.mark.parametrize(
    "kind", ["K1", "K2", "K3", "K4", "K5", "K7", "K8", "K9", "K10", "K16", "K17", "K18", "K20", "K24"]
)
def test_the_policy_s_day_is_believed_and_a_later_one_never(kind: str) -> None:
    right = POLICY.due(kind, MON).at
    assert counted(kind, told(START, right)) == (right, [])
    assert counted(kind, told(START, right + DAY)) == (right, [right + DAY])
    assert counted(kind, told(START, right - DAY)) == (right - DAY, [right - DAY])
    assert counted(kind, told(START, None)) == (right, [None])


def test_the_minutes_of_a_call_for_help_are_the_policy_s() -> None:
    right = MON + timedelta(minutes=POLICY.emergency_minutes)
    assert counted("K14", told(START, right)) == (right, [])
    assert counted("K14", told(START, right + DAY)) == (right, [right + DAY])


@pytest.mark.parametrize("kind", ["K11", "K26", "K27"])
def test_a_term_that_a_person_sets_stands(kind: str) -> None:
    assert counted(kind, told(START, MON + 400 * DAY)) == (MON + 400 * DAY, [])


def test_the_own_office_and_what_was_kept_before_tellers_need_no_proof() -> None:
    for teller in (DISTRICT, ""):
        assert counted("K5", told(START, SIXTY.at + DAY, teller=teller)) == (SIXTY.at + DAY, [])


def test_who_reads_the_clock_is_told_what_was_told() -> None:
    (later,), _ = recounted("K5", [told(START, SIXTY.at + DAY)], law())
    assert (later.due, later.how) == (SIXTY.at, (*SIXTY.how, "所报期限2026-05-07不合规定,按规定计算"))
    (earlier,), _ = recounted("K5", [told(START, SIXTY.at - DAY, how=("自定",))], law())
    assert earlier.how == ("自定", "早于按规定计算的2026-05-06")
    (nothing,), _ = recounted("K5", [told(START, None)], law())
    assert nothing.how == (*SIXTY.how, "未报期限,按规定计算")


# --- extension ---


def test_an_extension_is_believed_once_and_within_the_policy_s_days() -> None:
    begun, later = told(START, SIXTY.at), MON + 50 * DAY
    assert counted("K5", begun, told(EXTEND, EXTENDED.at, later)) == (EXTENDED.at, [])
    ten = add_extension(SIXTY, CalendarDays(10)).at
    assert counted("K5", begun, told(EXTEND, ten, later)) == (ten, [])
    assert counted("K5", begun, told(EXTEND, ten, later), told(EXTEND, EXTENDED.at, later)) == (EXTENDED.at, [])
    beyond = EXTENDED.at + DAY
    assert counted("K5", begun, told(EXTEND, beyond, later)) == (EXTENDED.at, [beyond])
    assert counted("K5", begun, told(EXTEND, EXTENDED.at, later), told(EXTEND, beyond, later)) == (
        EXTENDED.at,
        [beyond],
    )


def test_what_the_policy_does_not_lengthen_cannot_be_extended() -> None:
    right = POLICY.due("K3", MON).at
    acts = told(START, right), told(EXTEND, right + DAY, MON + DAY)
    assert counted("K3", *acts) == (right, [right + DAY])


def test_an_extension_goes_with_the_case_to_an_office_whose_superior_did_not_hear_it() -> None:
    signed = MON + 50 * DAY
    terms = {(0, 1): signed}
    brought = told(START, EXTENDED.at, decided=signed, term=(0, 1))
    assert counted("K5", brought, by=law(terms=terms)) == (EXTENDED.at, [])
    beyond = replace(brought, due=EXTENDED.at + DAY)
    assert counted("K5", beyond, by=law(terms=terms)) == (EXTENDED.at, [EXTENDED.at + DAY])
    fresh = told(START, POLICY.due("K5", signed).at + 30 * DAY, signed, term=(0, 1))
    assert counted("K5", fresh, by=law(terms=terms)) == (POLICY.due("K5", signed).at, [fresh.due])


def test_the_same_holder_does_not_start_its_clock_again_to_a_later_day() -> None:
    again = told(START, EXTENDED.at, decided=MON + DAY)
    assert counted("K5", told(START, SIXTY.at), again) == (SIXTY.at, [EXTENDED.at])
    assert counted("K5", told(START, SIXTY.at), replace(again, term=(0, 1))) == (EXTENDED.at, [])
    assert counted("K5", told(START, SIXTY.at), replace(again, due=SIXTY.at)) == (SIXTY.at, [])


def test_a_new_run_has_the_days_of_its_own_start() -> None:
    second = MON + 20 * DAY
    right = POLICY.due("K5", second).at
    acts = told(START, SIXTY.at), told(STOP, at=MON + DAY), told(START, right, second)
    assert counted("K5", *acts) == (right, [])


# --- villages ---


def test_a_village_settles_within_its_own_days() -> None:
    settled = due(MON, POLICY.village_settle_days).at
    assert counted("K5", told(START, settled, teller=VILLAGE)) == (settled, [])
    assert counted("K5", told(START, SIXTY.at, teller=VILLAGE)) == (settled, [SIXTY.at])


def test_a_village_that_got_a_case_goes_on_with_the_handling_time_it_came_with() -> None:
    brought = told(START, SIXTY.at, decided=MON + DAY, term=(0, 1), teller=VILLAGE)
    assert counted("K5", brought, by=law(terms={(0, 1): MON + DAY})) == (SIXTY.at, [])


# --- pauses ---


def test_a_final_review_stands_still_for_a_hearing_and_no_longer() -> None:
    begun = told(START, POLICY.due("K10", MON).at)
    out, back = MON + 5 * DAY, MON + 9 * DAY
    right = POLICY.due("K10", MON, [(out, back)]).at
    paused = (begun, told(PAUSE, at=out))
    assert counted("K10", *paused, told(RESUME, right, back)) == (right, [])
    assert counted("K10", *paused, told(RESUME, right + DAY, back)) == (right, [right + DAY])
    second = POLICY.due("K10", MON, [(out, back), (back + DAY, back + 3 * DAY)]).at
    again = told(PAUSE, at=back + DAY), told(RESUME, second, back + 3 * DAY)
    assert counted("K10", *paused, told(RESUME, right, back), *again) == (second, [])


def test_no_other_clock_can_be_made_to_stand_still() -> None:
    acts = told(START, SIXTY.at), told(PAUSE, at=MON + DAY)
    right, named = recounted("K5", acts, law())
    assert (read(right).state, [act.act for act in named]) == ("running", [PAUSE])


# --- versions of the policy ---


def with_k5(days: int, valid_from: datetime) -> Any:
    clocks = {**POLICY.clocks, "K5": replace(POLICY.clocks["K5"], days=CalendarDays(days))}
    return replace(POLICY, version=f"v{days}", valid_from=valid_from, clocks=clocks)


def test_a_case_may_keep_the_version_it_was_entered_under() -> None:
    shorter = with_k5(30, MON + 10 * DAY)
    begins = MON + 20 * DAY
    for days in (60, 30):
        given = due(begins, CalendarDays(days)).at
        assert counted("K5", told(START, given, begins), by=law(POLICY, shorter)) == (given, []), days
    old = due(begins, CalendarDays(60)).at
    entered_later = law(POLICY, shorter, entered_at=MON + 15 * DAY)
    assert counted("K5", told(START, old, begins), by=entered_later) == (due(begins, CalendarDays(30)).at, [old])


def test_a_version_that_did_not_hold_yet_gives_nothing() -> None:
    longer = with_k5(90, MON + 10 * DAY)
    given = due(MON, CalendarDays(90)).at
    assert counted("K5", told(START, given), by=law(POLICY, longer)) == (SIXTY.at, [given])


def test_a_case_entered_before_the_first_version_is_counted_by_what_there_is() -> None:
    early = POLICY.valid_from - 5 * DAY
    given = POLICY.due("K5", early).at
    assert counted("K5", told(START, given, early), by=law(entered_at=early)) == (given, [])


def test_a_provisional_day_is_not_named_and_not_believed_if_later() -> None:
    told_later = told(START, SIXTY.at + DAY, provisional=True)
    assert counted("K5", told_later) == (SIXTY.at, [])


def test_working_days_are_counted_over_a_holiday() -> None:
    before = datetime(2026, 2, 12, 9, tzinfo=SHANGHAI)
    right = due(before, WorkingDaysCount(5)).at
    assert right.date().isoformat() == "2026-02-26"
    assert counted("K4", told(START, right, before), by=law(entered_at=before)) == (right, [])


def test_an_extension_before_its_start_is_left_to_the_reading() -> None:
    assert counted("K5", told(EXTEND, EXTENDED.at)) == (None, [])
    assert isinstance(EXTENDED, Due)
