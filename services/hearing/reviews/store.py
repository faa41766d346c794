"""Queries of reviews and of requests that wait for their opinion."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.state import as_state
from network.state import keep as write
from services.hearing.cases.models import CaseRow
from services.hearing.reviews.models import RequestRow, ReviewRow
from services.hearing.reviews.standing import Review


def reviews(session: Session, case_id: str) -> list[Review]:
    """All reviews of a case's opinions, in the order they were asked for."""
    query = select(ReviewRow).where(ReviewRow.case_id == case_id)
    return [
        as_state(Review, row) for row in session.scalars(query.order_by(ReviewRow.requested_at, ReviewRow.level.desc()))
    ]


def keep(session: Session, review: Review) -> None:
    """Write a review, new or changed."""
    write(session, ReviewRow, (review.case_id, review.opinion_no, review.level), review)


def undecided(session: Session, desk: str) -> list[Review]:
    """The reviews of a desk that are not decided, by due moment; requests that came too late after them."""
    query = select(ReviewRow).join(CaseRow, CaseRow.case_id == ReviewRow.case_id)
    query = query.where(CaseRow.desk == desk, ReviewRow.state != "decided")
    rows = session.scalars(query.order_by(ReviewRow.due.is_(None), ReviewRow.due, ReviewRow.case_id))
    return [as_state(Review, row) for row in rows]


def waiting(session: Session, receipt_hash: str | None = None) -> Sequence[RequestRow]:
    """Requests whose opinion has not arrived; of one receipt only if it is given."""
    query = select(RequestRow)
    if receipt_hash is not None:
        query = query.where(RequestRow.receipt_hash == receipt_hash)
    return session.scalars(query.order_by(RequestRow.at, RequestRow.id)).all()
