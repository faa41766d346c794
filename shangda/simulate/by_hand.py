"""The same services on the same databases without a broker: letters go from outbox to inbox by hand. Seconds for a year."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from sqlalchemy import event, select

import shangda.models  # noqa: F401  makes every table known
from contracts.letters import routing_key
from network.db import Base, sqlite_engine
from network.inbox import deliver, system
from network.keys import Keyring, make_keys
from network.office import OfficeRuntime
from network.offices import load_district
from network.policy_loader import load_policy
from network.tables import InboxRow, OutboxRow
from shangda.composition import CASEWORK
from shangda.simulate.acts import Act, Plan
from shangda.simulate.asking import figures_of
from shangda.simulate.world import district_of

PASSPHRASE = "simulated"  # noqa: S105  opens keys that nobody uses for anything else


class HandOffice(OfficeRuntime):
    """An office whose time the plan sets."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


class HandStage:
    """``with HandStage(folder, plan) as stage``."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.services = {service.name: service for service in CASEWORK}
        district = district_of(folder / "policy", [*plan.offices], plan.begins - timedelta(days=1), reports=False)
        tree, policy = load_district(district), load_policy(district.parent)
        make_keys(folder / "keys", [*plan.offices], lambda _: PASSPHRASE, interactive=True)
        self.keyring = Keyring(folder / "keys")
        self.offices: dict[str, HandOffice] = {}
        for id_ in plan.offices:
            engine = sqlite_engine(folder / f"{id_}.sqlite")
            event.listen(engine, "connect", _unsafe_but_quick)
            office = HandOffice(id_, tree, engine, self.keyring, policy)
            office.__dict__["storage_key"] = None  # nothing is restored here
            office.moment = plan.begins
            Base.metadata.create_all(engine)
            self.offices[id_] = office
        self.district = self.offices[next(iter(plan.offices))]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for office in self.offices.values():
            office.engine.dispose()

    def move(self, moment: datetime) -> None:
        for office in self.offices.values():
            office.moment = moment
        for office in self.offices.values():
            for service in self.services.values():
                service.of(office).tick()

    def settle(self) -> None:
        while sum(self._carry(office) for office in self.offices.values()):
            pass

    def do(self, act: Act, data: Mapping[str, Any]) -> Mapping[str, Any]:
        office, (service, method) = self.offices[act.office], act.does.split(".")
        actor = {"id": act.account, "office": act.office, "desk": act.desk, "roles": [*act.roles], "person": act.person}
        call: dict[str, Any] = {"actor": actor, "data": dict(data)}
        if not act.reads:
            call["command_id"] = act.command_id
        answer: Mapping[str, Any] = getattr(self.services[service].of(office), method)(call)
        return answer

    def again(self, act: Act) -> None:
        """The last letter of a type between two offices is delivered a second time."""
        query = select(OutboxRow).filter_by(office=act.data["to"], type=act.data["type"]).order_by(OutboxRow.seq.desc())
        with self.offices[act.office].reading() as session:
            row = session.scalars(query).first()
        if row is None:
            raise LookupError(f"{act.office} sent no {act.data['type']} to {act.data['to']}")
        self._hand_over(act.office, row)

    def figures(self, since: str, until: str, desk: str = "petition") -> dict[str, Any]:
        return figures_of(lambda service, data: self._asked(service, data, desk), since, until)

    def _asked(self, service: str, data: Mapping[str, Any], desk: str) -> Mapping[str, Any]:
        actor = {"id": "simulate", "office": self.district.id, "desk": desk, "roles": ["clerk", "leader", "triage"]}
        found: Mapping[str, Any] = (
            self.services[service]
            .of(self.district)
            .figures(  # type: ignore[attr-defined]
                {"actor": actor, "data": dict(data)}
            )
        )
        return found

    def held_up(self) -> list[str]:
        """The letters that a handler refused, with their reasons."""
        found = []
        for office in self.offices.values():
            with office.reading() as session:
                rows = session.scalars(select(InboxRow).where(InboxRow.state != "applied"))
                found += [f"{office.id} {row.type}: {row.reason}" for row in rows]
        return found

    def _carry(self, office: HandOffice) -> bool:
        with office.reading() as session:
            query = select(OutboxRow).where(OutboxRow.state == "pending")
            rows = session.scalars(query.order_by(OutboxRow.office, OutboxRow.service, OutboxRow.seq)).all()
        if not rows:
            return False
        with office.uow("network", system(office)) as uow:
            for row in uow.session.scalars(select(OutboxRow).where(OutboxRow.id.in_([each.id for each in rows]))):
                row.state = "sent"
        for row in rows:
            self._hand_over(office.id, row)
        return True

    def _hand_over(self, sender: str, row: OutboxRow) -> None:
        receiver, service = self.offices.get(row.office), self.services.get(row.service)
        if receiver is not None and service is not None:  # the portal is nobody's here
            key = routing_key(sender, row.office, row.service, row.type)
            deliver(receiver, row.service, service.of(receiver).handlers, json.dumps(row.body).encode(), key)


def _unsafe_but_quick(connection: Any, _record: Any) -> None:
    """No waiting for the disk: nothing is killed here."""
    connection.execute("PRAGMA synchronous=OFF")
