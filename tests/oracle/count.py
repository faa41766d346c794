"""Counts a year from the acts of its people. Knows the definitions of domain.md 1.10 and 7, and nothing of the services.

    python tests/oracle/count.py ACTS.json 2026-01-01 2026-12-31

prints the figures that these acts come to. It imports nothing of the project on purpose: the services count from events and
rows, this from what people did, and the two have to agree.
"""

import json
import sys
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

CHINA = timezone(timedelta(hours=8))
PLEASED = ("satisfied", "fair")
KINDS = ("dedicated", "guidance", "key")
KEY_FLAGS = ("hot", "hard")
GRACE, ROLLS = timedelta(days=2), timedelta(days=9)
"""A sweep is returned on the last day of its period or within two days; a due day of rest rolls over the holiday, nine days at
most. The people of a plan return in time by any reckoning, or later than that."""
PARTS = {"village": (10, 20, None), "town": (15, None), "department": (15, None), "district": (None,)}

Act = Mapping[str, Any]


class Oracle:
    """``plan`` is the plain JSON of a plan; figures are of the days ``since`` to ``until``, both counted."""

    def __init__(self, plan: Mapping[str, Any], since: str, until: str) -> None:
        self.offices: Mapping[str, str] = plan["offices"]
        self.begins = datetime.fromisoformat(plan["begins"])
        self.since, self.until = date.fromisoformat(since), date.fromisoformat(until)
        clicks: dict[str, Act] = {}
        for act in sorted(plan["acts"], key=lambda each: each["at"]):
            if not act["tries"] and not act["again"] and act["does"] != "post.again":
                clicks[act["id"]] = act
        self.acts = list(clicks.values())

    def figures(self) -> dict[str, int]:
        """Name → count; a rate's base stands under its name with ``/base``."""
        counts = (self.receptions, self.petitions, self.orders, self.hearings, self.sweeps)
        return {name: value for count in counts for name, value in count().items()}

    def done(self, *what: str) -> Iterator[Act]:
        return (act for act in self.acts if act["does"] in what)

    def counts(self, at: str | datetime) -> bool:
        """Whether a moment lies in the days that are counted, as days are in China."""
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        return self.since <= moment.astimezone(CHINA).date() <= self.until

    # --- receptions (S97, S56) ---

    def receptions(self) -> dict[str, int]:
        """A reception is held once, on the day on which somebody was received, whoever received; a booking is none.

        Key cases are matters, each once, received by a district leader in person and marked key or flagged hot or hard.
        """
        bookings = {act["data"]["booking"]: act for act in self.done("intake.book")}
        void = {act["data"]["reception"]["$of"] for act in self.done("intake.void_reception")}
        cases = self.cases()
        held = []
        for act in self.done("intake.record_reception"):
            booked = bookings.get(act["data"].get("booking", ""))
            case = act["data"].get("case") or (booked or {"data": {}})["data"].get("case") or ""
            held.append((act, "named" if booked else act["data"].get("detail", "named"), cases.get(case)))
        linked = {each["data"]["reception"]["$of"]: each["data"]["case"] for each in self.done("intake.link_reception")}
        held = [(act, how, cases.get(linked.get(act["id"], ""), case)) for act, how, case in held]
        held = [each for each in held if each[0]["id"] not in void]
        ratings = self.reception_ratings(held)
        counted = [each for each in held if self.counts(each[0]["at"])]
        found = self._held("receptions", counted, ratings)
        found |= self._held("named_receptions", [each for each in counted if each[1] == "named"], ratings)
        key = set()
        for act, _, case in counted:
            by_district = self.offices[act["office"]] == "district"
            if by_district and (act["data"].get("key") or (case is not None and case.key)):
                key.add(case.id if case is not None else act["id"])
        found["key_cases_by_district_leaders"] = len(key)
        gone = Counter(
            act["does"] for act in self.done("intake.no_show", "intake.cancel_booking") if self.counts(act["at"])
        )
        return found | {
            "booking_no_shows": gone["intake.no_show"],
            "bookings_cancelled": gone["intake.cancel_booking"],
        }

    def reception_ratings(self, held: list[Any]) -> dict[str, str]:
        """What the person said of the reception itself; else, of the latest of a case, what was said by its receipt."""
        said: dict[str, str] = {act["id"]: act["data"].get("rating", "") for act, _, _ in held}
        times = Counter(act for act, rating in said.items() if rating)
        desk = {each["id"]: ("desk", each) for each in self.done("intake.rate_reception")}
        receipt = {each["id"]: ("receipt", each) for each in self.done("intake.rate")}
        for act in self.acts:
            if act["id"] in desk and times[target := act["data"]["reception"]["$of"]] < 2:
                said[target] = act["data"]["rating"]
                times[target] += 1
            elif act["id"] in receipt:
                mine = [
                    each[0] for each in held if each[2] is not None and each[2].receipt == act["data"]["receipt_hash"]
                ]
                mine = [each for each in mine if each["at"] <= act["at"]]
                if mine and not times[mine[-1]["id"]]:
                    said[mine[-1]["id"]] = act["data"]["rating"]
        return said

    def _held(self, name: str, held: list[Any], ratings: Mapping[str, str]) -> dict[str, int]:
        rated = [ratings[act["id"]] for act, _, _ in held if ratings[act["id"]]]
        resolved = sum(self._resolved(act, case) for act, _, case in held)
        return {
            name: len(held),
            f"{name}_resolved": resolved,
            f"{name}_resolved/base": len(held),
            f"{name}_satisfied": sum(each in PLEASED for each in rated),
            f"{name}_satisfied/base": len(rated),
        }

    def _resolved(self, act: Act, case: "Case | None") -> bool:
        """Settled on the spot, or by its case; a case disputed or opened again since takes it back."""
        spot = bool(act["data"].get("resolved"))
        if case is None:
            return spot
        if case.resolved_at:
            return True
        reopened = [each for each in case.reopened if each > act["at"]]
        return spot and not case.disputed and not reopened

    # --- petitions (S63, S69, S72) ---

    def cases(self) -> dict[str, "Case"]:
        """case → what became of it, from what was done to it, in order."""
        found: dict[str, Case] = {}
        by_receipt: dict[str, Case] = {}
        for act in self.acts:
            if act["does"] == "intake.register":
                case = Case(act["data"]["case"], act["data"]["receipt_hash"], act["at"])
                found[case.id] = by_receipt[case.receipt] = case
            elif act["does"] == "intake.say" and act["data"]["receipt_hash"] in by_receipt:
                by_receipt[act["data"]["receipt_hash"]].said(act["data"]["what"], act["at"])
            elif act["does"].startswith("assignment.") and act["data"].get("case") in found:
                found[act["data"]["case"]].done(act["does"].removeprefix("assignment."), act)
        return found

    def petitions(self) -> dict[str, int]:
        """Entered in these days; concluded and resolved in these days, if they stand so still; rated in these days, by the
        latest rating of each."""
        cases = self.cases().values()
        rated: dict[str, Act] = {act["data"]["receipt_hash"]: act for act in self.done("intake.rate")}
        latest = [act for act in rated.values() if self.counts(act["at"])]
        return {
            "received": sum(self.counts(case.entered_at) for case in cases),
            "concluded": sum(bool(case.concluded_at) and self.counts(case.concluded_at) for case in cases),
            "resolved": sum(bool(case.resolved_at) and self.counts(case.resolved_at) for case in cases),
            "rated": len(latest),
            "satisfied": sum(act["data"]["rating"] in PLEASED for act in latest),
            "satisfied/base": len(latest),
        }

    # --- supervision (S79, S87) ---

    def orders(self) -> dict[str, int]:
        """Cases, not orders; of each kind the cases with an order of it."""
        given = [act["data"] for act in self.done("supervision.order") if self.counts(act["at"])]
        found = {f"supervised_{kind}": {each["case"] for each in given if each["kind"] == kind} for kind in KINDS}
        counts = {name: len(cases) for name, cases in found.items()}
        return counts | {"supervised_cases": len({each["case"] for each in given}), "supervision_orders": len(given)}

    def discipline(self) -> dict[str, int]:
        """For the discipline desk alone: reports with a measure that was carried out, by the day on which it was."""
        proposed = {act["id"]: act["data"]["case"] for act in self.done("supervision.propose_measure")}
        carried = [
            proposed[act["data"]["measure"]["$of"]]
            for act in self.done("supervision.carry_out_measure")
            if self.since <= date.fromisoformat(act["data"]["on"]) <= self.until
        ]
        return {"petition_supervisions": len(set(carried)), "measures": len(carried)}

    # --- hearings (S108) ---

    def hearings(self) -> dict[str, int]:
        """A hearing is held once, on the day on which its record was closed; its matters are cases, each once."""
        called = {
            act["id"]: [act["data"]["case"], *act["data"]["further"]] for act in self.done("hearing.open_hearing")
        }
        held = [act for act in self.done("hearing.complete_hearing") if self.counts(act["at"])]
        matters = {case for act in held for case in called[act["data"]["session"]["$of"]]}
        resolved = {case for act in held for case in act["data"]["resolved"]}
        return {
            "hearings_held": len(held),
            "hearing_agreements": sum(bool(act["data"].get("agreement")) for act in held),
            "hearing_matters": len(matters),
            "hearing_matters_resolved": len(resolved),
        }

    # --- sweeps (S45-S47) ---

    def sweeps(self) -> dict[str, int]:
        """Ten days for a village, half a month for a town and a department, a month for the district. Counted when due."""
        returned = {
            (act["office"], act["data"]["period"]): datetime.fromisoformat(act["at"])
            for act in self.done("supervision.return_sweep")
        }
        found: Counter[str] = Counter()
        for tier in PARTS:
            for word in ("due", "on_time", "late"):
                found[f"sweeps_{tier}_{word}"] = 0
        for office, tier in self.offices.items():
            for last in self.periods(tier):
                due = datetime.combine(last + GRACE, datetime.max.time().replace(microsecond=0), CHINA)
                if self.counts(due):
                    at = returned.get((office, last.isoformat()))
                    if at is not None and due < at <= due + ROLLS:
                        raise ValueError(f"{office} {last}: whether it was late hangs on the holidays")
                    found[f"sweeps_{tier}_due"] += 1
                    found[f"sweeps_{tier}_{'on_time' if at is not None and at <= due else 'late'}"] += 1
        return dict(found)

    def periods(self, tier: str) -> Iterator[date]:
        """The last days of the periods of a tier that could be returned in time when the network began to run."""
        for year in range(self.begins.year, self.until.year + 1):
            for month in range(1, 13):
                for day in PARTS[tier]:
                    last = date(year, month, day or monthrange(year, month)[1])
                    if last + GRACE >= self.begins.astimezone(CHINA).date():
                        yield last


