"""From whom a case is hidden in this office: from recused persons, and until triage from all but those who triage.

The four services of an office share its database, so one row a case serves them all: whoever keeps something of a case
keeps its veils here. ``screen`` then leaves the hidden cases out of every query of a session, by the columns ``case`` and
``case_id`` of the services' tables: lists, counts, searches, pages and commands behave as if there were no such case.
A new table is covered when it names its case so (XF22 art. 28; 监察法 art. 67; rules for discipline reports art. 46).
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, event, or_, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from contracts.context import Actor
from contracts.veils import is_veiled
from contracts.words import Desk
from network.db import Base, locked
from network.tables import VeilRow

TRIAGE = "triage"
"""The role that sees a sealed report before the accused is matched; among a case's veils, that it is not yet matched."""
SERVICES = ("assignment", "hearing", "intake", "supervision")
OF_CASE = ("case", "case_id")
UNSCREENED = {"unscreened": True}
"""Execution options of a query that has to see hidden cases too: is a number taken, is a letter known."""


def keep(session: Session, case: str, veils: Collection[str]) -> None:
    """Hide the case from these too (``contracts.veils.veil``); nobody is ever shown it again."""
    if veils:
        row = locked(session, VeilRow(case=case, veils=[], gone=[]))
        row.veils, row.gone = sorted({*row.veils, *veils}), []


def await_triage(session: Session, case: str) -> None:
    """A sealed report came in: until it is matched only the role ``triage`` sees it."""
    keep(session, case, (TRIAGE,))


def kept(session: Session, case: str) -> tuple[str, ...]:
    """The veils of the persons recused from the case, as this office knows them."""
    row = session.get(VeilRow, case)
    return tuple(veil for veil in row.veils if veil != TRIAGE) if row is not None else ()


def triaged(session: Session, case: str) -> None:
    """The accused was matched, or is known to be unknown: the desk sees the case, but for the recused."""
    row = session.get(VeilRow, case, with_for_update=True)
    if row is not None and TRIAGE in row.veils:
        row.veils = [veil for veil in row.veils if veil != TRIAGE]


def forget(session: Session, case: str, service: str) -> None:
    """The case was recalled from ``service`` of this office; when all four have let go, the veils go as well."""
    row = session.get(VeilRow, case, with_for_update=True)
    if row is None:
        return
    row.gone = sorted({*row.gone, service})
    if len(row.gone) == len(SERVICES):
        session.delete(row)


def hidden(session: Session, actor: Actor) -> frozenset[str]:
    """The cases that do not exist for the actor. Reads every veil, as a veil says nothing of whom without its case;
    reads none for who has no person and may triage, or is not of the discipline desk.
    """
    if not actor.person and not _must_wait(actor):
        return frozenset()
    return frozenset(row.case for row in session.scalars(select(VeilRow)) if _hides(row, actor))


def recused_from(session: Session, actor: Actor) -> frozenset[str]:
    """The cases that the actor is recused from."""
    if not actor.person:
        return frozenset()
    return frozenset(
        row.case for row in session.scalars(select(VeilRow)) if is_veiled(row.case, actor.person, row.veils)
    )


def is_hidden(session: Session, case: str, actor: Actor) -> bool:
    """Whether this case does not exist for the actor."""
    row = session.get(VeilRow, case)
    return row is not None and _hides(row, actor)


def _hides(row: VeilRow, actor: Actor) -> bool:
    return is_veiled(row.case, actor.person, row.veils) or (TRIAGE in row.veils and _must_wait(actor))


def _must_wait(actor: Actor) -> bool:
    return actor.desk == Desk.DISCIPLINE and TRIAGE not in actor.roles


def screen(session: Session, actor: Actor) -> None:
    """From here on no query of the session finds a case that is hidden from the actor."""
    cases = hidden(session, actor)
    if cases:
        criteria = tuple(_criteria(cases))

        def leave_out(state: ORMExecuteState) -> None:
            if state.is_select and not state.execution_options.get("unscreened"):
                state.statement = state.statement.options(*criteria)

        event.listen(session, "do_orm_execute", leave_out)


def _criteria(cases: Iterable[str]) -> Iterator[Any]:
    known = sorted(cases)
    for mapper in Base.registry.mappers:
        own = mapper.class_ is VeilRow or mapper.class_.__tablename__.startswith("net_")
        for name in OF_CASE:
            if name in mapper.column_attrs and not own:
                shown = _shown(getattr(mapper.class_, name), known)
                yield with_loader_criteria(mapper.class_, shown, include_aliases=True)


def _shown(column: Any, cases: list[str]) -> ColumnElement[bool]:
    return or_(column.is_(None), column.not_in(cases))
