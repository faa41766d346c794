"""Slots and places: a schedule always gives the same slots, no place is booked twice, none is lost. By rule and by service."""

import tempfile
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from contracts.calendar import china
from services.intake.activities.models import IntakeActivity
from services.intake.reception.bookings.models import IntakeBooking
from services.intake.reception.records.models import IntakeReception
from services.intake.reception.schedules.slots import Places, Schedule, overlap, places, receives, slots
from tests.services.house import DISTRICT, House
from tests.services.intake.receiving import HE, LEADER, MON, SERVICES, SHE, act, ask, board, figures, weekly

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 11)
STATES = ("booked", "held", "no_show", "cancelled", "moved")


def schedules() -> st.SearchStrategy[Schedule]:
    days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
    return st.builds(
        lambda first, length, weekdays, month, at, span, minutes, capacity, rest: Schedule(
            "s" * 32, HE, "fixed", first, first + timedelta(days=length),
            f"{at:02d}:00", f"{at + span:02d}:00", minutes, capacity, "大厅",
            tuple(sorted(weekdays)), tuple(sorted(month)), rest,
        ),
        days, st.integers(0, 45), st.sets(st.integers(1, 7)), st.sets(st.integers(1, 31), max_size=4),
        st.integers(6, 18), st.integers(1, 4), st.integers(15, 120), st.integers(1, 5), st.booleans(),
    )  # fmt: skip


