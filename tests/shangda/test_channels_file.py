"""A file of channels: whole or not at all, every fault by row and field; and accounts that come and go."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.intake.channels.models import IntakeAbsence, IntakeChannel
from services.intake.service import IntakeService
from shangda.channels_file import ChannelsFileError, import_file, read_channels
from shangda.staffing import account_back, account_gone
from tests.services.house import DEMO, DISTRICT, TOWN, VILLAGE, House
from tests.services.intake.channels import NOW

PHONE = """
[[channels]]
office = "610402901"
kind = "phone"
label = "举报电话"
phone = "029-1234567"
hours = "8:30–18:00"
public = true
since = 2026-01-01
clerk = { id = "clerk", name = "经办人" }
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = House(tmp_path, {"intake": IntakeService}).open([DISTRICT, TOWN, VILLAGE], NOW)
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def written(folder: Path, text: str) -> Path:
    path = folder / "channels.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_demo_has_channels_that_its_offices_take(house: House) -> None:
    path = DEMO / "channels.toml"
    done = import_file(house.offices, path, "operator:x")
    assert {office: counts["added"] for office, counts in done.items()} == {
        office: len(rows) for office, rows in read_channels(path).items()
    }
    again = import_file(house.offices, path, "operator:x")
    assert {(counts["added"], counts["changed"]) for counts in again.values()} == {(0, 0)}
    house.post()
    found = house.ask(DISTRICT, "intake", "network_coverage", {})["result"]
    assert {each["office"] for each in found["offices"] if each["covered"]} == {DISTRICT, TOWN, VILLAGE}


@pytest.mark.parametrize(("change", "said"), [
    (("029-1234567", "拨打"), ["第2条 phone: 应为电话号码"]),
    (('hours = "8:30–18:00"', ""), ["第2条 hours: 此类渠道须填写"]),
    (('kind = "phone"', 'kind = "sweep"'), ["第2条 kind: "]),
    (("public = true", "color = 1"), ["第2条 public: ", "第2条 color: "]),
    (('office = "610402901"', 'office = "610402d01"'), ["第2条 office: 该机构的数据库不在本机"]),
    (('label = "另一个"', 'label = "举报电话"'), ["第2条 label: 与第1条重复"]),
    (("since = 2026-01-01", "since = 2026-13-01"), ["channels.toml: "]),
    (("clerk = {", "deputy = {"), ["第2条 clerk: 请填写专人"]),
    (("since = 2026-01-01", "since = 9999-12-31"), ["第2条 since: 年份应在"]),
    (("since = 2026-01-01", "since = 2026-01-01\nuntil = 0001-01-01"), ["第2条 until: "]),
])  # fmt: skip
def test_a_fault_is_named_by_row_and_field_and_nothing_is_imported(
    house: House, tmp_path: Path, change: tuple[str, str], said: list[str]
) -> None:
    other = PHONE.replace("举报电话", "另一个")
    assert change[0] in other
    path = written(tmp_path, PHONE + other.replace(*change))
    with pytest.raises(ChannelsFileError) as error:
        import_file(house.offices, path, "operator:x")
    assert [each for each in said if each not in str(error.value)] == []
    assert house.rows(TOWN, IntakeChannel) == []


def test_a_fault_at_one_office_keeps_the_channels_of_the_other_out_too(house: House, tmp_path: Path) -> None:
    village = PHONE.replace(TOWN, VILLAGE)
    twice_the_same = 'clerk = { id = "clerk", name = "甲" }\ndeputy = { id = "clerk", name = "甲" }'
    wrong = PHONE.replace('clerk = { id = "clerk", name = "经办人" }', twice_the_same)
    with pytest.raises(ChannelsFileError, match="第2条 deputy: 应为另一人"):
        import_file(house.offices, written(tmp_path, village + wrong), "operator:x")
    assert house.rows(VILLAGE, IntakeChannel) == house.rows(TOWN, IntakeChannel) == []


@pytest.mark.parametrize("text", ["", "channels = 3", "[other]\nx = 1", "channels = [3]"])
def test_a_file_of_something_else_is_refused(house: House, tmp_path: Path, text: str) -> None:
    with pytest.raises(ChannelsFileError):
        import_file(house.offices, written(tmp_path, text), "operator:x")


def test_s15_an_account_that_is_removed_leaves_its_channels_unminded_until_it_is_back(
    house: House, tmp_path: Path
) -> None:
    import_file(house.offices, written(tmp_path, PHONE), "operator:x")
    account_gone(house.offices[TOWN], "clerk", "operator:x")
    house.post()
    (alert,) = house.ask(DISTRICT, "intake", "channel_alerts", {})["result"]["alerts"]
    assert (alert["office"], alert["why"], alert["since"]) == (TOWN, "clerk_gone", "2026-05-08")
    house.pass_time(2)
    account_back(house.offices[TOWN], "clerk", "operator:x")
    house.post()
    assert house.ask(DISTRICT, "intake", "channel_alerts", {})["result"]["alerts"] == []
    assert [str(row.until) for row in house.rows(TOWN, IntakeAbsence)] == ["2026-05-09"]
