"""Outcomes over real databases: visits, promises and their proofs, call-backs, sayings, reopening from above, files, recall."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from network.ids import new_id
from network.keys import DeskId, make_keys
from network.sealing import Envelope, open_envelope, seal
from network.tables import InboxRow, OutboxRow
from services.assignment.helping.models import AssignmentHelp, AssignmentHelper
from services.assignment.models import AssignmentCase, AssignmentNote, AssignmentOffer, AssignmentOpinion
from services.assignment.outcome.models import AssignmentCallBack, AssignmentFile, AssignmentSaying, AssignmentVisit
from services.assignment.service import AssignmentService
from services.intake.models import IntakeReport
from services.intake.service import IntakeService
from services.supervision.models import ClockRow
from services.supervision.service import SupervisionService
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, House

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
OFFICES = (DISTRICT, TOWN, VILLAGE, DEPARTMENT)
LEADER = ("clerk", "leader")
WORDS = {"verdict": "support", "facts": "属实", "opinion": "限期清淤", "basis": "条例"}
CONTENT = (
    AssignmentCase,
    AssignmentOffer,
    AssignmentNote,
    AssignmentOpinion,
    AssignmentHelper,
    AssignmentHelp,
    IntakeReport,
)
VISIT = {"who": "镇村建办", "place": "村东排水渠", "found": "渠已填平"}


@pytest.fixture(scope="module")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder, OFFICES, lambda _: "口令", interactive=True)
    return folder


@pytest.fixture
def house(tmp_path: Path, key_folder: Path) -> Iterator[House]:
    shutil.copytree(key_folder, tmp_path, dirs_exist_ok=True)
    services = {"intake": IntakeService, "assignment": AssignmentService, "supervision": SupervisionService}
    opened = House(tmp_path, services).open(OFFICES, MON)
    yield opened
    assert [row.reason for office in OFFICES for row in opened.rows(office, InboxRow) if row.state != "applied"] == []
    for office in opened.offices.values():
        office.engine.dispose()


def act(house: House, office: str, method: str, case: str, **data: Any) -> dict[str, Any]:
    """A leader's command of assignment, which must succeed, and the post after it."""
    answer = house.command(office, "assignment", method, {"case": case, **data}, roles=LEADER)
    assert answer["ok"], answer
    house.post()
    return dict(answer["result"])


def refused(house: House, office: str, method: str, case: str, **data: Any) -> str:
    return str(house.command(office, "assignment", method, {"case": case, **data}, roles=LEADER)["error"]["code"])


def filed(house: House, office: str) -> str:
    """A petition registered at an office, with who reported sealed for its desk."""
    case, desk = new_id(), DeskId(office, "petition")
    keys = house.offices[office].keyring
    reporter = seal({"name": "乔满仓"}, case, {desk: keys.public(office, "petition")}).to_dict()
    plain = {"receipt_hash": case * 2, "channel": "visit", "nature": "seek", "category": "C03", "place": VILLAGE}
    told = {"text": "排水渠被填", "real_name": True, "contactable": True, "reporter": reporter}
    answer = house.command(office, "intake", "register", {"case": case, **plain, **told})
    assert answer["ok"], answer
    house.post()
    return case


def seen(house: House, office: str, case: str) -> dict[str, Any]:
    """The case and what stands beside it, as its desk sees it."""
    shown = house.ask(office, "assignment", "get_case", {"case": case}, roles=LEADER)["result"]
    return {**shown["case"], **{name: shown[name] for name in shown if name != "case"}}


def concluded(house: House, office: str = TOWN, perform_by: datetime | None = None) -> str:
    """A case whose opinion was served."""
    case = filed(house, office)
    act(house, office, "accept", case)
    act(house, office, "record_visit", case, **VISIT)
    promised = {} if perform_by is None else {"perform_by": perform_by.isoformat()}
    act(house, office, "draft_opinion", case, **WORDS, **promised)
    act(house, office, "issue_opinion", case)
    act(house, office, "serve", case, way="left", receiver="乔满仓", witness="村主任")
    return case


def say(house: House, case: str, what: str, office: str = TOWN, **other: Any) -> str:
    """What the reporter says by receipt, as the own intake tells it; the id of the saying."""
    data = {
        "receipt_hash": case * 2, "entry_office": office, "saying": new_id(), "what": what,
        "at": house.offices[office].moment, "text": "到今天没到账", "sealed": None, "person": "", **other,
    }  # fmt: skip
    house.say(office, "intake", Tell(office, "assignment", "reporter_said", case, data))
    house.post()
    return str(data["saying"])


