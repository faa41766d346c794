"""An office is merged or leaves the network: its petitions go on with number, history, receipts and clocks."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from contracts.letters import Tell
from network.keys import DeskId, Keyring, make_keys
from network.offices import District
from network.sealing import Envelope, open_envelope
from network.tables import InboxRow
from services.assignment.facts.models import AssignmentOutside
from services.assignment.models import AssignmentCase, AssignmentNote
from services.assignment.moving.models import AssignmentMoved, AssignmentOldFile
from services.supervision.models import ClockRow
from tests.services.assignment.cases import MON, PLUMS
from tests.services.assignment.helped import entered, handed
from tests.services.assignment.seats import OTHER_TOWN, asked, do, figures, open_house, refused
from tests.services.assignment.test_journeys import petition
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House, demo_tree

LAST_DAY = date(2026, 3, 9)
AFTER = MON + timedelta(days=9)
MERGED = {"office": VILLAGE, "successor": PLUMS, "reason": "村组合并"}
LEFT = {"office": TOWN, "successor": "xixian", "document_no": "秦信函〔2026〕5号", "reason": "划归新区管理"}


def ended(*offices: tuple[str, str]) -> District:
    """The demo's tree in which these offices ended; (office, who follows)."""
    tree = demo_tree()
    changed = {id_: replace(tree.office(id_), valid_to=LAST_DAY, successor=to or None) for id_, to in offices}
    return replace(tree, offices=MappingProxyType({**tree.offices, **changed}))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path, PLUMS, OTHER_TOWN, tree=ended((VILLAGE, PLUMS), (TOWN, ""))) as opened:
        yield opened
        parked = [
            row.reason for office in opened.offices for row in opened.rows(office, InboxRow) if row.state == "parked"
        ]
        assert parked == []


def run(house: House, cmd: Mapping[str, Any], office: str = TOWN, **actor: Any) -> dict[str, Any]:
    return do(house, office, "succeed_office", dict(cmd), **actor)


def until_nothing_is_left(house: House, cmd: Mapping[str, Any], office: str = TOWN) -> list[dict[str, Any]]:
    """Every answer until one says that nothing is left."""
    answers = []
    for _ in range(12):
        answers.append(run(house, cmd, office))
        if not answers[-1]["left"]:
            return answers
    raise AssertionError(answers)


def state(house: House, office: str, case: str) -> AssignmentCase:
    (found,) = [row for row in house.rows(office, AssignmentCase) if row.case == case]
    return found  # type: ignore[no-any-return]


def test_a_merged_villages_petitions_go_to_the_other_village_with_number_and_clocks(house: House) -> None:
    fresh, begun = entered(house, VILLAGE, number="望塬〔2026〕1号"), entered(house, VILLAGE, number="望塬〔2026〕2号")
    do(house, VILLAGE, "take", {"case": begun})
    do(house, VILLAGE, "note", {"case": begun, "text": "已到现场看过"})
    sent_down = entered(house, TOWN, number="槐川〔2026〕1号")
    handed(house, sent_down, TOWN, VILLAGE)
    house.set_time(AFTER)
    first = run(house, MERGED)
    assert (first["taken"], first["offered"], first["left"]) == (0, 0, 1), "not heard yet: something is left"
    answers = until_nothing_is_left(house, MERGED)
    assert sum(each["taken"] for each in answers) == sum(each["offered"] for each in answers) == 3
    offers = asked(house, PLUMS, "offers", {"desk": "petition"})["offers"]
    assert {each["number"] for each in offers} == {"望塬〔2026〕1号", "望塬〔2026〕2号", "槐川〔2026〕1号"}
    for case in (fresh, begun, sent_down):
        do(house, PLUMS, "sign_for", {"case": case})
        assert state(house, PLUMS, case).holder == PLUMS
        assert state(house, TOWN, case).holder == PLUMS
        assert state(house, VILLAGE, case).holder == TOWN, "it went up; further it has not to know"
        assert state(house, PLUMS, case).clocks, "somebody's time runs"
    running = {row.case_id for row in house.rows(DISTRICT, ClockRow) if row.state == "running"}
    assert {fresh, begun, sent_down} <= running, "the district sees their clocks go on"
    notes = [row.text for row in house.rows(VILLAGE, AssignmentNote) if row.case == begun]
    assert "已到现场看过" in notes, "history stays where it was written"
    assert figures(house, TOWN)["cases_succeeded"] == (3, 3)
    again = run(house, MERGED)
    assert (again["taken"], again["offered"], again["left"]) == (0, 0, 0), "said again it changes nothing"


