"""Where an office lies among towns and areas: the town that it is or lies in, and the area of a town."""

from contracts.context import OfficeTree
from contracts.policy import Policy


def town_of(office: str, tree: OfficeTree) -> str:
    """The town that an office is or lies in, "" for a department and the district."""
    line = (tree.office(office), *tree.ancestors(office))
    return next((each.id for each in line if each.tier == "town"), "")


def area_of(town: str, policy: Policy) -> str:
    """The area (片区) of a town, "" where the policy puts it in none."""
    return next((name for name, area in policy.areas.items() if town in area.towns), "")
