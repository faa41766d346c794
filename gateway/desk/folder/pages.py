"""What stands in the folder, cut so that it fits on two pages whatever there is of it. Pure.

Page and type are those of ``folder.css``: a page has ``LINES`` lines of ``CHARS`` characters.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contracts.calendar import local_day
from contracts.policy import Policy
from contracts.promises import PromiseState
from contracts.words import Status, Verdict
from gateway.desk.folder.cutting import FULL, cut, latest, split_lines, width

LINES, CHARS = 58, 49
HEAD, LAW, MOST = 5, 9, 46  # lines of the folder's head and of the law; lines that one case gets at most
LABEL = 5  # characters in front of a text
STATUS = {
    Status.REGISTERED: "已登记", Status.ACCEPTED: "办理中", Status.DECLINED: "不予受理", Status.SETTLED: "当场解决,待确认",
    Status.OPINION: "已出意见,未送达", Status.CONCLUDED: "办结", Status.WITHDRAWN: "撤回", Status.OUTSIDE: "已转系统外",
}  # fmt: skip
VERDICT = {Verdict.SUPPORT: "支持", Verdict.EXPLAIN: "解释说明", Verdict.REJECT: "不支持"}
DUE_PROMISES = (PromiseState.OPEN, PromiseState.PERFORMED, PromiseState.BROKEN)
SOURCE = re.compile(r"(XF22|JK) art\. (\d+)")
BOOKS = {"XF22": "信访工作条例", "JK": "处理检举控告工作规则"}
LATENESS_ZH = {"overdue": "已逾期", "unconfirmed": "逾期待核"}


@dataclass(frozen=True)
class Known:
    """What the office has of a case: ``file`` is what ``get_case`` answers, {} where it has none."""

    number: str
    file: Mapping[str, Any]
    clocks: Sequence[Mapping[str, Any]]
    promises: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Entry:
    """A case as it is printed."""

    head: str
    text: str
    story: str
    clocks: str
    promises: str


@dataclass(frozen=True)
class Folder:
    """One or two pages of entries; the law stands at the end of the last."""

    pages: tuple[tuple[Entry, ...], ...]
    law: tuple[str, ...]


def folder(cases: Sequence[Known], policy: Policy, names: Mapping[str, str], today: date) -> Folder:
    """All of it. ``names`` are the short names of offices."""
    first, rest = _halves(cases)
    pages = [page for page in (first, rest) if page] or [()]
    laws = _laws(cases, policy)
    entries = tuple(
        tuple(_entry(each, _room(len(page), place, len(pages)), policy, names, today) for each in page)
        for place, page in enumerate(pages)
    )
    return Folder(entries, tuple(_fitting(laws)))


def _halves(cases: Sequence[Known]) -> tuple[Sequence[Known], Sequence[Known]]:
    """What stands on the first page and what on the second; one case alone needs no second."""
    middle = (len(cases) + 1) // 2
    return cases[:middle], cases[middle:]


def _room(cases: int, place: int, pages: int) -> int:
    """How many lines each of so many cases gets on this page."""
    taken = (HEAD if place == 0 else 0) + (LAW if place == pages - 1 else 0)
    return min(MOST, (LINES - taken) // cases)


def _entry(case: Known, lines: int, policy: Policy, names: Mapping[str, str], today: date) -> Entry:
    text, story, clocks, promises = (many * CHARS - LABEL for many in split_lines(lines))
    file = case.file.get("case", {})
    return Entry(
        head=cut(_head(case, file, policy, names), CHARS - LABEL),
        text=cut(str(file.get("text") or "本单位没有卷宗,请向承办单位调阅"), text),
        story=latest(story_of(case.file, names), story) or "暂无记录",
        clocks=cut(_clocks(case.clocks, policy), clocks),
        promises=cut(_promises(case, today), promises),
    )


def _head(case: Known, file: Mapping[str, Any], policy: Policy, names: Mapping[str, str]) -> str:
    """Number, class, place, since when, how many people, where it stands and who holds it."""
    if not file:
        return case.number
    parts = [
        case.number,
        _category(str(file["category"]), policy),
        names.get(str(file["place"]), str(file["place"])),
        f"{day(file['entered_at'])}收",
        f"{file['head_count']}人" if int(file.get("head_count", 1)) > 1 else "",
        STATUS.get(file["status"], ""),
        names.get(str(file["holder"]), str(file["holder"])),
    ]
    return " ".join(part for part in parts if part)


def _category(code: str, policy: Policy) -> str:
    try:
        return policy.category(code).zh
    except KeyError:
        return code


def day(moment: str) -> str:
    """A moment or a day, short: 26.3.2."""
    plain_day = len(moment) == len("2026-03-02")
    on = date.fromisoformat(moment) if plain_day else local_day(datetime.fromisoformat(moment))
    return f"{on.year % 100}.{on.month}.{on.day}"


def story_of(file: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """What was done, by time, each a short text with its day."""
    done = (
        *((each["arrived_at"], f"由{names.get(each['from'], each['from'])}转来") for each in file.get("offers", ())),
        *(
            (each["at"], f"{names.get(each['office'], each['office'])}:{each['text']}")
            for each in file.get("notes", ())
        ),
        *((each["at"], f"实地走访:{each['found']}") for each in file.get("visits", ())),
        *((each["issued_at"] or each["drafted_at"], _opinion(each)) for each in file.get("opinions", ())),
    )
    return [f"{day(at)} {words}" for at, words in sorted(done)]


def _opinion(opinion: Mapping[str, Any]) -> str:
    return f"处理意见({VERDICT.get(opinion['verdict'], opinion['verdict'])}):{opinion['opinion']}"


def _clocks(clocks: Iterable[Mapping[str, Any]], policy: Policy) -> str:
    """The running clocks, what is due first first, each with its source."""
    running = sorted((each for each in clocks if each["state"] == "running" and each["due"]), key=_due)
    return ";".join(_clock(each, policy) for each in running) or "没有运行中的期限"


def _due(clock: Mapping[str, Any]) -> str:
    return str(clock["due"])


def _clock(clock: Mapping[str, Any], policy: Policy) -> str:
    known = policy.clocks.get(clock["kind"])
    named = f"{known.name}{source_of(known.source)}" if known is not None else clock["kind"]
    return f"{LATENESS_ZH.get(clock['lateness'], '')}{day(clock['due'])}前 {named}"


def source_of(source: str) -> str:
    """The article that a clock comes from, "" where it is a practice of the district."""
    found = SOURCE.match(source)
    return f"({BOOKS[found[1]]}第{found[2]}条)" if found else ""


def _promises(case: Known, today: date) -> str:
    """What was promised and is not known to be kept: of the promise book, and of the case's opinion or settlement."""
    lines = [_promise(each, today) for each in case.promises if each["state"] in DUE_PROMISES]
    file = case.file.get("case", {})
    if file.get("perform_by") and file.get("performance") in ("promised", "performed", "disputed"):
        words = {"promised": "待履行", "performed": "已履行,待确认", "disputed": "反映未落实"}[file["performance"]]
        lines.append(f"处理意见 {day(file['perform_by'])}前履行({words})")
    return ";".join(lines) or "没有未兑现的承诺"


def _promise(promise: Mapping[str, Any], today: date) -> str:
    late = "已过期" if date.fromisoformat(promise["due"]) < today else ""
    return f"{promise['name']} {day(promise['due'])}前 {promise['what']}{late and f'({late})'}"


def _laws(cases: Iterable[Known], policy: Policy) -> list[str]:
    """The notes for every case, then those of the classes that are there, each once."""
    codes = [str(each.file["case"]["category"]) for each in cases if each.file]
    classes = dict.fromkeys(policy.category(code).code for code in codes if _category(code, policy) != code)
    notes = [("", policy.law_notes.get("all", ""))]
    notes += [(policy.category(code).zh, policy.law_notes.get(code, "")) for code in classes]
    return [f"{named}:{note}" if named else note for named, note in notes if note]


def _fitting(laws: Sequence[str]) -> Iterable[str]:
    """As many as there are lines for; the last that has room is cut."""
    lines = LAW - 2
    for each in laws:
        if lines > 0:
            said = cut(each, lines * CHARS - LABEL)
            lines -= -(-width(said) // (CHARS * FULL))
            yield said
