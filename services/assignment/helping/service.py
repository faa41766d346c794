"""Helping offices (协办), and disputes on competence that the common superior decides. Entrypoints only."""

from network.service import Service


class HelpingRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""
