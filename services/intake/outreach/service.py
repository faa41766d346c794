"""Reaching people: cards, visits, going down. The rooms' entrypoints together."""

from services.intake.outreach.cards.service import CardsRoom
from services.intake.outreach.going_down.service import GoingDownRoom
from services.intake.outreach.visits.service import VisitsRoom


class OutreachRoom(CardsRoom, VisitsRoom, GoingDownRoom):
    """The entrypoints of this room; ``IntakeService`` has them all."""
