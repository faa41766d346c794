"""Which offices there are, for the public: name, level, telephone, hours, place, and the channels they tell of (S16, S18)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from gateway.language import spoken
from gateway.portal import store
from gateway.portal.context import Portal
from gateway.portal.models import ChannelRow
from gateway.portal.words import CHANNEL_WORDS
from network.offices import District, Office

SHOWN = ("id", "name", "tier", "phone", "hours", "address")
CHANNEL = (
    "kind", "label", "address", "place", "phone", "mailbox", "url", "qr", "hours", "capacity", "official_name",
    "official_post",
)  # fmt: skip
Channels = Mapping[str, Sequence[Mapping[str, Any]]]


def listed(portal: Portal) -> dict[str, Any]:
    """The directory as it stands today, from what the offices told."""
    with portal.office.reading() as session:
        return offices(portal.office.tree, portal.today, shown(store.channels(session, portal.today)))


def one(portal: Portal, office: str) -> dict[str, Any] | None:
    """An office of the network as it stands today, with its channels; None for any other."""
    found = portal.office.tree.offices.get(office)
    if found is None or found.tier == "portal" or not _is_ours(portal, found):
        return None
    with portal.office.reading() as session:
        channels = shown(store.channels(session, portal.today)).get(office, ())
    return {**{name: getattr(found, name) for name in SHOWN}, "channels": list(channels)}


def shown(rows: Iterable[ChannelRow]) -> Channels:
    """Channels by office, as the public reads them."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        words = CHANNEL_WORDS.get(row.kind, (row.kind, row.kind))
        found.setdefault(row.office, []).append(
            {**{name: getattr(row, name) for name in CHANNEL}, "words": spoken(*words)}
        )
    return found


def offices(tree: District, today: date, channels: Channels) -> dict[str, Any]:
    """The tree of the network's offices, each with its channels, and the offices of the area that others manage."""
    return {
        "offices": [_below(tree, tree.root, today, channels)],
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


def _is_ours(portal: Portal, office: Office) -> bool:
    return portal.office.tree.in_network(office.id) and is_current(office, portal.today)


def is_current(office: Office, today: date) -> bool:
    """Whether the office exists on that day."""
    return (office.valid_from is None or office.valid_from <= today) and (
        office.valid_to is None or today <= office.valid_to
    )


def _below(tree: District, office: Office, today: date, channels: Channels) -> dict[str, Any]:
    children = [each for each in tree.children(office.id) if each.tier != "portal" and is_current(each, today)]
    named = {name: getattr(office, name) for name in SHOWN}
    own = {"channels": list(channels.get(office.id, ()))}
    return {**named, **own, "offices": [_below(tree, each, today, channels) for each in children]}


def _outside(tree: District, office: Office) -> Mapping[str, Any]:
    body = tree.bodies.get(office.managed_by or "")
    managed_by = {"name": body.name, "address": body.address, "phone": body.phone} if body else None
    return {"id": office.id, "name": office.name, "managed_by": managed_by}
