"""The register of officials as an Excel file: what is read, and how every fault is told."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from contracts.context import Actor
from contracts.naming import named_in
from contracts.officials import OfficialSchema
from gateway.desk.matching import names_of
from services.assignment.responsibility import groups, matrix
from services.assignment.service import AssignmentService
from services.supervision.service import SupervisionService
from shangda.commands.officials import officials as command
from shangda.officials_form import SHEETS, write_template
from shangda.officials_xlsx import OfficialsFileError, read_officials, version_of
from shangda.register import import_file
from tests.services.house import DEMO, DISTRICT, TOWN, VILLAGE, House, demo_policy, demo_tree, here_at
from tests.services.supervision.told import MON

HEAD = ["gb-001", "石某", "村社区干部", "镇管"]
CLERK = ["gb-002", "柳某", "镇街工作人员", "镇管"]
GOOD: dict[str, list[list[Any]]] = {
    "干部": [HEAD, CLERK],
    "任职": [
        ["gb-001", 610402901901, "村主任", datetime(2021, 3, 1, tzinfo=UTC).replace(tzinfo=None), None],
        ["gb-002", TOWN, "干事", "2023-04-01", ""],
    ],
    "分工": [["gb-002", "点名接访领导", TOWN, date(2024, 1, 1), "2024-12-31"]],
    "关系": [["gb-001", "gb-002", "配偶"]],
}
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A file with these rows in its sheets."""

    def written(headers: dict[str, list[str]] | None = None, **rows: list[list[Any]]) -> Path:
        book = Workbook()
        book.remove(book.worksheets[0])
        for sheet, content in {**GOOD, **rows}.items():
            page = book.create_sheet(sheet)
            page.append((headers or {}).get(sheet) or [*SHEETS[sheet][1]])
            for row in content:
                page.append(row)
        path = tmp_path / "officials.xlsx"
        book.save(path)
        return path

    return written


def wrong(path: Path) -> list[str]:
    with pytest.raises(OfficialsFileError) as found:
        read_officials(path)
    return str(found.value).splitlines()


def test_four_sheets_become_officials(write: Write) -> None:
    head, clerk = read_officials(write()).officials
    assert head == {
        "id": "gb-001",
        "name": "石某",
        "rank": "village_cadre",
        "managed_by": "town",
        "posts": [{"office": "610402901901", "post": "村主任", "since": "2021-03-01", "until": None}],
        "duties": [],
        "relations": [{"person": "gb-002", "kind": "配偶"}],
    }
    assert clerk["duties"] == [
        {"duty": "reception_leader", "scope": TOWN, "since": "2024-01-01", "until": "2024-12-31"}
    ]
    assert (clerk["posts"][0]["since"], clerk["posts"][0]["until"]) == ("2023-04-01", None)


def test_columns_may_stand_in_any_order_and_empty_rows_do_not_count(write: Write) -> None:
    rows = [["石某", "x", "gb-001", "镇管", "村民"], [None], ["柳某", "", "gb-002", "区管", "不详"]]
    path = write({"干部": ["姓名", "备注", "编号", "管理权限", "类别"]}, 干部=rows)
    assert [(each["id"], each["rank"]) for each in read_officials(path).officials] == [
        ("gb-001", "villager"), ("gb-002", "unknown"),
    ]  # fmt: skip


def test_every_fault_of_sheets_and_cells_is_told_at_once(write: Write) -> None:
    path = write(
        {"分工": ["编号", "范围"]},
        干部=[HEAD, ["gb-001", "石某", "村社区干部", "镇管"], ["gb-003", "苗某", "大官", "省管"]],
        任职=[["gb-001", TOWN, "干事", "去年", "2024-13-01"], ["gb-009", TOWN, "干事", "2023-04-01", None]],
        关系=[],
    )
    found = wrong(path)
    assert found[0] == "干部 第3行 编号:编号重复"
    assert found[1].startswith("干部 第4行 类别:只能是:村民、村社区干部")
    assert found[2] == "干部 第4行 管理权限:只能是:镇管、区管、市管"
    assert found[3:] == [
        "任职 第2行 起于:应为日期,如 2026-03-02",
        "任职 第2行 止于:应为日期,如 2026-03-02",
        "任职 第3行 编号:“干部”表中没有此编号",
        "分工 第1行:缺少列 分工、起于、止于",
    ]


