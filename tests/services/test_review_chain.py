"""One man's drain to the end: settlement, opinion, review, final review, and what later letters get (R25; XF22 35, 36)."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from network.ids import new_id
from network.keys import make_keys
from network.tables import InboxRow
from services.assignment.models import AssignmentCase
from services.assignment.service import AssignmentService
from services.hearing.models import OpinionRow
from services.hearing.service import HearingService
from services.intake.service import IntakeService
from services.supervision.models import ClockRow
from services.supervision.service import SupervisionService
from tests.services.house import DISTRICT, TOWN, VILLAGE, House

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
OFFICES = (DISTRICT, TOWN, VILLAGE)
LEADER = ("clerk", "leader")
SECOND = timedelta(seconds=1)
WORDS = {"facts": "渠位于规划路面内", "opinion": "另设排水口", "basis": "村庄和集镇规划建设管理条例"}


@pytest.fixture(scope="module")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder, OFFICES, lambda _: "口令", interactive=True)
    return folder


@pytest.fixture
def house(tmp_path: Path, key_folder: Path) -> Iterator[House]:
    shutil.copytree(key_folder, tmp_path, dirs_exist_ok=True)
    services = {
        "intake": IntakeService,
        "assignment": AssignmentService,
        "supervision": SupervisionService,
        "hearing": HearingService,
    }
    opened = House(tmp_path, services).open(OFFICES, MON)
    yield opened
    assert [row.reason for office in OFFICES for row in opened.rows(office, InboxRow) if row.state != "applied"] == []
    for office in opened.offices.values():
        office.engine.dispose()


def act(house: House, office: str, service: str, method: str, **data: Any) -> dict[str, Any]:
    """A command of a leader's, which must succeed, and the post after it."""
    answer = house.command(office, service, method, data, roles=LEADER)
    assert answer["ok"], answer
    house.post()
    return dict(answer["result"])


def refused(house: House, office: str, service: str, method: str, **data: Any) -> str:
    return str(house.command(office, service, method, data, roles=LEADER)["error"]["code"])


def filed(house: House, office: str) -> str:
    """A petition about the drain, registered at an office."""
    plain = {"receipt_hash": new_id() * 2, "channel": "letter", "nature": "seek", "category": "C03", "place": VILLAGE}
    told = {"text": "排水渠被填", "real_name": True, "contactable": True, "reporter": None}
    return str(act(house, office, "intake", "register", case=new_id(), **plain, **told)["case"])


def seen(house: House, office: str, case: str) -> dict[str, Any]:
    return dict(house.ask(office, "assignment", "get_case", {"case": case})["result"]["case"])


def standing(house: House, office: str, case: str) -> str:
    return str(house.ask(office, "hearing", "case", {"case": case})["result"]["standing"]["word"])


def clocks(house: House, office: str, case: str) -> dict[str, str]:
    return {row.kind: row.state for row in house.rows(office, ClockRow) if row.case_id == case}


def now(house: House) -> datetime:
    return house.offices[DISTRICT].moment


def serve_opinion(house: House, case: str) -> dict[str, Any]:
    """The town visits, decides and serves; the case as it stands then."""
    act(house, TOWN, "assignment", "record_visit", case=case, who="镇村建办", place="村东", found="渠在规划路面内")
    act(house, TOWN, "assignment", "draft_opinion", case=case, verdict="reject", **WORDS)
    act(house, TOWN, "assignment", "issue_opinion", case=case)
    return act(house, TOWN, "assignment", "serve", case=case, way="direct", receiver="乔满仓")


def opinion_of_the_town(house: House) -> str:
    """The village's settlement is refused, and the town's opinion served."""
    case = filed(house, VILLAGE)
    act(house, VILLAGE, "assignment", "accept", case=case)
    act(house, VILLAGE, "assignment", "settle", case=case, what="在原处恢复一半")
    act(house, VILLAGE, "assignment", "refuse_settlement", case=case, reason="要求全部恢复")
    act(house, VILLAGE, "assignment", "offer", case=case, to=TOWN, note="村里调解不成")
    act(house, TOWN, "assignment", "sign_for", case=case)
    act(house, TOWN, "assignment", "accept", case=case)
    served = serve_opinion(house, case)
    assert served["status"] == "concluded"
    return case


