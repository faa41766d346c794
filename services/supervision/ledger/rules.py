"""What a milestone does to the ledger line of its case (S72, S74)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.context import Decision, Here
from contracts.words import Status

Term = tuple[int, int]

CONCLUDED, RESOLVED, NOT_PERFORMED, REOPENED = "concluded", "resolved", "not_performed", "reopened"
RECUSED: Term = (0, 0)
"""The term of a recall that only says: recused. Every override has a higher one."""
CLOCKS_OF = {"intake": ("K14", "K19"), "hearing": ("K7", "K8", "K9", "K10", "K26")}


@dataclass(frozen=True)
class Line:
    """A ledger line. ``told_at``/``told_by`` say which milestone gave it its present form.

    ``flags`` are words that ask for a supervisor; ``repeat_of`` is the number of the case that it is linked to as a repeat;
    ``course`` are the words of how it ended, [override, n, at, word], in the order in which they were said.
    """

    case_id: str
    number: str
    desk: str
    category: str
    place: str
    entry_office: str
    entered_at: datetime
    arrived_at: datetime
    status: str
    holder: str
    holder_tier: str
    override: int
    n: int
    offered_to: str
    excluded: tuple[str, ...]
    terms: tuple[Any, ...]
    what: str
    told_at: datetime
    told_by: str
    last_heard_at: datetime
    recused: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    repeat_of: str = ""
    course: tuple[Any, ...] = ()

    @property
    def term(self) -> Term:
        return (self.override, self.n)

    @property
    def is_open(self) -> bool:
        return Status(self.status).is_open

    @property
    def concluded_at(self) -> datetime | None:
        """When it was concluded (办结); None again once it was opened again."""
        return _since(self.course, (CONCLUDED, RESOLVED), (REOPENED,))

    @property
    def resolved_at(self) -> datetime | None:
        """When it was resolved (化解); None again once that was disputed, or it was opened again."""
        return _since(self.course, (RESOLVED,), (NOT_PERFORMED, REOPENED))


def _since(course: Iterable[Any], begins: Collection[str], ends: Collection[str]) -> datetime | None:
    since: str | None = None
    for _, _, at, word in course:
        since = (since or at) if word in begins else None if word in ends else since
    return datetime.fromisoformat(since) if since else None


@dataclass(frozen=True)
class Told:
    """A milestone as a letter brought it: ``teller`` is the office, ``sent_at`` when it committed the letter."""

    case: str
    teller: str
    service: str
    sent_at: datetime
    data: Mapping[str, Any]

    @property
    def term(self) -> Term:
        return term_of(self.data)


def term_of(data: Mapping[str, Any]) -> Term:
    """The term of holding that an event bears."""
    return (data["term"]["override"], data["term"]["n"])


def kept_out(told: Told, here: Here, recalled: Term | None) -> bool:
    """Whether nothing of this may be kept here: this office is recused (the top
    never is), or the case was recalled under that term."""
    gone = recalled is not None and (recalled == RECUSED or told.term <= recalled)
    return gone or (here.office in told.data["excluded"] and here.office != here.tree.root.id)


def recalled_under(known: Term | None, term: Term) -> Term:
    """The term that two recalls of a case leave: recusal is for good, else the higher one counts."""
    return RECUSED if RECUSED in (known, term) else max(known or term, term)


def is_believed(line: Line | None, told: Told, here: Here) -> bool:
    """Whether a milestone may be heard: assignment elsewhere tells of what it holds itself, and who tells of a known
    case knows its number and desk, which never change. The own office's word needs no such proof.
    """
    if told.teller == here.office:
        return True
    return _is_told_fairly(line, told, here) and (line is None or _is_same(line, told))


def _is_told_fairly(line: Line | None, told: Told, here: Here) -> bool:
    """Assignment tells of what it holds, hearing from the line of who holds it; of custody only the own office hears."""
    if told.service == "assignment":
        return bool(told.teller == told.data["holder"])
    if told.service == "hearing":
        holder = told.data["holder"] if line is None else line.holder
        return told.teller in {holder, *(office.id for office in here.tree.ancestors(holder))}
    return not _is_of_custody(told)


def may_tell_clock(told: Told, kind: str) -> bool:
    """Whether a clock is one of the telling service: intake and hearing have their own and touch no other."""
    return kind in CLOCKS_OF.get(told.service, (kind,))


def may_reseal(line: Line | None, sender: str, here: Here) -> bool:
    """Whether an office may say that a petition went to the discipline desk: its holder, and this office itself."""
    return sender == here.office or (line is not None and line.holder == sender)


def _is_same(line: Line, told: Told) -> bool:
    return (line.number, line.desk) == (told.data["number"], told.data["desk"])


def take_in(line: Line | None, told: Told, here: Here) -> Decision[Line | None]:
    """The line after a milestone. Only assignment writes status and holder; a lower term is recorded, not applied.

    Within a term the holder's own word counts, the latest of it; another office's only as long as the holder's is
    missing. The terms' beginnings and recusals add up, in whatever order the letters come.
    """
    if told.service != "assignment" and not _is_of_custody(told):
        return Decision(line, action=f"heard_{told.data['what']}")
    if line is None or not _is_same(line, told):
        return Decision(_fresh(told, here), action=f"heard_{told.data['what']}")
    if not _is_newer(line, told):
        why = f"低于现行承办轮次 {line.term}" if told.term < line.term else "先到的消息更新"
        return Decision(_added_up(line, told), action="milestone_not_applied", why=why, data={"term": told.term})
    known = {
        name: getattr(line, name)
        for name in (
            "arrived_at",
            "terms",
            "excluded",
            "last_heard_at",
            "recused",
            "flags",
            "course",
        )
    }
    fresh = replace(_fresh(told, here), **known)
    return Decision(_added_up(fresh, told), action=f"heard_{told.data['what']}")


def _is_of_custody(told: Told) -> bool:
    """A letter that belongs above was never a case: only intake knows of it, and of it only that it is here (K19)."""
    return told.service == "intake" and told.data["what"] in ("belongs_above", "sent_up")


def _is_newer(line: Line, told: Told) -> bool:
    if told.term != line.term:
        return told.term > line.term
    by_holder: bool = told.teller == told.data["holder"]
    later: bool = told.data["at"] >= line.told_at
    return (by_holder and later) if line.told_by == line.holder else (by_holder or later)


def _fresh(told: Told, here: Here) -> Line:
    data = told.data
    copied = ("number", "desk", "category", "place", "entry_office", "entered_at", "status", "holder", "offered_to")
    return Line(
        case_id=told.case,
        **{name: data[name] for name in copied},
        arrived_at=here.now,
        holder_tier=here.tree.office(data["holder"]).tier,
        override=data["term"]["override"],
        n=data["term"]["n"],
        excluded=tuple(sorted(data["excluded"])),
        terms=_with_term((), told),
        what=data["what"],
        told_at=data["at"],
        told_by=told.teller,
        last_heard_at=told.sent_at,
        recused=tuple(sorted(data["recused"])),
        flags=tuple(data["flags"]),
        repeat_of=data["repeat_of"],
        course=_with_word((), told),
    )


def _added_up(line: Line, told: Told) -> Line:
    return replace(
        line,
        excluded=tuple(sorted({*line.excluded, *told.data["excluded"]})),
        recused=tuple(sorted({*line.recused, *told.data["recused"]})),
        flags=tuple(dict.fromkeys((*line.flags, *told.data["flags"]))),
        terms=_with_term(line.terms, told),
        course=_with_word(line.course, told),
        last_heard_at=max(line.last_heard_at, told.sent_at),
    )


def _with_term(terms: Iterable[Any], told: Told) -> tuple[Any, ...]:
    known = began(terms)
    known[told.term] = min(known.get(told.term, told.data["at"]), told.data["at"])
    return tuple([*term, at.isoformat()] for term, at in sorted(known.items()))


def _with_word(course: Iterable[Any], told: Told) -> tuple[Any, ...]:
    """With what a milestone says of the end; in the order of terms and moments, in whatever order the letters come."""
    word = told.data["what"]
    if word not in (RESOLVED, NOT_PERFORMED, REOPENED):
        if told.data["status"] != Status.CONCLUDED:
            return tuple(course)
        word = CONCLUDED
    said = (*told.term, told.data["at"].astimezone(UTC).isoformat(), word)
    return tuple([*each] for each in sorted({*(tuple(each) for each in course), said}))


def began(terms: Iterable[Any]) -> dict[Term, datetime]:
    """When each term of holding began, from a line's ``terms``."""
    return {(override, n): datetime.fromisoformat(at) for override, n, at in terms}


def is_late_arrival(line: Line, gap_hours: int) -> bool:
    """Whether between entry and arrival here lay more than the policy's hours (an office that had been offline)."""
    return line.arrived_at - line.entered_at > timedelta(hours=gap_hours)


def missing_lines(sent_down: Iterable[str], lines: Iterable[str]) -> tuple[str, ...]:
    """Cases sent down that have no line in the ledger; the check of S72 that none is missing."""
    return tuple(sorted(set(sent_down) - set(lines)))