def test_a_missing_sheet_or_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "干部"
    book.worksheets[0].append([*SHEETS["干部"][1]])
    book.save(tmp_path / "half.xlsx")
    assert wrong(tmp_path / "half.xlsx") == [f"缺少工作表“{sheet}”" for sheet in ("任职", "分工", "关系")]
    (tmp_path / "text.xlsx").write_text("编号,姓名")
    assert "不是可读的 Excel 文件" in wrong(tmp_path / "text.xlsx")[0]
    assert "不是可读的 Excel 文件" in wrong(tmp_path / "nothing.xlsx")[0]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    (tmp_path / "offices").mkdir()
    services = {"assignment": AssignmentService, "supervision": SupervisionService}
    opened = House(tmp_path / "offices", services).open((DISTRICT, TOWN, VILLAGE), MON)
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


DEMO_HERE = here_at(DISTRICT, MON, demo_tree(), demo_policy())
OPERATOR = Actor("operator:root", DISTRICT)


def test_what_the_import_refuses_is_told_by_sheet_row_and_column(house: House, write: Write) -> None:
    path = write(
        干部=[HEAD, ["gb-002", "", "镇街工作人员", "镇管"]],
        任职=[["gb-002", TOWN, "干事", "2024-04-01", "2024-03-31"]],
        关系=[["gb-001", "gb 9", "配偶"]],
    )
    with pytest.raises(OfficialsFileError) as refused:
        import_file(house.offices[DISTRICT], path, OPERATOR)
    assert sorted(str(refused.value).splitlines()) == sorted([
        "内容不符合要求",
        "关系 第2行 相关人编号:格式不对",
        "干部 第3行 姓名:应为 1 到 60 个字",
        "任职 第2行 止于:止于不能早于起于",
    ])  # fmt: skip
    posts = [["gb-001", "610499", "村主任", "2021-03-01", None]]
    path = write(任职=posts, 分工=[["gb-002", "片区包抓", "north", "2021-03-01", None]])
    with pytest.raises(OfficialsFileError) as refused:
        import_file(house.offices[DISTRICT], path, OPERATOR)
    assert str(refused.value).splitlines() == [
        "内容不符合要求", "任职 第2行 机关编号:没有这个机关", "分工 第2行 范围:政策中没有这个片区",
    ]  # fmt: skip


LEADER = ["gb-003", "滕玉兰", "包抓领导", "市管"]
PEOPLE_WITH_LEADER = [HEAD, CLERK, LEADER]
HELD = [["gb-003", 610402, "区人大常委会副主任", "2020-01-01", None]]


def test_seats_and_classes_stand_beside_a_duty(write: Write) -> None:
    seat = ["gb-003", "包抓领导", TOWN, "2023-01-01", None, "assembly", None]
    split = ["gb-003", "分类包抓", None, "2023-01-01", None, None, "C01、C03, C04"]
    found = read_officials(write(干部=PEOPLE_WITH_LEADER, 任职=HELD, 分工=[seat, split])).officials[2]["duties"]
    term = {"since": "2023-01-01", "until": None}
    assert found == [
        {"duty": "covering_leader", "scope": TOWN, "slot": "assembly", **term},
        {"duty": "class_leader", "scope": "", "classes": ["C01", "C03", "C04"], **term},
    ]
    old = write({"分工": ["编号", "分工", "范围", "起于", "止于"]}, 干部=PEOPLE_WITH_LEADER, 分工=[seat[:5]])
    assert read_officials(old).officials[2]["duties"] == [{"duty": "covering_leader", "scope": TOWN, **term}]


def test_faults_of_seats_and_classes_are_told_by_sheet_row_and_column(house: House, write: Write) -> None:
    duties = [
        ["gb-003", "包抓领导", TOWN, "2023-01-01", None, "government", None],
        ["gb-003", "分类包抓", TOWN, "2023-01-01", None, None, "C15"],
        ["gb-003", "包抓领导", "610402902", "2023-01-01", None, "Assembly", None],
    ]
    with pytest.raises(OfficialsFileError) as refused:
        import_file(house.offices[DISTRICT], write(干部=PEOPLE_WITH_LEADER, 任职=HELD, 分工=duties[:2]), OPERATOR)
    assert str(refused.value).splitlines() == [
        "内容不符合要求",
        "分工 第2行 席位:自2023-01-01起所任职务不符合“区政府领导”席位",
        "分工 第3行 分类:没有可包抓的分类C15",
    ]
    with pytest.raises(OfficialsFileError) as refused:
        import_file(house.offices[DISTRICT], write(干部=PEOPLE_WITH_LEADER, 任职=HELD, 分工=duties), OPERATOR)
    assert str(refused.value).splitlines() == ["内容不符合要求", "分工 第4行 席位:格式不对"]


