"""Duties of every period: sweeps, quarterly feedback, annual report, assessment. Entrypoints only."""

from network.service import Service


class PeriodsRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""
