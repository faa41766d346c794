"""Who may act: what an office's leader alone decides."""

from contracts.context import Here
from contracts.errors import Refused
from contracts.words import Desk

LEADER = "leader"
FOLLOWERS = ("petition_room", "supervision_room")
"""Who follows discipline reports that were sent down, and presses (S67): 纪委信访室, 纪检监察室."""


def leader(here: Here) -> None:
    """A leader acts (XF22 art. 34: the organ's head approves). Raises Refused."""
    if LEADER not in here.actor.roles:
        raise Refused("not_leader", "此操作须由机关负责人批准")


def room_of(here: Here) -> str:
    """The following room that the actor is of at a discipline desk, "" for none. Who is of both presses for the first."""
    of = here.actor.roles if here.actor.desk == Desk.DISCIPLINE else ()
    return next((room for room in FOLLOWERS if room in of), "")
