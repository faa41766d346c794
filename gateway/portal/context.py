"""What the portal's views stand on."""

from dataclasses import dataclass
from datetime import date

from flask import current_app

from contracts.calendar import local_day
from gateway.portal.drafts import Drafts
from network.office import OfficeRuntime


@dataclass(frozen=True)
class Portal:
    """The portal's office and its drafts."""

    office: OfficeRuntime
    drafts: Drafts

    @property
    def today(self) -> date:
        """The day in China."""
        return local_day(self.office.now())


def portal() -> Portal:
    """The portal of the running application."""
    found: Portal = current_app.extensions["portal"]
    return found
