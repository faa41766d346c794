"""Visits to the city and what three of them in a week propose. Entrypoints only."""

from network.service import Service


class CityRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""
