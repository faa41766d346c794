"""A case as its rules see it: the file (案卷), who holds it, and how far it is. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.words import Status

Term = tuple[int, int]

# What of a case's file travels in a letter, besides its moments.
FILE_FIELDS = (
    "case",
    "number",
    "receipt_hash",
    "desk",
    "entry_office",
    "entered_at",
    "channel",
    "nature",
    "category",
    "place",
    "text",
    "real_name",
    "contactable",
    "urgent",
    "reporter",
    "sealed",
    "policy_version",
    "repeat_of",
    "head_count",
    "representatives",
    "external_no",
    "recused",
    "marks",
    "matched",
    "flags",
)


@dataclass(frozen=True)
class CaseState:
    """A case at one office. ``holder`` and the term (override, n) are what this office knows of them.

    ``allotted`` is the highest n this office gave out in its offers; ``passed_to`` signed from us; ``came_at`` is when
    the case came to this office; ``seen`` are the offices that may have had a word of it; ``clocks`` maps the running
    kinds to ``{at, due, provisional, how}``; a ``recalled`` case is a husk without content that nothing here lists.

    ``recused`` are veils of recused persons (contracts.veils); ``marks`` are keyed marks of the accused, by which
    repeats are found; ``matched`` is "", "matched" or "unknown"; ``decided_by`` is the superior that settled who is
    competent, ``decided_for`` that office while the case is on its way there; ``procedure`` is "" or "simple"
    (K16); ``performance`` and ``proof`` are words of contracts.words; ``final_opinions`` are the numbers of the
    three opinions of a case that is final; ``flags`` are words that ask for a supervisor.
    """

    case: str
    number: str
    receipt_hash: str
    desk: str
    entry_office: str
    entered_at: datetime
    channel: str
    nature: str
    category: str
    place: str
    text: str | None
    real_name: bool
    contactable: bool
    urgent: bool
    reporter: Mapping[str, Any] | None
    sealed: Mapping[str, Any] | None
    policy_version: str
    came_at: datetime
    holder: str
    repeat_of: str = ""
    supplements: tuple[Mapping[str, Any], ...] = ()
    status: str = Status.REGISTERED.value
    override: int = 0
    n: int = 0
    allotted: int = 0
    excluded: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    from_office: str = ""
    report_back_due: datetime | None = None
    offered_to: str = ""
    offered_at: datetime | None = None
    offered_kind: str = ""
    asked_back: bool = False
    passed_to: str = ""
    taken: bool = False
    bounces: int = 0
    clocks: Mapping[str, Any] | None = None
    accepted_at: datetime | None = None
    extended: bool = False
    settled: str = ""
    opinion_no: str = ""
    reopened: int = 0
    todo: str = ""
    recalled: bool = False
    head_count: int = 1
    representatives: int = 0
    external_no: str = ""
    recused: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    matched: str = ""
    handler: str = ""
    team: str = ""
    decided_by: str = ""
    decided_for: str = ""
    outside_body: str = ""
    procedure: str = ""
    performance: str = ""
    perform_by: datetime | None = None
    proof: str = ""
    final_opinions: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    disposal: str = ""
    concluded_at: datetime | None = None

    @property
    def term(self) -> Term:
        return self.override, self.n

    @property
    def running(self) -> dict[str, Any]:
        """The running clocks, kind → ``{at, due, provisional, how}``; a new dict."""
        return dict(self.clocks or {})

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act on it."""
        return Status(self.status).is_open

    def file(self) -> dict[str, Any]:
        """The case file as ``contracts.events.CaseFileSchema`` has it."""
        plain = {name: getattr(self, name) for name in FILE_FIELDS}
        lists = {name: list(plain[name]) for name in ("recused", "marks", "flags")}
        return {**plain, **lists, "supplements": list(self.supplements)}

    def wiped(self) -> "CaseState":
        """What stays after a recall: that there was a case, and the term; nothing that says which."""
        blank: dict[str, Any] = {
            "number": "",
            "receipt_hash": "",
            "category": "",
            "place": "",
            "repeat_of": "",
            "settled": "",
        }
        none: dict[str, Any] = {
            "text": None,
            "reporter": None,
            "sealed": None,
            "supplements": (),
            "clocks": {},
            "todo": "",
        }
        later: dict[str, Any] = {
            "external_no": "",
            "marks": (),
            "recused": (),
            "handler": "",
            "decided_for": "",
            "team": "",
            "outside_body": "",
            "final_opinions": (),
            "flags": (),
            "disposal": "",
        }
        gone: dict[str, Any] = {
            "offered_to": "",
            "offered_at": None,
            "passed_to": "",
            "report_back_due": None,
            "opinion_no": "",
        }
        return replace(self, **blank, **none, **later, **gone, recalled=True)


@dataclass(frozen=True)
class OfferState:
    """An offer in the in-tray (待签收), with the whole file as the letter brought it.

    state: open, signed, returned, given_back, superseded or recalled; only an open one keeps the file.
    """

    case: str
    override: int
    n: int
    office: str
    desk: str
    kind: str
    note: str
    arrived_at: datetime
    file: Mapping[str, Any]
    carried: Mapping[str, Any]
    state: str = "open"

    @property
    def term(self) -> Term:
        return self.override, self.n

    def closed(self, how: str) -> "OfferState":
        """The same offer, no longer open and without what it brought."""
        return replace(self, state=how, file={}, carried={})
