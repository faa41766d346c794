"""Who handles a case, teams, and the recusal of persons. Entrypoints only."""

from network.service import Service


class PersonsRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""