def call_back(house: House, office: str, result: str, note: str = "") -> None:
    """A person of the office that was asked makes the call-back that waits there."""
    waiting = house.ask(office, "supervision", "call_backs", {})["result"]["call_backs"]
    made = {"call_back": waiting[0]["id"], "result": result, "note": note}
    answer = house.command(office, "supervision", "make_call_back", made, roles=LEADER)
    assert answer["ok"], answer
    house.post()


def clock(house: House, office: str, case: str, kind: str) -> tuple[str, str]:
    """State and reference of a clock in an office's ledger."""
    return next((row.state, row.ref) for row in house.rows(office, ClockRow) if (row.case_id, row.kind) == (case, kind))


def test_no_opinion_without_a_visit_or_a_reason_and_the_visit_is_kept(house: House) -> None:
    case = filed(house, TOWN)
    act(house, TOWN, "accept", case)
    act(house, TOWN, "draft_opinion", case, **WORDS)
    assert refused(house, TOWN, "issue_opinion", case) == "no_visit"
    tomorrow = (MON + timedelta(days=1)).isoformat()
    assert refused(house, TOWN, "record_visit", case, **VISIT, at=tomorrow) == "in_future"
    assert refused(house, DISTRICT, "record_visit", case, **VISIT) == "not_found"
    assert house.rows(TOWN, AssignmentVisit) == []
    act(house, TOWN, "record_visit", case, **VISIT)
    issued = act(house, TOWN, "issue_opinion", case)
    assert issued["opinion_no"] == "槐川镇意〔2026〕1号", "the refused one took no number"
    (visit,) = seen(house, TOWN, case)["visits"]
    assert {name: visit[name] for name in VISIT} == VISIT
    assert (visit["recorded_by"], datetime.fromisoformat(visit["at"])) == ("张三", MON)


def test_a_promise_climbs_until_it_is_performed_and_confirmed_by_receipt(house: House) -> None:
    case = concluded(house, perform_by=MON + timedelta(days=30))
    assert clock(house, DISTRICT, case, "K26") == clock(house, TOWN, case, "K26") == ("running", "p0")
    house.pass_time(28)
    house.poll()
    assert seen(house, TOWN, case)["todo"] == "reminder K26"
    assert refused(house, TOWN, "resolve", case, proof="ninety_days") == "not_performed"
    act(house, TOWN, "perform", case, what="渠已清通")
    assert clock(house, TOWN, case, "K26")[0] == "running"
    assert refused(house, TOWN, "resolve", case, proof="receipt") == "only_by_receipt"
    say(house, case, "performed")
    shown = seen(house, TOWN, case)
    assert (shown["performance"], shown["proof"], shown["clocks"]) == ("resolved", "receipt", {})
    assert clock(house, DISTRICT, case, "K26") == clock(house, TOWN, case, "K26") == ("stopped", "p0")
    assert [(each["what"], each["text"]) for each in shown["sayings"]] == [("performed", "到今天没到账")]


@pytest.mark.parametrize("said", ["2026-04-20", "2026-04-20T00:00:00+08:00"])
def test_a_promised_day_ends_with_its_last_second_at_every_office(house: House, said: str) -> None:
    case = filed(house, TOWN)
    act(house, TOWN, "accept", case)
    act(house, TOWN, "record_visit", case, **VISIT)
    act(house, TOWN, "draft_opinion", case, **WORDS, perform_by=said)
    act(house, TOWN, "issue_opinion", case)
    act(house, TOWN, "serve", case, way="direct", receiver="乔满仓")
    ends = datetime.fromisoformat("2026-04-20T23:59:59+08:00")
    for office in (TOWN, DISTRICT):
        kept = next(row for row in house.rows(office, ClockRow) if row.case_id == case and row.kind == "K26")
        assert kept.due == ends


def test_what_was_not_performed_is_disputed_once_however_often_the_letter_comes(house: House) -> None:
    case = concluded(house, perform_by=MON + timedelta(days=30))
    act(house, TOWN, "perform", case, what="已付")
    saying = say(house, case, "not_performed")
    shown = seen(house, TOWN, case)
    assert (shown["performance"], shown["flags"], shown["todo"]) == ("disputed", ["not_performed"], "not_performed")
    act(house, TOWN, "perform", case, what="已补付")
    say(house, case, "not_performed", saying=saying)
    assert seen(house, TOWN, case)["performance"] == "performed"
    assert len(house.rows(TOWN, AssignmentSaying)) == 1


