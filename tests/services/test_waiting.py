"""What is due and waiting at a desk: every service tells its lists, for the desk to put side by side."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from contracts.policy import Policy
from gateway.desk.todo import SERVICES
from network.ids import new_id
from network.keys import make_keys
from services.assignment.service import AssignmentService
from services.hearing.service import HearingService
from services.intake.service import IntakeService
from services.supervision.service import SupervisionService
from tests.services.house import DISTRICT, TOWN, VILLAGE, House, demo_policy, quiet_policy

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
PLUMS = "610402901902"
OFFICES = (DISTRICT, TOWN, VILLAGE, PLUMS)
LEADER = ("clerk", "leader")
LISTS = {
    "emergencies", "custody", "promises", "cases", "offers", "disputes", "objections", "steps", "orders", "demands",
    "periods", "call_backs", "measures", "alerts", "joint_steps", "incidents",
    "suspensions", "nudges", "go_downs", "reviews", "sessions", "unsigned", "terms",
    "reports", "figure_objections", "bookings", "box_letters",
}  # fmt: skip
WORDS = {"facts": "渠位于规划路面内", "opinion": "另设排水口", "basis": "村庄和集镇规划建设管理条例"}


@pytest.fixture(scope="module")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder, OFFICES, lambda _: "口令", interactive=True)
    return folder


@pytest.fixture
def policy() -> Policy:
    return quiet_policy()


@pytest.fixture
def house(tmp_path: Path, key_folder: Path, policy: Policy) -> Iterator[House]:
    shutil.copytree(key_folder, tmp_path, dirs_exist_ok=True)
    services = {each.name: each for each in (IntakeService, AssignmentService, SupervisionService, HearingService)}
    opened = House(tmp_path, services, policy=policy).open(OFFICES, MON)
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def act(house: House, office: str, service: str, method: str, **data: Any) -> dict[str, Any]:
    answer = house.command(office, service, method, data, roles=LEADER)
    assert answer["ok"], answer
    house.post()
    return dict(answer["result"])


def filed(house: House, office: str) -> str:
    plain = {"receipt_hash": new_id() * 2, "channel": "letter", "nature": "seek", "category": "C03", "place": VILLAGE}
    told = {"text": "排水渠被填", "real_name": True, "contactable": True, "reporter": None}
    return str(act(house, office, "intake", "register", case=new_id(), **plain, **told)["case"])


def waiting(house: House, office: str, desk: str = "petition", **actor: Any) -> dict[str, Any]:
    """What all four services tell a desk, as the gateway puts it together."""
    found: dict[str, Any] = {}
    for service in SERVICES:
        answer = house.ask(office, service, "todo", {"desk": desk}, **{"desk": desk, "roles": LEADER, **actor})
        assert answer["ok"], answer
        assert not set(found) & set(answer["result"]), "a list has one name"
        found |= answer["result"]
    return found


def served(house: House, case: str, **promise: Any) -> None:
    """The town decides in the petitioner's favour, and serves it."""
    act(house, TOWN, "assignment", "accept", case=case)
    act(house, TOWN, "assignment", "record_visit", case=case, who="镇村建办", place="村东", found="渠在规划路面内")
    act(house, TOWN, "assignment", "draft_opinion", case=case, verdict="support", **WORDS, **promise)
    act(house, TOWN, "assignment", "issue_opinion", case=case)
    act(house, TOWN, "assignment", "serve", case=case, way="direct", receiver="乔满仓")


def test_a_desk_where_nothing_waits_has_every_list_and_all_are_empty(house: House) -> None:
    for desk in ("petition", "discipline"):
        found = waiting(house, TOWN, desk)
        helping = found.pop("helping")
        assert helping == {"of_us": [], "by_us": []}
        assert set(found) == LISTS
        assert not any(found.values())


