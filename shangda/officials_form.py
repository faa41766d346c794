"""The form of the register of officials in Excel: four sheets, their Chinese headers, and the words that cells take."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

PEOPLE, POSTS, DUTIES, RELATIONS = "干部", "任职", "分工", "关系"
# Columns that a file may lack: the seat in a town's 3+2 group (S28), the classes of a class leader (S37).
SEATS: Mapping[str, str] = {"席位": "slot", "分类": "classes"}
# Sheet → list of an official ("" is the official itself) and column → field.
SHEETS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    PEOPLE: ("", {"编号": "id", "姓名": "name", "类别": "rank", "管理权限": "managed_by"}),
    POSTS: ("posts", {"编号": "id", "机关编号": "office", "职务": "post", "起于": "since", "止于": "until"}),
    DUTIES: ("duties", {"编号": "id", "分工": "duty", "范围": "scope", "起于": "since", "止于": "until", **SEATS}),
    RELATIONS: ("relations", {"编号": "id", "相关人编号": "person", "关系": "kind"}),
}
# What cells say → the word of the contracts.
WORDS: Mapping[str, Mapping[str, str]] = {
    "rank": {
        "村民": "villager",
        "村社区干部": "village_cadre",
        "镇街工作人员": "town_staff",
        "镇街领导": "town_leader",
        "镇街纪检": "town_discipline",
        "部门负责人": "department_head",
        "部门工作人员": "department_staff",
        "区领导": "district_leader",
        "区纪检": "district_discipline",
        "包抓领导": "covering_leader",
        "不详": "unknown",
    },
    "managed_by": {"镇管": "town", "区管": "district", "市管": "city"},
    "duty": {
        "包抓领导": "covering_leader",
        "片区包抓": "area_holder",
        "纪检书记": "discipline_secretary",
        "党政主要负责人": "town_principal",
        "点名接访领导": "reception_leader",
        "督办人员": "supervisor",
        "分类包抓": "class_leader",
    },
}


def write_template(path: Path) -> None:
    """An empty file with the sheets and headers, and a sheet that says which words the columns take."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for sheet, (_, columns) in SHEETS.items():
        book.create_sheet(sheet).append([*columns])
    help_ = book.create_sheet("填写说明")
    help_.append(["类别", *WORDS["rank"]])
    help_.append(["管理权限", *WORDS["managed_by"]])
    help_.append(["分工", *WORDS["duty"]])
    help_.append(["范围", "包抓领导、党政主要负责人、点名接访领导填机关编号;片区包抓填片区代号;区级纪检书记留空"])
    help_.append(
        ["席位", "3+2包抓组的席位,填政策中的代号,如 committee、government、assembly、party、head;不占席位的留空"]
    )
    help_.append(["分类", "只有分类包抓填写,如 C01、C03;范围填镇(街道)编号,全区留空"])
    help_.append(["止于", "仍在任的留空;起止当日均计入"])
    book.save(path)
