"""What a person does: a plain record. States and results are never in it, they are the services' decisions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from hashlib import blake2b
from typing import Any

OF, FIELD = "$of", "$field"
AGAIN = "post.again"
"""The one act that no person does: the post brings a letter a second time."""


@dataclass(frozen=True)
class Act:
    """``does`` is ``service.method`` at ``office`` with ``data``; ``account`` acts, ``person`` is its official's id.

    A value ``{"$of": act, "$field": name}`` in ``data`` is what an earlier act was answered. ``decoy`` names what is planted
    by it. ``tries`` is the code with which the attempt has to be refused, "" for one that goes through. ``again`` is the act
    whose click this one repeats. One that only ``reads`` changes nothing.
    """

    id: str
    at: datetime
    office: str
    does: str
    data: Mapping[str, Any]
    roles: tuple[str, ...] = ("clerk",)
    desk: str = "petition"
    account: str = "simulate"
    person: str = ""
    decoy: str = ""
    tries: str = ""
    again: str = ""
    reads: bool = False

    @property
    def command_id(self) -> str:
        """The id of the click: the same at every playing, so that an act that was done is answered the same."""
        return named(self.again or self.id)

    def plain(self) -> dict[str, Any]:
        """As JSON: all that an oracle is given."""
        return {**vars(self), "at": self.at.isoformat(), "roles": list(self.roles), "data": dict(self.data)}


@dataclass
class Plan:
    """A year to be played: the offices with their tiers, when it begins and ends, and what people do, in order.

    ``says`` is what the year says of itself. The clock also stops at ``stops``, where something ends or
    falls due though nobody does anything.
    """

    seed: int
    begins: datetime
    ends: datetime
    offices: Mapping[str, str]
    acts: list[Act] = field(default_factory=list)
    says: str = ""
    stops: list[datetime] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As JSON: all that an oracle is given."""
        return {
            "begins": self.begins.isoformat(),
            "ends": self.ends.isoformat(),
            "offices": dict(self.offices),
            "acts": [act.plain() for act in self.acts],
        }


def named(*words: object) -> str:
    """32 hex digits for a name: an id that is the same whenever the plan is made."""
    return blake2b(json.dumps([str(word) for word in words]).encode(), digest_size=16).hexdigest()


def answer_of(act: str, name: str) -> dict[str, str]:
    """What an earlier act was answered, to stand in the data of a later one."""
    return {OF: act, FIELD: name}


def resolved(value: Any, answers: Mapping[str, Mapping[str, Any]]) -> Any:
    """``value`` with what earlier acts were answered in its place. KeyError for an act that was not played."""
    if isinstance(value, Mapping):
        if OF in value:
            return reduce(lambda found, name: found[name], value[FIELD].split("."), answers[value[OF]])
        return {name: resolved(each, answers) for name, each in value.items()}
    if isinstance(value, list):
        return [resolved(each, answers) for each in value]
    return value
