"""Queries of assignment. What was recalled is in no list, count or search."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from contracts.words import Desk, Status
from network import veils
from services.assignment.discipline import store as discipline
from services.assignment.facts import store as facts
from services.assignment.helping import store as helping
from services.assignment.models import (
    AssignmentCase,
    AssignmentCounter,
    AssignmentNote,
    AssignmentOffer,
    AssignmentOpinion,
    AssignmentRecused,
)
from services.assignment.moving import store as moving
from services.assignment.outcome import store as outcome
from services.assignment.persons import store as persons
from services.assignment.responsibility import store as responsibility

OPEN = [status.value for status in Status if status.is_open]


def case_locked(session: Session, case: str) -> AssignmentCase | None:
    """The case's row, locked until the commit."""
    return session.get(AssignmentCase, case, with_for_update=True)


def case_seen(session: Session, case: str) -> AssignmentCase | None:
    """The case's row, for reading."""
    return session.get(AssignmentCase, case)


def by_receipt(session: Session, receipt_hash: str) -> AssignmentCase | None:
    return session.scalars(select(AssignmentCase).where(AssignmentCase.receipt_hash == receipt_hash)).first()


def by_number(session: Session, number: str, desk: str) -> AssignmentCase | None:
    """The case of a desk with this register number, unless it was recalled."""
    return session.scalars(_listed(desk).where(AssignmentCase.number == number)).first()


def is_followed(session: Session, number: str, desk: str) -> bool:
    """Whether a case that stands here is linked as a repeat of this number."""
    found = select(AssignmentCase.case).where(AssignmentCase.repeat_of == number, AssignmentCase.desk == desk)
    return session.scalars(found.where(AssignmentCase.recalled.is_(False)).limit(1)).first() is not None


def open_offer(session: Session, case: str) -> AssignmentOffer | None:
    """The offer of the case that waits for a signature, locked; the one of the highest term if there are several."""
    found = _offers(case).where(AssignmentOffer.state == "open")
    return session.scalars(found.with_for_update()).first()


def offer_of_term(session: Session, case: str, override: int, n: int) -> AssignmentOffer | None:
    return session.get(AssignmentOffer, (case, override, n), with_for_update=True)


def offers_of(session: Session, case: str) -> Sequence[AssignmentOffer]:
    """Every offer of the case that came here, the highest term first."""
    return session.scalars(_offers(case)).all()


def _offers(case: str) -> Select[AssignmentOffer]:
    newest = (AssignmentOffer.override.desc(), AssignmentOffer.n.desc())
    return select(AssignmentOffer).where(AssignmentOffer.case == case).order_by(*newest)


def in_tray(session: Session, desk: str) -> Sequence[AssignmentOffer]:
    """Offers that wait for a signature, the oldest first."""
    waiting = select(AssignmentOffer).where(AssignmentOffer.desk == desk, AssignmentOffer.state == "open")
    return session.scalars(waiting.order_by(AssignmentOffer.arrived_at)).all()


def cases(
    session: Session,
    desk: str,
    *,
    office: str,
    status: str | None,
    mine: bool,
    limit: int,
    after: str,
    handler: str = "",
) -> Sequence[AssignmentCase]:
    """A page of the desk's cases, newest first, real-name discipline reports before anonymous ones (JK art. 25).

    ``after`` is the last case id of the page before: ids sort by time, as the cases were made.
    """
    query = _listed(desk)
    if status is not None:
        query = query.where(AssignmentCase.status == status)
    if mine or handler:
        query = query.where(AssignmentCase.holder == office)
    if handler:
        query = query.where(AssignmentCase.handler == handler)
    return session.scalars(discipline.page(query, session, desk, after).limit(limit)).all()


def held_waiting(session: Session, desk: str, office: str) -> Sequence[AssignmentCase]:
    """The cases held by this office that are open, or concluded with a clock still running or something to see to."""
    waits = (
        AssignmentCase.status.in_(OPEN),
        cast(AssignmentCase.clocks, Text).contains(":"),
        AssignmentCase.todo != "",
    )
    return session.scalars(_listed(desk).where(AssignmentCase.holder == office, or_(*waits))).all()