def test_it_goes_by_the_batch_and_tells_how_much_is_left(house: House) -> None:
    for number in range(5):
        entered(house, VILLAGE, number=f"望塬〔2026〕{number}号")
    house.set_time(AFTER)
    run(house, {**MERGED, "limit": 2})
    second = run(house, {**MERGED, "limit": 2})
    assert (second["taken"], second["offered"], second["below"]["open"]) == (2, 2, 3)
    third = run(house, {**MERGED, "limit": 2})
    assert (third["taken"], third["below"]["open"]) == (2, 1)
    until_nothing_is_left(house, {**MERGED, "limit": 2})
    assert len(asked(house, PLUMS, "offers", {"desk": "petition"})["offers"]) == 5
    (shown,) = asked(house, TOWN, "successions", {})["successions"]
    assert (shown["office"], shown["successor"], shown["open_below"]) == (VILLAGE, PLUMS, 0)


def test_the_handling_time_goes_on_where_it_was(house: House) -> None:
    case = entered(house, TOWN)
    do(house, TOWN, "accept", {"case": case})
    due = state(house, TOWN, case).clocks["K5"]["due"]
    house.set_time(AFTER)
    answers = until_nothing_is_left(house, {**LEFT, "successor": OTHER_TOWN, "document_no": ""}, DISTRICT)
    assert sum(each["offered"] for each in answers) == 1
    do(house, OTHER_TOWN, "sign_for", {"case": case})
    now = state(house, OTHER_TOWN, case)
    assert (now.status, now.clocks["K5"]["due"]) == ("accepted", due)


def test_cases_the_successor_keeps_away_from_are_listed_and_not_moved_to_it(house: House) -> None:
    kept, free = entered(house, VILLAGE, accused=(PLUMS,), number="望塬〔2026〕1号"), entered(house, VILLAGE)
    house.set_time(AFTER)
    run(house, MERGED)
    answer = run(house, MERGED)
    assert answer["listed"] == [{"case": kept, "number": "望塬〔2026〕1号", "why": "接收单位应当回避"}]
    assert run(house, MERGED)["left"] == 0, "what is listed is for a person"
    assert [each["case"] for each in asked(house, PLUMS, "offers", {"desk": "petition"})["offers"]] == [free]
    assert [row.case for row in house.rows(PLUMS, AssignmentCase)] == []
    assert state(house, TOWN, kept).holder == TOWN
    do(house, TOWN, "accept", {"case": kept})
    assert run(house, MERGED)["listed"] == [{"case": kept, "number": "望塬〔2026〕1号", "why": "接收单位应当回避"}]


def test_closed_petitions_are_read_at_the_superior_with_opinions_and_notes(house: House) -> None:
    case = entered(house, VILLAGE, number="望塬〔2026〕1号")
    for method, data in (
        ("take", {}), ("accept", {}), ("settle", {"what": "已清渠"}), ("confirm_settlement", {"how": "本人确认"}),
    ):  # fmt: skip
        do(house, VILLAGE, method, {"case": case, **data})
    do(house, VILLAGE, "note", {"case": case, "text": "渠已清"})
    recused = entered(house, VILLAGE, accused=(TOWN,))
    house.set_time(AFTER)
    until_nothing_is_left(house, MERGED)
    (shown,) = asked(house, TOWN, "old_files", {})["files"]
    assert (shown["number"], shown["status"], shown["office"]) == ("望塬〔2026〕1号", "concluded", VILLAGE)
    whole = asked(house, TOWN, "old_file", {"case": case})
    assert whole["file"]["text"] == "排水渠被填"
    assert "渠已清" in [each["text"] for each in whole["beside"]["notes"]]
    assert house.ask(TOWN, "assignment", "old_file", {"case": case}, desk="discipline")["error"]["code"] == "not_found"
    assert house.ask(TOWN, "assignment", "old_file", {"case": recused})["error"]["code"] == "not_found"
    assert state(house, VILLAGE, recused).holder == VILLAGE, "what the superior keeps away from does not go there"
    assert [row.case for row in house.rows(TOWN, AssignmentCase)] == []