def reviewed(house: House, case: str) -> str:
    """The district's review upholds it; the number of its opinion."""
    house.pass_time(20)
    act(house, DISTRICT, "hearing", "request_review", case=case, points="另设排水口不管用")
    house.pass_time(20)
    decided = act(house, DISTRICT, "hearing", "decide_review", case=case, outcome="uphold", **WORDS)
    return str(decided["review_no"])


def finally_reviewed(house: House, case: str) -> None:
    """The city's final review is asked for and its opinion registered."""
    house.pass_time(5)
    act(house, DISTRICT, "hearing", "request_final_review", case=case, points="不服复查意见")
    house.pass_time(20)
    final = {"outcome": "uphold", "opinion_no": "咸信复核〔2026〕7号", "issued_at": now(house).isoformat()}
    act(house, DISTRICT, "hearing", "register_final_opinion", case=case, **final)


def test_the_chain_ends_only_with_the_registered_final_opinion_and_later_letters_get_its_three_numbers(
    house: House,
) -> None:
    case = opinion_of_the_town(house)
    opinion_no = seen(house, TOWN, case)["opinion_no"]
    review_no = reviewed(house, case)
    assert seen(house, TOWN, case)["final_opinions"] == []
    finally_reviewed(house, case)
    chain = [opinion_no, review_no, "咸信复核〔2026〕7号"]
    assert seen(house, TOWN, case)["final_opinions"] == chain
    assert standing(house, DISTRICT, case) == "final"
    assert clocks(house, DISTRICT, case)["K10"] == "stopped"

    later = filed(house, TOWN)
    assert refused(house, TOWN, "assignment", "decline", case=later, ground="final", guidance="另行提出") == "not_final"
    number = seen(house, TOWN, case)["number"]
    act(house, TOWN, "assignment", "link_repeat", case=later, repeat_of=number)
    same = {"case": later, "ground": "final", "guidance": "有新的事实和理由可以另行提出"}
    assert refused(house, TOWN, "assignment", "decline", **same, new_facts="有新证人") == "new_facts"
    act(house, TOWN, "assignment", "decline", **same)
    notice = house.ask(TOWN, "intake", "get_report", {"case": later})["result"]["notices"][-1]
    assert (notice["kind"], notice["facts"]["opinions"]) == ("not_again", chain)
    assert notice["number"]


def test_new_facts_make_a_first_report(house: House) -> None:
    case = opinion_of_the_town(house)
    reviewed(house, case)
    finally_reviewed(house, case)
    later = filed(house, TOWN)
    number = seen(house, TOWN, case)["number"]
    act(house, TOWN, "assignment", "link_repeat", case=later, repeat_of=number)
    act(house, TOWN, "assignment", "accept", case=later, new_facts="新修的路改线,渠不在路面内")
    shown = house.ask(TOWN, "assignment", "get_case", {"case": later})["result"]
    assert (shown["case"]["status"], shown["case"]["repeat_of"]) == ("accepted", "")
    assert [note["text"] for note in shown["notes"] if note["about"] == "new_facts"] == ["新修的路改线,渠不在路面内"]


def test_a_right_that_nobody_used_lapses_and_is_found_once(house: House) -> None:
    case = opinion_of_the_town(house)
    until = house.rows(DISTRICT, OpinionRow)[0].review_until
    house.set_time(until)
    house.poll()
    assert seen(house, TOWN, case)["final_opinions"] == []
    house.set_time(until + SECOND)
    house.poll()
    house.poll()
    assert seen(house, TOWN, case)["final_opinions"] == [seen(house, TOWN, case)["opinion_no"]]
    told = [row for row in house.rows(TOWN, InboxRow) if row.type == "case_final"]
    assert len(told) == 1


def test_lateness_that_the_review_organ_waives_makes_it_open_again(house: House) -> None:
    case = opinion_of_the_town(house)
    house.pass_time(60)
    house.poll()
    assert len(seen(house, TOWN, case)["final_opinions"]) == 1
    asked = {"points": "不服", "waiver": "当事人住院,有证明"}
    act(house, DISTRICT, "hearing", "request_review", case=case, **asked)
    assert seen(house, TOWN, case)["final_opinions"] == []
    decided = act(house, DISTRICT, "hearing", "decide_review", case=case, outcome="redo", **WORDS)
    assert decided["state"] == "decided"
    again = seen(house, TOWN, case)
    assert (again["status"], again["reopened"], list(again["clocks"])) == ("accepted", 1, ["K5"])


