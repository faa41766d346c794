"""Custody lines of reports that belong elsewhere, and that they were sent up in time (K19). Entrypoints only."""

from network.service import Service


class CustodyRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""
