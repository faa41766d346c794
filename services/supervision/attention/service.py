"""Cases that ask for a supervisor: bounced, not performed, pressed, long pending. Entrypoints only."""

from network.service import Service


class AttentionRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""
