"""Cases that ask for a supervisor: candidates, presses, key supervision. Entrypoints only."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.supervision import attention as asked
from contracts.context import Actor
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.state import as_state
from network.uow import UnitOfWork
from services.supervision import views
from services.supervision.attention import following, work
from services.supervision.ledger import sent
from services.supervision.ledger import store as ledger
from services.supervision.orders import rules as order_rules
from services.supervision.orders import store as orders
from services.supervision.orders import work as order_work
from services.supervision.orders.pressing import Pressing


class AttentionRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @handles("order_closed")
    def on_order_closed(self, uow: UnitOfWork, letter: Letter) -> None:
        order_work.take_closing(uow, letter)

    @command(asked.Press)
    def press(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return _shown(order_work.press(uow, cmd))

    @command(asked.OrderReopen)
    def order_reopen(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return _shown(order_work.order_reopen(uow, cmd))

    @command(asked.CloseOrder)
    def close_order(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.order(order_work.close(uow, cmd))

    @command(asked.WithdrawOrder)
    def withdraw_order(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.order(order_work.withdraw(uow, cmd))

    @query(asked.SentDown)
    def sent_down(self, session: Session, actor: Actor, _data: Mapping[str, Any]) -> dict[str, Any]:
        return sent.check(session, self.office.here(actor, self.office.now()))

    @query(asked.Candidates)
    def candidates(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        order_rules.same_desk(actor, data["desk"])
        return work.candidates(session, self.office.here(actor, self.office.now()), data)

    @query(asked.Followed)
    def followed(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        return following.followed(session, self.office.here(actor, self.office.now()), data)

    @query(asked.Presses)
    def presses(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        order_rules.visible(ledger.line(session, data["case"]), actor)
        return {"presses": [_shown(as_state(Pressing, row)) for row in orders.presses_of(session, data["case"])]}


def _shown(act: Pressing) -> dict[str, Any]:
    return {("case" if key == "case_id" else key): value for key, value in vars(act).items()}
