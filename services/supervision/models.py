"""Every table of supervision, room by room."""

from services.supervision.accountability.models import RemovalCaseRow, RemovalRow, SuspensionRow
from services.supervision.callbacks.models import CallBackRow
from services.supervision.city.models import AlertRow, CityVisitRow
from services.supervision.clocks.models import ClockRow, StepRow
from services.supervision.demands.models import DemandRow
from services.supervision.duties.models import DutyRow
from services.supervision.guidance.models import GuidanceRow
from services.supervision.incidents.models import IncidentCaseRow, IncidentEntryRow, IncidentRow
from services.supervision.ledger.models import LineRow, RecalledRow
from services.supervision.measures.models import DispositionRow, MeasureFactRow, MeasureRow, MeasureStepRow
from services.supervision.orders.models import AuditRow, OrderRow, PressRow
from services.supervision.periods.models import PeriodRow
from services.supervision.sweeps.models import DisputeCounter, DisputeRow, NudgeRow, RoundRow, StudyRow, SweepRow
from services.supervision.to_hear.models import ToHearRow

__all__ = [
    "AlertRow",
    "AuditRow",
    "CallBackRow",
    "CityVisitRow",
    "ClockRow",
    "DemandRow",
    "DispositionRow",
    "DisputeCounter",
    "DisputeRow",
    "DutyRow",
    "GuidanceRow",
    "IncidentCaseRow",
    "IncidentEntryRow",
    "IncidentRow",
    "LineRow",
    "MeasureFactRow",
    "MeasureRow",
    "MeasureStepRow",
    "NudgeRow",
    "OrderRow",
    "PeriodRow",
    "PressRow",
    "RecalledRow",
    "RemovalCaseRow",
    "RemovalRow",
    "RoundRow",
    "StepRow",
    "StudyRow",
    "SuspensionRow",
    "SweepRow",
    "ToHearRow",
]
