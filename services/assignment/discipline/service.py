"""What only discipline reports have: disposal, feedback, clearing, suspected false accusation. Entrypoints only."""

from network.service import Service


class DisciplineRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""
