"""What an office knows of the others: when it last heard of them, their epoch, and their journal heads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from network.db import locked
from network.tables import HeadRow, PeerRow, StreamIn
from network.uow import UnitOfWork


def heard(uow: UnitOfWork, sender: str, body: Mapping[str, Any]) -> None:
    """Note that ``sender`` was heard; an ancestor of it also keeps the journal head that the letter bears."""
    head = body.get("head")
    if sender == uow.office.id or head is None:
        return
    _note_peer(uow.session, sender, head, min(datetime.fromisoformat(body["time"]), uow.now))
    if uow.office.is_ancestor_of(sender):
        _keep_head(uow.session, sender, head, uow.now)


def _note_peer(session: Session, sender: str, head: Mapping[str, Any], at: datetime) -> None:
    peer = locked(session, PeerRow(office=sender, heard_at=at, epoch=0, head_seq=0, head_hash=""))
    peer.heard_at = max(peer.heard_at, at)
    if (head["epoch"], head["seq"]) > (peer.epoch, peer.head_seq):
        peer.epoch, peer.head_seq, peer.head_hash = head["epoch"], head["seq"], head["hash"]


def _keep_head(session: Session, sender: str, head: Mapping[str, Any], now: datetime) -> None:
    if head["seq"]:
        locked(session, HeadRow(office=sender, epoch=head["epoch"], seq=head["seq"], hash=head["hash"], at=now))


def stream_in(session: Session, sender: str, service: str) -> StreamIn:
    """The receiving side of a stream, locked; made when nothing of it came before."""
    return locked(session, StreamIn(office=sender, service=service, seq=0, chain="", epoch=1, ack_due=False))