def test_a_file_is_imported_once_and_posted_to_the_offices(house: House, write: Write) -> None:
    path = write()
    version = version_of(read_officials(path).officials)
    done = import_file(house.offices[DISTRICT], path, OPERATOR)
    assert done == {"version": version, "serial": 1, "officials": 2, "changed": True}
    assert import_file(house.offices[DISTRICT], path, OPERATOR)["changed"] is False
    house.post()
    copy = house.ask(TOWN, "assignment", "officials", {})["result"]
    assert ([each["id"] for each in copy["officials"]], copy["version"]) == (["gb-001", "gb-002"], version)


def test_another_file_under_a_version_of_before_is_refused_with_its_words(house: House, write: Write) -> None:
    assert import_file(house.offices[DISTRICT], write(), OPERATOR, "2026.1")["version"] == "2026.1"
    with pytest.raises(OfficialsFileError) as refused:
        import_file(house.offices[DISTRICT], write(关系=[]), OPERATOR, "2026.1")
    assert "该版本号已用于另一份名册" in str(refused.value)


def test_the_demo_s_register_is_accepted_whole_and_no_sample_petition_names_an_official(house: House) -> None:
    done = import_file(house.offices[DISTRICT], DEMO / "officials.xlsx", OPERATOR)
    assert done["changed"] is True
    officials = OfficialSchema(many=True).load(read_officials(DEMO / "officials.xlsx").officials)
    duties = {(duty.duty, duty.scope) for each in officials for duty in each.duties}
    for town in ("610402901", "610402902"):
        covering = [
            each for each in officials for duty in each.duties if (duty.duty, duty.scope) == ("covering_leader", town)
        ]
        principals = [
            each for each in officials for duty in each.duties if (duty.duty, duty.scope) == ("town_principal", town)
        ]
        assert (len(covering), len(principals)) == (3, 2), "3+2 (S27, S28)"
    group, split = groups.faults(officials, DEMO_HERE), matrix.faults(officials, DEMO_HERE)
    assert (group, split) == ({}, {})
    for town in ("610402901", "610402902"):
        assert list(groups.findings(town, officials, DEMO_HERE, MON.date())) == []
    assert list(matrix.findings(officials, DEMO_HERE, MON.date())) == []
    assert {("area_holder", "east"), ("area_holder", "west"), ("discipline_secretary", "")} <= duties
    samples = json.loads((DEMO / "samples.json").read_text("utf-8"))
    names = names_of(demo_tree())
    for sample in samples:
        if not sample["report"].get("accused"):
            assert named_in(sample["report"]["text"], officials, names, MON.date()) == (), sample["no"]


def test_the_template_has_the_sheets_and_is_never_written_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    assert read_officials(path).officials == []
    assert load_workbook(path).sheetnames == ["干部", "任职", "分工", "关系", "填写说明"]
    done = CliRunner().invoke(command, ["template", str(path)])
    assert (done.exit_code, "已存在" in done.output) == (1, True)
    assert CliRunner().invoke(command, ["template", str(tmp_path / "other.xlsx")]).exit_code == 0


def test_the_command_says_what_it_did_or_every_fault(
    house: House, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shangda.commands.officials.offices_here", lambda _settings: house.offices)
    path = str(write())
    words = ["import", path, "--version", "2026.1"]
    assert CliRunner().invoke(command, words).output == "已导入:版本 2026.1,第 1 版,2 人\n"
    assert CliRunner().invoke(command, words).output == "与现行名册相同,未改动:版本 2026.1,第 1 版,2 人\n"
    refused = CliRunner().invoke(command, ["import", str(write(关系=[["gb-001", "gb-009", "配偶"]]))])
    assert (refused.exit_code, "关系 第2行 相关人编号:名册中没有此人" in refused.output) == (1, True)
    house.offices.pop(DISTRICT).engine.dispose()
    away = CliRunner().invoke(command, ["import", path])
    assert (away.exit_code, "不在本机" in away.output) == (1, True)
