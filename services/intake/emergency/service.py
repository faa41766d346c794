"""Emergencies (K14): the duty chain, called until one answers. Entrypoints only."""

from network.service import Service


class EmergencyRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""
