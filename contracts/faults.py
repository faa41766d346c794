"""What a schema found wrong, as flat pairs of a path like "clocks.K5.term" and a sentence."""

from collections.abc import Iterator, Mapping
from typing import Any

# Levels that marshmallow puts between a table's key and its entry, and around faults of a whole schema.
_MUTE = ("key", "value", "_schema")


def faults(messages: Mapping[Any, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """In: `ValidationError.messages_dict`. Out: (path, sentence) for each fault."""
    for key, value in messages.items():
        here = path if key in _MUTE else (*path, str(key))
        if isinstance(value, Mapping):
            yield from faults(value, here)
        else:
            yield ".".join(here), " ".join(map(str, value))
