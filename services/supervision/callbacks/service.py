"""Call-backs from another office. Entrypoints only."""

from network.service import Service


class CallbacksRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""
