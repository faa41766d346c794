"""Cross-handling (交叉办理): a sibling office of the same area handles what a recused one may not (S64, S68). Pure."""

from collections.abc import Collection, Iterable

from contracts.context import Here

CROSS_HANDLED = "cross_handled"


def siblings(office: str, here: Here) -> tuple[str, ...]:
    """The other offices of the areas that ``office`` belongs to, in the policy's order; none outside the network."""
    found = [
        town
        for area in here.policy.areas.values()
        if office in area.towns
        for town in area.towns
        if town != office and _known(town, here)
    ]
    return tuple(dict.fromkeys(found))


def designated(office: str, here: Here) -> tuple[str, ...]:
    """The offices that the policy names to handle what no other of its area may."""
    return tuple(
        each
        for area in here.policy.areas.values()
        if office in area.towns
        for each in area.designated
        if each != office and _known(each, here)
    )


def _known(office: str, here: Here) -> bool:
    try:
        return here.tree.in_network(office)
    except KeyError:
        return False


def is_cross(office: str, excluded: Iterable[str], here: Here) -> bool:
    """Whether ``office`` has the case because another office of its area is recused."""
    return any(office in (*siblings(gone, here), *designated(gone, here)) for gone in excluded)


def flagged(flags: Collection[str], office: str, excluded: Iterable[str], here: Here) -> tuple[str, ...]:
    """The flags of a case held by ``office``: with ``cross_handled`` if, and only if, it is."""
    others = tuple(flag for flag in flags if flag != CROSS_HANDLED)
    return (*others, CROSS_HANDLED) if is_cross(office, excluded, here) else others
