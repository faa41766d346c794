"""Missed clocks climb their ladder on the real network, the clock moved by the test."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from shangda.stage import Stage
from tests.system.proxy import Proxy
from tests.system.reports import DISTRICT, TOWN, VILLAGE, report, resealed, sealed_report

# Later in each test than in the one before: what an office was heard to say is never unsaid.
MARCH, MAY, SEPTEMBER = (datetime(2026, month, day, 9, tzinfo=SHANGHAI) for month, day in ((3, 2), (5, 11), (9, 7)))


def steps(stage: Stage, office: str, case: str, kind: str, desk: str = "petition") -> list[dict[str, Any]]:
    """The steps of one clock that this office took itself."""
    found = stage.see(office, "supervision.clocks", {"case": case}, desk=desk)["steps"]
    return [step for step in found if step["kind"] == kind and step["mine"]]


def names(stage: Stage, office: str, case: str, kind: str, desk: str = "petition") -> list[str]:
    return sorted(step["step"] for step in steps(stage, office, case, kind, desk))


def clock(stage: Stage, office: str, case: str, kind: str, desk: str = "petition") -> dict[str, Any]:
    clocks = stage.see(office, "supervision.clocks", {"case": case}, desk=desk)["clocks"]
    return next(each for each in clocks if each["kind"] == kind)


def due_of(stage: Stage, office: str, case: str, kind: str, desk: str = "petition") -> datetime:
    return datetime.fromisoformat(clock(stage, office, case, kind, desk)["due"])


def arrived(stage: Stage, office: str, case: str, kind: str, desk: str = "petition") -> datetime:
    """The due moment of a clock, once its milestone is at ``office``."""

    def look() -> datetime | None:
        answer = stage.answer(office, "supervision.clocks", {"case": case}, desk=desk, query=True)
        kinds = {each["kind"]: each["due"] for each in answer["result"]["clocks"]} if answer["ok"] else {}
        return datetime.fromisoformat(kinds[kind]) if kind in kinds else None

    return stage.until(f"{kind} is known at {office}", look)


def states(stage: Stage, office: str, case: str) -> list[str]:
    """The states of the orders that the office received in this case."""
    orders = stage.see(office, "supervision.orders", {"desk": "petition"})["orders"]
    return [order["state"] for order in orders if order["case"] == case and not order["given"]]


def climb(stage: Stage, due: datetime, days: list[int]) -> None:
    """Move the clock past the due moment day by day, as a real ladder meets it."""
    for day in days:
        stage.set_clock(due + timedelta(days=day, minutes=1))


@pytest.mark.timeout(240)
def test_both_ladders_every_step_once_by_its_own_office(stage: Stage) -> None:
    stage.set_clock(MARCH)
    node = stage.node(VILLAGE, TOWN, DISTRICT)
    case = stage.ask(VILLAGE, "intake.register", report(contactable=True))["case"]
    due = arrived(stage, DISTRICT, case, "K2")
    accused = stage.ask(DISTRICT, "intake.register_sealed", sealed_report(stage, {"text": "秘密"}), desk="discipline")[
        "case"
    ]
    stage.until(
        "held",
        lambda: stage.answer(DISTRICT, "assignment.get_case", {"case": accused}, desk="discipline", query=True)["ok"],
    )
    offer = {"case": accused, "to": TOWN, "kind": "transfer", "sealed": resealed(stage, accused, TOWN)}
    stage.ask(DISTRICT, "assignment.offer", offer, desk="discipline")
    stage.until(
        "offered", lambda: stage.see(TOWN, "assignment.offers", {"desk": "discipline"}, desk="discipline")["offers"]
    )
    stage.ask(TOWN, "assignment.sign_for", {"case": accused}, desk="discipline")
    secret_due = arrived(stage, DISTRICT, accused, "K20", "discipline")

    stage.set_clock(due - timedelta(days=2))
    stage.until("the handler is reminded", lambda: "reminder" in names(stage, VILLAGE, case, "K2"))
    assert names(stage, TOWN, case, "K2") == names(stage, DISTRICT, case, "K2") == []
    climb(stage, due, [1, 3, 5, 10, 15])
    stage.until("the last step", lambda: "bulletin" in names(stage, DISTRICT, case, "K2"))
    assert names(stage, VILLAGE, case, "K2") == ["reminder"]
    assert names(stage, TOWN, case, "K2") == ["order", "town"]
    assert names(stage, DISTRICT, case, "K2") == ["bulletin", "district", "leaders"]
    stage.until(
        "the order is at the holder", lambda: stage.see(VILLAGE, "supervision.orders", {"desk": "petition"})["orders"]
    )

    stage.set_clock(secret_due + timedelta(days=20))
    stage.until("the secret ladder's end", lambda: "city" in names(stage, DISTRICT, accused, "K20", "discipline"))
    assert names(stage, TOWN, accused, "K20", "discipline") == ["reminder"]
    assert names(stage, DISTRICT, accused, "K20", "discipline") == [
        "area_holder",
        "city",
        "discipline_room",
        "secretary",
    ]
    for office in (VILLAGE, TOWN, DISTRICT):
        for desk in ("petition", "discipline"):
            taken = stage.see(office, "supervision.steps", {"desk": desk, "state": "open"}, desk=desk)["steps"]
            keys = Counter((step["case"], step["kind"], step["ref"], step["step"]) for step in taken)
            assert set(keys.values()) <= {1}
            assert {step["case"] for step in taken if step["case"] in (case, accused)} <= (
                {case} if desk == "petition" else {accused}
            )
    node.stop()


@pytest.mark.timeout(240)
def test_an_extension_known_above_keeps_quiet_and_a_late_one_withdraws(stage: Stage) -> None:
    stage.set_clock(MAY)
    above = stage.node(DISTRICT)
    with Proxy(stage.broker.port) as link:
        link.mode = "pass"
        town = stage.node(TOWN, NETWORK_AMQP_URL=f"amqp://127.0.0.1:{link.port}")
        cases = []
        for _ in range(2):
            case = stage.ask(TOWN, "intake.register", report(place=TOWN, contactable=True))["case"]
            stage.until(
                "held", lambda of=case: stage.answer(TOWN, "assignment.get_case", {"case": of}, query=True)["ok"]
            )
            stage.ask(TOWN, "assignment.accept", {"case": case})
            cases.append(case)
        timely, late = cases
        due = arrived(stage, DISTRICT, timely, "K5")
        arrived(stage, DISTRICT, late, "K5")
        stage.set_clock(due - timedelta(days=5))
        stage.ask(TOWN, "assignment.extend", {"case": timely, "days": 30, "reason": "需要鉴定"})
        stage.until("the extension is known above", lambda: arrived(stage, DISTRICT, timely, "K5") > due)
        link.refuse()
        stage.ask(TOWN, "assignment.extend", {"case": late, "days": 30, "reason": "等待检测结果"})
        climb(stage, due, [1, 3, 5, 6])
        stage.until("the late one is pressed", lambda: {"district", "order"} <= set(names(stage, DISTRICT, late, "K5")))
        assert all(step["unconfirmed"] for step in steps(stage, DISTRICT, late, "K5"))
        assert names(stage, DISTRICT, timely, "K5") == []
        link.mode = "pass"
        stage.until(
            "withdrawn", lambda: {step["state"] for step in steps(stage, DISTRICT, late, "K5")} == {"withdrawn"}, 60
        )
        stage.until("the order came and went", lambda: states(stage, TOWN, late) == ["withdrawn"], 60)
        assert states(stage, TOWN, timely) == []
        town.stop()
    above.stop()


@pytest.mark.timeout(240)
def test_a_dead_village_is_escalated_from_above(stage: Stage) -> None:
    stage.set_clock(SEPTEMBER)
    stage.node(TOWN, DISTRICT)
    village = stage.node(VILLAGE)
    case = stage.ask(VILLAGE, "intake.register", report(contactable=True))["case"]
    due = arrived(stage, DISTRICT, case, "K2")
    arrived(stage, TOWN, case, "K2")
    village.kill()
    climb(stage, due, [1, 3, 6])
    stage.until("the town presses", lambda: names(stage, TOWN, case, "K2") == ["order", "town"])
    stage.until("the district knows", lambda: names(stage, DISTRICT, case, "K2") == ["district"])
    assert all(step["unconfirmed"] for step in steps(stage, TOWN, case, "K2") + steps(stage, DISTRICT, case, "K2"))
