"""Which offices there are, for the public: name, level, telephone, hours, place."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from network.offices import District, Office

SHOWN = ("id", "name", "tier", "phone", "hours", "address")


def offices(tree: District, today: date) -> dict[str, Any]:
    """The tree of the network's offices, and the offices of the area that others manage."""
    return {
        "offices": [_below(tree, tree.root, today)],
        "outside": [_outside(tree, office) for office in outside_offices(tree, today)],
    }


def towns(tree: District, today: date) -> Iterator[tuple[Office, tuple[Office, ...]]]:
    """Each town or street of the network with its villages and communities."""
    for office in tree.children(tree.root.id):
        if office.tier == "town" and is_current(office, today):
            yield office, tuple(below for below in tree.children(office.id) if is_current(below, today))


def departments(tree: District, today: date) -> tuple[Office, ...]:
    """The district's departments."""
    below = tree.children(tree.root.id)
    return tuple(office for office in below if office.tier == "department" and is_current(office, today))


def outside_offices(tree: District, today: date) -> tuple[Office, ...]:
    """Offices that lie in the area but are managed from outside the network."""
    all_offices = sorted(tree.offices.values(), key=lambda office: office.id)
    return tuple(each for each in all_offices if is_current(each, today) and not tree.in_network(each.id))


def is_current(office: Office, today: date) -> bool:
    """Whether the office exists on that day."""
    return (office.valid_from is None or office.valid_from <= today) and (
        office.valid_to is None or today <= office.valid_to
    )


def _below(tree: District, office: Office, today: date) -> dict[str, Any]:
    children = [each for each in tree.children(office.id) if each.tier != "portal" and is_current(each, today)]
    shown = {name: getattr(office, name) for name in SHOWN}
    return {**shown, "offices": [_below(tree, each, today) for each in children]}


def _outside(tree: District, office: Office) -> Mapping[str, Any]:
    body = tree.bodies.get(office.managed_by or "")
    managed_by = {"name": body.name, "address": body.address, "phone": body.phone} if body else None
    return {"id": office.id, "name": office.name, "managed_by": managed_by}