def test_a_town_that_leaves_the_network_goes_by_document(house: House) -> None:
    case, done = entered(house, TOWN, number="槐川〔2026〕1号"), entered(house, TOWN, number="槐川〔2026〕2号")
    do(house, TOWN, "decline", {"case": done, "ground": "not_ours", "guidance": "请向法院起诉"})
    house.set_time(AFTER)
    answers = until_nothing_is_left(house, LEFT, DISTRICT)
    assert sum(each["outside"] for each in answers) == 1
    (row,) = house.rows(DISTRICT, AssignmentOutside)
    assert (row.case, row.body, row.document_no) == (case, "xixian", "秦信函〔2026〕5号")
    assert state(house, DISTRICT, case).status == "outside"
    assert state(house, DISTRICT, case).number == "槐川〔2026〕1号"
    (moved,) = house.rows(DISTRICT, AssignmentMoved)
    assert (moved.state, moved.office) == ("outside", TOWN)
    (old,) = house.rows(DISTRICT, AssignmentOldFile)
    assert (old.case, old.status) == (done, "declined")


def test_from_a_silent_office_known_cases_are_taken_by_override_and_wait_a_day_for_its_account(house: House) -> None:
    known, unknown = entered(house, DISTRICT), entered(house, TOWN)
    excluded = entered(house, DISTRICT, accused=(OTHER_TOWN,))
    for case in (known, excluded):
        handed(house, case, DISTRICT, TOWN)
    do(house, TOWN, "accept", {"case": known})
    house.set_time(AFTER)
    house.cut = {TOWN}
    cmd = {"office": TOWN, "successor": OTHER_TOWN, "reason": "机构撤销", "silent": True}
    first = run(house, cmd, DISTRICT)
    assert (first["taken"], first["offered"], first["waiting"]) == (1, 0, 1)
    assert [each["case"] for each in first["listed"]] == [excluded]
    assert state(house, DISTRICT, known).override > 0
    assert state(house, DISTRICT, excluded).holder == TOWN, "listed, not moved"
    house.set_time(AFTER + timedelta(days=1))
    second = run(house, cmd, DISTRICT)
    assert (second["offered"], second["left"]) == (1, 0)
    do(house, OTHER_TOWN, "sign_for", {"case": known})
    assert state(house, TOWN, unknown).holder == TOWN, "what the district never had it cannot take"


def test_an_account_that_comes_lets_the_case_go_on_with_its_days(house: House) -> None:
    case = entered(house, DISTRICT)
    handed(house, case, DISTRICT, TOWN)
    do(house, TOWN, "accept", {"case": case})
    due = state(house, TOWN, case).clocks["K5"]["due"]
    house.set_time(AFTER)
    cmd = {"office": TOWN, "successor": OTHER_TOWN, "reason": "机构撤销", "silent": True}
    assert run(house, cmd, DISTRICT)["waiting"] == 1
    assert run(house, cmd, DISTRICT)["offered"] == 1, "the office was heard: no day to wait"
    do(house, OTHER_TOWN, "sign_for", {"case": case})
    assert state(house, OTHER_TOWN, case).clocks["K5"]["due"] == due


def test_who_may_not_and_what_is_wrong_is_said_by_field(house: House) -> None:
    assert refused(house, TOWN, "succeed_office", MERGED)["code"] == "not_ended", "its last day is not over"
    house.set_time(AFTER)

    def wrong(change: dict[str, Any], office: str = TOWN, **actor: Any) -> tuple[str, list[str]]:
        error = refused(house, office, "succeed_office", {**MERGED, **change}, **actor)
        return error["code"], list(error.get("fields") or ())

    assert wrong({}, roles=["clerk"]) == ("not_leader", [])
    assert wrong({"office": PLUMS}) == ("not_ended", ["office"])
    assert wrong({"office": "610499"}) == ("unknown_office", ["office"])
    assert wrong({"office": TOWN}) == ("not_superior", ["office"])
    assert wrong({"successor": TOWN}) == ("other_successor", ["successor"]), "the district file says another"
    out = {**LEFT, "document_no": ""}
    assert wrong(out, DISTRICT) == ("document_needed", ["document_no"])
    assert wrong({**LEFT, "successor": "nowhere"}, DISTRICT) == ("unknown_body", ["body"])
    assert wrong({**LEFT, "successor": VILLAGE}, DISTRICT) == ("ended", ["successor"])
    run(house, {**LEFT}, DISTRICT)
    assert wrong({**LEFT, "successor": OTHER_TOWN}, DISTRICT) == ("other_successor", ["successor"])


