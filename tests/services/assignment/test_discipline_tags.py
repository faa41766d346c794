"""What discipline reports are about, counted for their desk alone; and early warning by keyed marks (S82, S83, S84)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from network.keys import Keyring, make_keys
from services.assignment.discipline.models import AssignmentTags
from services.assignment.service import AssignmentService
from services.intake.service import IntakeService
from services.supervision.measures.models import DispositionRow, MeasureRow
from services.supervision.service import SupervisionService
from tests.services.assignment.test_discipline_flow import HEAD, MON, OFFICES, do, report
from tests.services.house import DISTRICT, TOWN, House

YEAR = {"since": "2026-01-01", "until": "2026-12-31"}
TAGS = {"nature": "incipient", "object": "cadre", "rule_sets": ["central_eight", "city_ten"], "violations": ["012302"]}
MARK, OTHER, THIRD = "1" * 64, "2" * 64, "3" * 64


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder, OFFICES, lambda _: "口令", interactive=True)
    return Keyring(folder)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    services = {"intake": IntakeService, "assignment": AssignmentService, "supervision": SupervisionService}
    opened = House(tmp_path, services).open(OFFICES, MON)
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def matched(house: House, keys: Keyring, *marks: str) -> str:
    """A report at the district whose accused bear these marks."""
    case = report(house, keys)
    do(house, "match_accused", case, unknown=True, marks=list(marks))
    return case


def figures(house: House, desk: str = "discipline", **wanted: Any) -> dict[str, Any]:
    answer = house.ask(DISTRICT, "assignment", "figures", {**YEAR, **wanted}, **{**HEAD, "desk": desk})
    assert answer["ok"], answer
    return {each["name"]: each["value"] for each in answer["result"]["figures"]}


def warned(house: House, *groups: list[str]) -> list[tuple[int, int]]:
    answer = house.ask(DISTRICT, "assignment", "early_warnings", {"groups": list(groups)}, **HEAD)
    assert answer["ok"], answer
    assert MARK not in str(answer), "no mark is shown"
    return [(each["group"], each["count"]) for each in answer["result"]["warnings"]]


def test_s83_s84_reports_are_counted_by_nature_object_rule_set_and_violation(house: House, keys: Keyring) -> None:
    one, two, three = (matched(house, keys) for _ in range(3))
    do(house, "tag_report", one, **TAGS)
    do(house, "tag_report", two, **{**TAGS, "nature": "tendency", "object": "party_member", "rule_sets": ["city_ten"]})
    do(house, "tag_report", two, **{**TAGS, "nature": "tendency", "object": "party_member", "rule_sets": ["city_ten"]})
    counted = figures(house)
    assert (counted["discipline_reports"], counted["tagged_reports"]) == (3, 2)
    assert (counted["nature_incipient"], counted["nature_tendency"], counted["nature_other"]) == (1, 1, 0)
    assert (counted["object_cadre"], counted["object_party_member"]) == (1, 1)
    assert (counted["rule_central_eight"], counted["rule_provincial_opinions"], counted["rule_city_ten"]) == (1, 0, 2)
    assert (counted["violation_012302"], counted["violation_012401"]) == (2, 0)
    assert figures(house, since="2026-03-03")["discipline_reports"] == 0
    assert figures(house, office=TOWN)["discipline_reports"] is None, "a small count of a smaller unit"
    assert not {name for name in figures(house, "petition") if name.startswith(("rule_", "nature_", "discipline"))}
    assert house.ask(DISTRICT, "assignment", "discipline_file", {"case": one}, **HEAD)["result"]["tags"]["by"] == "张三"
    do(house, "tag_report", three, nature="other", object="other")
    assert figures(house)["nature_other"] == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"rule_sets": ["no_such"]}, "rule_sets"),
        ({"violations": ["999999"]}, "violations"),
        ({"nature": "bad"}, "nature"),
    ],
)
def test_tags_are_words_of_the_policy(house: House, keys: Keyring, given: dict[str, Any], field: str) -> None:
    case = matched(house, keys)
    answer = house.command(DISTRICT, "assignment", "tag_report", {"case": case, **TAGS, **given}, **HEAD)
    assert list(answer["error"]["fields"]) == [field]
    other = house.command(DISTRICT, "assignment", "tag_report", {"case": case, **TAGS}, **{**HEAD, "desk": "petition"})
    assert other["error"]["code"] == "not_found"
    assert house.rows(DISTRICT, AssignmentTags) == []


def test_s82_several_slight_reports_about_one_person_or_unit_are_shown(house: House, keys: Keyring) -> None:
    one, two = matched(house, keys, MARK), matched(house, keys, MARK, OTHER)
    third = matched(house, keys, THIRD)
    for case in (one, two):
        do(house, "tag_report", case, **TAGS)
    assert warned(house, [MARK], [OTHER]) == [], "two are not enough"
    do(house, "tag_report", third, **{**TAGS, "nature": "other"})
    assert warned(house, [MARK, THIRD]) == [], "what is not slight does not count"
    do(house, "accept", third)
    do(house, "dispose", third, disposal="petition_supervision", reason="问题轻微")
    assert warned(house, [MARK], [OTHER], [MARK, OTHER, THIRD]) == [(2, 3)], "a unit by the people in it"
    four = matched(house, keys, MARK)
    do(house, "tag_report", four, **{**TAGS, "nature": "tendency"})
    assert warned(house, [OTHER], [MARK], [MARK, THIRD]) == [(1, 3), (2, 4)]
    house.set_time(MON + timedelta(days=house.policy.early_warning.days + 1))
    assert warned(house, [MARK], [MARK, THIRD]) == [], "of the policy's days only"
    answer = house.ask(DISTRICT, "assignment", "early_warnings", {"groups": [[MARK]]}, **{**HEAD, "desk": "petition"})
    assert answer["error"]["code"] == "not_found"


def test_tags_and_disposition_go_with_the_case(house: House, keys: Keyring) -> None:
    case = matched(house, keys)
    do(house, "tag_report", case, **TAGS)
    do(house, "belongs_above", case, body="city-discipline")
    given = {"case": case, "way": "courier", "document_no": "泰纪报〔2026〕1号"}
    assert house.command(DISTRICT, "assignment", "sent_up", given, **{**HEAD, "id": "李四"})["ok"]
    assert house.rows(DISTRICT, AssignmentTags) == []


def test_s80_s81_a_report_disposed_of_so_admits_a_measure_at_its_desk(house: House, keys: Keyring) -> None:
    case = matched(house, keys)
    do(house, "accept", case)
    proposal = {"case": case, "kind": "warning", "to": TOWN, "why": "问题轻微"}
    refused = house.command(DISTRICT, "supervision", "propose_measure", proposal, **HEAD)
    assert refused["error"]["code"] == "not_eligible"
    do(house, "dispose", case, disposal="petition_supervision", reason="问题轻微")
    assert [row.disposal for row in house.rows(DISTRICT, DispositionRow)] == ["petition_supervision"]
    assert house.command(DISTRICT, "supervision", "propose_measure", proposal, **HEAD)["ok"]
    do(house, "dispose", case, disposal="preliminary", reason="另有线索")
    again = house.command(DISTRICT, "supervision", "propose_measure", proposal, **HEAD)
    assert again["error"]["code"] == "not_eligible", "the last disposal counts"
    assert len(house.rows(DISTRICT, MeasureRow)) == 1
