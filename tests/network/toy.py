"""A toy service and a world without a broker: offices with real SQLite files, and post that may be lost, doubled or late.

Only the stream protocol is under test here; the broker's part is tested on a real RabbitMQ.
"""

import itertools
import math
import random
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import Engine, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import CreateSchema

from contracts import events
from contracts.context import Actor
from contracts.errors import Refused
from contracts.letters import Letter, Tell
from network.db import Base, schema_name, sqlite_engine
from network.held import retry_due
from network.inbox import deliver, resume_waiting
from network.keys import Keyring, make_keys
from network.office import OfficeRuntime
from network.offices import load_district
from network.policy_loader import load_policy
from network.relay import Relay
from network.tables import InboxRow, OutboxRow, StreamOut, UncopiedRow
from network.uow import UnitOfWork
from network.wire import Outcome, Parcel

DEMO = Path(__file__).parents[2] / "policy" / "demo"
DISTRICT, TOWN, VILLAGE = "610402", "610402901", "610402901901"


class ToyRow(Base):
    """What the toy handler writes: the letter's number among all that were ever told."""

    __tablename__ = "toy_row"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    origin: Mapped[str]
    order: Mapped[int]


class Toy(Schema):
    number = fields.Integer(required=True)


events.EVENTS.setdefault("toy", Toy)


class World:
    """Three offices in a line. ``tell`` commits a letter, ``step`` moves the post, ``heal`` lets everything arrive."""

    def __init__(self, folder: Path, seed: int, engine: Engine | None = None) -> None:
        """``engine`` is a PostgreSQL one; without it each office has a SQLite file."""
        self.folder = folder
        self.engine = engine
        self.random = random.Random(seed)  # noqa: S311  a replayable fault, not a secret
        self.now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
        self.tree, self.policy = load_district(DEMO / "district.toml"), load_policy(DEMO)
        make_keys(folder / "keys", [DISTRICT, TOWN, VILLAGE], lambda _: "toy", interactive=True)
        self.flight: list[Parcel] = []
        self.numbers = itertools.count(1)
        self.told: dict[tuple[str, str], list[int]] = {}
        self.refuse: set[int] = set()
        self.offices: dict[str, OfficeRuntime] = {}
        self.relays: dict[str, list[Relay]] = {}
        for office in (DISTRICT, TOWN, VILLAGE):
            self.open(office)

    def open(self, office: str) -> OfficeRuntime:
        engine = self.engine or sqlite_engine(self.folder / f"{office}.db")
        if self.engine is not None:
            with self.engine.begin() as connection:
                connection.execute(CreateSchema(schema_name(office), if_not_exists=True))
        runtime = OfficeRuntime(office, self.tree, engine, Keyring(self.folder / "keys"), self.policy)
        runtime.now = lambda: self.now  # type: ignore[method-assign]
        Base.metadata.create_all(runtime.engine)
        self.offices[office] = runtime
        self.relays[office] = [Relay(runtime, "", own=own, poll_seconds=1) for own in (True, False)]
        for relay in self.relays[office]:
            relay._sender = self  # type: ignore[assignment]
        return runtime

    def send(self, parcels: list[Parcel]) -> Outcome:
        """The broker's side of the relay: everything is confirmed, what becomes of it is another matter."""
        self.flight += parcels
        return Outcome(confirmed=[parcel.id for parcel in parcels])

    def tell(self, sender: str, to: str, case: str = "") -> int:
        number = next(self.numbers)
        with self.offices[sender].uow("intake", Actor("tester", sender)) as uow:
            uow.tell(Tell(to, "intake", "toy", case, {"number": number}))
            uow.session.add(ToyRow(number=-number, origin=sender, order=0))
        self.told.setdefault((sender, to), []).append(number)
        return number

    def handlers(self, office: str) -> Mapping[str, Any]:
        def on_toy(uow: UnitOfWork, letter: Letter) -> None:
            if letter.data["number"] in self.refuse:
                raise Refused("refused", "这封信不行")
            count = len(uow.session.scalars(select(ToyRow.number).where(ToyRow.number > 0)).all())
            uow.session.add(ToyRow(number=letter.data["number"], origin=letter.office, order=count + 1))

        return {"toy": on_toy}

    def relay(self) -> None:
        for office, runtime in self.offices.items():
            resume_waiting(runtime, "intake", self.handlers(office))
            retry_due(runtime, "intake", self.handlers(office))
        for relay in itertools.chain(*self.relays.values()):
            relay._next_ack, relay.ack_wanted = 0.0, not relay.own
            relay._next_hello = math.inf if relay.own or self.random.random() < 0.9 else 0.0
            relay._next_prune = 0.0 if relay.own else math.inf
            relay._pass()

    def step(self, lose: float, double: float, late: float) -> None:
        self.relay()
        flight, self.flight = self.flight, []
        for parcel in flight:
            fate = self.random.random()
            if fate < lose:
                continue
            if fate < lose + double:
                self.flight.append(parcel)
            if self.random.random() < late:
                self.flight.insert(self.random.randint(0, len(self.flight)), parcel)
                continue
            self.arrive(parcel)
        self.now += timedelta(seconds=5)

    def arrive(self, parcel: Parcel) -> None:
        _, _, _, to, service, _ = parcel.routing_key.split(".")
        if to in self.offices:
            deliver(self.offices[to], service, self.handlers(to), parcel.body, parcel.routing_key)

    def heal(self) -> None:
        """Perfect post and time for every resend, until nothing is left to say."""
        for _ in range(200):
            self.step(0, 0, 0)
            self.now += timedelta(seconds=61)
            if not self.flight and not self.unacknowledged():
                return
        raise AssertionError(f"still unacknowledged: {self.unacknowledged()}")

    def unacknowledged(self) -> int:
        waiting = 0
        for office in self.offices.values():
            with office.reading() as session:
                rows = session.scalars(select(OutboxRow).where(OutboxRow.state.in_(("pending", "sent")))).all()
                waiting += sum(row.office in self.offices for row in rows) + len(office.bare_queue)
                if office.superior in self.offices:
                    waiting += len(session.scalars(select(UncopiedRow)).all())
                waiting += len(session.scalars(select(StreamOut).where(StreamOut.forgot_upto.is_not(None))).all())
        return waiting

    def received(self, office: str, origin: str) -> list[int]:
        """The numbers a toy handler took in from ``origin``, in the order of their effect."""
        with self.offices[office].reading() as session:
            rows = session.scalars(select(ToyRow).where(ToyRow.number > 0, ToyRow.origin == origin))
            return [row.number for row in sorted(rows, key=lambda row: row.order)]

    def inbox(self, office: str, state: str) -> list[InboxRow]:
        with self.offices[office].reading() as session:
            return list(session.scalars(select(InboxRow).where(InboxRow.state == state)))

    def backup(self, office: str) -> Path:
        target = self.folder / f"{office}.backup"
        source, copy = sqlite3.connect(self.folder / f"{office}.db"), sqlite3.connect(target)
        with closing(source), closing(copy):
            source.backup(copy)
        return target

    def restore(self, office: str, backup: Path) -> None:
        self.offices[office].engine.dispose()
        for suffix in ("", "-wal", "-shm"):
            (self.folder / f"{office}.db{suffix}").unlink(missing_ok=True)
        shutil.copyfile(backup, self.folder / f"{office}.db")
        self.open(office)