def test_only_an_office_above_makes_one_hand_up_and_only_who_is_followed_is_heard(house: House) -> None:
    case = entered(house, TOWN)
    ask = {"run": 1, "limit": 10, "reason": "移交"}
    house.say(VILLAGE, "assignment", Tell(TOWN, "assignment", "office_succeeded", "", ask))
    told = {"run": 1, "open_left": 0, "files_left": 0}
    house.say(VILLAGE, "assignment", Tell(TOWN, "assignment", "succession_told", "", told))
    house.post()
    assert state(house, TOWN, case).offered_to == ""
    reasons = sorted(row.reason for row in house.rows(TOWN, InboxRow) if row.state == "parked")
    assert [reason.partition(":")[0] for reason in reasons] == ["Refused", "Refused"] or len(reasons) == 2
    with house.offices[TOWN].uow("assignment", SYSTEM) as uow:
        for row in uow.session.query(InboxRow).filter(InboxRow.state == "parked"):
            uow.session.delete(row)


def test_who_reported_is_sealed_for_who_follows_and_the_receipt_finds_the_case(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    make_keys(folder, (DISTRICT, TOWN, VILLAGE, PLUMS), lambda _: "口令", interactive=True)
    rooms = tmp_path / "house"
    shutil.copytree(folder, rooms)
    keys = Keyring(rooms)
    with open_house(rooms, PLUMS, tree=ended((VILLAGE, PLUMS))) as house:
        report = petition(VILLAGE, keys)
        answer = house.command(VILLAGE, "intake", "register", report)
        assert answer["ok"], answer
        house.post()
        house.set_time(AFTER)
        until_nothing_is_left(house, MERGED)
        do(house, PLUMS, "sign_for", {"case": report["case"]})
        now = state(house, PLUMS, report["case"])
        assert (now.number, now.receipt_hash) == (answer["result"]["number"], report["receipt_hash"])
        opened = open_envelope(
            Envelope.from_dict(now.reporter), DeskId(PLUMS, "petition"), keys.private(PLUMS, "petition")
        )
        assert opened == {"name": "乔满仓"}
        do(house, PLUMS, "take", {"case": report["case"]})
        do(house, PLUMS, "accept", {"case": report["case"]})
        steps = [row.body["data"] for row in house.unread if row.type == "case_progress"]
        assert steps[-1]["entry_office"] == PLUMS, "what the reporter says by receipt goes to who acts now"
        more = {"supplement": "f" * 32, "at": AFTER, "text": "又被填了", "sealed": None}
        told = {"receipt_hash": report["receipt_hash"], "entry_office": PLUMS, **more}
        house.say(DISTRICT, "intake", Tell(PLUMS, "intake", "supplement_filed", "", told))
        house.post()
        assert [each["text"] for each in state(house, PLUMS, report["case"]).supplements] == ["又被填了"]


def test_a_village_that_goes_to_another_town_is_handed_up_past_its_own_to_the_district(tmp_path: Path) -> None:
    other_village = "610402902901"
    with open_house(tmp_path, OTHER_TOWN, other_village, tree=ended((VILLAGE, other_village))) as house:
        case = entered(house, VILLAGE)
        house.set_time(AFTER)
        cmd = {"office": VILLAGE, "successor": other_village, "reason": "区划调整"}
        assert refused(house, TOWN, "succeed_office", cmd)["code"] == "no_common_superior"
        until_nothing_is_left(house, cmd, DISTRICT)
        do(house, OTHER_TOWN, "sign_for", {"case": case})
        wrong = house.command(OTHER_TOWN, "assignment", "offer", {"case": case, "to": DISTRICT, "kind": "transfer"})
        assert wrong["error"]["code"] == "decided", "the common superior said where it goes"
        handed(house, case, OTHER_TOWN, other_village)
        assert state(house, other_village, case).holder == other_village
        assert house.rows(TOWN, AssignmentCase) == []
