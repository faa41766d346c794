"""What the tests of the register's rules begin with: one report of each desk, and commands that would register them."""

from datetime import datetime
from typing import Any

from contracts.calendar import SHANGHAI
from contracts.context import Here
from services.intake.rules import ReportState
from tests.services.house import DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
CASE, RECEIPT = "c" * 32, "a" * 64
TREE, POLICY = demo_tree(), demo_policy()
ENVELOPE = {"version": 1, "case": CASE, "ciphertext": "x", "keys": {f"{DISTRICT}/discipline": "k"}}
REPORTER = {"version": 1, "case": CASE, "ciphertext": "y", "keys": {f"{TOWN}/petition": "k"}}


def here(office: str = TOWN, now: datetime = MON, **actor: Any) -> Here:
    return here_at(office, now, TREE, POLICY, **actor)


def petition_cmd(**other: Any) -> dict[str, Any]:
    """A petition that a visitor brought to the town, as the desk enters it."""
    who = {"real_name": True, "contactable": False, "reporter": REPORTER, "head_count": 3, "representatives": 2}
    what = {"nature": "seek", "category": "C03", "place": VILLAGE, "text": "过渡费停发"}
    how = {"receipt_hash": RECEIPT, "channel": "visit", "urgent": False, "emergency": False, "entered_at": None}
    return {**who, **what, **how, "external_no": "12345-7", **other}


def sealed_cmd(**other: Any) -> dict[str, Any]:
    """A sealed report, as a discipline desk enters it."""
    given = {"case": CASE, "receipt_hash": RECEIPT, "channel": "letter", "nature": "accuse", "sealed": ENVELOPE}
    return {**given, "real_name": False, "contactable": True, "urgent": True, "entered_at": None, "flags": [], **other}


def petition(**other: Any) -> ReportState:
    """The report that ``petition_cmd`` makes at the town."""
    given = {name: value for name, value in petition_cmd().items() if name != "emergency"}
    own: dict[str, Any] = {"case": CASE, "number": "n1", "desk": "petition", "entry_office": TOWN, "sealed": None}
    own |= {"entered_at": MON, "registered_at": MON, "clerk": "张三", "policy_version": "2026.1"}
    return ReportState(**{**given, **own, **other})


def secret(**other: Any) -> ReportState:
    """The report that ``sealed_cmd`` makes at the district."""
    given = sealed_cmd()
    blank: dict[str, Any] = {"category": "C15", "place": "", "text": None, "reporter": None}
    blank |= {"head_count": 1, "representatives": 0, "external_no": "", "desk": "discipline", "entry_office": DISTRICT}
    names = ("receipt_hash", "channel", "nature", "sealed", "real_name", "contactable", "urgent")
    return petition(**{**blank, **{name: given[name] for name in names}, **other})
