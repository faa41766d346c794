"""Random months of four offices: only what people do, by a seed; what comes of it the services decide."""

import random
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from contracts.calendar import SHANGHAI
from network.ids import new_id
from tests.ledgers.reaching import Reaching
from tests.services.assignment.test_journeys import petition
from tests.services.house import DISTRICT, TOWN, VILLAGE, House

ORCHARD = "610402901902"
OFFICES = (DISTRICT, TOWN, VILLAGE, ORCHARD)
ROLES = ["clerk", "leader", "head"]
LEADERS = ("gb-901", "gb-902")
SIX = {"photo": "sha256:" + "a" * 64, "post": "副主任", "duties": "分管信访", "place": "信访大厅", "contact": "029-0"}
RISKS = ("red", "orange", "yellow", "blue")
DRAFT = {"verdict": "support", "facts": "属实", "opinion": "限期清淤", "basis": "条例", "no_visit_reason": "材料齐全"}


class People:
    """Clerks and leaders of the offices, who act at random moments."""

    def __init__(self, house: House, seed: int) -> None:
        self.house = house
        self.chance = random.Random(seed)  # noqa: S311  a seeded choice, no secret
        self.promises: list[tuple[str, str]] = []
        self.receipts: list[tuple[str, str]] = []
        self.receptions: list[tuple[str, str]] = []
        self.reaching = Reaching(self, seed)
        for office in OFFICES:
            for leader in LEADERS:
                level = "district_leader" if office == DISTRICT else "leader"
                named = {"official": leader, "name": f"领导{leader}", "level": level, **SIX}
                self.act(office, "intake", "set_board", named)
                self.act(office, "intake", "publish_board", {"official": leader})
        self.counters = {office: self.counter(office) for office in OFFICES}

    def month(self, first: date) -> None:
        """What they do in a month; on the last days of its ten-day periods somebody sweeps, or tries to."""
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        ends = {10, 20, last.day}
        for number in sorted(ends | set(self.chance.sample(range(1, last.day), 2))):
            day = datetime.combine(first.replace(day=number), datetime.min.time(), SHANGHAI) + timedelta(hours=9)
            self.house.set_time(day)
            for _ in range(self.chance.randint(1, 3)):
                self.chance.choice(self.deeds())()
            self.reach()
            self.house.post()
            if number in ends:
                self.house.poll()
                self.sweep()

    def deeds(self) -> tuple[Callable[[], None], ...]:
        """What somebody may do on a day; what happens often stands twice."""
        often = (self.register, self.receive, self.promise, self.confirm, self.rate, self.answer)
        seldom = (self.book, self.judge, self.sit, self.call, self.visit, self.box)
        return (*often, *often[1:], *seldom)

    def act(self, office: str, service: str, method: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """The result of an act, {} where it is refused: people also try what may not be."""
        answer = self.house.command(office, service, method, dict(data), roles=ROLES)
        return dict(answer["result"]) if answer["ok"] else {}

    def counter(self, office: str) -> dict[str, str]:
        """The line, the box and the room of an office, by kind."""
        since = self.house.offices[office].moment.date().isoformat()
        given = {"public": self.chance.random() < 0.7, "since": since, "label": "渠道"}
        places = {"address": "一号院", "hours": "全天", "phone": "029-1", "capacity": 9}
        made = {
            kind: self.act(office, "intake", "set_channel", {**given, **places, "kind": kind})["channel"]
            for kind in ("phone", "box", "visit")
        }
        person = {"id": "张三", "name": "张三"}
        self.act(office, "intake", "set_staff", {"channel": made["phone"], "clerk": person, "since": since})
        return made

    def call(self) -> None:
        office = self.chance.choice(OFFICES)
        said = {"name_given": self.chance.random() < 0.5, "number_given": False, "summary": "问低保"}
        self.act(
            office, "intake", "log_call", {**said, "channel": self.counters[office]["phone"], "case": self.case(office)}
        )

    def visit(self) -> None:
        office, officer = self.chance.choice(OFFICES), {"id": "张三", "name": "张三"}
        room, today = self.counters[office]["visit"], self.house.offices[office].moment.date().isoformat()
        if self.chance.random() < 0.5:
            self.act(office, "intake", "set_roster", {"channel": room, "days": [{"day": today, "officer": officer}]})
        came = {"channel": room, "heads": self.chance.randint(1, 9), "officer": officer, "case": self.case(office)}
        self.act(office, "intake", "log_room_visit", {**came, "why": self.chance.choice(("", "值班人员外出"))})

    def box(self) -> None:
        """A box is opened; some letters are registered, some set aside, now and then more than there are."""
        office = self.chance.choice(OFFICES)
        openers = [{"id": each, "name": each} for each in ("张三", "李四")]
        found = {"channel": self.counters[office]["box"], "openers": openers, "letters": self.chance.randint(0, 4)}
        opening = self.act(office, "intake", "open_box", found)["opening"]
        for _ in range(self.chance.randint(0, 2)):
            report = petition(office, self.house.offices[office].keyring, channel="box")
            self.act(office, "intake", "register", {**report, "opening": opening})
        aside = {"opening": opening, "letters": self.chance.randint(1, 2), "why": "广告"}
        self.act(office, "intake", "set_letters_aside", aside)

    def case(self, office: str) -> str | None:
        """A new petition of the office, or none."""
        if self.chance.random() < 0.5:
            return None
        report = petition(office, self.house.offices[office].keyring)
        return str(self.act(office, "intake", "register", report)["case"])

    def register(self) -> None:
        office, heads = self.chance.choice(OFFICES), self.chance.choice((1, 1, 2, 5, 7, 11, 23, 60, 150))
        report = petition(
            office, self.house.offices[office].keyring, channel=self.chance.choice(("visit", "phone", "web"))
        )
        report |= {"head_count": heads, "representatives": min(heads, self.chance.randint(0, 5))}
        if self.act(office, "intake", "register", report):
            self.receipts.append((office, report["receipt_hash"]))

    def answer(self) -> None:
        """The town takes a petition of its own to its end."""
        report = petition(TOWN, self.house.offices[TOWN].keyring)
        if self.act(TOWN, "intake", "register", report):
            self.receipts.append((TOWN, report["receipt_hash"]))
            self.house.post()
            for method, data in (
                ("accept", {}),
                ("draft_opinion", DRAFT),
                ("issue_opinion", {}),
                ("serve", {"way": "direct"}),
            ):
                self.act(TOWN, "assignment", method, {"case": report["case"], **data})

    def rate(self) -> None:
        if self.receipts:
            office, receipt = self.chance.choice(self.receipts)
            rating = self.chance.choice(("satisfied", "fair", "dissatisfied"))
            self.act(office, "intake", "rate", {"receipt_hash": receipt, "rating": rating, "comment": ""})

    def promise(self) -> None:
        office = self.chance.choice(OFFICES)
        due = (self.house.offices[office].moment + timedelta(days=self.chance.randint(0, 40))).date()
        given = {
            "source": self.chance.choice(("reception", "visit")),
            "by": "gb-011",
            "name": "向东平",
            "what": "修好",
            "due": due,
        }
        made = self.act(office, "intake", "make_promise", {**given, "due": due.isoformat()})
        if made:
            self.promises.append((office, made["promise"]))

    def confirm(self) -> None:
        if self.promises:
            office, promise = self.chance.choice(self.promises)
            said = {"promise": promise, "kept": self.chance.random() < 0.6, "how": "phone"}
            self.act(office, "intake", "confirm_promise", said)

    def receive(self) -> None:
        """A leader receives somebody, with a case or without."""
        office, leader = self.chance.choice(OFFICES), self.chance.choice(LEADERS)
        given = {
            "received_by": leader,
            "place": "信访大厅",
            "summary": "反映修路",
            "head_count": self.chance.randint(1, 4),
        }
        given |= {"detail": self.chance.choice(("named", "hall", "fixed")), "resolved": self.chance.random() < 0.5}
        given |= {"key": self.chance.random() < 0.4, "rating": self.chance.choice(("", "satisfied", "dissatisfied"))}
        made = self.act(office, "intake", "record_reception", given)
        if made:
            self.receptions.append((office, made["reception"]))

    def judge(self) -> None:
        """Somebody says later what he thinks of a reception; twice at most, the rest is refused."""
        if self.receptions:
            office, reception = self.chance.choice(self.receptions)
            rating = self.chance.choice(("satisfied", "fair", "dissatisfied"))
            self.act(office, "intake", "rate_reception", {"reception": reception, "rating": rating})

    def book(self) -> None:
        """A slot is booked; the person comes, stays away or cancels."""
        office, leader, today = (
            self.chance.choice(OFFICES),
            self.chance.choice(LEADERS),
            self.house.offices[DISTRICT].moment,
        )
        day = (today + timedelta(days=self.chance.randint(1, 6))).date().isoformat()
        times = {
            "weekdays": [1, 2, 3, 4, 5, 6, 7],
            "on_rest_days": True,
            "starts": "09:00",
            "ends": "11:00",
            "minutes": 60,
        }
        once = {
            "leader": leader,
            "kind": "fixed",
            "since": day,
            "until": day,
            "place": "信访大厅",
            "capacity": 2,
            **times,
        }
        self.act(office, "intake", "set_schedule", once)
        made = self.act(office, "intake", "book", {"leader": leader, "day": day, "starts": "09:00"})
        if made and self.chance.random() < 0.4:
            self.act(office, "intake", "cancel_booking", {"booking": made["booking"], "by": "person", "why": "有事"})
        elif made:
            self.house.set_time(
                datetime.combine(date.fromisoformat(day), datetime.min.time(), SHANGHAI) + timedelta(hours=12)
            )
            self.come(office, leader, made["booking"])
            self.house.post()  # what is told of a day is not believed before it
            self.house.set_time(today)

    def come(self, office: str, leader: str, booking: str) -> None:
        if self.chance.random() < 0.4:
            self.act(office, "intake", "no_show", {"booking": booking})
        else:
            given = {"booking": booking, "received_by": leader, "place": "信访大厅", "summary": "反映低保"}
            self.act(office, "intake", "record_reception", given)

    def sit(self) -> None:
        """A leader sits in the hall for half a day, or somebody for him, or nobody."""
        office, today = self.chance.choice(OFFICES), self.house.offices[DISTRICT].moment
        duty = {"leader": LEADERS[0], "day": (today + timedelta(days=1)).date().isoformat(), "half": "am"}
        made = self.act(office, "intake", "set_hall_duties", {"duties": [duty]})
        for each in made.get("duties", ()):
            self.house.set_time(today + timedelta(days=1, hours=1))
            how = self.chance.choice(("attended", "substituted", "missed", "due"))
            said = {"duty": each["duty"], "attendance": how, "why": "" if how == "attended" else "开会"}
            if how == "substituted":
                said["substitute"] = LEADERS[1]
            if how != "due":
                self.act(office, "intake", "confirm_hall_duty", said)
            self.house.post()  # what is told of a day is not believed before it
            self.house.set_time(today)

    def reach(self) -> None:
        """Cards, home visits and going down: several at a time, as they are entered."""
        for _ in range(2):
            self.reaching.reach(OFFICES)

    def sweep(self) -> None:
        """An office returns what it owes, if it is time; sometimes twice."""
        office = self.chance.choice(OFFICES)
        answer = self.house.ask(office, "supervision", "periods", {"office": office, "kind": "sweep", "stands": "open"})
        late = self.house.ask(office, "supervision", "periods", {"office": office, "kind": "sweep", "stands": "late"})
        owed = [*answer["result"]["periods"], *late["result"]["periods"]]
        wanted = [each["period"] for each in owed if each["returned_at"] is None]
        open_ones = self.house.ask(office, "supervision", "disputes", {"to_say": True})["result"]["disputes"]
        chosen = sorted(wanted)
        for period in chosen[:1] if self.chance.random() < 0.5 else chosen[-1:]:  # the oldest, or the one just over
            said = [self.said(each) for each in open_ones if each["period"] < period]
            findings = [self.finding() for _ in range(self.chance.choice((0, 0, 1, 2)))]
            given = {"kind": "sweep", "period": period, "scope": "full", "screeners": ["张三"], "nil": not findings}
            self.act(office, "supervision", "return_sweep", {**given, "carried": said, "findings": findings})
            self.house.post()

    def said(self, dispute: Mapping[str, Any]) -> dict[str, Any]:
        return {"dispute": dispute["dispute"], "said": self.chance.choice(("still", "settled", "worse"))}

    def finding(self) -> dict[str, Any]:
        day = self.house.offices[DISTRICT].moment.date() - timedelta(days=self.chance.randint(0, 12))
        return {
            "found_on": day.isoformat(),
            "place": VILLAGE,
            "found_by": "网格员",
            "heads": self.chance.randint(1, 30),
            "category": "C02",
            "summary": f"纠纷{new_id()[:4]}",
            "risk": self.chance.choice(RISKS),
            "mass": self.chance.random() < 0.2,
        }