def test_cases_offers_help_objections_and_disputes_wait(house: House) -> None:
    later = filed(house, TOWN)
    house.pass_time(-1)
    sooner = filed(house, TOWN)
    house.pass_time(1)
    offered = filed(house, VILLAGE)
    act(house, VILLAGE, "assignment", "offer", case=offered, to=TOWN, note="村里调解不成")
    helped = filed(house, DISTRICT)
    act(house, DISTRICT, "assignment", "ask_help", case=helped, to=TOWN, what="核对名册", due="2026-03-12")
    act(house, TOWN, "assignment", "objection", case=sooner, person="", named="石主任", reason="亲戚")
    disputed = filed(house, VILLAGE)
    between = {"reason": "界线不清", "offices": [VILLAGE, PLUMS]}
    act(house, VILLAGE, "assignment", "refer_dispute", case=disputed, **between)
    found = waiting(house, TOWN)
    assert [each["case"] for each in found["cases"]] == [sooner, later]
    assert [each["case"] for each in found["offers"]] == [offered]
    assert [(each["case"], each["what"]) for each in found["helping"]["of_us"]] == [(helped, "核对名册")]
    assert [(each["case"], each["named"]) for each in found["objections"]] == [(sooner, "石主任")]
    assert [sorted(each) for each in waiting(house, TOWN, roles=["clerk"])["objections"]] == [
        ["at", "case", "id", "state"]
    ]
    assert [each["case"] for each in found["disputes"]] == [disputed]
    assert waiting(house, DISTRICT)["helping"]["by_us"][0]["office"] == TOWN
    decided = {"case": disputed, "office": PLUMS, "reason": "渠在梨湾"}
    assert house.command(TOWN, "assignment", "decide_dispute", decided, roles=LEADER)["ok"]
    assert waiting(house, TOWN)["disputes"] == []


def test_what_was_promised_waits_after_the_case_is_concluded(house: House) -> None:
    """K26 runs on: a case that nobody has to decide any more is still to be performed."""
    promised, plain = filed(house, TOWN), filed(house, TOWN)
    served(house, promised, perform_by="2026-04-30")
    served(house, plain)
    (case,) = waiting(house, TOWN)["cases"]
    assert (case["case"], case["status"], case["due"]["kind"]) == (promised, "concluded", "K26")
    assert datetime.fromisoformat(case["due"]["due"]) == datetime(2026, 4, 30, 23, 59, 59, tzinfo=SHANGHAI)


def test_orders_demands_and_nudges_wait_at_whom_they_are_for(house: House) -> None:
    case = filed(house, TOWN)
    order = {"case": case, "kind": "guidance", "demand": "请按期办结", "due": "2026-03-20"}
    act(house, DISTRICT, "supervision", "order", **order)
    asked = act(house, DISTRICT, "supervision", "demand", kind="suggestion", to=TOWN, points="请完善排查登记")["demand"]
    found = waiting(house, TOWN)
    assert [(each["case"], each["demand"]) for each in found["orders"]] == [(case, "请按期办结")]
    assert [(each["demand"], each["role"]) for each in found["demands"]] == [(asked, "received")]
    assert waiting(house, DISTRICT)["orders"] == waiting(house, DISTRICT)["demands"] == [], (
        "given, and not yet answered"
    )
    act(house, TOWN, "supervision", "answer_demand", demand=asked, answer="已采纳", adopted=True)
    assert waiting(house, TOWN)["demands"] == []
    assert [(each["demand"], each["role"]) for each in waiting(house, DISTRICT)["demands"]] == [(asked, "given")]
    up = filed(house, VILLAGE)
    act(house, VILLAGE, "assignment", "offer", case=up, to=TOWN)
    act(house, TOWN, "assignment", "sign_for", case=up)
    house.pass_time(30)
    nudge = act(house, VILLAGE, "supervision", "nudge", case=up, words="群众又来问了")["nudge"]
    assert [each["nudge"] for each in waiting(house, TOWN)["nudges"]] == [nudge]
    act(house, TOWN, "supervision", "answer_nudge", nudge=nudge, answer="本周答复")
    assert waiting(house, TOWN)["nudges"] == []


@pytest.mark.parametrize("policy", [demo_policy()], ids=["with the calendar's returns"])
def test_call_backs_alerts_steps_and_returns_wait(house: House, policy: Policy) -> None:
    case = filed(house, TOWN)
    wanted = {"call_back": "a" * 32, "purpose": "withdrawal", "number": "n", "desk": "petition", "at": MON}
    letter = Tell(TOWN, "supervision", "call_back_wanted", case, {**wanted, "reporter": None, "words": "来电撤回"})
    house.say(VILLAGE, "assignment", letter)
    house.post()
    for day in (2, 3, 4):
        went = {"at": (MON + timedelta(days=day - 2)).isoformat(), "form": "collective", "head_count": 17}
        house.set_time(MON + timedelta(days=3))
        act(house, DISTRICT, "supervision", "record_city_visit", case=case, why_not_here="过渡费未发", **went)
    assert [each["id"] for each in waiting(house, TOWN)["call_backs"]] == ["a" * 32]
    assert [each["case_id"] for each in waiting(house, DISTRICT)["alerts"]] == [case]
    for _ in range(20):
        house.pass_time(2)
        house.poll()
    steps = waiting(house, DISTRICT)["steps"]
    assert steps, "nobody handled the case: the district stands before its steps"
    assert {each["by"] for each in steps} == {DISTRICT}
    owed = waiting(house, TOWN)["periods"]
    assert owed
    assert {(each["office"], each["kind"], each["returned_at"]) for each in owed} == {(TOWN, "sweep", None)}
    assert [each["due"] for each in owed] == sorted(each["due"] for each in owed)