def test_a_saying_reaches_the_holder_through_the_offices_that_passed_the_case_on(house: House) -> None:
    case = filed(house, DISTRICT)
    act(house, DISTRICT, "offer", case, to=TOWN, note="请办理")
    act(house, TOWN, "sign_for", case)
    act(house, TOWN, "accept", case)
    say(house, case, "withdraw", DISTRICT)
    assert seen(house, TOWN, case)["status"] == "withdrawn"
    assert (house.rows(DISTRICT, AssignmentSaying), len(house.rows(TOWN, AssignmentSaying))) == ([], 1)


def test_an_objection_by_receipt_is_for_the_leader_and_its_words_stand_nowhere_else(house: House) -> None:
    case = filed(house, TOWN)
    say(house, case, "objection", person="王某", text="他是对方亲戚")
    (saying,) = house.rows(TOWN, AssignmentSaying)
    assert (saying.what, saying.text) == ("objection", None)
    listed = house.ask(TOWN, "assignment", "objections", {"case": case}, roles=LEADER)["result"]["objections"]
    assert [(each["named"], each["reason"]) for each in listed] == [("王某", "他是对方亲戚")]


def test_a_village_never_decides_a_withdrawal_the_town_asks_the_person(house: House) -> None:
    case = filed(house, VILLAGE)
    act(house, VILLAGE, "accept", case)
    act(house, VILLAGE, "request_withdrawal", case, how="phone", words="来电说不告了")
    assert refused(house, VILLAGE, "request_withdrawal", case, how="phone", words="x") == "asked"
    (letter,) = [row.body["data"] for row in house.rows(VILLAGE, OutboxRow) if row.type == "call_back_wanted"]
    keys = house.offices[TOWN].keyring
    opened = open_envelope(
        Envelope.from_dict(letter["reporter"]), DeskId(TOWN, "petition"), keys.private(TOWN, "petition")
    )
    assert (opened, letter["words"]) == ({"name": "乔满仓"}, "来电说不告了")
    assert seen(house, VILLAGE, case)["status"] == "accepted"
    call_back(house, TOWN, "confirmed", "本人确认")
    shown = seen(house, VILLAGE, case)
    assert (shown["status"], shown["clocks"]) == ("withdrawn", {})
    assert [(each["state"], each["result"], each["office"]) for each in shown["call_backs"]] == [
        ("made", "confirmed", TOWN)
    ]
    assert "本人确认" not in str(shown), "what was said to the town is not told to the village"


def test_who_was_pressed_goes_on_and_is_seen_from_above(house: House) -> None:
    case = filed(house, VILLAGE)
    act(house, VILLAGE, "accept", case)
    act(house, VILLAGE, "request_withdrawal", case, how="in_person", words="语气勉强")
    call_back(house, TOWN, "pressed", "村干部上门施压")
    shown = seen(house, VILLAGE, case)
    assert (shown["status"], shown["flags"], shown["todo"]) == ("accepted", ["pressed"], "pressed")
    told = [row.body["data"] for row in house.rows(VILLAGE, OutboxRow) if row.type == "case_milestone"]
    assert (told[-1]["what"], told[-1]["flags"]) == ("pressed", ["pressed"])


def test_only_the_office_that_was_asked_answers_and_once(house: House) -> None:
    case = filed(house, VILLAGE)
    act(house, VILLAGE, "accept", case)
    act(house, VILLAGE, "request_withdrawal", case, how="letter", words="来信撤回")
    (asked,) = house.rows(VILLAGE, AssignmentCallBack)
    said = {"call_back": asked.id, "purpose": "withdrawal", "result": "confirmed", "at": MON, "note": ""}
    house.say(DISTRICT, "supervision", Tell(VILLAGE, "assignment", "call_back_made", case, said))
    house.say(
        TOWN, "supervision", Tell(VILLAGE, "assignment", "call_back_made", case, {**said, "purpose": "resolution"})
    )
    house.say(TOWN, "supervision", Tell(VILLAGE, "assignment", "call_back_made", case, {**said, "call_back": "0" * 32}))
    house.post()
    assert seen(house, VILLAGE, case)["status"] == "accepted"
    call_back(house, TOWN, "denied")
    house.say(TOWN, "supervision", Tell(VILLAGE, "assignment", "call_back_made", case, said))
    house.post()
    assert (seen(house, VILLAGE, case)["status"], seen(house, VILLAGE, case)["todo"]) == (
        "accepted",
        "withdrawal_denied",
    )


def test_the_top_office_has_nobody_to_call_back(house: House) -> None:
    case = filed(house, DISTRICT)
    asked = {"how": "phone", "words": "说不告了"}
    assert refused(house, DISTRICT, "request_withdrawal", case, **asked) == "only_by_receipt"
    say(house, case, "withdraw", DISTRICT)
    assert seen(house, DISTRICT, case)["status"] == "withdrawn"


