"""Supervision: orders on cases sent down, and petition supervision of cadres at the discipline desk."""

from datetime import date, timedelta
from typing import Any

from shangda.simulate.acts import answer_of, named
from shangda.simulate.casework import Petition
from shangda.simulate.people import EVENING, MORNING, People

KINDS = ("dedicated", "guidance", "key")
DESK = {"desk": "discipline", "roles": ("clerk", "triage", "leader", "head")}
NOON, AFTERNOON = 12, 15
ORDER_DAYS = 20


class Supervising:
    """The district's supervisors."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.district = people.of_tier("district")[0]

    def order(self, petition: Petition, day: date, kind: str, hour: int = NOON, **other: Any) -> str:
        """An order on a case that somebody below has in hand → the act."""
        due = (day + timedelta(days=ORDER_DAYS)).isoformat()
        data = {"case": petition.case, "kind": kind, "demand": "按期办结并报结果", "due": due}
        return self.people.does(self.people.day(day, hour), self.district, "supervision.order", data, **other).id

    def report(self, day: date) -> str:
        """A sealed report on a cadre, of which the head disposes as petition supervision → its case."""
        people, case = self.people, self.people.new_id("report")
        data = {"case": case, "receipt_hash": named("receipt", case) * 2, "channel": "letter", "nature": "accuse"}
        data |= {"real_name": False, "contactable": False, "recipient_office": self.district}
        data |= {"recipient_desk": "discipline", "sealed": self._sealed(case)}
        people.does(people.day(day, MORNING), self.district, "intake.register_sealed", data, **DESK)
        people.does(people.day(day, NOON), self.district, "assignment.accept", {"case": case}, **DESK)
        said = {"case": case, "disposal": "petition_supervision", "reason": "轻微,宜早提醒"}
        people.does(people.day(day, NOON), self.district, "assignment.dispose", said, **DESK)
        return case

    def measure(self, case: str, day: date, *, to: str, carried: bool = True) -> None:
        """A warning is proposed and approved; carried out, or left at that."""
        people = self.people
        data = {"case": case, "kind": "warning", "to": to, "points": [], "why": "宜早提醒"}
        proposed = people.does(people.day(day, EVENING), self.district, "supervision.propose_measure", data, **DESK)
        one = answer_of(proposed.id, "measure")
        later = people.day(day + timedelta(days=1), NOON)
        approved = {"measure": one, "approved": True, "why": "同意"}
        by = {**DESK, "account": "leader"}
        people.does(later, self.district, "supervision.approve_measure", approved, **by)
        if carried:
            held = later.replace(hour=AFTERNOON)
            record = {"measure": one, "on": held.date().isoformat(), "given": ["content", "result"]}
            record |= {"sealed": self._sealed(case), "way": "案例通报", "audience": "group"}
            people.does(held, self.district, "supervision.carry_out_measure", record, **DESK)

    def _sealed(self, case: str) -> dict[str, Any]:
        """An envelope as it looks; nobody opens it here, so that none holds a word."""
        keys = {f"{self.district}/discipline": "k"}
        return {"version": 1, "case": case, "ciphertext": "c2VhbGVk", "keys": keys}
