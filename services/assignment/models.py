"""Tables of assignment. The fields of ``CaseState``, ``OfferState`` and ``OpinionState`` are columns of the same names."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Id = String(32)
Office = String(16)
Word = String(24)


class AssignmentCase(Base):
    """A case this office holds, offered, passed on, or lost (then a husk without content)."""

    __tablename__ = "assignment_case"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), index=True)
    receipt_hash: Mapped[str] = mapped_column(String(64), index=True)
    desk: Mapped[str] = mapped_column(Word)
    entry_office: Mapped[str] = mapped_column(Office)
    entered_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(Word)
    nature: Mapped[str] = mapped_column(Word)
    category: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text)
    real_name: Mapped[bool]
    contactable: Mapped[bool]
    urgent: Mapped[bool]
    reporter: Mapped[dict[str, Any] | None]
    sealed: Mapped[dict[str, Any] | None]
    policy_version: Mapped[str] = mapped_column(String(40))
    came_at: Mapped[datetime]
    holder: Mapped[str] = mapped_column(Office)
    repeat_of: Mapped[str] = mapped_column(String(40))
    supplements: Mapped[list[Any]]
    status: Mapped[str] = mapped_column(Word)
    override: Mapped[int]
    n: Mapped[int]
    allotted: Mapped[int]
    excluded: Mapped[list[Any]]
    seen: Mapped[list[Any]]
    from_office: Mapped[str] = mapped_column(Office)
    report_back_due: Mapped[datetime | None]
    offered_to: Mapped[str] = mapped_column(Office)
    offered_at: Mapped[datetime | None]
    offered_kind: Mapped[str] = mapped_column(Word)
    asked_back: Mapped[bool]
    passed_to: Mapped[str] = mapped_column(Office)
    taken: Mapped[bool]
    bounces: Mapped[int]
    clocks: Mapped[dict[str, Any] | None]
    accepted_at: Mapped[datetime | None]
    extended: Mapped[bool]
    settled: Mapped[str] = mapped_column(Text)
    opinion_no: Mapped[str] = mapped_column(String(80))
    reopened: Mapped[int]
    todo: Mapped[str] = mapped_column(String(80))
    recalled: Mapped[bool]
    head_count: Mapped[int]
    representatives: Mapped[int]
    external_no: Mapped[str] = mapped_column(String(60))
    recused: Mapped[list[Any]]
    marks: Mapped[list[Any]]
    matched: Mapped[str] = mapped_column(Word)
    handler: Mapped[str] = mapped_column(String(60))
    team: Mapped[str] = mapped_column(String(60))
    decided_by: Mapped[str] = mapped_column(Office)
    decided_for: Mapped[str] = mapped_column(Office)
    outside_body: Mapped[str] = mapped_column(String(40))
    procedure: Mapped[str] = mapped_column(Word)
    performance: Mapped[str] = mapped_column(Word)
    perform_by: Mapped[datetime | None]
    proof: Mapped[str] = mapped_column(Word)
    final_opinions: Mapped[list[Any]]
    flags: Mapped[list[Any]]
    disposal: Mapped[str] = mapped_column(Word)
    concluded_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_assignment_case_list", "desk", "recalled", "holder", "status", "entered_at"),)


class AssignmentOffer(Base):
    """An offer that came to this office; the file goes when it is answered."""

    __tablename__ = "assignment_offer"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    override: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(Office)
    desk: Mapped[str] = mapped_column(Word)
    kind: Mapped[str] = mapped_column(Word)
    note: Mapped[str] = mapped_column(Text)
    arrived_at: Mapped[datetime]
    file: Mapped[dict[str, Any]]
    carried: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(12))
    __table_args__ = (Index("ix_assignment_offer_tray", "desk", "state", "arrived_at"),)


class AssignmentRecused(Base):
    """This office is recused from the case: an offer that was still under way goes back by itself."""

    __tablename__ = "assignment_recused"
    case: Mapped[str] = mapped_column(Id, primary_key=True)


class AssignmentOpinion(Base):
    """A handling opinion; frozen once it has its number. ``round`` counts how often the case was done again."""

    __tablename__ = "assignment_opinion"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    verdict: Mapped[str] = mapped_column(Word)
    facts: Mapped[str] = mapped_column(Text)
    opinion: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    drafted_by: Mapped[str] = mapped_column(String(60))
    drafted_at: Mapped[datetime]
    number: Mapped[str] = mapped_column(String(80))
    issued_by: Mapped[str] = mapped_column(String(60))
    issued_at: Mapped[datetime | None]
    served_at: Mapped[datetime | None]
    way: Mapped[str] = mapped_column(Word)
    outcome: Mapped[str] = mapped_column(String(60))
    reviews: Mapped[list[Any]]
    perform_by: Mapped[datetime | None]
    no_visit_reason: Mapped[str] = mapped_column(Text)
    receiver: Mapped[str] = mapped_column(String(60))
    witness: Mapped[str] = mapped_column(String(60))
    refused: Mapped[bool]


class AssignmentNote(Base):
    """An inner word on a case: notes, and the free text that came with an act (``about`` is its name)."""

    __tablename__ = "assignment_note"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    at: Mapped[datetime]
    office: Mapped[str] = mapped_column(Office)
    by: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(Word)
    text: Mapped[str] = mapped_column(Text)


class AssignmentCounter(Base):
    """The last serial of a series in a year; counted up in the commit that uses it, so that there are no gaps."""

    __tablename__ = "assignment_counter"
    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
