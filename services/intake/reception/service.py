"""Named reception: the entrypoints of its rooms."""

from services.intake.reception.boards.service import BoardsRoom
from services.intake.reception.bookings.service import BookingsRoom
from services.intake.reception.hall.service import HallRoom
from services.intake.reception.records.service import RecordsRoom
from services.intake.reception.schedules.service import SchedulesRoom


class ReceptionRoom(BoardsRoom, SchedulesRoom, BookingsRoom, RecordsRoom, HallRoom):
    """``IntakeService`` has them all."""
