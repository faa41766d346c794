"""What a desk is shown of bookings: JSON-able dicts, without the envelope."""

from dataclasses import asdict
from typing import Any

from contracts.reception import WALK_IN
from services.intake.reception.bookings.rules import Booking
from services.intake.reception.schedules.slots import Places, Slot

HIDDEN = ("reporter",)


def shown(booking: Booking) -> dict[str, Any]:
    """A booking; ``whose`` says by what the person is known, ``reachable`` that an envelope says more."""
    whose = "case" if booking.case else "receipt" if booking.receipt_hash else WALK_IN
    plain = {name: value for name, value in vars(booking).items() if name not in HIDDEN}
    return {**plain, "whose": whose, "reachable": booking.reporter is not None}


def slot(found: Slot, places: Places, name: str) -> dict[str, Any]:
    """A slot with its leader's name and how its places stand."""
    return {**vars(found), "name": name, "places": asdict(places)}
