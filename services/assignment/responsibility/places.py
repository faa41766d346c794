"""Where a case belongs, for who answers for it."""

from contracts.context import Here
from contracts.towns import town_of
from services.assignment.models import AssignmentCase


def town_of_case(row: AssignmentCase, here: Here) -> str:
    """The town that a case belongs to: its holder's, else that of where it arose, else that of where it came in."""
    for office in (row.holder, row.place, row.entry_office):
        try:
            if town := town_of(office, here.tree):
                return town
        except KeyError:
            continue
    return ""
