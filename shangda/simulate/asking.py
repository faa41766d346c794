"""The figures that the district's services give, whichever way they are asked."""

from collections.abc import Callable, Mapping
from typing import Any

from network.reporting import ReportingRoom
from shangda.composition import CASEWORK

Ask = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""(service, data of the query ``figures``) → the whole answer."""


def figures_of(ask: Ask, since: str, until: str) -> dict[str, Any]:
    """name → {value, base, zh} of every service that counts, for days from ``since`` to ``until``."""
    found: dict[str, Any] = {}
    for service in CASEWORK:
        if issubclass(service, ReportingRoom):
            answer = ask(service.name, {"since": since, "until": until})
            if answer["ok"]:
                found |= {each["name"]: each for each in answer["result"]["figures"]}
    return found
