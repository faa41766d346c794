"""What a pure rule is given besides the state and the command, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from contracts.letters import Tell
from contracts.policy import Policy

State = TypeVar("State")


class OfficeLike(Protocol):
    """An office as rules know it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def tier(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def managed_by(self) -> str | None: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def successor(self) -> str | None: ...


class OfficeTree(Protocol):
    """The offices of the network by ``managed_by``; ``network.offices.District`` is one."""

    @property
    def root(self) -> OfficeLike: ...
    @property
    def bodies(self) -> Mapping[str, object]: ...
    def office(self, office_id: str) -> OfficeLike: ...
    def ancestors(self, office_id: str) -> tuple[OfficeLike, ...]: ...
    def descendants(self, office_id: str) -> tuple[OfficeLike, ...]: ...
    def in_network(self, office_id: str) -> bool: ...
    def name_of(self, id_: str) -> str: ...


@dataclass(frozen=True)
class Actor:
    """Who acts: an account of an office's desk, or a program ("system"). ``roles`` are words like clerk, leader.

    ``person`` is the id of the official whose account it is, "" where none is known; recusal of persons goes by it.
    """

    id: str
    office: str
    desk: str = "petition"
    roles: tuple[str, ...] = ("clerk",)
    person: str = ""


@dataclass(frozen=True)
class Here:
    """Where, when, by whom and under which policy a decision is taken. ``now`` is aware."""

    office: str
    now: datetime
    actor: Actor
    policy: Policy
    tree: OfficeTree

    @property
    def tier(self) -> str:
        return self.tree.office(self.office).tier


@dataclass(frozen=True)
class Decision(Generic[State]):
    """What a rule decided: the new state, what is told, and the journal's words for it."""

    state: State
    tells: tuple[Tell, ...] = ()
    action: str = ""
    why: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
