"""Who left the office: the orders he supervised go to who follows; what is demanded of himself, and the year, are noted."""

from collections.abc import Iterator

from contracts.letters import Letter
from contracts.moving import HANDED, STAYS, Handed, Left
from contracts.veils import is_veiled
from network import veils
from network.uow import UnitOfWork
from services.supervision.demands import store as demands
from services.supervision.leaving import store
from services.supervision.orders import store as orders


def take(uow: UnitOfWork, letter: Letter) -> None:
    """Hand over what this service has of him; a letter heard again finds nothing more."""
    left = Left.of(letter.data)
    found = [*_orders(uow, left), *_demands(uow, left), _year(left)]
    for one in found:
        store.keep(uow, left, one)
    uow.note("person_left", data={"leaving": left.leaving, "handed": sum(one.outcome == HANDED for one in found)})


def _orders(uow: UnitOfWork, left: Left) -> Iterator[Handed]:
    """Open orders of his desk that he supervises; the successor never gets one in a case that he is recused from."""
    for row in orders.supervised_by(uow.session, left.desk, left.names):
        recused = bool(row.case_id) and is_veiled(row.case_id, left.successor, veils.kept(uow.session, row.case_id))
        if not recused:
            row.supervisor = left.successor
        why = "接手人应当回避,请另行指定督办人" if recused else ""
        yield Handed("order", row.id, STAYS if recused else HANDED, why, row.case_id)


def _demands(uow: UnitOfWork, left: Left) -> Iterator[Handed]:
    """What was demanded of him in person stays his (a notice, a talk): whoever follows answers for the office alone."""
    for each in demands.open_for(uow.session, left.desk, left.person):
        yield Handed("demand", each.id, STAYS, "向其本人提出,由其本人答复", each.case_id)


def _year(left: Left) -> Handed:
    """The year's score is divided at his day."""
    return Handed("score_year", f"{left.day.year}", STAYS, f"年度考核以{left.day}为界分段计算")
