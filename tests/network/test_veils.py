"""From whom a case is hidden: one row a case, and no query of a screened session finds it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from contracts.context import Actor
from contracts.veils import veil
from network import veils
from network.db import Base, sqlite_engine
from network.tables import PeerRow, VeilRow
from services.assignment.models import AssignmentRecused
from services.supervision.ledger.models import RecalledRow
from tests.services.house import DISTRICT

MOMENT = datetime(2026, 3, 2, tzinfo=UTC)
A, B = "a" * 32, "b" * 32
ACCUSED = Actor("clerk", DISTRICT, person="P1")
OTHER = Actor("clerk", DISTRICT, person="P2")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = sqlite_engine(tmp_path / "office.sqlite")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        opened.add_all([AssignmentRecused(case=A), AssignmentRecused(case=B)])
        veils.keep(opened, A, [veil(A, "P1")])
        opened.commit()
        yield opened
    engine.dispose()


def test_a_case_is_hidden_from_its_recused_alone(session: Session) -> None:
    assert veils.hidden(session, ACCUSED) == {A}
    assert veils.hidden(session, OTHER) == frozenset()
    assert veils.hidden(session, Actor("clerk", DISTRICT)) == frozenset()
    assert veils.is_hidden(session, A, ACCUSED)
    assert not veils.is_hidden(session, A, OTHER)
    assert not veils.is_hidden(session, B, ACCUSED)
    assert veils.recused_from(session, ACCUSED) == {A}
    assert veils.recused_from(session, OTHER) == veils.recused_from(session, Actor("x", DISTRICT)) == frozenset()


def test_veils_add_up_and_are_kept_once(session: Session) -> None:
    veils.keep(session, A, [veil(A, "P1"), veil(A, "P2")])
    veils.keep(session, B, [])
    assert [(row.case, row.veils) for row in session.scalars(select(VeilRow))] == [
        (A, sorted([veil(A, "P1"), veil(A, "P2")]))
    ]


def test_no_kind_of_query_finds_a_hidden_case(session: Session) -> None:
    session.expunge_all()
    veils.screen(session, ACCUSED)
    model = AssignmentRecused
    assert session.get(model, A) is None
    assert session.get(model, A, with_for_update=True) is None
    assert session.get_one(model, B).case == B
    assert session.scalars(select(model.case)).all() == [B]
    assert session.execute(select(model.case, func.count()).group_by(model.case)).all() == [(B, 1)]
    assert session.scalar(select(func.count()).select_from(model)) == 1
    assert session.scalar(select(func.count()).select_from(select(model).subquery())) == 1
    assert session.scalars(select(RecalledRow).where(exists(select(model.case).where(model.case == A)))).all() == []
    assert session.scalars(select(model.case), execution_options=veils.UNSCREENED).all() == [A, B]


def test_the_networks_own_tables_and_other_sessions_are_not_screened(session: Session) -> None:
    session.add(PeerRow(office=DISTRICT, heard_at=MOMENT, epoch=1, head_seq=1, head_hash=""))
    session.commit()
    session.expunge_all()
    veils.screen(session, ACCUSED)
    assert session.scalars(select(PeerRow.office)).all() == [DISTRICT]
    assert session.scalars(select(VeilRow.case)).all() == [A]
    session.rollback()
    with Session(session.get_bind()) as other:
        veils.screen(other, OTHER)
        assert other.scalars(select(AssignmentRecused.case)).all() == [A, B]


def test_a_sealed_report_waits_for_triage(session: Session) -> None:
    veils.await_triage(session, B)
    clerk = Actor("j", DISTRICT, desk="discipline")
    assert veils.hidden(session, clerk) == {B}
    assert veils.recused_from(session, Actor("j", DISTRICT, desk="discipline", person="P2")) == frozenset()
    assert veils.hidden(session, Actor("j", DISTRICT, desk="discipline", roles=("triage",))) == frozenset()
    assert veils.hidden(session, Actor("j", DISTRICT, desk="discipline", roles=("triage",), person="P1")) == {A}
    assert veils.hidden(session, Actor("leader", DISTRICT, roles=("leader",))) == frozenset()
    veils.triaged(session, B)
    assert veils.hidden(session, clerk) == frozenset()
    veils.triaged(session, "c" * 32)
    veils.triaged(session, A)
    assert veils.hidden(session, ACCUSED) == {A}


def test_the_veils_go_when_all_four_services_have_let_go(session: Session) -> None:
    for service in ("assignment", "intake", "supervision", "intake"):
        veils.forget(session, A, service)
        assert veils.hidden(session, ACCUSED) == {A}
    veils.keep(session, A, [veil(A, "P2")])
    veils.forget(session, A, "hearing")
    assert veils.hidden(session, ACCUSED) == {A}, "it came back: all four have it again"
    for service in ("assignment", "intake", "supervision"):
        veils.forget(session, A, service)
    session.flush()
    assert session.get(VeilRow, A) is None
    veils.forget(session, A, "hearing")
