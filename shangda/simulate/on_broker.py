"""The year on the real broker: every office in a node of its own process, reached by RPC as the desks reach it."""

import time
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from sqlalchemy import select

from network.inbox import system
from network.moved import written
from network.office import OfficeRuntime
from network.tables import InboxRow, OutboxRow, StreamIn, StreamOut
from shangda.simulate.acts import Act, Plan
from shangda.simulate.asking import figures_of
from shangda.simulate.world import district_of
from shangda.stage import Stage

POLL_SECONDS = 5.0
QUIET_SECONDS = 120.0
LOOK_SECONDS = 0.02
ON_THE_WAY = ("waiting", "blocked", "retry")


class StuckError(Exception):
    """The network did not come to rest; the text says which letters stand where."""


class BrokerStage:
    """``with BrokerStage(folder, plan) as stage``: a folder that was used goes on where it was."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.offices = [*plan.offices]
        self.district = self.offices[0]
        district = district_of(folder / "policy", self.offices, plan.begins - timedelta(days=1))
        self.stage = Stage(folder, poll_seconds=POLL_SECONDS, district=district)
        self.first = plan.begins
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._open.enter_context(self.stage)
        self.stage.set_clock(self.first)
        self.node = self.stage.node(*self.offices, watched=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def move(self, moment: datetime) -> None:
        """Every service of the node has looked at what is due at ``moment``."""
        self.stage.set_clock(moment)
        clock = written(self.stage.home / "clock")
        self.stage.until(f"every service has seen {moment}", lambda: self.node.has_seen(clock), QUIET_SECONDS)

    def settle(self) -> None:
        """Every letter was taken in, in every stream between two offices here."""
        end = time.monotonic() + QUIET_SECONDS
        while left := self._on_the_way():
            if time.monotonic() > end:
                raise StuckError(f"not at rest after {QUIET_SECONDS:.0f} s: {left}")
            time.sleep(LOOK_SECONDS)

    def _on_the_way(self) -> list[str]:
        """The streams of which the receiver has not all, and what waits in an inbox."""
        sent, taken, held = {}, {}, []
        for office in map(self.stage.office, self.offices):
            with office.reading() as session:
                sent |= {
                    (office.id, row.office, row.service): row.last_seq for row in session.scalars(select(StreamOut))
                }
                taken |= {(row.office, office.id, row.service): row.seq for row in session.scalars(select(StreamIn))}
                waiting = select(InboxRow).where(InboxRow.state.in_(ON_THE_WAY))
                held += [f"{row.state} at {office.id}: {row.type}" for row in session.scalars(waiting)]
        late = [f"{stream} {taken.get(stream, 0)}/{seq}" for stream, seq in sent.items() if taken.get(stream, 0) < seq]
        return held + [each for each in late if "'portal'" not in each]

    def do(self, act: Act, data: Mapping[str, Any]) -> Mapping[str, Any]:
        return self.stage.answer(
            act.office,
            act.does,
            data,
            desk=act.desk,
            roles=act.roles,
            command_id=act.command_id,
            query=act.reads,
            person=act.person,
            account=act.account,
        )

    def again(self, act: Act) -> None:
        """The last letter of a type between two offices goes to the broker a second time."""
        office: OfficeRuntime = self.stage.office(act.office)
        query = select(OutboxRow).filter_by(office=act.data["to"], type=act.data["type"]).order_by(OutboxRow.seq.desc())
        with office.uow("network", system(office)) as uow:
            row = uow.session.scalars(query).first()
            if row is None:
                raise StuckError(f"{act.office} sent no {act.data['type']} to {act.data['to']}")
            row.state = "pending"

    def figures(self, since: str, until: str, desk: str = "petition") -> dict[str, Any]:
        return figures_of(lambda service, data: self._asked(service, data, desk), since, until)

    def _asked(self, service: str, data: Mapping[str, Any], desk: str) -> Mapping[str, Any]:
        return self.stage.answer(self.district, f"{service}.figures", data, desk=desk, query=True)
