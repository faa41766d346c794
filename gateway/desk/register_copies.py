"""The office's copy of the register of officials in the desk's memory: texts are held against it here and sent nowhere."""

from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from typing import Any

from contracts.officials import Official, OfficialSchema

PAGE = 200
Ask = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class RegisterCopies:
    """The copies of this machine's offices, each read again when its version changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[str, tuple[str, tuple[Official, ...]]] = {}

    def of(self, office: str, ask: Ask) -> tuple[Official, ...]:
        """The register as ``office`` has it; ``ask`` is the query ``officials`` at that office."""
        first = ask({"limit": PAGE})
        with self._lock:
            version, officials = self._known.get(office, ("", ()))
        if version != first["version"] or not version:
            officials = tuple(_loaded(first, ask))
            with self._lock:
                self._known[office] = (first["version"], officials)
        return officials


def _loaded(page: Mapping[str, Any], ask: Ask) -> Iterator[Official]:
    schema = OfficialSchema(many=True)
    yield from schema.load(page["officials"])
    while page["next"]:
        page = ask({"limit": PAGE, "after": page["next"]})
        yield from schema.load(page["officials"])