def test_a_settlement_and_a_resolution_are_confirmed_by_another_office(house: House) -> None:
    case = filed(house, VILLAGE)
    act(house, VILLAGE, "settle", case, what="已清渠")
    waiting = act(house, VILLAGE, "confirm_settlement", case, how="请镇上核实", proof="call_back")
    assert waiting["status"] == "settled"
    call_back(house, TOWN, "confirmed")
    shown = seen(house, VILLAGE, case)
    assert (shown["status"], shown["performance"], shown["proof"]) == ("concluded", "resolved", "call_back")
    other = concluded(house)
    act(house, TOWN, "resolve", other, proof="call_back")
    call_back(house, DISTRICT, "confirmed")
    assert seen(house, TOWN, other)["proof"] == "call_back"


def test_a_repeat_linked_since_leaves_ninety_days_no_proof(house: House) -> None:
    case = concluded(house)
    house.pass_time(10)
    again = filed(house, TOWN)
    act(house, TOWN, "link_repeat", again, repeat_of=seen(house, TOWN, case)["number"])
    house.pass_time(100)
    assert refused(house, TOWN, "resolve", case, proof="ninety_days") == "repeated"
    other = concluded(house)
    house.pass_time(100)
    assert act(house, TOWN, "resolve", other, proof="ninety_days")["status"] == "concluded"
    assert seen(house, TOWN, other)["proof"] == "ninety_days"


def test_concluded_resolved_and_unconfirmed_stand_apart(house: House) -> None:
    cases = [concluded(house, perform_by=MON + timedelta(days=30)) for _ in range(3)]
    filed(house, TOWN)
    act(house, TOWN, "perform", cases[0], what="x")
    act(house, TOWN, "perform", cases[1], what="x")
    say(house, cases[1], "performed")
    shown = house.ask(TOWN, "assignment", "outcomes", {"desk": "petition"})["result"]
    assert shown == {
        "received": 4,
        "concluded": {"numerator": 3, "denominator": 4},
        "resolved": {"numerator": 1, "denominator": 4},
        "performed_unconfirmed": {"numerator": 1, "denominator": 4},
        "promised": {"numerator": 1, "denominator": 4},
        "disputed": {"numerator": 0, "denominator": 4},
        "by_proof": {"receipt": 1},
    }
    hidden = house.ask(TOWN, "assignment", "outcomes", {"desk": "discipline"})
    assert hidden["error"]["code"] == "not_found"


def test_the_district_orders_a_concluded_case_opened_again(house: House) -> None:
    case = filed(house, DISTRICT)
    act(house, DISTRICT, "offer", case, to=TOWN, note="请办理")
    act(house, TOWN, "sign_for", case)
    act(house, TOWN, "accept", case)
    act(house, TOWN, "record_visit", case, **VISIT)
    act(house, TOWN, "draft_opinion", case, **WORDS)
    act(house, TOWN, "issue_opinion", case)
    act(house, TOWN, "serve", case, way="direct")
    act(house, DISTRICT, "reopen", case, reason="群众反映未落实")
    shown = seen(house, TOWN, case)
    assert (shown["status"], shown["reopened"], list(shown["clocks"])) == ("accepted", 1, ["K5"])
    assert "群众反映未落实" not in str([row.body for row in house.rows(DISTRICT, OutboxRow)])
    assert [each["text"] for each in seen(house, DISTRICT, case)["notes"]][-1] == "群众反映未落实"


