"""Milestones as assignment tells them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from contracts.words import ClockAct
from tests.services.house import DISTRICT, TOWN, VILLAGE, House, demo_tree

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
CASE = "c" * 32
DUE = datetime(2026, 3, 20, 23, 59, 59, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Stub:
    """A case as its milestones describe it."""

    holder: str = VILLAGE
    term: tuple[int, int] = (0, 0)
    status: str = "registered"
    desk: str = "petition"
    offered_to: str = ""
    excluded: tuple[str, ...] = ()
    case: str = CASE
    number: str = f"{VILLAGE}-2026-00001"
    recused: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    repeat_of: str = ""

    def told(self, what: str, at: datetime, *clocks: dict[str, Any]) -> dict[str, Any]:
        return {
            "number": self.number,
            "what": what,
            "at": at,
            "desk": self.desk,
            "status": self.status,
            "holder": self.holder,
            "term": {"override": self.term[0], "n": self.term[1]},
            "entry_office": VILLAGE,
            "entered_at": MON,
            "category": "C03",
            "place": "",
            "offered_to": self.offered_to,
            "excluded": list(self.excluded),
            "clocks": list(clocks),
            "recused": list(self.recused),
            "flags": list(self.flags),
            "repeat_of": self.repeat_of,
        }

    def but(self, **changes: Any) -> "Stub":
        return replace(self, **changes)


def clock(act: ClockAct, at: datetime, due: datetime | None = None, kind: str = "K5", ref: str = "") -> dict[str, Any]:
    return {"kind": kind, "ref": ref, "act": act.value, "at": at, "due": due}


def tell(
    house: House, stub: Stub, what: str, *clocks: dict[str, Any], by: str = "", service: str = "assignment"
) -> None:
    """Let the holder (or ``by``) tell its own supervision and that of every office above, recused ones apart."""
    teller = by or stub.holder
    office = house.offices[teller]
    above = [each.id for each in demo_tree().ancestors(teller)]
    data = stub.told(what, office.now(), *clocks)
    to = [each for each in (teller, *above) if each not in stub.excluded]
    house.say(teller, service, *(Tell(each, "supervision", "case_milestone", stub.case, data) for each in to))


def accept(house: House, stub: Stub | None = None) -> None:
    """A case in hand at the village, K5 running until DUE, known everywhere above."""
    tell(house, stub or Stub(status="accepted"), "accepted", clock(ClockAct.START, MON, DUE))
    house.post()


def steps(house: House, office: str, **wanted: Any) -> dict[str, dict[str, Any]]:
    """The steps of K5 on an office's list, by name."""
    answer = house.ask(office, "supervision", "clocks", {"case": CASE}, **wanted)
    return {step["step"]: step for step in answer["result"]["steps"]} if answer["ok"] else {}


def later(days: float) -> datetime:
    return DUE + timedelta(days=days)


__all__ = ["CASE", "DISTRICT", "DUE", "MON", "TOWN", "VILLAGE", "Stub", "accept", "clock", "later", "steps", "tell"]