def test_calls_for_help_and_the_promise_book_wait(house: House) -> None:
    case = filed(house, TOWN)
    signal = act(house, TOWN, "intake", "raise_emergency", case=case, what="有人扬言跳渠")["emergency"]
    book = {"source": "visit", "by": "gb-001", "name": "石某", "what": "月底前清渠"}
    made = [
        act(house, TOWN, "intake", "make_promise", **book, due=str(date(2026, 3, day)))["promise"] for day in (31, 20)
    ]
    for office in (TOWN, DISTRICT):
        assert [each["emergency"] for each in waiting(house, office)["emergencies"]] == [signal]
    assert [each["promise"] for each in waiting(house, TOWN)["promises"]] == made[::-1]
    act(house, TOWN, "intake", "clear_emergency", case=case, what="已劝回")
    assert waiting(house, TOWN)["emergencies"] == waiting(house, DISTRICT)["emergencies"] == []
    assert waiting(house, TOWN, "discipline")["promises"] == []


def test_bookings_of_today_and_box_letters_wait_at_the_petition_desk(house: House) -> None:
    board = {"official": "gb-001", "name": "石某", "level": "leader", "photo": "https://img.example/1.jpg"}
    act(
        house, TOWN, "intake", "set_board", **board, post="副镇长", duties="水利", place="201室", contact="029-00000000"
    )
    act(house, TOWN, "intake", "publish_board", official="gb-001")
    when = {"since": "2026-03-02", "until": "2026-12-31", "weekdays": [1, 3], "starts": "10:00", "ends": "11:00"}
    act(house, TOWN, "intake", "set_schedule", leader="gb-001", kind="fixed", minutes=30, place="信访大厅", **when)
    for day in ("2026-03-02", "2026-03-04"):
        act(house, TOWN, "intake", "book", leader="gb-001", day=day, starts="10:00")
    found = [(each["day"], each["waits"]) for each in waiting(house, TOWN)["bookings"]]
    assert found == [("2026-03-02", "today")]
    box = {"kind": "box", "label": "大门信箱", "address": "镇政府", "place": "大门左侧", "public": True}
    channel = act(house, TOWN, "intake", "set_channel", **box, since="2026-03-02")["channel"]
    openers = [{"id": each, "name": each} for each in ("王五", "李四")]
    opened = act(house, TOWN, "intake", "open_box", channel=channel, openers=openers, letters=2)["opening"]
    act(house, TOWN, "intake", "set_letters_aside", opening=opened, letters=1, why="广告")
    assert [(each["opening"], each["left"]) for each in waiting(house, TOWN)["box_letters"]] == [(opened, 1)]
    assert waiting(house, TOWN, "discipline")["bookings"] == waiting(house, TOWN, "discipline")["box_letters"] == []
    act(house, TOWN, "intake", "set_letters_aside", opening=opened, letters=1, why="重复")
    assert waiting(house, TOWN)["box_letters"] == []
    house.pass_time(1)
    assert [each["waits"] for each in waiting(house, TOWN)["bookings"]] == ["not_recorded"]


def test_reviews_and_hearings_wait_until_they_are_decided(house: House) -> None:
    case = filed(house, TOWN)
    served(house, case)
    assert waiting(house, DISTRICT)["reviews"] == []
    act(house, DISTRICT, "hearing", "request_review", case=case, points="另设排水口不管用")
    (review,) = waiting(house, DISTRICT)["reviews"]
    assert (review["case"], review["level"], review["state"]) == (case, "review", "requested")
    act(house, DISTRICT, "hearing", "decide_review", case=case, outcome="uphold", **WORDS)
    assert waiting(house, DISTRICT)["reviews"] == []


def test_a_list_is_of_the_actors_desk(house: House) -> None:
    for service in SERVICES:
        answer = house.ask(TOWN, service, "todo", {"desk": "discipline"})
        assert answer["error"]["code"] in ("not_found", "wrong_desk"), service
