"""Cases and actors of the demo district, for the rules."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from contracts.calendar import SHANGHAI
from contracts.context import Actor, Here
from contracts.policy import Policy
from network.offices import District
from services.assignment.holding.rules import register
from services.assignment.state import CaseState
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
CASE = "a" * 32
RECEIPT = "b" * 64
PLUMS = "610402901902"  # 梨湾村, the other village of the town
LEADER = ("clerk", "leader")


@cache
def tree() -> District:
    return demo_tree()


@cache
def policy() -> Policy:
    return demo_policy()


def here(office: str, at: datetime = MON, **actor: Any) -> Here:
    return Here(office, at, Actor("张三", office, **actor), policy(), tree())


def day(number: float) -> datetime:
    """The working hours of the n-th day after MON."""
    return MON + timedelta(days=number)


def envelope(*desks: str) -> dict[str, Any]:
    return {"version": 1, "case": CASE, "ciphertext": "c2VhbGVk", "keys": dict.fromkeys(desks, "k")}


def file(office: str = TOWN, **other: Any) -> dict[str, Any]:
    """A petition registered at ``office``, as intake tells it."""
    own = {
        "case": CASE,
        "number": f"{office}-2026-00001",
        "receipt_hash": RECEIPT,
        "desk": "petition",
        "entry_office": office,
        "entered_at": MON,
        "channel": "visit",
        "nature": "seek",
        "category": "C03",
        "place": VILLAGE,
        "text": "排水渠被填",
        "real_name": True,
        "contactable": True,
        "urgent": False,
        "reporter": None,
        "sealed": None,
        "policy_version": policy().version,
        "repeat_of": "",
        "supplements": [],
    }
    return {**own, **other}


def report(office: str = DISTRICT, **other: Any) -> dict[str, Any]:
    """A discipline report at the district's desk."""
    sealed = {"desk": "discipline", "category": "C15", "place": "", "text": None, "nature": "accuse"}
    return file(office, **{**sealed, "sealed": envelope(f"{office}/discipline"), **other})


def held(office: str = TOWN, **other: Any) -> CaseState:
    """A petition in hand at ``office``; keywords change fields of the state."""
    return replace(register(file(office), [], here(office)).state, **other)


def offer_of(to: str, **other: Any) -> dict[str, Any]:
    """The command of an offer."""
    plain = {"case": CASE, "to": to, "kind": "transfer", "note": "请办理", "report_back_days": None}
    return {**plain, "sealed": None, "reporter": None, "supplements": [], **other}


def told(decision: Any, type_: str) -> list[Any]:
    """The tells of a type."""
    return [tell for tell in decision.tells if tell.type == type_]


def acts(decision: Any) -> dict[str, str]:
    """What the milestone of a decision does to clocks, kind → act."""
    milestones = told(decision, "case_milestone")
    return {each["kind"]: each["act"] for each in milestones[0].data["clocks"]} if milestones else {}


__all__ = ["DEPARTMENT", "DISTRICT", "TOWN", "VILLAGE"]
