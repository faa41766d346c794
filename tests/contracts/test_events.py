"""The catalogue of events."""

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

from contracts import events


def test_no_two_themes_give_one_name_to_two_events() -> None:
    themes = [import_module(f"contracts.events.{module.name}") for module in iter_modules(events.__path__)]
    names = Counter(name for theme in themes for name in getattr(theme, "EVENTS", {}))
    assert [name for name, times in names.items() if times > 1] == []
    assert set(names) == set(events.EVENTS) - {"toy"}, "the toy is of other tests in this process"