class Case:
    """A petition as it stands after what was done: moments are ISO 8601, "" where it is not so (any more)."""

    def __init__(self, id_: str, receipt: str, entered_at: str) -> None:
        self.id, self.receipt, self.entered_at = id_, receipt, entered_at
        self.status = "open"
        self.concluded_at = self.resolved_at = ""
        self.disputed = self.key = False
        self.reopened: list[str] = []

    def said(self, what: str, at: str) -> None:
        """The reporter's word: done, and so resolved; or not done."""
        if what == "performed" and self.status in ("settled", "concluded"):
            self.concluded_at = self.concluded_at or at
            self.resolved_at, self.status, self.disputed = at, "concluded", False
        elif what == "not_performed" and self.status == "settled":
            self.status = "open"
        elif what == "not_performed" and self.status == "concluded":
            self.resolved_at, self.disputed = "", True

    def done(self, what: str, act: Act) -> None:
        if what == "settle":
            self.status = "settled"
        elif what in ("confirm_settlement", "serve"):
            self.status, self.concluded_at = "concluded", act["at"]
        elif what == "reopen":
            self.status, self.concluded_at, self.resolved_at, self.disputed = "open", "", "", False
            self.reopened.append(act["at"])
        elif what == "flag_matter" and act["data"]["flag"] in KEY_FLAGS:
            self.key = True


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123  stands alone
        sys.stdout.write(json.dumps(Oracle(json.load(file), *sys.argv[2:4]).figures(), indent=1) + "\n")
