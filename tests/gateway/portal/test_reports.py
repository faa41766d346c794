"""Reporting: one commit, sealed before it, the receipt shown once and kept nowhere."""

import logging
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gateway.portal.models import FiledRow
from network.keys import DeskId, Keyring
from network.office import OfficeRuntime
from network.receipts import receipt_hash
from network.sealing import Envelope, open_envelope
from tests.gateway.conftest import PASSPHRASE
from tests.gateway.portal.helpers import ACCUSING, PETITION, letters, on_disk, rows_in_all_tables

REPORTER = {"name": "乔满仓", "phone": "029-00008888"}


def test_a_petition_becomes_one_letter_to_the_district_and_a_receipt(
    client: FlaskClient, portal: OfficeRuntime, keyring: Keyring
) -> None:
    answer = client.post("/api/v1/reports", json={**PETITION, "reporter": REPORTER, "urgent": True})

    assert answer.status_code == 202
    assert answer.json is not None
    (letter,) = letters(portal)
    data = letter.body["data"]
    assert (letter.office, letter.service, letter.type) == ("610402", "intake", "report_filed")
    assert data["receipt_hash"] == receipt_hash(answer.json["receipt"])
    assert (data["desk"], data["nature"], data["category"], data["channel"]) == ("petition", "seek", "C17", "web")
    assert (data["text"], data["place"]) == (PETITION["text"], PETITION["place"])
    assert (data["real_name"], data["contactable"], data["urgent"]) == (True, True, True)
    assert data["sealed"] is None
    opened = open_envelope(
        Envelope.from_dict(data["reporter"]), DeskId("610402", "petition"), keyring.private("610402", "petition")
    )
    assert opened == {**REPORTER, "address": ""}


CARD = "610402901901-000001"


@pytest.mark.parametrize(("report", "channel", "card"), [
    ({**PETITION, "reporter": REPORTER}, "contact_card", CARD),
    (PETITION, "web", ""),
    ({**ACCUSING, "reporter": REPORTER}, "web", ""),
])  # fmt: skip
def test_s26_a_contact_card_goes_with_a_named_petition_and_never_with_an_anonymous_or_discipline_report(
    client: FlaskClient, portal: OfficeRuntime, report: dict[str, object], channel: str, card: str
) -> None:
    assert client.post("/api/v1/reports", json={**report, "card": CARD}).status_code == 202
    (letter,) = letters(portal)
    assert (letter.body["data"]["channel"], letter.body["data"].get("card", "")) == (channel, card)
    wrong = client.post("/api/v1/reports", json={**report, "card": "<b>"})
    assert wrong.status_code == 422
    assert wrong.json is not None
    assert list(wrong.json["errors"]) == ["card"]


def test_who_reported_and_the_receipt_are_nowhere_in_the_database(
    client: FlaskClient, portal: OfficeRuntime, tmp_path: Path
) -> None:
    answer = client.post("/api/v1/reports", json={**PETITION, "reporter": REPORTER})
    assert answer.json is not None
    disk = on_disk(tmp_path)
    receipt = answer.json["receipt"]
    for secret in (*REPORTER.values(), receipt, receipt.replace("-", "")):
        assert secret.encode() not in disk
        assert secret.encode("utf-16-le") not in disk


@pytest.mark.parametrize("report", [ACCUSING, {**PETITION, "category": "C15"}, {**PETITION, "nature": "accuse"}])
def test_a_discipline_report_is_sealed_whole_to_the_district_desk(
    client: FlaskClient, portal: OfficeRuntime, keyring: Keyring, tmp_path: Path, report: dict[str, object]
) -> None:
    answer = client.post("/api/v1/reports", json={**report, "reporter": REPORTER})

    assert answer.status_code == 202
    data = letters(portal)[0].body["data"]
    assert (data["desk"], data["nature"], data["category"]) == ("discipline", "accuse", "C15")
    assert (data["text"], data["place"], data["reporter"]) == (None, "", None)
    assert list(data["sealed"]["keys"]) == ["610402/discipline"]
    disk = on_disk(tmp_path)
    for plain in (report["text"], "秦某", "会计", *REPORTER.values()):
        assert str(plain).encode() not in disk
        assert str(plain).encode("unicode-escape") not in disk
    key = keyring.private("610402", "discipline", PASSPHRASE)
    opened = open_envelope(Envelope.from_dict(data["sealed"]), DeskId("610402", "discipline"), key)
    assert opened["text"] == report["text"]
    assert opened["reporter"] == {**REPORTER, "address": ""}
    assert opened["accused"] == report.get("accused", [])


@pytest.mark.parametrize("rank", ["district_leader", "district_discipline"])
def test_a_report_about_the_district_itself_is_turned_outside_and_nothing_is_stored(
    client: FlaskClient, portal: OfficeRuntime, rank: str, caplog: pytest.LogCaptureFixture
) -> None:
    report = {"text": "反映他收钱", "place": "610402", "accused": [{"post": "区纪委书记", "rank": rank}]}
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/api/v1/reports", json=report)

    assert answer.status_code == 200
    assert answer.json is not None
    assert "receipt" not in answer.json
    assert answer.json["outside"]["name"] == "咸阳市纪委监委"
    assert answer.json["outside"]["phone"]
    assert "反映他收钱" in answer.json["letter"]
    assert rows_in_all_tables(portal) == 0
    assert "反映他收钱" not in caplog.text


