"""Every table of hearing, room by room."""

from services.hearing.cases.models import CaseRow, NumberRow, OpinionRow, RecalledRow
from services.hearing.held.models import HeldRow
from services.hearing.publishing.models import PublishedRow
from services.hearing.reviews.models import RequestRow, ReviewRow
from services.hearing.sessions.models import SessionRow, TerminationRow

__all__ = [
    "CaseRow",
    "HeldRow",
    "NumberRow",
    "OpinionRow",
    "PublishedRow",
    "RecalledRow",
    "RequestRow",
    "ReviewRow",
    "SessionRow",
    "TerminationRow",
]
