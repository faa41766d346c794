"""What a schema found wrong, as flat pairs of a path like "clocks.K5.term" and a sentence."""

from collections.abc import Iterator, Mapping
from typing import Any

# Levels that marshmallow puts between a table's key and its entry, and around faults of a whole schema.
_MUTE = ("key", "value", "_schema")


def faults(messages: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    """In: `ValidationError.messages_dict`. Out: (path, sentences) for each place that is wrong."""
    found: dict[str, list[str]] = {}
    for path, sentence in sentences(messages):
        found.setdefault(path, []).append(sentence)
    return ((path, " ".join(said)) for path, said in found.items())


def sentences(messages: Mapping[Any, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """In: the same; a rule may give a sentence without a list. Out: (path, sentence) for each sentence."""
    for key, value in messages.items():
        here = path if key in _MUTE else (*path, str(key))
        if isinstance(value, Mapping):
            yield from sentences(value, here)
        else:
            yield from ((".".join(here), str(each)) for each in ([value] if isinstance(value, str) else value))
