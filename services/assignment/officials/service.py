"""The register of officials (干部名册): versions, copies without relations, matching who is accused. Entrypoints only."""

from network.service import Service


class OfficialsRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""