def test_a_reopened_case_gets_a_new_opinion_that_may_be_reviewed(house: House) -> None:
    case = opinion_of_the_town(house)
    house.pass_time(60)
    house.poll()
    act(house, TOWN, "assignment", "reopen", case=case, reason="现场情况有变")
    again = seen(house, TOWN, case)
    assert (again["status"], again["reopened"], again["final_opinions"]) == ("accepted", 1, [])
    serve_opinion(house, case)
    assert standing(house, DISTRICT, case) == "review_open"
    assert len([row for row in house.rows(DISTRICT, OpinionRow) if not row.superseded]) == 1
    assert seen(house, TOWN, case)["final_opinions"] == []


def test_an_office_above_has_a_case_opened_again_that_it_never_held(house: House) -> None:
    case = opinion_of_the_town(house)
    house.pass_time(60)
    house.poll()
    assert refused(house, DISTRICT, "assignment", "reopen", case=case, reason="未落实") == "not_found"
    ordered = act(house, DISTRICT, "supervision", "order_reopen", case=case, reason="未落实")
    assert (ordered["case"], ordered["way"], ordered["whom"], ordered["said"]) == (case, "reopen", TOWN, "未落实")
    again = seen(house, TOWN, case)
    assert (again["status"], again["reopened"], again["final_opinions"]) == ("accepted", 1, [])
    assert "K5" in clocks(house, DISTRICT, case)
    (kept,) = house.ask(DISTRICT, "supervision", "presses", {"case": case})["result"]["presses"]
    assert kept["said"] == "未落实"
    assert refused(house, DISTRICT, "supervision", "order_reopen", case=case, reason="再次") == "not_over"
    assert refused(house, VILLAGE, "supervision", "order_reopen", case=case, reason="我们") == "not_below"


def test_a_petition_is_heard_before_its_opinion_and_the_recused_do_not_sit(house: House) -> None:
    case = filed(house, TOWN)
    act(house, TOWN, "assignment", "accept", case=case)
    post = {"office": TOWN, "post": "干事", "since": "2020-01-01"}
    known = {"id": "gb-07", "name": "王某", "rank": "town_staff", "managed_by": "town", "posts": [post]}
    register = {"version": "1", "officials": [known]}
    assert house.command(DISTRICT, "assignment", "import_officials", register, desk="discipline", roles=LEADER)["ok"]
    house.post()
    act(house, TOWN, "assignment", "recuse_person", case=case, person="gb-07", ground="related", reason="亲属")
    roles = ("host", "recorder", "deputy", "petition_office", "petitioner", "other_party")
    panel = [{"name": f"{number}号", "role": role} for number, role in enumerate(roles)]
    called = {
        "form": "face_to_face", "place": "镇会议室", "for_level": "handling", "investigation_report": "调查报告1号",
        "report_text": "属实",
        "planned_at": (now(house) + timedelta(days=7)).isoformat(),
    }  # fmt: skip
    recused = [{**panel[0], "person": "gb-07"}, *panel[1:]]
    assert refused(house, TOWN, "hearing", "open_hearing", case=case, panel=recused, **called) == "recused_seat"
    session = act(house, TOWN, "hearing", "open_hearing", case=case, panel=panel, **called)["session"]
    swap = {"session": session, "name": "0号", "reason": "申请回避"}
    by = {"name": "王某", "role": "host", "person": "gb-07"}
    assert refused(house, TOWN, "hearing", "replace_seat", **swap, by=by) == "recused_seat"
    replaced = act(house, TOWN, "hearing", "replace_seat", **swap, by={**by, "person": "gb-08", "office": TOWN})
    assert [seat["name"] for seat in replaced["panel"]] == ["王某", "1号", "2号", "3号", "4号", "5号"]
    assert [(each["name"], each["by"]) for each in replaced["replaced"]] == [("0号", "王某")]


def test_the_reviewing_office_need_not_have_the_case(house: House) -> None:
    """The district reviews what it never held: finality is the holder's to keep."""
    case = opinion_of_the_town(house)
    reviewed(house, case)
    finally_reviewed(house, case)
    assert [row.case for row in house.rows(DISTRICT, AssignmentCase)] == []
    assert len(seen(house, TOWN, case)["final_opinions"]) == 3
