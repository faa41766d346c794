"""Queries of orders and audits."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network.state import as_state
from network.tables import HeadRow
from services.supervision.orders.models import AuditRow, OrderRow, PressRow
from services.supervision.orders.rules import COMMANDED, Order


def keep(session: Session, order: Order) -> bool:
    """Keep an order, once; whether it is new."""
    if session.get(OrderRow, (order.id, order.given)) is not None:
        return False
    session.add(OrderRow(**vars(order)))
    return True


def order(session: Session, order_id: str, given: bool) -> OrderRow | None:
    return session.get(OrderRow, (order_id, given), with_for_update=True)


def presses_of(session: Session, case: str) -> Sequence[PressRow]:
    """What was done about a case, the latest first."""
    query = select(PressRow).where(PressRow.case_id == case)
    return session.scalars(query.order_by(PressRow.at.desc(), PressRow.id)).all()


def orders_of(session: Session, case: str) -> Sequence[OrderRow]:
    return session.scalars(select(OrderRow).where(OrderRow.case_id == case)).all()


def supervised_by(session: Session, desk: str, names: frozenset[str]) -> Sequence[OrderRow]:
    """The open orders of a desk, given here, that one of these supervises; locked."""
    query = select(OrderRow).where(
        OrderRow.desk == desk, OrderRow.given, OrderRow.state == "open", OrderRow.supervisor.in_(names)
    )
    return session.scalars(query.order_by(OrderRow.id).with_for_update()).all()


def listed_orders(session: Session, desk: str) -> Sequence[OrderRow]:
    """The orders of a desk, given and received, the latest first."""
    return session.scalars(
        select(OrderRow).where(OrderRow.desk == desk).order_by(OrderRow.at.desc(), OrderRow.id)
    ).all()


def received_open(session: Session, desk: str) -> Sequence[OrderRow]:
    """The orders to this office that still stand, the most pressing first."""
    query = select(OrderRow).where(OrderRow.desk == desk, OrderRow.given.is_(False), OrderRow.state == "open")
    return session.scalars(query.order_by(OrderRow.due, OrderRow.id)).all()


def commanded(session: Session, desk: str) -> list[Order]:
    """The orders that a person of a desk gave here and that stand, the first first; those of the ladder are not among them."""
    query = select(OrderRow).where(
        OrderRow.desk == desk, OrderRow.given, OrderRow.step == COMMANDED, OrderRow.state != "withdrawn"
    )
    return [as_state(Order, row) for row in session.scalars(query.order_by(OrderRow.at, OrderRow.id))]


def given(session: Session, desk: str) -> list[Order]:
    """Every order of a desk that was given here and stands, those of the ladder too."""
    query = select(OrderRow).where(OrderRow.desk == desk, OrderRow.given, OrderRow.state != "withdrawn")
    return [as_state(Order, row) for row in session.scalars(query.order_by(OrderRow.at, OrderRow.id))]


def count_supervised(session: Session, desk: str) -> int:
    """How many cases have at least one such order (S79 counts cases, not orders)."""
    return len({order.case_id for order in commanded(session, desk)})


def count_orders(session: Session, desk: str) -> dict[str, int]:
    """How many orders of each kind were given here."""
    query = select(OrderRow.kind, func.count()).where(OrderRow.desk == desk, OrderRow.given).group_by(OrderRow.kind)
    return dict(session.execute(query).all())


def audits(session: Session) -> Sequence[AuditRow]:
    return session.scalars(select(AuditRow).order_by(AuditRow.requested_at.desc(), AuditRow.id)).all()


def kept_head(session: Session, office: str, epoch: int, seq: int) -> str | None:
    """The hash under which this office keeps that line of another's journal, None where it keeps none."""
    head = session.get(HeadRow, (office, epoch, seq))
    return None if head is None else head.hash
