"""Persons who answer for a town or an area, and whom a step of the ladder reaches. Entrypoints only."""

from network.service import Service


class DutiesRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""
