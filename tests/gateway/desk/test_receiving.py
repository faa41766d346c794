"""Named reception at the desk: who books is sealed in this process, words that may accuse are asked back, boards are printed."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from network.keys import DeskId, Keyring
from network.receipts import make_receipt, receipt_hash
from network.sealing import Envelope, open_envelope
from tests.gateway.desk.conftest import TOWN, FakeLinks

COMMAND = "cd" * 16
WHO = {"name": "卢和平", "phone": "029-1", "address": ""}
BOOK = {"leader": "gb-001", "day": "2026-03-04", "starts": "09:00"}
RECEIVED = {"received_by": "gb-001", "place": "信访大厅", "summary": "占道经营罚了三次", "answer": "说明依据"}
OFFICIAL = {"id": "z-07", "name": "石凯旋", "rank": "town_leader", "managed_by": "district", "posts": [], "duties": []}
BOARD = {
    "office": TOWN,
    "official": "gb-001",
    "live": True,
    "name": "卢主任<b>",
    "photo": "sha256:" + "a" * 64,
    "post": "副主任",
    "duties": "城市管理",
    "place": "201室",
    "contact": "029-2",
    "days": ["每周三 09:00–11:00 信访大厅"],
}


def test_who_books_leaves_this_process_sealed_to_the_own_desk(
    clerk: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    answer = clerk.post("/api/v1/intake/book", json={**BOOK, "person": WHO, "command_id": COMMAND})
    assert answer.status_code == 200, answer.json
    sent = links.last["data"]
    assert "卢和平" not in str(links.calls)
    assert {name: sent[name] for name in BOOK} == BOOK
    envelope = Envelope.from_dict(sent["reporter"])
    assert envelope.case == sent["booking"]
    own = DeskId(TOWN, "petition")
    assert open_envelope(envelope, own, keyring.private(TOWN, "petition")) == WHO
    first = sent["booking"]
    clerk.post("/api/v1/intake/book", json={**BOOK, "person": WHO, "command_id": COMMAND})
    assert links.last["data"]["booking"] == first, "the same click is the same booking"


def test_a_walk_in_says_nothing_and_a_receipt_is_sent_as_its_hash(clerk: FlaskClient, links: FakeLinks) -> None:
    clerk.post("/api/v1/intake/book", json=BOOK)
    assert (links.last["data"]["reporter"], links.last["data"]["receipt_hash"]) == (None, None)
    receipt = make_receipt()
    clerk.post("/api/v1/intake/book", json={**BOOK, "receipt": receipt})
    assert links.last["data"]["receipt_hash"] == receipt_hash(receipt)
    assert receipt not in str(links.calls)
    answer = clerk.post("/api/v1/intake/book", json={**BOOK, "receipt": "8K2M"})
    assert answer.status_code == 400
    assert answer.json is not None
    assert list(answer.json["errors"]) == ["receipt"]


def test_how_to_reach_the_person_opens_with_a_reason_that_is_journalled(clerk: FlaskClient, links: FakeLinks) -> None:
    clerk.post("/api/v1/intake/book", json={**BOOK, "person": WHO})
    sent = links.last["data"]
    links.answers["intake.open_booking"] = {"booking": sent["booking"], "reporter": sent["reporter"]}
    wanted = {"booking": sent["booking"], "reason": "领导外出,通知改期"}
    assert clerk.post("/api/v1/intake/open_booking", json={"booking": sent["booking"]}).status_code == 422
    answer = clerk.post("/api/v1/intake/open_booking", json=wanted)
    assert answer.json == {"booking": sent["booking"], "person": WHO}
    assert links.last["data"] == wanted


def test_a_discipline_desk_opens_no_booking(discipline: FlaskClient, links: FakeLinks) -> None:
    answer = discipline.post("/api/v1/intake/open_booking", json={"booking": "a" * 32, "reason": "x"})
    assert answer.status_code == 404
    assert links.calls == []


def test_a_record_that_may_accuse_an_official_is_asked_back_first(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["assignment.officials"] = {"officials": [OFFICIAL], "next": "", "version": "1"}
    accusing = {**RECEIVED, "summary": "石凯旋收了摊位费"}
    answer = clerk.post("/api/v1/intake/record_reception", json=accusing)
    assert (answer.status_code, answer.json and answer.json["code"]) == (409, "decide_desk")
    assert "intake.record_reception" not in [call[1] for call in links.calls]
    assert clerk.post("/api/v1/intake/record_reception", json={**accusing, "as_petition": True}).status_code == 200
    sent = links.last["data"]
    assert (sent["summary"], "as_petition" in sent, "command_id" in sent) == ("石凯旋收了摊位费", False, False)
    plain = {**RECEIVED, "at": "2026-03-04T09:30:00+08:00"}
    assert clerk.post("/api/v1/intake/record_reception", json=plain).status_code == 200
    assert links.last["data"]["at"] == "2026-03-04T09:30:00+08:00"


def test_s91_a_board_is_printed_with_six_fields_and_a_code_to_the_directory(
    clerk: FlaskClient, links: FakeLinks
) -> None:
    other = {**BOARD, "official": "gb-002", "name": "石副主任", "photo": "", "days": []}
    draft, elsewhere = {**other, "name": "草稿", "live": False}, {**other, "office": "610402901901", "name": "村干部"}
    links.answers["intake.boards"] = {"boards": [BOARD, other, draft, elsewhere]}
    answer = clerk.get("/api/v1/boards/print?portal=http://127.0.0.1:8000/")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    page = answer.get_data(as_text=True)
    for words in (
        "卢主任&lt;b&gt;",
        BOARD["photo"],
        "副主任",
        "城市管理",
        "201室",
        "029-2",
        "每周三 09:00–11:00 信访大厅",
    ):
        assert str(words) in page
    assert page.count('<section class="board">') == 2
    assert "草稿" not in page
    assert "村干部" not in page
    assert "<svg" in page
    assert "http://127.0.0.1:8000/leaders" in page
    assert "style=" not in page, "the security policy lets no inline style through"
    assert "size: A4" in clerk.get("/static/board.css").get_data(as_text=True)
    one = clerk.get("/api/v1/boards/print?portal=https://x.example&official=gb-002").get_data(as_text=True)
    assert one.count('<section class="board">') == 1


@pytest.mark.parametrize(("query", "status"), [
    ("portal=javascript:alert(1)", 422), ("", 422), ("portal=https://x.example&official=nobody", 404),
])  # fmt: skip
def test_a_board_that_cannot_be_printed_is_told(clerk: FlaskClient, links: FakeLinks, query: str, status: int) -> None:
    links.answers["intake.boards"] = {"boards": [BOARD]}
    answer: Any = clerk.get(f"/api/v1/boards/print?{query}")
    assert answer.status_code == status
