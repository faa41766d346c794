"""Corrections as new facts beside the old, and cases that go to a body outside the network. Entrypoints only."""

from network.service import Service


class FactsRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""
