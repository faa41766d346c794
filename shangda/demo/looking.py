"""Looking at what became of a report: at the desks, ledgers and clocks of the offices."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shangda.demo.theatre import Theatre
from shangda.stage import DEMO_DISTRICT


@dataclass(frozen=True)
class Story:
    """``play`` acts it out; ``check`` gives a sentence for each thing that is not as ``end`` says."""

    no: str
    title: str
    end: str
    play: Callable[[Theatre], None]
    check: Callable[[Theatre], Sequence[str]]


SEARCH = "assignment.search"

# Words of the sealed reports that stand nowhere in the open (tests search every file for them).
WORDS = {
    "R03": ("青苗补偿款", "石某", "柳春生"),
    "R04": ("克扣青苗款", "石主任"),
    "R05": ("接受村干部宴请", "毕某"),
    "R14": ("打麻将", "骆某", "苗青"),
    "R22b": ("修路款被", "村会计"),
    "R24": ("砸了玻璃",),
    "R26": ("打招呼压案",),
}


def sample(no: str) -> dict[str, Any]:
    """The report of a sample, as it is filed."""
    samples = json.loads((DEMO_DISTRICT.parent / "samples.json").read_text("utf-8"))
    report: dict[str, Any] = next(each["report"] for each in samples if each["no"] == no)
    return report


def differences(**facts: bool) -> list[str]:
    """The names of the facts that are not so."""
    return [name.replace("_", " ") for name, is_so in facts.items() if not is_so]


def stands(theatre: Theatre, no: str, office: str, user: str, **wanted: Any) -> list[str]:
    """How the case, as an office's desk shows it, differs from ``wanted``."""
    seen = theatre.seen(no, office, user)
    if seen is None:
        return [f"{office} does not show the case"]
    return [
        f"{office}: {name} is {seen[name]!r}, not {value!r}" for name, value in wanted.items() if seen[name] != value
    ]


def unseen(theatre: Theatre, no: str, *offices: str) -> list[str]:
    """Offices that show, list or count something of the case at one of their desks."""
    found = []
    for office in offices:
        for desk, user in (("petition", "clerk"), ("discipline", "discipline")):
            if theatre.seen(no, office, user) is not None:
                found.append(f"{office} shows the case at its {desk} desk")
            ledger = theatre.see(office, "supervision.ledger", {"desk": desk, "below": True, "limit": 200}, desk=desk)
            if any(line["case"] == theatre.cases[no] for line in ledger["lines"]):
                found.append(f"{office} has a ledger line")
            listed = theatre.see(office, "assignment.list_cases", {"desk": desk, "limit": 200}, desk=desk)
            registered = theatre.see(office, "intake.list_reports", {"desk": desk, "limit": 200}, desk=desk)
            if theatre.cases[no] in json.dumps([listed, registered]):
                found.append(f"{office} lists it at its {desk} desk")
            if any(theatre.see(office, SEARCH, {"text": word, "desk": desk}, desk=desk)["cases"] for word in WORDS[no]):
                found.append(f"{office} finds it by search at its {desk} desk")
    return found


def ledger_line(theatre: Theatre, no: str, office: str, desk: str, **wanted: Any) -> list[str]:
    """How the office's ledger line differs from ``wanted``; waits a little, as a ledger follows by letter."""

    def line() -> dict[str, Any]:
        page = theatre.see(office, "supervision.ledger", {"desk": desk, "below": True, "limit": 200}, desk=desk)
        found: list[dict[str, Any]] = [each for each in page["lines"] if each["case"] == theatre.cases[no]]
        return found[0] if found else {}

    try:
        theatre.until(
            "the ledger follows", lambda: all(line().get(name) == value for name, value in wanted.items()), 20
        )
    except Exception:  # noqa: BLE001  the difference is the answer
        return [f"the ledger of {office} has {line()}, not {wanted}"]
    return []


def clock_of(theatre: Theatre, no: str, office: str, kind: str) -> dict[str, Any]:
    """The clock of a kind, as the office's supervision has it by now: the latest one; {} when there is none."""
    for desk in ("petition", "discipline"):
        answer = theatre.answer(office, "supervision.clocks", {"case": theatre.cases[no]}, desk=desk, query=True)
        found = [each for each in answer["result"]["clocks"] if each["kind"] == kind] if answer["ok"] else []
        if found:
            return max(found, key=lambda each: str(each["started_at"]))
    return {}
