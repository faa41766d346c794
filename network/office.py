"""An office at run time: its database, keys, policy and place in the tree. One per office and process."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

from nacl.public import PublicKey
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from contracts.context import Actor, Here
from contracts.policy import Policy
from network import clock, policies
from network.audit import Head, audit_office
from network.db import for_office, locked
from network.journal import GENESIS
from network.keys import Keyring
from network.offices import District, Office
from network.policy_loader import by_version, in_force
from network.tables import OfficeRow
from network.uow import UnitOfWork


class OfficeRuntime:
    """What the four services and the post of one office stand on.

    ``policy`` is the version of its files; published ones are rows, looked up once and again when one arrives.
    ``on_commit`` are called after every commit that left letters to send: the relay wakes by one.
    """

    def __init__(self, office_id: str, tree: District, engine: Engine, keyring: Keyring, policy: Policy) -> None:
        self.id = office_id
        self.tree = tree
        self.engine = for_office(engine, office_id)
        self.keyring = keyring
        self._first_policy = policy
        self._policies: tuple[Policy, ...] | None = None
        self.on_commit: list[Callable[[], None]] = []
        self.restore_was_noticed = False
        self.bare_queue: list[tuple[str, str, Any]] = []

    @property
    def office(self) -> Office:
        return self.tree.office(self.id)

    @property
    def superior(self) -> str | None:
        """The office directly above, None at the top."""
        above = self.tree.ancestors(self.id)
        return above[0].id if above else None

    @property
    def peers(self) -> frozenset[str]:
        """The offices this one may write to."""
        return self.tree.peers(self.id)

    @cached_property
    def storage_key(self) -> PublicKey | None:
        """The own key that copies kept above are sealed to; None where there is nobody above to keep them."""
        return None if self.superior is None else self.keyring.public(self.id, "storage")

    def is_ancestor_of(self, office_id: str) -> bool:
        return any(above.id == self.id for above in self.tree.ancestors(office_id))

    def now(self) -> datetime:
        return clock.now()

    def policy(self, version: str | None = None) -> Policy:
        """The policy in force now, or the named version. Raises LookupError for a version this office does not know."""
        known = self.policies()
        return in_force(known, self.now()) if version is None else by_version(known, version)

    def policies(self) -> tuple[Policy, ...]:
        """Every version that this office knows."""
        if self._policies is None:
            with self.reading() as session:
                self._policies = (self._first_policy, *policies.kept(session))
        return self._policies

    def forget_policies(self) -> None:
        """Read the published versions again at the next use: one was kept."""
        self._policies = None

    def here(self, actor: Actor, now: datetime) -> Here:
        return Here(office=self.id, now=now, actor=actor, policy=self.policy(), tree=self.tree)

    def uow(self, service: str, actor: Actor) -> UnitOfWork:
        """A unit of work of ``service``, acting for ``actor``, dated now."""
        return UnitOfWork(self, service, actor, self.now())

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads; it sees one state of the database and blocks no writer."""
        connected = self.engine.connect().execution_options(reading=True)
        with connected as connection, Session(connection, expire_on_commit=False) as session:
            yield session

    def audit(self, heads: Iterable[Head] = ()) -> list[dict[str, Any]]:
        """What an audit of this office's own database finds, as JSON-able dicts; ``heads`` are those kept above."""
        return [finding.as_dict() for finding in audit_office(self, heads)]

    def lock(self, session: Session) -> OfficeRow:
        """The office row, locked until the transaction ends; made at the first commit."""
        return locked(session, OfficeRow(id=self.id, epoch=1, journal_seq=0, journal_hash=GENESIS))

    def wake(self) -> None:
        """Tell the relay that there is something to send."""
        for call in self.on_commit:
            call()
