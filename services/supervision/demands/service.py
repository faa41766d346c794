"""What supervision asks of an office or person, and the answer: suggestions, instructions, notices, talks. Entrypoints only."""

from network.service import Service


class DemandsRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""
