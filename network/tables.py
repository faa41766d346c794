"""The network's own tables in every office's database (prefix ``net_``). What each column means is design.md section 4."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Id = String(64)
Office = String(16)


class OfficeRow(Base):
    """The single row that is the office lock on PostgreSQL, and holds the epoch and the journal's head."""

    __tablename__ = "net_office"
    id: Mapped[str] = mapped_column(Office, primary_key=True)
    epoch: Mapped[int]
    journal_seq: Mapped[int]
    journal_hash: Mapped[str] = mapped_column(String(64))


class JournalRow(Base):
    """One link of the chain: who did what to which case, when and why, and the hashes of the rows that resulted."""

    __tablename__ = "net_journal"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[int]
    at: Mapped[datetime]
    service: Mapped[str] = mapped_column(String(16))
    actor: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(Text)
    case_id: Mapped[str] = mapped_column(String(64), index=True)
    data: Mapped[dict[str, Any]]
    rows: Mapped[list[Any]]
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class StreamOut(Base):
    """Where a stream (from here, to ``office``, for ``service``) stands on the sending side."""

    __tablename__ = "net_stream_out"
    office: Mapped[str] = mapped_column(Office, primary_key=True)
    service: Mapped[str] = mapped_column(String(16), primary_key=True)
    epoch: Mapped[int] = mapped_column(default=1)
    last_seq: Mapped[int] = mapped_column(default=0)
    chain: Mapped[str] = mapped_column(String(32), default="")
    acked_seq: Mapped[int] = mapped_column(default=0)
    base_seq: Mapped[int] = mapped_column(default=0)
    base_chain: Mapped[str] = mapped_column(String(32), default="")
    resend_at: Mapped[datetime | None]
    resend_wait: Mapped[int] = mapped_column(default=60)
    hold_until: Mapped[datetime | None]
    nacks: Mapped[int] = mapped_column(default=0)
    forgot_after: Mapped[int | None]
    forgot_upto: Mapped[int | None]
    forgot_asked_at: Mapped[datetime | None]


class OutboxRow(Base):
    """A letter to be sent. state: pending → sent → acked; or parked with its reason until someone decides."""

    __tablename__ = "net_outbox"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    office: Mapped[str] = mapped_column(Office)
    service: Mapped[str] = mapped_column(String(16))
    seq: Mapped[int]
    chain: Mapped[str] = mapped_column(String(32))
    type: Mapped[str] = mapped_column(String(60))
    case_id: Mapped[str] = mapped_column(String(64))
    by_service: Mapped[str] = mapped_column(String(16))
    body: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (Index("ix_net_outbox_stream", "state", "office", "service", "seq"),)


class StreamIn(Base):
    """Where a stream (from ``office``, for our ``service``) stands on the receiving side."""

    __tablename__ = "net_stream_in"
    office: Mapped[str] = mapped_column(Office, primary_key=True)
    service: Mapped[str] = mapped_column(String(16), primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)
    chain: Mapped[str] = mapped_column(String(32), default="")
    epoch: Mapped[int] = mapped_column(default=1)
    ack_due: Mapped[bool] = mapped_column(default=False, index=True)


class InboxRow(Base):
    """A letter received. state: waiting (early), applied, blocked (behind a parked one), retry, parked, discarded."""

    __tablename__ = "net_inbox"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    office: Mapped[str] = mapped_column(Office)
    service: Mapped[str] = mapped_column(String(16))
    seq: Mapped[int | None]
    type: Mapped[str] = mapped_column(String(60))
    case_id: Mapped[str] = mapped_column(String(64))
    body: Mapped[dict[str, Any] | None]
    raw: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10))
    received_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")
    trace: Mapped[str] = mapped_column(Text, default="")
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_net_inbox_stream", "office", "service", "seq"),
        Index("ix_net_inbox_held", "state", "service", "case_id"),
    )


class UncopiedRow(Base):
    """A row of a service that changed since its last sealed copy went to the superior; ``key`` is its JSON name."""

    __tablename__ = "net_uncopied"
    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class CommandRow(Base):
    """The stored answer of a command, so that asking again with the same id gives the same."""

    __tablename__ = "net_command"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    result: Mapped[dict[str, Any]]


class PeerRow(Base):
    """What is known of another office: when it was last heard, its epoch and its journal's head."""

    __tablename__ = "net_peer"
    office: Mapped[str] = mapped_column(Office, primary_key=True)
    heard_at: Mapped[datetime]
    epoch: Mapped[int]
    head_seq: Mapped[int]
    head_hash: Mapped[str] = mapped_column(String(64))


class HeadRow(Base):
    """Journal heads of offices below, one per office, epoch and number: what audit holds a journal against."""

    __tablename__ = "net_head"
    office: Mapped[str] = mapped_column(Office, primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class PolicyRow(Base):
    """A policy version this office knows."""

    __tablename__ = "net_policy"
    version: Mapped[str] = mapped_column(String(40), primary_key=True)
    valid_from: Mapped[datetime]
    body: Mapped[dict[str, Any]]


class VeilRow(Base):
    """From whom a case is hidden here (network.veils); ``gone`` are the services that had it recalled.

    Not a ``net_`` table: the journal vouches for it, and the copies for a restore take it along.
    """

    __tablename__ = "case_veil"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    veils: Mapped[list[Any]]
    gone: Mapped[list[Any]]