def search(session: Session, desk: str, text: str, limit: int) -> Sequence[AssignmentCase]:
    """By part of number, place or text; discipline reports by number only, as nothing else of them is readable."""
    like = f"%{text.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
    columns = [AssignmentCase.number]
    if desk == Desk.PETITION:
        columns += [AssignmentCase.place, AssignmentCase.text]  # type: ignore[list-item]
    matching = or_(*(column.like(like, escape="!") for column in columns))
    return session.scalars(_listed(desk).where(matching).order_by(AssignmentCase.case.desc()).limit(limit)).all()


def counts(session: Session, desk: str, office: str) -> dict[str, Any]:
    """Cases held here by status, passed on, and waiting in the in-tray."""
    held = (AssignmentCase.desk == desk, AssignmentCase.recalled.is_(False), AssignmentCase.holder == office)
    grouped = select(AssignmentCase.status, func.count()).where(*held).group_by(AssignmentCase.status)
    by_status = {row[0]: row[1] for row in session.execute(grouped)}
    all_ = session.scalar(select(func.count()).select_from(_listed(desk).subquery())) or 0
    held_here = sum(by_status.values())
    tray = len(in_tray(session, desk))
    return {"held": held_here, "by_status": by_status, "passed_on": all_ - held_here, "in_tray": tray}


def _listed(desk: str) -> Select[AssignmentCase]:
    return select(AssignmentCase).where(AssignmentCase.desk == desk, AssignmentCase.recalled.is_(False))


def is_recused(session: Session, case: str) -> bool:
    """Whether this office was recused from the case."""
    return session.get(AssignmentRecused, case) is not None


def keep_recused(session: Session, case: str) -> None:
    if not is_recused(session, case):
        session.add(AssignmentRecused(case=case))


def opinion(session: Session, case: str, round_: int) -> AssignmentOpinion | None:
    return session.get(AssignmentOpinion, (case, round_), with_for_update=True)


def is_opinion_taken(session: Session, number: str) -> bool:
    """Whether any opinion bears the number, one in a hidden case included."""
    query = select(AssignmentOpinion.case).where(AssignmentOpinion.number == number)
    return session.scalars(query, execution_options=veils.UNSCREENED).first() is not None


def opinions(session: Session, case: str) -> Sequence[AssignmentOpinion]:
    query = select(AssignmentOpinion).where(AssignmentOpinion.case == case)
    return session.scalars(query.order_by(AssignmentOpinion.round)).all()


def notes(session: Session, case: str) -> Sequence[AssignmentNote]:
    return session.scalars(select(AssignmentNote).where(AssignmentNote.case == case).order_by(AssignmentNote.id)).all()


def next_serial(session: Session, series: str, year: int) -> int:
    """The next number of a series; it counts only if the commit does."""
    row = session.get(AssignmentCounter, (series, year), with_for_update=True)
    if row is None:
        row = AssignmentCounter(series=series, year=year, last=0)
        session.add(row)
    row.last += 1
    return row.last


def beside(session: Session, case: str) -> list[Any]:
    """The rows with what stands beside a case: opinions, notes, and those of the rooms."""
    return [
        *discipline.beside(session, case),
        *facts.beside(session, case),
        *persons.beside(session, case),
        *helping.beside(session, case),
        *outcome.beside(session, case),
        *responsibility.beside(session, case),
        *moving.beside(session, case),
        *opinions(session, case),
        *notes(session, case),
    ]


def forget(session: Session, case: str) -> None:
    """Delete what stands beside a recalled case, the catalogues of its files, and the content of its offers."""
    for row in (*beside(session, case), *outcome.files(session, case)):
        session.delete(row)
    empty_offers(session, case)
    veils.forget(session, case, "assignment")


def empty_offers(session: Session, case: str) -> None:
    """An offer bears the whole file: only that it was made stays."""
    for offer in offers_of(session, case):
        if offer.file or offer.note:
            offer.file, offer.carried, offer.note = {}, {}, ""


def write_new(session: Session, row_class: type[Any], state: Any, columns: Mapping[str, Any] | None = None) -> Any:
    """A new row of ``row_class`` with the fields of ``state``."""
    values = {name: _plain(value) for name, value in vars(state).items()}
    row = row_class(**{**values, **(columns or {})})
    session.add(row)
    return row


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
