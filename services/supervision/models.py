"""Every table of supervision, room by room."""

from services.supervision.clocks.models import ClockRow, StepRow
from services.supervision.demands.models import DemandRow
from services.supervision.duties.models import DutyRow
from services.supervision.ledger.models import LineRow, RecalledRow
from services.supervision.orders.models import AuditRow, OrderRow

__all__ = ["AuditRow", "ClockRow", "DemandRow", "DutyRow", "LineRow", "OrderRow", "RecalledRow", "StepRow"]
