"""The district file: the demo tree, its questions, and every way a file can be wrong."""

import csv
from pathlib import Path

import pytest

from network.offices import PORTAL, District, load_district
from network.offices_file import OFFICE_COLUMNS, DistrictError

DEMO = Path(__file__).parents[2] / "policy" / "demo" / "district.toml"
VILLAGE, TOWN, DISTRICT = "610402901901", "610402901", "610402"


@pytest.fixture(scope="module")
def demo() -> District:
    return load_district(DEMO)


def ids(offices) -> list[str]:
    return [office.id for office in offices]


def test_the_demo_district_has_its_tiers_departments_and_bodies(demo: District) -> None:
    tiers = [office.tier for office in demo.offices.values()]
    assert {tier: tiers.count(tier) for tier in set(tiers)} == {
        "district": 1,
        "town": 14,
        "village": 5,
        "department": 9,
        "portal": 1,
    }
    assert set(demo.bodies) == {"city-discipline", "city-petition", "xixian"}
    assert demo.office("610402d07").name == "区委政法委"
    assert demo.office("610402004901").managed_by == "610402004"


def test_routing_follows_managed_by_and_a_street_run_from_outside_is_no_node(demo: District) -> None:
    assert demo.office("610402007").code_parent == DISTRICT
    assert not demo.in_network("610402007")
    assert demo.peers("610402007") == frozenset()
    assert "610402007" not in ids(demo.network_offices())
    assert demo.in_network("610402008")
    assert ids(demo.network_offices())[0] == DISTRICT
    assert len(demo.network_offices()) == len(demo.offices) - 1


def test_above_and_below(demo: District) -> None:
    assert ids(demo.ancestors(VILLAGE)) == [TOWN, DISTRICT]
    assert demo.ancestors(DISTRICT) == ()
    assert ids(demo.children(TOWN)) == [VILLAGE, "610402901902"]
    assert VILLAGE in ids(demo.descendants(DISTRICT))


def test_peers_are_the_line_up_and_down_and_the_portal_never_a_sibling(demo: District) -> None:
    assert demo.peers(VILLAGE) == {TOWN, DISTRICT, PORTAL}
    assert demo.peers(TOWN) == {DISTRICT, VILLAGE, "610402901902", PORTAL}
    assert demo.peers("610402d01") == {DISTRICT, PORTAL}
    assert demo.peers(PORTAL) == {DISTRICT}
    assert demo.peers(DISTRICT) == set(ids(demo.network_offices())) - {DISTRICT}


def test_services_and_unknown_offices(demo: District) -> None:
    assert demo.portal.services == ("portal",)
    assert demo.root.services == ("intake", "assignment", "supervision", "hearing")
    with pytest.raises(KeyError, match="no office '999999' in district 610402"):
        demo.office("999999")


def spoil(folder: Path, office: str, **cells: str) -> Path:
    """The demo files copied to a folder, with cells of one office's line changed (a new office: a new line)."""
    with (DEMO.parent / "offices.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    matching = [row for row in rows if row["id"] == office]
    if not matching:
        matching = [dict.fromkeys(OFFICE_COLUMNS, "") | {"id": office}]
        rows += matching
    matching[0].update(cells)
    with (folder / "offices.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, OFFICE_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    (folder / "district.toml").write_text(DEMO.read_text(encoding="utf-8"), encoding="utf-8")
    return folder / "district.toml"


@pytest.mark.parametrize(
    ("office", "cells", "fault"),
    [
        (VILLAGE, {"managed_by": "610402999"}, r"line 18, field managed_by: no office or body 610402999"),
        (VILLAGE, {"managed_by": DISTRICT}, r"line 18, field managed_by: a village cannot be managed by the district"),
        (TOWN, {"managed_by": VILLAGE}, r"line 15, field managed_by: goes round in a circle"),
        (TOWN, {"managed_by": TOWN}, r"line 15, field managed_by: goes round in a circle"),
        (TOWN, {"managed_by": ""}, r"line 15, field managed_by: missing"),
        (DISTRICT, {"managed_by": "xixian"}, r"line 2, field managed_by: the district is the top"),
        ("610402d01", {"managed_by": "xixian"}, r"field managed_by: a department cannot be managed by the outside"),
        (VILLAGE, {"code_parent": "610402902"}, r"line 18, field code_parent: .* does not lie under"),
        (VILLAGE, {"code_parent": ""}, r"line 18, field code_parent: no office None"),
        (VILLAGE, {"tier": "town"}, r"line 18, field id: 610402901901 is no id of a town"),
        (VILLAGE, {"tier": "hamlet"}, r"line 18, field tier: Must be one of"),
        (VILLAGE, {"name": ""}, r"line 18, field name: Missing data"),
        (VILLAGE, {"id": "61-0402"}, r"line 18, field id: String does not match"),
        (VILLAGE, {"id": "610402901902"}, r"line 19, field id: 610402901902 stands already at .* line 18"),
        (VILLAGE, {"valid_to": "soon"}, r"line 18, field valid_to: Not a valid date"),
        (VILLAGE, {"valid_from": "2026-05-01", "valid_to": "2026-04-01"}, r"field valid_to: before valid_from"),
        (VILLAGE, {"successor": "610402901999"}, r"line 18, field successor: no other office"),
        ("610403", {"name": "邻区", "tier": "district"}, r"line 32, field tier: only 610402 is the district"),
        ("xixian", {"name": "新区", "tier": "portal"}, r"bodies.id: xixian is used twice"),
        (PORTAL, {"id": "610402d10", "tier": "department", "code_parent": DISTRICT}, r"no line for portal"),
    ],
)
def test_a_wrong_cell_is_named_by_file_line_and_field(tmp_path: Path, office: str, cells: dict, fault: str) -> None:
    with pytest.raises(DistrictError, match=fault) as raised:
        load_district(spoil(tmp_path, office, **cells))
    assert "offices.csv" in str(raised.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = spoil(tmp_path, VILLAGE, tier="hamlet", valid_to="soon")
    with pytest.raises(DistrictError) as raised:
        load_district(path)
    assert len(raised.value.faults) == 2


def test_a_wrong_district_file_names_the_key(tmp_path: Path) -> None:
    path = spoil(tmp_path, VILLAGE)
    path.write_text(path.read_text(encoding="utf-8").replace('id = "xixian"', 'id = "新区"'), encoding="utf-8")
    with pytest.raises(DistrictError, match=r"district\.toml: field bodies\.2\.id"):
        load_district(path)
    path.write_text("id = ", encoding="utf-8")
    with pytest.raises(DistrictError, match="cannot be read"):
        load_district(path)


def test_an_unknown_column_or_too_many_cells_are_refused(tmp_path: Path) -> None:
    path = spoil(tmp_path, VILLAGE)
    offices = tmp_path / "offices.csv"
    text = offices.read_text(encoding="utf-8")
    offices.write_text(text.replace("urban_rural", "colour", 1), encoding="utf-8")
    with pytest.raises(DistrictError, match="line 1: columns must be"):
        load_district(path)
    offices.write_text(text + ",,,,,,,,,,,,,,,,,x\n", encoding="utf-8")
    with pytest.raises(DistrictError, match="more cells than columns"):
        load_district(path)
