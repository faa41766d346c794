"""What a reporter says by receipt: withdrawal, performance, retaliation, objection to a person. Entrypoints only."""

from network.service import Service


class SayingsRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""