def test_a_closed_file_is_frozen_superseded_and_at_last_disposed_of(house: House) -> None:
    case = concluded(house)
    first = act(house, TOWN, "close_file", case, retention="short")
    kinds = [each["kind"] for each in first["catalogue"]]
    assert sorted(kinds) == ["notice", "opinion", "report", "visit"]
    (issued,) = house.ask(TOWN, "intake", "get_report", {"case": case})["result"]["notices"]
    assert [each["number"] for each in first["catalogue"] if each["kind"] == "notice"] == [issued["number"]]
    assert (first["state"], first["round"], first["closed_by"]) == ("closed", 0, "张三")
    act(house, TOWN, "reopen", case, reason="x")
    say(house, case, "withdraw")
    second = act(house, TOWN, "close_file", case, retention="short")
    assert sorted(each["kind"] for each in second["catalogue"]) == [
        "note", "notice", "opinion", "report", "saying", "visit"
    ]  # fmt: skip
    states = [(row.round, row.state, len(row.catalogue)) for row in house.rows(TOWN, AssignmentFile)]
    assert states == [(0, "superseded", 4), (1, "closed", 6)]
    listed = house.ask(TOWN, "assignment", "files", {"desk": "petition"})["result"]
    assert [(each["number"], each["catalogue"], each["round"]) for each in listed["files"]] == [(first["number"], 6, 1)]

    until = datetime.fromisoformat(second["keep_until"])
    assert refused(house, TOWN, "dispose_file", case, reason="期满") == "same_person"
    other = {"id": "李四", "roles": LEADER}
    wanted = {"case": case, "reason": "期满"}
    house.set_time(until)
    assert house.command(TOWN, "assignment", "dispose_file", wanted, **other)["error"]["code"] == "too_early"
    house.set_time(until + timedelta(seconds=1))
    gone = house.command(TOWN, "assignment", "dispose_file", wanted, **other)["result"]
    assert (gone["state"], gone["catalogue"], gone["disposed_by"]) == ("disposed", second["catalogue"], "李四")
    shown = seen(house, TOWN, case)
    assert (shown["text"], shown["reporter"], shown["visits"], shown["notes"], shown["opinions"]) == (
        None, None, [], [], []
    )  # fmt: skip
    house.post()
    kept = house.ask(TOWN, "intake", "get_report", {"case": case})["result"]
    report = kept["report"]
    assert (report["number"], report["text"], report["reporter"], report["place"]) == (first["number"], None, None, "")
    assert (kept["sayings"], kept["supplements"], {str(each["facts"]) for each in kept["notices"]}) == ([], [], {"{}"})
    listed = house.ask(TOWN, "intake", "list_reports", {"desk": "petition"})["result"]["reports"]
    assert [each["number"] for each in listed] == [first["number"]]


def test_a_disposed_file_is_gone_from_every_office_that_had_the_case_and_from_its_helper(house: House) -> None:
    case = filed(house, VILLAGE)
    for sender, receiver in ((VILLAGE, TOWN), (TOWN, DISTRICT), (DISTRICT, TOWN)):
        act(house, sender, "offer", case, to=receiver, note="请办理")
        act(house, receiver, "sign_for", case)
    act(house, TOWN, "accept", case)
    act(house, TOWN, "ask_help", case, to=DEPARTMENT, what="提供图纸", due=(MON + timedelta(days=9)).date().isoformat())
    act(house, DEPARTMENT, "report_help", case, text="图纸已送")
    act(house, TOWN, "record_visit", case, **VISIT)
    act(house, TOWN, "draft_opinion", case, **WORDS)
    act(house, TOWN, "issue_opinion", case)
    act(house, TOWN, "serve", case, way="direct", receiver="乔满仓")
    until = datetime.fromisoformat(act(house, TOWN, "close_file", case, retention="short")["keep_until"])
    house.set_time(until + timedelta(seconds=1))
    wanted, other = {"case": case, "reason": "期满"}, {"id": "李四", "roles": LEADER}
    assert house.command(TOWN, "assignment", "dispose_file", wanted, **other)["ok"]
    assert "排水渠" in str([vars(row) for row in house.rows(VILLAGE, AssignmentCase)]), "not before it hears"
    house.post()
    for office in (VILLAGE, TOWN, DISTRICT, DEPARTMENT):
        kept = [row for model in CONTENT for row in house.rows(office, model)]
        assert [str(vars(row)) for row in kept if "排水渠" in str(vars(row)) or "图纸" in str(vars(row))] == [], office
    assert [row.text for row in house.rows(VILLAGE, IntakeReport)] == [None]
    assert house.rows(DEPARTMENT, AssignmentHelp) == []


def test_a_recall_takes_all_of_it(house: House) -> None:
    case = filed(house, DISTRICT)
    act(house, DISTRICT, "offer", case, to=TOWN, note="请办理")
    act(house, TOWN, "sign_for", case)
    act(house, TOWN, "accept", case)
    act(house, TOWN, "record_visit", case, **VISIT)
    say(house, case, "performed", TOWN)
    act(house, TOWN, "request_withdrawal", case, how="phone", words="x")
    say(house, case, "withdraw", TOWN)
    act(house, TOWN, "close_file", case, retention="long")
    act(house, DISTRICT, "override", case, reason="提级", exclude_holder=True)
    kept = (AssignmentVisit, AssignmentSaying, AssignmentCallBack, AssignmentFile, AssignmentNote, AssignmentOpinion)
    assert [len(house.rows(TOWN, model)) for model in kept] == [0, 0, 0, 0, 0, 0]
