"""The composition root: the only place that sees every service, and says which office runs which."""

from collections.abc import Sequence

from gateway.portal.mail import PortalMail
from network.service import Service
from services.assignment.service import AssignmentService
from services.hearing.service import HearingService
from services.intake.service import IntakeService
from services.supervision.service import SupervisionService

CASEWORK: Sequence[type[Service]] = (IntakeService, AssignmentService, SupervisionService, HearingService)


def services_of(tier: str) -> Sequence[type[Service]]:
    """The services an office of this tier runs. The tier is data: the same four everywhere but at the portal."""
    return (PortalMail,) if tier == "portal" else CASEWORK
