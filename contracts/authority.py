"""Who may act: what an office's leader alone decides."""

from contracts.context import Here
from contracts.errors import Refused

LEADER = "leader"


def leader(here: Here) -> None:
    """A leader acts (XF22 art. 34: the organ's head approves). Raises Refused."""
    if LEADER not in here.actor.roles:
        raise Refused("not_leader", "此操作须由机关负责人批准")
