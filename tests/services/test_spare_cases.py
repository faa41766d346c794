"""The spare cases of the case set, each from the register of officials to who sees what, over the four services.

Two of them are elsewhere: the same report entered by two clerks of two offices within a minute, and an objection on day
five and on day six, both in ``tests/services/assignment/test_disputes_flow.py``.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.officials import Official, Post
from contracts.veils import veil
from network.ids import new_id
from network.tables import InboxRow
from services.assignment.models import AssignmentCase
from services.assignment.service import AssignmentService
from services.hearing.service import HearingService
from services.intake.service import IntakeService
from services.supervision.ledger.models import LineRow
from services.supervision.service import SupervisionService
from tests.services.assignment.cases import MON, PLUMS
from tests.services.assignment.officials import CLERK, HEAD, LONG_AGO, MOVED, plain
from tests.services.house import DISTRICT, TOWN, VILLAGE, House

OFFICES = (DISTRICT, TOWN, VILLAGE, PLUMS)
LEADER: dict[str, Any] = {"roles": ["clerk", "leader"]}
TRIAGE: dict[str, Any] = {"desk": "discipline", "roles": ["clerk", "leader", "triage", "head"]}
ACCOUNTANT = Official("gb-011", "尤某", "village_cadre", "town", (Post(VILLAGE, "会计", LONG_AGO),))
SIBLING = "610402001"  # of the town's area
MAYOR = Official("gb-012", "桑某", "town_leader", "district", (Post(TOWN, "副镇长", LONG_AGO),))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    services = {
        "intake": IntakeService,
        "assignment": AssignmentService,
        "supervision": SupervisionService,
        "hearing": HearingService,
    }
    opened = House(tmp_path, services).open(OFFICES, MON)
    register = {"version": "1", "officials": plain(HEAD, CLERK, ACCOUNTANT, MAYOR, MOVED)}
    done(opened, DISTRICT, "import_officials", register, **TRIAGE)
    yield opened
    assert [row.reason for office in OFFICES for row in opened.rows(office, InboxRow) if row.state != "applied"] == []
    for office in opened.offices.values():
        office.engine.dispose()


def done(
    house: House, office: str, method: str, data: dict[str, Any], service: str = "assignment", **actor: Any
) -> Any:
    """A command that must succeed, then the post. → its result."""
    answer = house.command(office, service, method, data, **actor)
    assert answer["ok"], answer
    house.post()
    return answer["result"]


def refused(house: House, office: str, method: str, data: dict[str, Any], **actor: Any) -> str:
    return str(house.command(office, "assignment", method, data, **actor)["error"]["code"])


def petition(house: House, office: str) -> str:
    """Somebody's drain, registered at an office. → the case."""
    data = {
        "case": new_id(), "receipt_hash": new_id() * 2, "channel": "visit", "nature": "seek", "category": "C03",
        "place": VILLAGE, "text": "排水渠被填", "real_name": False, "contactable": False,
    }  # fmt: skip
    return str(done(house, office, "register", data, "intake")["case"])


def report(house: House, office: str = DISTRICT, **other: Any) -> str:
    """A sealed report at the discipline desk of an office. → the case."""
    case = new_id()
    sealed = {"version": 1, "case": case, "ciphertext": "c2VhbGVk", "keys": {f"{office}/discipline": "k"}}
    data = {
        "case": case, "receipt_hash": new_id() * 2, "channel": "letter", "nature": "accuse", "real_name": False,
        "contactable": False, "recipient_office": office, "recipient_desk": "discipline", "sealed": sealed, **other,
    }  # fmt: skip
    return str(done(house, office, "register_sealed", data, "intake", **TRIAGE)["case"])


def matched(house: House, case: str, *accused: Official) -> AssignmentCase:
    """The accused are found in the register by the district's triage. → the district's row of the case."""
    data = {"case": case, "officials": [each.id for each in accused]}
    done(house, DISTRICT, "match_accused", data, **TRIAGE)
    return row_of(house, DISTRICT, case)


def row_of(house: House, office: str, case: str) -> AssignmentCase:
    row: AssignmentCase = next(row for row in house.rows(office, AssignmentCase) if row.case == case)
    return row


def seen_by(house: House, office: str, case: str, person: Official, **actor: Any) -> bool:
    """Whether an official who has an account at the office may know of the case."""
    return bool(house.ask(office, "assignment", "get_case", {"case": case}, person=person.id, **actor)["ok"])


def known_at(house: House, office: str) -> set[str]:
    """The cases of which assignment or supervision of an office keep anything."""
    kept = {row.case for row in house.rows(office, AssignmentCase)}
    return kept | {row.case_id for row in house.rows(office, LineRow)}


def test_a_petitioner_who_is_a_village_cadre_keeps_away_from_his_own_case_not_his_village(house: House) -> None:
    own = petition(house, VILLAGE)
    recusal = {"case": own, "person": HEAD.id, "ground": "interest", "reason": "本人即信访人"}
    done(house, VILLAGE, "recuse_person", recusal, person=HEAD.id)
    named = {"case": own, "handler": HEAD.id}
    assert refused(house, VILLAGE, "assign_handler", named) == "recused"
    assert refused(house, VILLAGE, "accept", {"case": own}, person=HEAD.id) == "not_found"
    assert not seen_by(house, VILLAGE, own, HEAD)
    done(house, VILLAGE, "accept", {"case": own})
    row = row_of(house, VILLAGE, own)
    assert (row.holder, row.status, row.excluded) == (VILLAGE, "accepted", [])


