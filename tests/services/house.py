"""A few offices of the demo district with real databases and no broker: letters go from outbox to inbox by hand."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, select

from contracts.context import Actor, Here
from contracts.letters import Tell, routing_key
from contracts.policy import Policy
from network.db import Base, sqlite_engine
from network.ids import new_id
from network.inbox import deliver
from network.keys import Keyring
from network.office import OfficeRuntime
from network.offices import District, load_district
from network.policy_loader import load_policy
from network.service import Service
from network.tables import OutboxRow

DEMO = Path(__file__).parents[2] / "policy" / "demo"
DISTRICT, TOWN, VILLAGE, DEPARTMENT = "610402", "610402901", "610402901901", "610402d01"
SYSTEM = Actor("system", DISTRICT, roles=("system",))


def demo_tree() -> District:
    return load_district(DEMO / "district.toml")


def demo_policy() -> Policy:
    return load_policy(DEMO)


def quiet_policy() -> Policy:
    """The demo's policy without what the calendar brings round (returns, reports) and without drawn call-backs: no case's
    test has to reckon with them."""
    return replace(demo_policy(), periods={}, reports={}, sample_share=0)


def here_at(office: str, now: datetime, tree: District, policy: Policy, **actor: Any) -> Here:
    return Here(office, now, Actor("张三", office, **actor), policy, tree)


class HandClock(OfficeRuntime):
    """An office whose time the test sets."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


def _unsafe_but_quick(connection: Any, _record: Any) -> None:
    """No waiting for the disk: nothing is killed in these tests."""
    connection.execute("PRAGMA synchronous=OFF")


@dataclass
class House:
    """Offices by id; no post comes from or goes to those in ``cut``. ``unread`` is what nobody here receives."""

    folder: Path
    services: dict[str, type[Service]]
    tree: District = field(default_factory=demo_tree)
    policy: Policy = field(default_factory=quiet_policy)
    offices: dict[str, HandClock] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    unread: list[OutboxRow] = field(default_factory=list)

    def open(self, ids: Iterable[str], now: datetime) -> "House":
        for office_id in ids:
            engine = sqlite_engine(self.folder / f"{office_id}.sqlite")
            event.listen(engine, "connect", _unsafe_but_quick)
            office = HandClock(office_id, self.tree, engine, Keyring(self.folder), self.policy)
            office.__dict__["storage_key"] = None  # no copies for a restore: these tests make no keys
            office.moment = now
            Base.metadata.create_all(office.engine)
            self.offices[office_id] = office
        return self

    def set_time(self, now: datetime) -> None:
        for office in self.offices.values():
            office.moment = now

    def pass_time(self, days: float) -> None:
        self.set_time(next(iter(self.offices.values())).moment + timedelta(days=days))

    def say(self, office: str, service: str, *tells: Tell) -> None:
        """Let a service of an office tell something."""
        with self.offices[office].uow(service, SYSTEM) as uow:
            uow.tell_all(tells)

    def post(self) -> None:
        """Deliver until nothing moves; what goes from or to a cut office stays in the outbox."""
        while sum(self._carry(office) for office in self.offices.values()):
            pass

    def poll(self) -> None:
        """One tick of every service of every office, then the post."""
        for office in self.offices.values():
            for service in self.services.values():
                service.of(office).tick()
        self.post()

    def command(self, office: str, service: str, method: str, data: dict[str, Any], **actor: Any) -> dict[str, Any]:
        """The whole answer of a command, with a new command id."""
        return self._call(office, service, method, {"data": data, "command_id": new_id()}, actor)

    def ask(self, office: str, service: str, method: str, data: dict[str, Any], **actor: Any) -> dict[str, Any]:
        """The whole answer of a query."""
        return self._call(office, service, method, {"data": data}, actor)

    def _call(self, office: str, service: str, method: str, payload: dict[str, Any], actor: Any) -> dict[str, Any]:
        roles = ["clerk", "triage"] if actor.get("desk") == "discipline" else ["clerk"]
        who = {"id": "张三", "office": office, "roles": roles, **actor}
        answer: dict[str, Any] = getattr(self.services[service].of(self.offices[office]), method)(
            {"actor": who, **payload}
        )
        return answer

    def rows(self, office: str, model: type[Base]) -> list[Any]:
        with self.offices[office].reading() as session:
            return list(session.scalars(select(model)))

    def _carry(self, office: HandClock) -> bool:
        with office.uow("intake", SYSTEM) as uow:
            rows = uow.session.scalars(
                select(OutboxRow).where(OutboxRow.state == "pending").order_by(OutboxRow.seq)
            ).all()
            free = [row for row in rows if row.office == office.id or not ({office.id, row.office} & self.cut)]
            for row in free:
                row.state = "sent"
        for row in free:
            self._hand_over(office.id, row)
        return bool(free)

    def _hand_over(self, sender: str, row: OutboxRow) -> None:
        receiver, service = self.offices.get(row.office), self.services.get(row.service)
        if receiver is None or service is None:
            self.unread.append(row)
            return
        key = routing_key(sender, row.office, row.service, row.type)
        deliver(receiver, row.service, service.of(receiver).handlers, json.dumps(row.body).encode(), key)