def test_not_one_byte_of_the_database_changes_for_a_report_about_the_district(
    client: FlaskClient, portal: OfficeRuntime, tmp_path: Path
) -> None:
    """R21: organ, address, telephone and a letter are shown, and nothing at all is kept."""
    client.post("/api/v1/reports", json=PETITION)
    before = on_disk(tmp_path)
    accused = [{"post": "区纪委书记", "rank": "district_discipline"}]
    report = {"text": "反映他收钱", "place": "610402", "accused": accused, "reporter": REPORTER, "emergency": True}
    told = client.post("/api/v1/reports", json=report).json
    form = {"text": "反映他收钱", "place": "610402", "about_cadre": "yes", "who": "anonymous"}
    form |= {"accused.0.post": "区纪委书记", "accused.0.rank": "district_discipline"}
    page = client.post("/", data=form).get_data(as_text=True)
    assert told is not None
    body = portal.tree.bodies["city-discipline"]
    assert told["outside"] == {"name": body.name, "address": body.address, "phone": body.phone}
    for shown in (body.name, body.address, body.phone, "反映他收钱", "信访室："):
        assert shown in page
    assert on_disk(tmp_path) == before


def test_a_call_for_help_goes_up_with_the_report(client: FlaskClient, portal: OfficeRuntime) -> None:
    client.post("/api/v1/reports", json={**PETITION, "emergency": True, "head_count": 3})
    client.post("/api/v1/reports", json={**ACCUSING, "emergency": True})
    petition, sealed = (each.body["data"] for each in letters(portal))
    assert (petition["emergency"], petition["urgent"], petition["head_count"]) == (True, True, 3)
    assert (sealed["emergency"], sealed["urgent"], sealed["text"]) == (True, True, None)
    assert "head_count" not in sealed


def test_the_due_day_is_promised_with_how_it_was_computed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, portal: OfficeRuntime
) -> None:
    monkeypatch.setattr("network.clock.now", lambda: datetime.fromisoformat("2026-03-02T09:00:00+08:00"))
    petition = client.post("/api/v1/reports", json=PETITION).json
    named = client.post("/api/v1/reports", json={**ACCUSING, "reporter": REPORTER}).json
    anonymous = client.post("/api/v1/reports", json=ACCUSING).json
    assert petition is not None
    assert named is not None
    assert anonymous is not None
    assert petition["next"]["due"] == "2026-03-17T23:59:59+08:00"  # K1, 15 days
    assert any("15日" in line for line in petition["next"]["how"])
    assert named["next"]["due"] == "2026-03-23T23:59:59+08:00"  # K17, 15 working days
    assert anonymous["next"]["due"] == "2026-03-09T23:59:59+08:00"  # K20, 5 working days
    assert "5个工作日" in anonymous["next"]["how"][1]


def test_sending_a_draft_twice_is_one_report(client: FlaskClient, portal: OfficeRuntime) -> None:
    draft = client.post("/api/v1/drafts").json
    assert draft is not None
    first = client.post("/api/v1/reports", json={**PETITION, **draft})
    again = client.post("/api/v1/reports", json={**PETITION, **draft})
    assert first.json == again.json
    assert len(letters(portal)) == 1

    other = client.post("/api/v1/reports", json={**PETITION, **draft, "text": "另一件事"})
    assert (other.status_code, other.json and other.json["code"]) == (409, "already_sent")
    assert len(letters(portal)) == 1


def test_a_forged_draft_is_refused_by_name(client: FlaskClient, portal: OfficeRuntime) -> None:
    answer = client.post("/api/v1/reports", json={**PETITION, "draft": '"AAAA".forged.x'})
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["errors"]) == ["draft"]
    assert rows_in_all_tables(portal) == 0


def test_a_failure_between_sealing_and_commit_leaves_nothing_and_logs_no_word(
    client: FlaskClient, portal: OfficeRuntime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"disk full while writing {PETITION['text']}")

    monkeypatch.setattr("network.outbox.append", fail)
    answer = client.post("/api/v1/reports", json=PETITION)
    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    assert "RuntimeError" in caplog.text
    assert PETITION["text"] not in caplog.text
    assert PETITION["text"] not in answer.get_data(as_text=True)
    monkeypatch.undo()
    assert rows_in_all_tables(portal) == 0


def test_the_row_of_a_report_says_nothing_of_it(client: FlaskClient, portal: OfficeRuntime) -> None:
    client.post("/api/v1/reports", json=ACCUSING)
    with portal.reading() as session:
        (row,) = session.scalars(select(FiledRow))
    assert set(FiledRow.__table__.columns.keys()) == {
        "receipt_hash", "case", "desk", "filed_at", "due", "how", "digest",
    }  # fmt: skip
    assert row.desk == "discipline"


def test_no_answer_sets_a_cookie_or_may_be_cached_or_framed(app: Flask) -> None:
    client = app.test_client()
    for path in ("/", "/status", "/offices", "/api/v1/offices", "/healthz", "/nothing", "/static/portal.css"):
        headers = client.get(path).headers
        assert "Set-Cookie" not in headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert path.startswith("/static") or headers["Cache-Control"] == "no-store"
