"""Every table of hearing, room by room."""

from services.hearing.cases.models import CaseRow, NumberRow, OpinionRow, RecalledRow
from services.hearing.held.models import HeldRow
from services.hearing.publishing.models import PublishedRow
from services.hearing.records.models import RecordRow, TermRow
from services.hearing.reviews.models import RequestRow, ReviewRow
from services.hearing.sessions.models import SessionRow, TerminationRow
from services.hearing.standards.models import CheckRow, RuleRow

__all__ = [
    "CaseRow",
    "CheckRow",
    "HeldRow",
    "NumberRow",
    "OpinionRow",
    "PublishedRow",
    "RecalledRow",
    "RecordRow",
    "RequestRow",
    "ReviewRow",
    "RuleRow",
    "SessionRow",
    "TermRow",
    "TerminationRow",
]