def test_what_a_cadre_reports_and_what_is_reported_of_him_know_nothing_of_each_other(house: House) -> None:
    by_him, of_him = report(house), report(house)
    mark = {"marks": ["1" * 64]}
    done(house, DISTRICT, "match_accused", {"case": by_him, "officials": [MAYOR.id], "marks": ["2" * 64]}, **TRIAGE)
    done(house, DISTRICT, "match_accused", {"case": of_him, "officials": [HEAD.id], **mark}, **TRIAGE)
    assert set(row_of(house, DISTRICT, by_him).recused) == {veil(by_him, MAYOR.id)}
    assert set(row_of(house, DISTRICT, of_him).recused) == {veil(of_him, HEAD.id), veil(of_him, CLERK.id)}
    assert [seen_by(house, DISTRICT, case, HEAD, **TRIAGE) for case in (by_him, of_him)] == [True, False]
    repeats = house.ask(DISTRICT, "assignment", "repeats", {"case": by_him}, **TRIAGE)["result"]["cases"]
    assert repeats == []
    assert known_at(house, VILLAGE) == set()


def test_a_report_on_cadres_of_two_tiers_stays_where_the_higher_one_is_managed(house: House) -> None:
    case = report(house)
    row = matched(house, case, ACCOUNTANT, MAYOR)
    assert (row.holder, set(row.excluded)) == (DISTRICT, {TOWN, VILLAGE, PLUMS})
    assert set(row.recused) == {veil(case, ACCOUNTANT.id), veil(case, MAYOR.id)}
    below = {"case": case, "to": TOWN, "sealed": row.sealed}
    assert refused(house, DISTRICT, "offer", below, **TRIAGE) == "excluded"
    assert [seen_by(house, DISTRICT, case, each, **TRIAGE) for each in (ACCOUNTANT, MAYOR, CLERK)] == [
        False, False, True
    ]  # fmt: skip
    assert done(house, DISTRICT, "accept", {"case": case}, **TRIAGE)["status"] == "accepted"
    assert known_at(house, TOWN) == known_at(house, VILLAGE) == set()


def test_the_town_of_the_higher_of_two_accused_may_not_sort_the_report(house: House) -> None:
    case = report(house, TOWN)
    both = {"case": case, "officials": [ACCOUNTANT.id, MAYOR.id]}
    answer = house.command(TOWN, "assignment", "match_accused", both, **TRIAGE)["error"]
    assert answer["code"] == "self_recused"
    assert answer["message"] == f"本机关应当回避,请上交{house.tree.office(DISTRICT).name}"
    assert row_of(house, TOWN, case).recused == []


def test_a_report_with_a_place_and_no_person_stays_with_the_district(house: House) -> None:
    case = report(house)
    done(house, DISTRICT, "match_accused", {"case": case, "unknown": True}, **TRIAGE)
    row = row_of(house, DISTRICT, case)
    assert (row.matched, row.holder, row.place, row.excluded, row.recused) == ("unknown", DISTRICT, "", [], [])
    suggested = house.ask(DISTRICT, "assignment", "suggest", {"case": case}, **TRIAGE)["result"]["offices"]
    assert [each["office"] for each in suggested] == [DISTRICT]
    to_the_place = {"case": case, "to": VILLAGE, "sealed": row.sealed}
    assert refused(house, DISTRICT, "offer", to_the_place, **TRIAGE) == "no_route"
    assert known_at(house, TOWN) == known_at(house, VILLAGE) == set()


@pytest.mark.parametrize(("accused", "wanted"), [
    ([HEAD.id], TOWN), ([HEAD.id, MAYOR.id], DISTRICT), ([CLERK.id], SIBLING), ([], DISTRICT),
])  # fmt: skip
def test_the_register_tells_the_rank_and_posts_of_whom_a_suggestion_is_about(
    house: House, accused: list[str], wanted: str
) -> None:
    """A village head is for the town's desk, who works at the town for a sibling's, a deputy mayor for the district's."""
    case = report(house)
    asked = {"case": case, "officials": accused}
    suggested = house.ask(DISTRICT, "assignment", "suggest", asked, **TRIAGE)["result"]["offices"]
    assert suggested[0]["office"] == wanted
    row = row_of(house, DISTRICT, case)
    assert (row.matched, row.recused, row.marks) == ("", [], []), "a question leaves nothing"


@pytest.mark.parametrize(
    ("on", "recused"),
    [
        (MON, {PLUMS, VILLAGE}),
        (datetime(2028, 6, 30, 9, tzinfo=SHANGHAI), {PLUMS, VILLAGE}),
        (datetime(2028, 7, 1, 9, tzinfo=SHANGHAI), {PLUMS}),
    ],
)
def test_the_office_that_an_accused_left_last_year_keeps_away_for_the_years_of_the_policy(
    house: House, on: datetime, recused: set[str]
) -> None:
    assert house.policy.recusal_years == 3
    assert MOVED.posts[1] == Post(VILLAGE, "会计", LONG_AGO, date(2025, 6, 30))
    house.set_time(on)
    assert set(matched(house, report(house), MOVED).excluded) == recused
