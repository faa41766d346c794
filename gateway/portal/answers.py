"""What the portal answers, ready for JSON and for pages alike; moments in China's time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from contracts.calendar import SHANGHAI, is_provisional
from gateway.language import language, spoken
from gateway.portal.filing import Filed
from gateway.portal.matters import Matter
from gateway.portal.rules import RECEIVED, Next, Said, Status, next_words
from gateway.reports import Report
from network.offices import Body, District

_OUTSIDE = (
    "您反映的对象不归本区纪检监察机关管理，依规定应当直接向上级机关反映。本平台没有保存您刚才填写的任何内容。",
    "By the rules this report belongs to the organ above the district. Nothing of what you wrote was kept here.",
)


def local(moment: datetime | None) -> str | None:
    """ISO 8601 in China's time, whole seconds."""
    return None if moment is None else moment.astimezone(SHANGHAI).isoformat(timespec="seconds")


def filed_answer(filed: Filed, status_url: str) -> dict[str, Any]:
    """The receipt and what happens next."""
    promise = Next(next_words(RECEIVED, english=language() == "en"), filed.due, filed.how)
    return {"receipt": filed.receipt, "status_url": status_url, "next": promise_answer(promise)}


def outside_answer(report: Report, body: Body, tree: District, today: str) -> dict[str, Any]:
    """Where to turn, with a letter that can be printed; nothing of it is stored."""
    return {
        "outside": {"name": body.name, "address": body.address, "phone": body.phone},
        "words": spoken(*_OUTSIDE),
        "letter": _letter(report, body, tree, today),
    }


def promise_answer(promise: Next | None) -> dict[str, Any] | None:
    if promise is None:
        return None
    how, due = list(promise.how), local(promise.due)
    return {
        "words": promise.words,
        "due": due,
        "how": how,
        "provisional": is_provisional(how),
        "overdue": promise.overdue,
    }


def matters_answer(matters: Sequence[Matter], tree: District) -> dict[str, Any]:
    """The public status of a receipt: its first matter, and all of them under ``matters``."""
    shown = [_matter(each, tree) for each in matters]
    return {**shown[0], "matters": shown}


def _matter(matter: Matter, tree: District) -> dict[str, Any]:
    kind = "retaliation" if matter.is_retaliation else "matter"
    return {"matter": matter.number, "kind": kind, **_status(matter.status, tree)}


def _status(status: Status, tree: District) -> dict[str, Any]:
    """The public status; offices by name."""
    return {
        "status": status.status,
        "words": status.words,
        "number": status.number,
        "steps": [_step(each, tree) for each in status.steps],
        "next": promise_answer(status.next),
        "may": list(status.may),
    }


def _step(said: Said, tree: District) -> dict[str, Any]:
    office = tree.offices.get(said.office)
    return {
        "step": said.step,
        "words": said.words,
        "at": local(said.at),
        "tier": said.tier,
        "office": office.name if office else "",
        "due": local(said.due),
        "how": list(said.how),
        "provisional": is_provisional(said.how),
        "note": said.note,
    }


def _letter(report: Report, body: Body, tree: District, today: str) -> str:
    """A letter in Chinese, the language it will be read in."""
    accused = [_person(each.name, each.post, each.office, tree) for each in report.accused]
    reporter = report.reporter or {}
    names = [reporter.get(key, "") for key in ("name", "phone", "address")]
    lines = [
        f"{body.name}信访室：",
        "",
        f"反映对象：{'；'.join(accused) or '见下文'}",
        f"发生地点：{_place(report.place, tree)}",
        "反映内容：",
        report.text,
        "",
        f"反映人：{' '.join(name for name in names if name) or '（匿名；如愿署名，请写明姓名和联系方式）'}",
        f"日期：{today}",
    ]
    return "\n".join(lines)


def _person(name: str, post: str, office: str, tree: District) -> str:
    return " ".join(part for part in (_place(office, tree), post, name) if part)


def _place(place: str, tree: District) -> str:
    office = tree.offices.get(place)
    return office.name if office else place
