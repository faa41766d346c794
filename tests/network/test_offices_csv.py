"""`offices import`: the national list in, a district that loads out, and nothing written when a line is wrong."""

from datetime import date
from pathlib import Path

import pytest

from network.offices import District, load_district
from network.offices_csv import import_offices
from network.offices_file import DistrictError

TODAY = date(2026, 11, 23)
LIST = """\
610499000000,示例区,
610499001000,人民路街道,
610499001001,富安路社区居委会,111
610499002000,上林街道办事处,
610499002201,望塬村村委会,220
610499101000,槐川镇,
"""


def imported(folder: Path, text: str, district: District | None = None, encoding: str = "utf-8"):
    source = folder / "list.csv"
    source.write_text(text, encoding=encoding)
    return import_offices(source, district, folder / "offices.csv", today=TODAY)


def test_a_first_import_makes_a_district_that_loads(tmp_path: Path) -> None:
    report = imported(tmp_path, LIST)
    district = load_district(tmp_path / "district.toml")
    assert (district.id, district.name) == ("610499", "示例区")
    assert len(report.added) == len(district.network_offices()) == 7
    village = district.office("610499002201")
    assert (village.tier, village.managed_by, village.code_parent) == ("village", "610499002", "610499002")
    assert village.urban_rural == "220"
    assert [district.office(each).short_name for each in ("610499001", "610499001001", "610499002201")] == [
        "人民路办",
        "富安路社区",
        "望塬村",
    ]
    assert district.portal.managed_by == "610499"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_encodings_and_a_header_in_any_order(tmp_path: Path, encoding: str) -> None:
    lines = [line.split(",") for line in LIST.splitlines()]
    text = "统计用区划代码,城乡分类代码,名称\n" + "".join(f"{code},{kind},{name}\n" for code, name, kind in lines)
    imported(tmp_path, text, encoding=encoding)
    district = load_district(tmp_path / "district.toml")
    assert district.office("610499001001").name == "富安路社区居委会"
    assert district.office("610499001001").urban_rural == "111"


def edited(folder: Path) -> District:
    """A first import, and then what people did to its files by hand."""
    imported(folder, LIST)
    toml = folder / "district.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8") + '\n[[bodies]]\nid = "new-area"\nname = "新区"\n', encoding="utf-8"
    )
    offices = folder / "offices.csv"
    text = offices.read_text(encoding="utf-8").replace(
        "610499002,上林街道办事处,上林办,town,610499,", "610499002,上林街道办事处,上林办,town,new-area,"
    )
    text += "610499d01,住建局,住建局,department,610499,610499,,029-00000009,,,,,,,\n"
    offices.write_text(text, encoding="utf-8")
    return load_district(toml)


def test_what_was_set_by_hand_stays(tmp_path: Path) -> None:
    before = edited(tmp_path)
    report = imported(tmp_path, LIST.replace("槐川镇", "槐川新镇") + "610499101201,梨湾村村委会,220\n", before)
    after = load_district(tmp_path / "district.toml")
    assert after.office("610499002").managed_by == "new-area"
    assert after.office("610499d01") == before.office("610499d01")
    assert after.portal == before.portal
    assert after.office("610499101").name == "槐川新镇"
    assert report.added == ("610499101201",)
    assert after.office("610499101201").valid_from == TODAY
    assert (report.vanished, report.needs_successor) == ((), ())


def test_what_left_the_list_ends_and_asks_for_a_successor(tmp_path: Path) -> None:
    shorter = "".join(line for line in LIST.splitlines(keepends=True) if "富安路" not in line)
    report = imported(tmp_path, shorter, edited(tmp_path))
    assert report.vanished == report.needs_successor == ("610499001001",)
    offices = tmp_path / "offices.csv"
    ended = load_district(tmp_path / "district.toml").office("610499001001")
    assert (ended.valid_to, ended.successor) == (TODAY, None)

    text = offices.read_text(encoding="utf-8").replace(f"{TODAY},\n", "2026-10-01,610499002201\n")
    offices.write_text(text, encoding="utf-8")
    report = imported(tmp_path, shorter, load_district(tmp_path / "district.toml"))
    assert (report.vanished, report.needs_successor) == (("610499001001",), ())
    assert load_district(tmp_path / "district.toml").office("610499001001").valid_to == date(2026, 10, 1)

    report = imported(tmp_path, LIST, load_district(tmp_path / "district.toml"))
    back = load_district(tmp_path / "district.toml").office("610499001001")
    assert (back.valid_to, back.successor, report.vanished) == (None, None, ())


def test_all_faults_are_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    before = edited(tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    text = LIST + "6.10402E+11,某村,220\n610499001002,,111\n610499001003,某社区,999\n610499555001,某社区,111\n"
    with pytest.raises(DistrictError) as raised:
        imported(tmp_path, text + LIST.splitlines()[1], before)
    assert [fault.replace(f"{tmp_path / 'list.csv'} ", "") for fault in raised.value.faults] == [
        "line 7, field code: '6.10402E+11' is not 12 digits (a spreadsheet may have rounded it: store it as text)",
        "line 8, field name: 1 to 60 characters are needed",
        "line 9, field urban_rural_code: '999' is none of 111, 112, 121, 122, 123, 210, 220",
        "line 11, field code: 610499001 stands already at line 2",
        "line 10, field code: no line for 610499555, under which 610499555001 lies",
    ]
    written.pop("list.csv")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name != "list.csv"} == written


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "one line of a district .* there are 0"),
        (LIST + "610498000000,邻区,\n", "there are 2"),
        ("序号,名称\n1,某区\n", "line 1: the header must name code and name"),
        (LIST.replace("610499", "610498"), "field code: the list is of 610498, this is district 610499"),
        ('610499000000,"示例区\n', "cannot be read"),
    ],
)
def test_a_list_that_is_not_of_this_district_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(DistrictError, match=fault):
        imported(tmp_path, text, edited(tmp_path))