@given(schedules())
def test_a_schedule_gives_the_same_slots_whatever_stretch_is_asked(plan: Schedule) -> None:
    whole = slots(plan, plan.since, plan.until)
    middle = plan.since + timedelta(days=(plan.until - plan.since).days // 2)
    halves = slots(plan, plan.since, middle) + slots(plan, middle + timedelta(days=1), plan.until)
    assert whole == halves == slots(plan, plan.since - timedelta(days=9), plan.until + timedelta(days=9))
    assert len({(each.day, each.starts) for each in whole}) == len(whole)


@given(schedules())
def test_slots_lie_in_their_hours_one_after_the_other_and_on_no_day_of_rest(plan: Schedule) -> None:
    found = slots(plan, plan.since, plan.until)
    for each, following in pairwise(found):
        assert each.day < following.day or each.ends == following.begins
    for each in found:
        assert plan.starts <= each.starts
        assert f"{each.ends:%H:%M}" <= plan.ends
        assert plan.on_rest_days or china().is_working_day(each.day)
        assert each.day.isoweekday() in plan.weekdays or each.day.day in plan.month_days


@settings(deadline=None)
@given(schedules(), schedules())
def test_schedules_overlap_exactly_where_two_of_their_slots_would_or_their_hours_do(
    one: Schedule, other: Schedule
) -> None:
    day = overlap(one, other)
    assert day == overlap(other, one)
    if day is None:
        mine, theirs = slots(one, one.since, one.until), slots(other, other.since, other.until)
        same_day = [(a, b) for a in mine for b in theirs if a.day == b.day]
        assert not [1 for a, b in same_day if a.begins < b.ends and b.begins < a.ends]
    else:
        assert receives(one, day)
        assert receives(other, day)


@given(schedules(), st.lists(st.sampled_from(STATES), max_size=8), st.booleans())
def test_every_place_of_a_slot_stands_in_exactly_one_way(plan: Schedule, states: list[str], closed: bool) -> None:
    for slot in slots(plan, plan.since, plan.until)[:1]:
        fit = [state for state in states if state in ("cancelled", "moved")]
        fit += [state for state in states if state not in fit][: slot.capacity]
        found = places(slot, fit, closed=closed)
        assert sum(vars(found).values()) == slot.capacity
        assert min(vars(found).values()) >= 0
        assert (found.open == 0) if closed else (found.closed == 0)
        assert (found.booked, found.held) == (fit.count("booked"), fit.count("held"))


class DeskMachine(RuleBasedStateMachine):
    """Clerks book, move, cancel, hold, close days in any order, some of it twice, much of it refused."""

    leaders = st.sampled_from([HE, SHE])
    days = st.sampled_from(["2026-03-04", "2026-03-11"])
    times = st.sampled_from(["09:00", "09:30"])
    picks = st.integers(0, 1000)

    @initialize(capacity=st.integers(1, 2))
    def open(self, capacity: int) -> None:
        self.model: dict[str, tuple[str, str, str, str]] = {}
        self.away: set[tuple[str, str]] = set()
        self.folder = tempfile.TemporaryDirectory()
        self.house = House(Path(self.folder.name), {"intake": SERVICES["intake"]}).open([DISTRICT], MON)
        board(self.house, DISTRICT, HE, "甲")
        board(self.house, DISTRICT, SHE, "乙")
        hours = {"until": "2026-03-11", "ends": "10:00", "capacity": capacity}
        for leader in (HE, SHE):
            act(self.house, DISTRICT, "set_schedule", weekly(leader, **hours))
        self.capacity, self.made, self.came = capacity, 0, 0

    def tries(self, method: str, **data: Any) -> dict[str, Any] | None:
        """What a command answers, None where it was refused."""
        answer = self.house.command(DISTRICT, "intake", method, data, **LEADER)
        return dict(answer["result"]) if answer["ok"] else None

    def pick(self, number: int) -> str:
        return sorted(self.model)[number % len(self.model)]

    def fits(self, leader: str, day: str, starts: str) -> bool:
        taken = [one for one in self.model.values() if one[:3] == (leader, day, starts) and one[3] in STATES[:3]]
        passed = self.house.offices[DISTRICT].now().date() > date.fromisoformat(day)
        return (leader, day) not in self.away and len(taken) < self.capacity and not passed

    @rule(wanted=st.lists(st.tuples(leaders, days, times), min_size=1, max_size=6))
    def book(self, wanted: list[tuple[str, str, str]]) -> None:
        for leader, day, starts in wanted:
            self.book_one(leader, day, starts)

    def book_one(self, leader: str, day: str, starts: str) -> None:
        could = self.fits(leader, day, starts)
        made = self.tries("book", leader=leader, day=day, starts=starts)
        assert (made is not None) == could
        if made is not None:
            self.model[made["booking"]] = (leader, day, starts, "booked")
            self.made += 1

    @precondition(lambda self: self.model)
    @rule(number=picks, leader=leaders, day=days, starts=times)
    def move(self, number: int, leader: str, day: str, starts: str) -> None:
        old = self.pick(number)
        could = self.fits(leader, day, starts) and self.model[old][3] == "booked"
        made = self.tries("move_booking", booking=old, leader=leader, day=day, starts=starts, why="改期")
        assert (made is not None) == could
        if made is not None:
            self.model[old] = (*self.model[old][:3], "moved")
            self.model[made["booking"]] = (leader, day, starts, "booked")

    @precondition(lambda self: self.model)
    @rule(number=picks, how=st.sampled_from(["cancel", "no_show", "held", "substitute"]))
    def end(self, number: int, how: str) -> None:
        booking = self.pick(number)
        leader, day, starts, state = self.model[booking]
        begun = self.house.offices[DISTRICT].now() >= MON.replace(day=int(day[-2:]), hour=int(starts[:2])) + timedelta(
            minutes=int(starts[3:])
        )
        if how == "cancel":
            done, after = self.tries("cancel_booking", booking=booking, by="person", why="不来"), "cancelled"
        elif how == "no_show":
            done, after = self.tries("no_show", booking=booking), "no_show"
        else:
            other = SHE if leader == HE else HE
            who = {"received_by": other if how == "substitute" else leader, "substitute_why": "换人"}
            words = {"place": "大厅", "summary": "如题"}
            done, after = self.tries("record_reception", booking=booking, **who, **words), "held"
        assert (done is not None) == (state == "booked" and (after != "no_show" or begun))
        if done is not None:
            self.model[booking] = (leader, day, starts, after)
            self.came += after == "held"

    @rule(leader=leaders, day=days)
    def close_day(self, leader: str, day: str) -> None:
        if self.tries("close_day", leader=leader, day=day, why="外出") is not None:
            self.away.add((leader, day))

    @rule(leader=leaders, day=days)
    def open_day(self, leader: str, day: str) -> None:
        if self.tries("open_day", leader=leader, day=day) is not None:
            self.away.remove((leader, day))

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours: int) -> None:
        if self.house.offices[DISTRICT].now() < MON.replace(day=11):
            self.house.pass_time(hours // 24)

    @invariant()
    def nothing_is_booked_twice_and_no_place_is_lost(self) -> None:
        if not hasattr(self, "house"):
            return
        found = ask(self.house, DISTRICT, "slots", {"since": str(FIRST), "until": str(LAST)})["slots"]
        assert len(found) == 2 * 2 * 2, "every slot is there"
        for slot in found:
            kept = Places(**slot["places"])
            key = (slot["leader"], slot["day"], slot["starts"])
            states = Counter(one[3] for one in self.model.values() if one[:3] == key)
            assert sum(vars(kept).values()) == self.capacity
            assert min(vars(kept).values()) >= 0
            assert (kept.booked, kept.held, kept.no_show) == (states["booked"], states["held"], states["no_show"])
            assert kept.open == 0 or (slot["leader"], slot["day"]) not in self.away

    @invariant()
    def substitutes_keep_the_count(self) -> None:
        if not hasattr(self, "house"):
            return
        assert len(self.house.rows(DISTRICT, IntakeReception)) == self.came
        counted = [row for row in self.house.rows(DISTRICT, IntakeActivity) if row.kind == "reception"]
        assert len(counted) == self.came
        states = Counter(row.state for row in self.house.rows(DISTRICT, IntakeBooking))
        assert states == Counter(one[3] for one in self.model.values())
        assert states.total() - states["moved"] == self.made, "a moved booking stays one"

    @invariant()
    def who_is_booked_with_somebody_away_waits(self) -> None:
        if not hasattr(self, "house"):
            return
        waiting = ask(self.house, DISTRICT, "bookings_waiting")["bookings"]
        away = {each["booking"] for each in waiting if each["waits"] == "leader_away"}
        assert away == {key for key, one in self.model.items() if one[3] == "booked" and (one[0], one[1]) in self.away}

    def teardown(self) -> None:
        if hasattr(self, "house"):
            found = figures(self.house, DISTRICT)
            states = Counter(one[3] for one in self.model.values())
            named = ("receptions", "booking_no_shows", "bookings_cancelled", "bookings_moved")
            assert [found[name][0] for name in named] == [
                self.came, states["no_show"], states["cancelled"], states["moved"],
            ]  # fmt: skip
            self.house.offices[DISTRICT].engine.dispose()
            self.folder.cleanup()


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
