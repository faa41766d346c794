"""What the people of the stories can see of a report besides the case itself: the public page, lists, registers."""

import json
import urllib.request
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from gateway.portal.models import FiledRow
from network.tables import OutboxRow
from shangda.demo.theatre import DISTRICT, Theatre


def public(theatre: Theatre, no: str) -> dict[str, Any]:
    """The public status page of a receipt, once all post is delivered."""
    theatre.settle()
    with urllib.request.urlopen(f"{theatre.portal.url}/api/v1/reports/{theatre.receipts[no]}", timeout=30) as answer:  # noqa: S310
        status: dict[str, Any] = json.load(answer)
    return status


def rated(theatre: Theatre, no: str, office: str) -> bool:
    """Whether the entering office has the reporter's rating."""
    theatre.settle()
    return bool(theatre.see(office, "intake.get_report", {"case": theatre.cases[no]})["ratings"])


def notices(theatre: Theatre, no: str, office: str) -> Sequence[dict[str, Any]]:
    """The notices issued to the reporter by the entering office."""
    theatre.settle()
    found: list[dict[str, Any]] = theatre.see(office, "intake.get_report", {"case": theatre.cases[no]})["notices"]
    return found


def helped(theatre: Theatre, no: str, holder: str, helper: str) -> bool:
    """Whether the helper's report lies with the holder."""
    theatre.settle()
    found = theatre.see(holder, "assignment.get_case", {"case": theatre.cases[no]})["helpers"]
    return [each["state"] for each in found if each["office"] == helper] == ["reported"]


def alerts(theatre: Theatre, state: str) -> Sequence[dict[str, Any]]:
    """What three visits to the city in a week proposed: "open" or "decided"."""
    found: list[dict[str, Any]] = theatre.see(DISTRICT, "supervision.alerts", {"state": state})["alerts"]
    return found


def city_visits(theatre: Theatre, no: str) -> Sequence[dict[str, Any]]:
    """The visits to the city over the matter that a case began with."""
    found = theatre.see(DISTRICT, "supervision.city_visits")["visits"]
    return [each for each in found if each["matter"] == theatre.cases[no]]


def candidate(theatre: Theatre, no: str, office: str = DISTRICT) -> dict[str, Any] | None:
    """The case on the list of those that ask for a supervisor, with its reasons."""
    listed = theatre.see(office, "supervision.candidates", {"desk": "petition"})["candidates"]
    return next((each for each in listed if each["case"] == theatre.cases[no]), None)


def call_back(theatre: Theatre, no: str, office: str) -> dict[str, Any] | None:
    """The call-back that an office was asked for."""
    listed = theatre.see(office, "supervision.call_backs", {"desk": "petition"})["call_backs"]
    return next((each for each in listed if each["case"] == theatre.cases[no]), None)


def final_opinions(theatre: Theatre, no: str, office: str) -> Sequence[str]:
    return list((theatre.seen(no, office) or {})["final_opinions"])


def emergency(theatre: Theatre, no: str, office: str) -> dict[str, Any]:
    """The help signal of a case, as an office has it."""
    theatre.settle()
    listed = theatre.see(office, "intake.emergencies")["emergencies"]
    return next((each for each in listed if each["case"] == theatre.cases[no]), {})


def custody(theatre: Theatre, office: str) -> Sequence[dict[str, Any]]:
    """The custody lines of an office, as the head of its discipline desk sees them."""
    answer = theatre.answer(
        office, "intake.custody", {}, desk="discipline", roles=("clerk", "leader", "head"), query=True
    )
    lines: list[dict[str, Any]] = answer["result"]["lines"]
    return lines


def portal_rows(theatre: Theatre) -> tuple[int, ...]:
    """How much the portal keeps: reports, and letters to the district."""
    with theatre.office("portal").reading() as session:
        return tuple(session.scalar(select(func.count()).select_from(row)) or 0 for row in (FiledRow, OutboxRow))


def official(theatre: Theatre, name: str) -> str:
    """The id of an official of the register."""
    found = theatre.see(DISTRICT, "assignment.officials", {"text": name}, desk="discipline")["officials"]
    return str(next(each["id"] for each in found if each["name"] == name))


def official_of(theatre: Theatre, duty: str, scope: str) -> str:
    """The id of the first official who has a duty for a town or an area."""
    listed = theatre.see(DISTRICT, "assignment.officials", {"text": ""}, desk="discipline")["officials"]
    mine = [each for each in listed for held in each["duties"] if (held["duty"], held["scope"]) == (duty, scope)]
    return str(min(each["id"] for each in mine))
