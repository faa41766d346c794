"""Field visits, performance, resolution, reopening, and the closed file. Entrypoints only."""

from network.service import Service


class OutcomeRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""
