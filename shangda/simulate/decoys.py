"""What looks as if it counted and does not, or counts once where it happens twice. Each is planted by its name."""

from datetime import date, timedelta

from shangda.simulate.acts import AGAIN, answer_of
from shangda.simulate.casework import Casework
from shangda.simulate.hearing import Hearing
from shangda.simulate.people import EVENING, MORNING, People
from shangda.simulate.receiving import HE, SHE, Receiving
from shangda.simulate.supervising import KINDS, Supervising

NOON, AFTERNOON = 12, 15


class Decoys:
    """``plant`` puts every decoy into the weeks after ``day``, a Tuesday; ``turn`` is the last day of the year."""

    def __init__(self, people: People, receiving: Receiving, casework: Casework, supervising: Supervising) -> None:
        self.people, self.receiving = people, receiving
        self.casework, self.supervising = casework, supervising
        self.district = people.of_tier("district")[0]
        self.town = people.of_tier("town")[0]
        self.village = next(each for each in people.of_tier("village") if each.startswith(self.town))

    def plant(self, day: date, turn: date) -> None:
        for one in (self.no_show, self.cancelled, self.twice_received, self.three_orders, self.double_click):
            one(day)
        for one in (self.reopened, self.recused, self.repeat_of_key, self.corrected, self.proposed_only, self.heard):
            one(day)
        self.over_the_turn(turn)
        self.redelivered(day)

    def no_show(self, day: date) -> None:
        if booking := self.receiving.book(self.town, HE, day, decoy="no_show"):
            self.receiving.stay_away(self.town, booking, day, decoy="no_show")

    def cancelled(self, day: date) -> None:
        if booking := self.receiving.book(self.town, HE, day, decoy="cancelled_booking"):
            self.receiving.cancel(self.town, booking, day, decoy="cancelled_booking")

    def twice_received(self, day: date) -> None:
        """A key case that two district leaders receive: two receptions, one case."""
        petition = self.casework.register(self.district, day)
        for leader in (HE, SHE):
            said = {"case": petition.case, "key": True, "detail": "named"}
            self.receiving.hold(self.district, leader, day, decoy="two_receptions_of_one_case", **said)
        self.casework.answer(petition, day + timedelta(days=1))

    def three_orders(self, day: date) -> None:
        petition = self.casework.register(self.district, day)
        self.casework.send_down(petition, day, self.town)
        for number, kind in enumerate((KINDS[0], KINDS[0], KINDS[2])):
            self.supervising.order(petition, day + timedelta(days=1 + number), kind, decoy="three_orders_on_one_case")
        self.casework.answer(petition, day + timedelta(days=5))

    def double_click(self, day: date) -> None:
        """The same click arrives twice, under the same id."""
        said = {"detail": "named", "resolved": True}
        held = self.receiving.hold(self.town, SHE, day, decoy="double_click", **said)
        self.receiving.hold(self.town, SHE, day, decoy="double_click", again=held, **said)

    def reopened(self, day: date) -> None:
        """Answered, confirmed by its receipt, and opened again in the same year: neither concluded nor resolved."""
        petition = self.casework.register(self.town, day)
        said = {"case": petition.case, "resolved": True, "detail": "named"}
        self.receiving.hold(self.town, HE, day, decoy="resolved_and_reopened", **said)
        over = self.casework.answer(petition, day + timedelta(days=1))
        self.casework.say(petition, self.town, over, "performed", NOON)
        self.casework.act(petition, over, "reopen", EVENING, reason="又出现渗漏")

    def recused(self, day: date) -> None:
        """A case that a village, its town and the district had one after the other; then the village has to keep away from
        it, which forgets it. It was received once.
        """
        petition = self.casework.register(self.village, day)
        for hour, to in ((NOON, self.town), (EVENING, self.district)):
            self.casework.act(petition, day, "offer", hour, to=to)
            petition.office = to
            self.casework.act(petition, day, "sign_for", hour + 1)
        after = day + timedelta(days=1)
        self.casework.act(petition, after, "exclude", MORNING, office=self.village, reason="承办人员须回避")
        self.casework.answer(petition, after)

    def repeat_of_key(self, day: date) -> None:
        """A key case is received; its repeat is linked to it and not received."""
        first, second = self.casework.register(self.district, day), self.casework.register(self.district, day)
        said = {"case": first.case, "key": True, "detail": "named"}
        self.receiving.hold(self.district, HE, day, decoy="repeat_of_a_key_case", **said)
        number = answer_of(self._registered(first.case), "number")
        self.casework.act(second, day + timedelta(days=1), "link_repeat", NOON, repeat_of=number)
        for each in (first, second):
            self.casework.answer(each, day + timedelta(days=1))

    def _registered(self, case: str) -> str:
        return next(act.id for act in self.people.acts if act.data.get("case") == case)

    def corrected(self, day: date) -> None:
        """Written down in error, and said so when the month was over: it counts nowhere."""
        held = self.receiving.hold(self.town, HE, day, decoy="void_after_the_month", detail="named", resolved=True)
        self.receiving.void(self.town, held, day + timedelta(days=16))

    def proposed_only(self, day: date) -> None:
        """Petition supervision that was approved and never carried out."""
        case = self.supervising.report(day)
        self.supervising.measure(case, day, to=self.town, carried=False)

    def heard(self, day: date) -> None:
        """A hearing that is put off is one; one with two matters is one hearing and two matters."""
        for many, put_off, decoy in ((1, True, "adjourned_hearing"), (2, False, "hearing_of_two_matters")):
            petitions = [self.casework.register(self.town, day) for _ in range(many)]
            for each in petitions:
                self.casework.act(each, day, "accept", EVENING)
            Hearing(self.people).hold(petitions, day, put_off=put_off, decoy=decoy)

    def over_the_turn(self, turn: date) -> None:
        """Booked in December, held in January: a reception of the year in which it was held."""
        held = self.receiving.days(turn + timedelta(days=2), turn + timedelta(days=12))[0]
        if booking := self.receiving.book(
            self.town, SHE, held, turn - timedelta(days=3), decoy="booked_before_the_turn"
        ):
            self.receiving.hold(self.town, SHE, held, booking, resolved=True, decoy="booked_before_the_turn")

    def redelivered(self, day: date) -> None:
        """The post brings the last word of a reception a second time."""
        data = {"to": self.district, "type": "activity_told"}
        at = self.people.day(day + timedelta(days=1), AFTERNOON)
        self.people.does(at, self.town, AGAIN, data, decoy="redelivered_event")
