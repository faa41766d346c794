"""By when a report is first answered: the clock that starts where it comes to. One rule for portal and offices. Pure."""

from contracts.words import Desk

RETALIATION = "retaliation"


def opening(
    desk: str, *, at_root: bool, contactable: bool, real_name: bool, passed_on: bool = False, repeat: bool = False
) -> str:
    """The kind of that clock.

    K20 (JK art. 16) for discipline, K17 (JK art. 26) for a real-name report that was not ``passed_on`` from another
    office and is no ``repeat``; K1 (XF22 art. 22) ``at_root``, the petition bureau of the district, and where nobody can be
    told in person; else K2 or K3 (art. 23).
    """
    if desk == Desk.DISCIPLINE:
        return "K17" if real_name and contactable and not passed_on and not repeat else "K20"
    if at_root or not contactable:
        return "K1"
    return "K3" if passed_on else "K2"
