"""What the tests of channels and of the books at the counter have in common."""

from datetime import datetime
from typing import Any

from contracts.calendar import SHANGHAI
from network.ids import new_id
from network.tables import InboxRow
from tests.services.house import VILLAGE, House

NOW = datetime(2026, 5, 8, 10, tzinfo=SHANGHAI)
LEADER = {"id": "主任", "roles": ["clerk", "leader"]}
WANG, LI, ZHAO = ({"id": each, "name": each} for each in ("王五", "李四", "赵六"))
MAY = {"since": "2026-05-01", "until": "2026-05-31"}
GIVEN: dict[str, dict[str, Any]] = {
    "phone": {"label": "举报电话", "phone": "029-1234567", "hours": "8:30–18:00"},
    "box": {"label": "大门信箱", "address": "望塬村1号", "place": "大门左侧"},
    "visit": {"label": "第一接待室", "address": "望塬村1号", "hours": "8:30–12:00", "capacity": 12},
    "leader_mailbox": {
        "label": "镇长信箱",
        "mailbox": "zhen@example.org",
        "official": {"id": "gb-011", "name": "石磊", "post": "镇长"},
    },
}


def channel(kind: str, **other: Any) -> dict[str, Any]:
    return {"kind": kind, "public": True, "since": "2026-05-01", **GIVEN[kind], **other}


def done(answer: dict[str, Any]) -> Any:
    assert answer["ok"], answer
    return answer["result"]


def refused(answer: dict[str, Any]) -> tuple[str, list[str]]:
    assert not answer["ok"], answer
    return answer["error"]["code"], sorted(answer["error"]["fields"])


def do(house: House, office: str, method: str, data: dict[str, Any], **actor: Any) -> Any:
    """An act that must succeed, by a leader where nobody is named; the post runs after it."""
    answer = done(house.command(office, "intake", method, data, **(actor or LEADER)))
    house.post()
    return answer


def ask(house: House, office: str, method: str, data: dict[str, Any] | None = None, **actor: Any) -> Any:
    return done(house.ask(office, "intake", method, data or {}, **actor))


def set_up(house: House, office: str, kind: str, **other: Any) -> str:
    """A new channel; its id."""
    return str(do(house, office, "set_channel", channel(kind, **other))["channel"])


def minded(house: House, office: str, kind: str, **other: Any) -> str:
    """A new channel with clerk and deputy; its id."""
    made = set_up(house, office, kind, **other)
    do(house, office, "set_staff", {"channel": made, "clerk": WANG, "deputy": LI, "since": "2026-05-02"})
    return made


def petition(**other: Any) -> dict[str, Any]:
    plain = {"receipt_hash": new_id() * 2, "channel": "phone", "nature": "seek", "category": "C03", "place": VILLAGE}
    return {**plain, "text": "排水渠被填", "real_name": False, "contactable": False, **other}


def figures(house: House, at: str, days: dict[str, Any] | None = None, **other: Any) -> dict[str, tuple[int, Any]]:
    """The figures of May as this office gives them: name → (value, base)."""
    shown = ask(house, at, "figures", {**(days or MAY), **other})["figures"]
    return {each["name"]: (each["value"], each["base"]) for each in shown}


def ledger(
    house: House, office: str, name: str, days: dict[str, Any] | None = None, **actor: Any
) -> list[dict[str, Any]]:
    """The rows of a ledger by their keys."""
    page = ask(house, office, "export", {**(days or MAY), "ledger": name}, **actor)
    return [dict(zip([key for key, _ in page["columns"]], row, strict=True)) for row in page["rows"]]


def parked(house: House, office: str) -> list[str]:
    return [row.reason.split(":")[0] for row in house.rows(office, InboxRow) if row.state == "parked"]
