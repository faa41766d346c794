"""A year by a seed: other counts each time, of the same kinds of acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shangda.simulate.acts import Plan
from shangda.simulate.casework import Casework, Petition
from shangda.simulate.decoys import Decoys
from shangda.simulate.hearing import Hearing
from shangda.simulate.people import EVENING, MORNING, People
from shangda.simulate.receiving import HE, RECEIVING, SHE, Receiving
from shangda.simulate.supervising import KINDS, Supervising
from shangda.simulate.sweeping import Sweeping
from shangda.simulate.world import tiers

RATINGS = ("satisfied", "fair", "dissatisfied")


@dataclass(frozen=True)
class Amounts:
    """About how many of each kind of story happen."""

    receptions: int = 20
    petitions: int = 10
    supervised: int = 3
    measures: int = 2
    hearings: int = 2


class Year:
    """Random stories between ``since`` and ``until``; people begin a week before and end five weeks after."""

    def __init__(self, seed: int, offices: Sequence[str], since: date, until: date, amounts: Amounts) -> None:
        self.people = People(seed, tiers(offices), since - timedelta(days=8), until + timedelta(days=40))
        self.chance = self.people.chance
        self.receiving, self.casework = Receiving(self.people), Casework(self.people)
        self.supervising, self.hearing = Supervising(self.people), Hearing(self.people)
        self.decoys = Decoys(self.people, self.receiving, self.casework, self.supervising)
        self.since, self.until, self.amounts = since, until, amounts
        self.petitions: list[tuple[Petition, str, date]] = []

    def made(self) -> Plan:
        """The plan of these stories."""
        self.receiving.prepare()
        days = list(self.people.days(self.since, self.until))
        for _ in range(self.amounts.petitions):
            self._petition(self.chance.choice(days))
        days = self.receiving.days(self.since, self.until + timedelta(days=12))
        for _ in range(self.amounts.receptions):
            self._reception(self.chance.choice(days))
        for _ in range(self.amounts.supervised):
            self._supervised(self.chance.choice(days))
        for _ in range(self.amounts.measures):
            self._cadre(self.chance.choice(days))
        for _ in range(self.amounts.hearings):
            self._hearing(self.chance.choice(days))
        self.decoys.plant(self.receiving.days(self.since, self.until)[0], date(self.since.year, 12, 31))
        Sweeping(self.people).sweep()
        return self.people.plan()

    def _happens(self, share: float) -> bool:
        return self.chance.random() < share

    def _reception(self, day: date) -> None:
        """Somebody names a leader, comes or not, and says what it was worth."""
        office, leader = self.chance.choice(self.people.of_tier(*RECEIVING)), self.chance.choice((HE, SHE))
        case = self._case_of(office, day) if self._happens(0.4) else {}
        booking = self.receiving.book(office, leader, day, **case) if self._happens(0.6) else None
        if booking is not None and self._happens(0.3):
            (self.receiving.stay_away if self._happens(0.5) else self.receiving.cancel)(office, booking, day)
            return
        said = {"resolved": self._happens(0.6), "key": self._happens(0.3)} | ({} if booking else case)
        if self._happens(0.3):
            said["rating"] = self.chance.choice(RATINGS)
        if self._happens(0.2):
            came = SHE if leader == HE else HE
            said |= {"substitute_why": "临时出差"} | ({} if booking else {"named": leader})
            leader = came
        if booking is None:
            said["detail"] = self.chance.choice(("named", "named", "hall"))
        held = self.receiving.hold(office, leader, day, booking, **said)
        if self._happens(0.4):
            self.receiving.rate(
                office, held, day + timedelta(days=self.chance.randint(1, 4)), self.chance.choice(RATINGS)
            )
        if self._happens(0.1):
            self.receiving.void(office, held, day + timedelta(days=5))

    def _case_of(self, office: str, day: date) -> dict[str, str]:
        """A petition that was registered at the office before the person books, or none."""
        known = [
            each.case for each, at, entered in self.petitions if at == office and entered < day - timedelta(days=10)
        ]
        return {"case": self.chance.choice(known)} if known else {}

    def _supervised(self, day: date) -> None:
        """A case is sent down; somebody supervises it, once or more often."""
        petition = self.casework.register(self.supervising.district, day)
        self.casework.send_down(petition, day, self.chance.choice(self.people.of_tier("town", "department")))
        for number in range(self.chance.randint(0, 3)):
            self.supervising.order(petition, day + timedelta(days=1 + number), self.chance.choice(KINDS))
        self.casework.answer(petition, day + timedelta(days=4))

    def _hearing(self, day: date) -> None:
        """A hearing of one matter or two, put off or not; the opinion follows."""
        office = self.chance.choice(self.people.of_tier("town", "department"))
        petitions = [self.casework.register(office, day) for _ in range(self.chance.randint(1, 2))]
        for each in petitions:
            self.casework.act(each, day, "accept", EVENING)
        self.hearing.hold(petitions, day, put_off=self._happens(0.4))

    def _cadre(self, day: date) -> None:
        """A report on a cadre is disposed of as petition supervision, with one measure or two."""
        case = self.supervising.report(day)
        for number in range(self.chance.randint(1, 2)):
            self.supervising.measure(case, day + timedelta(days=2 * number), to=self.decoys.town)

    def _petition(self, day: date) -> None:
        """Somebody reports; it is answered or settled, sent down or not; the reporter is content or not."""
        office = self.chance.choice([*self.people.offices])
        petition = self.casework.register(office, day)
        self.petitions.append((petition, office, day))
        if self._happens(0.15):
            flag = self.chance.choice(("hot", "hard"))
            self.casework.act(petition, day, "flag_matter", EVENING, flag=flag, reason="多人反映")
        over = self._settled(petition, day) if self._is_village(office) else self._answered(petition, day)
        if self._happens(0.4):
            self.casework.rate(petition, office, over + timedelta(days=2), self.chance.choice(RATINGS))

    def _is_village(self, office: str) -> bool:
        return self.people.offices[office] == "village"

    def _settled(self, petition: Petition, day: date) -> date:
        """A village settles; the person says so himself, or the village does, at once or the second time → the day."""
        self.casework.settle(petition, day)
        day += timedelta(days=1)
        if self._happens(0.2):
            self.casework.say(petition, petition.office, day, "not_performed", MORNING)
            self.casework.act(petition, day, "settle", EVENING, what="又清一次")
            day += timedelta(days=1)
        if self._happens(0.6):
            self.casework.say(petition, petition.office, day, "performed")
        else:
            self.casework.act(petition, day, "confirm_settlement", EVENING, how="当面")
        return day

    def _answered(self, petition: Petition, day: date) -> date:
        """An opinion is served; the person says that it was done, or was not, or nothing → the day."""
        entered_at, over = petition.office, self.casework.answer(petition, day)
        if self._happens(0.5):
            over += timedelta(days=1)
            self.casework.say(petition, entered_at, over, "performed" if self._happens(0.7) else "not_performed")
        return over
