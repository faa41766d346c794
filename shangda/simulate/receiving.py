"""Named reception: boards, schedules, bookings, who comes, who stays away, what they are told and what they think of it."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from shangda.simulate.acts import answer_of
from shangda.simulate.people import EVENING, MORNING, People

SIX = {
    "photo": "https://img.example/1.jpg",
    "post": "负责人",
    "duties": "分管工作",
    "place": "信访大厅",
    "contact": "029-0",
}
HE, SHE = "gb-901", "gb-902"
WEEKDAYS = (2, 4)  # Tuesday, Thursday
STARTS = ("09:00", "09:30", "10:00", "10:30", "11:00")
PLACES = 6
RECEIVING = ("district", "town", "department")


class Receiving:
    """Leaders of every office but villages receive on Tuesdays and Thursdays."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.taken: Counter[tuple[str, str, date, str]] = Counter()

    def prepare(self) -> None:
        """Boards and schedules, before anybody books."""
        people = self.people
        for office in people.of_tier(*RECEIVING):
            level = "district_leader" if people.offices[office] == "district" else "leader"
            for leader in (HE, SHE):
                board = {"official": leader, "name": f"领导{leader[-1]}", "level": level, **SIX}
                people.does(people.begins, office, "intake.set_board", board)
                people.does(people.begins, office, "intake.publish_board", {"official": leader})
                for since, until in self._spans():
                    when = {"since": since.isoformat(), "until": until.isoformat(), "weekdays": list(WEEKDAYS)}
                    slots = {
                        "starts": "09:00",
                        "ends": "11:30",
                        "minutes": 30,
                        "capacity": PLACES,
                        "on_rest_days": True,
                    }
                    plan = {"leader": leader, "kind": "fixed", "place": "信访大厅", **when, **slots}
                    people.does(people.begins, office, "intake.set_schedule", plan)

    def _spans(self) -> list[tuple[date, date]]:
        """A schedule lasts a year at most."""
        first, last = self.people.begins.date(), self.people.ends.date()
        turn = first + timedelta(days=(last - first).days // 2)
        return [(first, turn), (turn + timedelta(days=1), last)]

    def days(self, since: date, until: date) -> list[date]:
        """The days of reception from ``since`` to ``until``."""
        return [day for day in self.people.days(since, until) if day.isoweekday() in WEEKDAYS]

    def book(
        self, office: str, leader: str, day: date, booked: date | None = None, case: str | None = None, **other: Any
    ) -> str | None:
        """Somebody books a place, for a ``case`` where one is known → the booking's id; None where the day is full."""
        people = self.people
        starts = next((each for each in STARTS if self.taken[office, leader, day, each] < PLACES), None)
        if starts is None:
            return None
        self.taken[office, leader, day, starts] += 1
        booking = people.new_id("booking")
        at = people.day(booked or day - timedelta(days=people.chance.randint(1, 9)))
        data = {"booking": booking, "leader": leader, "day": day.isoformat(), "starts": starts, "case": case}
        people.does(max(at, people.begins + timedelta(hours=1)), office, "intake.book", data, **other)
        return booking

    def hold(self, office: str, leader: str, day: date, booking: str | None = None, **said: Any) -> str:
        """A leader receives, at the end of the day it is written down → the act, of which the reception is the answer."""
        people = self.people
        act_words = {name: said.pop(name) for name in ("decoy", "again") if name in said}
        data = {"received_by": leader, "place": "信访大厅", "summary": "反映修路", "answer": "已答复", **said}
        if booking is not None:
            data["booking"] = booking
        return people.does(people.day(day, EVENING), office, "intake.record_reception", data, **act_words).id

    def rate(self, office: str, held: str, day: date, rating: str) -> None:
        data = {"reception": answer_of(held, "reception"), "rating": rating}
        self.people.does(self.people.day(day), office, "intake.rate_reception", data)

    def void(self, office: str, held: str, day: date) -> None:
        data = {"reception": answer_of(held, "reception"), "why": "误录"}
        self.people.does(self.people.day(day, EVENING), office, "intake.void_reception", data)

    def stay_away(self, office: str, booking: str, day: date, **other: Any) -> None:
        at = self.people.day(day, EVENING)
        self.people.does(at, office, "intake.no_show", {"booking": booking}, **other)

    def cancel(self, office: str, booking: str, day: date, **other: Any) -> None:
        data = {"booking": booking, "by": "person", "why": "不来了"}
        at = max(self.people.day(day, MORNING), self.people.begins + timedelta(hours=2))
        self.people.does(at, office, "intake.cancel_booking", data, **other)
