"""The register of officials as its rules see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from contracts.officials import Official
from contracts.policy import Policy


@dataclass(frozen=True)
class Register:
    """A version of the register: its number in order, its name, its officials by id. ``serial`` 0: there is none yet."""

    serial: int = 0
    version: str = ""
    officials: tuple[Official, ...] = ()


def towns_by_area(policy: Policy) -> Mapping[str, Collection[str]]:
    """The towns of each area (片区) of the policy."""
    return {name: area.towns for name, area in policy.areas.items()}
