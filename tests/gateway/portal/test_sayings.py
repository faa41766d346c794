"""What a reporter says by receipt, and receipts that stand for several matters."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from contracts.letters import Letter
from network.ids import new_id
from network.keys import DeskId, Keyring
from network.office import OfficeRuntime
from network.receipts import RETALIATION, hashes_of, make_receipt, part_hash, receipt_hash
from network.sealing import Envelope, open_envelope
from network.tables import OutboxRow
from tests.gateway.conftest import PASSPHRASE
from tests.gateway.portal.helpers import (
    ACCUSING,
    MORNING,
    PETITION,
    deliver,
    letters,
    on_disk,
    rows_in_all_tables,
    tell_step,
)

KEY = {"Idempotency-Key": "8 signs or more"}
LATER = MORNING + timedelta(days=400)


def filed(client: FlaskClient, **report: object) -> str:
    answer = client.post("/api/v1/reports", json=report or PETITION)
    assert answer.json is not None
    return str(answer.json["receipt"])


def say(client: FlaskClient, receipt: str, what: str, **words: object) -> Any:
    return client.post(f"/api/v1/reports/{receipt}/sayings", json={"what": what, **words})


def status(client: FlaskClient, receipt: str) -> Any:
    return client.get(f"/api/v1/reports/{receipt}").json


def tell_matter(portal: OfficeRuntime, hashed: str, step: str, desk: str = "petition") -> None:
    """A step of a matter that was not filed here, under its own hash."""
    data = {"receipt_hash": hashed, "desk": desk, "entry_office": "610402901", "step": step, "at": MORNING}
    data |= {"tier": "town", "office": "610402901", "number": f"n-{hashed[:4]}", "due": None, "how": [], "note": ""}
    data |= {"as_case": ""}
    deliver(
        portal, Letter(new_id(), "610402901", "assignment", "case_progress", hashed[:32], MORNING.isoformat(), data)
    )


def opened(keyring: Keyring, sealed: dict[str, Any]) -> dict[str, Any]:
    key = keyring.private("610402", "discipline", PASSPHRASE)
    return open_envelope(Envelope.from_dict(sealed), DeskId("610402", "discipline"), key)


def last(portal: OfficeRuntime) -> OutboxRow:
    return letters(portal)[-1]


@pytest.mark.parametrize(("what", "words"), [
    ("withdraw", {"text": "已经修好"}),
    ("objection", {"text": "他是村主任的弟弟", "person": "石某"}),
    ("performed", {"text": ""}),
    ("not_performed", {"text": "到今天没到账"}),
])  # fmt: skip
def test_what_a_reporter_says_goes_to_the_entry_office(
    client: FlaskClient, portal: OfficeRuntime, what: str, words: dict[str, str]
) -> None:
    receipt = filed(client)
    tell_step(portal, receipt, "settled", entry_office="610402901901")
    for _ in range(2):
        answer = client.post(f"/api/v1/reports/{receipt}/sayings", json={"what": what, **words}, headers=KEY)
        assert answer.status_code == 202
        assert answer.json is not None
        assert answer.json["words"].startswith("已收到")
    first, letter = letters(portal)
    assert (letter.office, letter.service, letter.type, letter.case_id) == (
        "610402", "intake", "reporter_said", first.case_id,
    )  # fmt: skip
    data = letter.body["data"]
    assert (data["what"], data["entry_office"], data["receipt_hash"]) == (what, "610402901901", receipt_hash(receipt))
    assert (data["text"], data["sealed"], data["person"]) == (words["text"] or None, None, words.get("person", ""))
    assert len(data["saying"]) == 32


def test_what_is_said_of_a_discipline_report_is_sealed(
    client: FlaskClient, portal: OfficeRuntime, keyring: Keyring
) -> None:
    receipt = filed(client, **ACCUSING)
    assert say(client, receipt, "withdraw", text="不想追究了").status_code == 202
    data = last(portal).body["data"]
    assert data["text"] is None
    assert opened(keyring, data["sealed"]) == {"text": "不想追究了"}


@pytest.mark.parametrize(("body", "field"), [
    ({"what": "gone"}, "what"),
    ({"what": "not_performed", "text": " "}, "text"),
    ({"what": "retaliation"}, "text"),
    ({"what": "objection", "text": "亲戚"}, "person"),
    ({"what": "withdraw", "person": "石某"}, "person"),
    ({"what": "withdraw", "contact": "029"}, "contact"),
    ({"what": "withdraw", "matter": 0}, "matter"),
    ({"what": "withdraw", "matter": 110}, "matter"),
    ({"what": "withdraw", "matter": 2}, "matter"),
])  # fmt: skip
def test_what_is_wrong_is_named(
    client: FlaskClient, portal: OfficeRuntime, body: dict[str, object], field: str
) -> None:
    receipt = filed(client)
    for lang in ("zh", "en"):
        answer = client.post(f"/api/v1/reports/{receipt}/sayings?lang={lang}", json=body)
        assert answer.status_code == 422
        assert answer.json is not None
        assert list(answer.json["errors"]) == [field]
    assert len(letters(portal)) == 1


@pytest.mark.parametrize(("step", "what", "code"), [
    ("registered", "performed", "nothing_promised"),
    ("registered", "not_performed", "nothing_promised"),
    ("withdrawn", "withdraw", "closed"),
    ("concluded", "objection", "closed"),
    ("resolved", "performed", "nothing_promised"),
])  # fmt: skip
def test_what_cannot_be_said_now_is_refused(
    client: FlaskClient, portal: OfficeRuntime, step: str, what: str, code: str
) -> None:
    receipt = filed(client)
    tell_step(portal, receipt, step, LATER)
    answer = say(client, receipt, what, text="x", **({"person": "石某"} if what == "objection" else {}))
    assert (answer.status_code, answer.json["code"]) == (409, code)


def test_to_a_report_that_went_to_an_organ_above_nothing_is_added_here(
    client: FlaskClient, portal: OfficeRuntime
) -> None:
    receipt = filed(client, **ACCUSING)
    tell_step(portal, receipt, "outside", LATER, desk="discipline")
    found = status(client, receipt)
    assert (found["words"], found["may"]) == ("已转系统外有权机关,请向该机关查询", ["retaliation"])
    answer = client.post(f"/api/v1/reports/{receipt}/supplements", json={"text": "还有两笔"})
    assert (answer.status_code, answer.json["code"]) == (409, "closed")
    assert "请直接向该机关补充" in answer.json["detail"]


def test_a_petition_that_went_outside_takes_supplements(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = filed(client)
    tell_step(portal, receipt, "outside", LATER)
    assert status(client, receipt)["may"] == ["supplement", "retaliation"]


def test_retaliation_is_a_sealed_report_of_its_own(
    client: FlaskClient, portal: OfficeRuntime, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R24: it never travels with the case it is about."""
    monkeypatch.setattr("network.clock.now", lambda: datetime.fromisoformat("2026-03-02T09:00:00+08:00"))
    receipt = filed(client)
    tell_step(portal, receipt, "registered")
    for _ in range(2):
        body = {"what": "retaliation", "text": "有人到我家门口骂", "contact": "029-00001111"}
        answer = client.post(f"/api/v1/reports/{receipt}/sayings", json=body, headers=KEY)
        assert answer.status_code == 202
    first, letter = letters(portal)
    data = letter.body["data"]
    assert (letter.type, data["desk"], data["urgent"], data["flags"]) == (
        "report_filed", "discipline", True, ["retaliation"],
    )  # fmt: skip
    assert (data["real_name"], data["contactable"], data["text"], data["reporter"]) == (False, True, None, None)
    assert letter.case_id != first.case_id
    assert data["receipt_hash"] == receipt_hash(receipt, RETALIATION[0])
    about = {"case": first.case_id, "number": "610402901901-2026-00001", "receipt_hash": receipt_hash(receipt)}
    content = opened(keyring, data["sealed"])
    assert (content["text"], content["retaliation_for"]) == ("有人到我家门口骂", about)
    assert content["reporter"] == {"name": "", "phone": "029-00001111", "address": ""}
    found = status(client, receipt)
    assert [(each["matter"], each["kind"], each["number"]) for each in found["matters"]] == [
        (1, "matter", "610402901901-2026-00001"),
        (101, "retaliation", ""),
    ]
    assert found["matters"][1]["next"]["due"] == "2026-03-03T23:59:59+08:00", "K28, one working day"


def test_nothing_of_retaliation_is_in_the_portal_s_database(
    client: FlaskClient, portal: OfficeRuntime, tmp_path: Any
) -> None:
    receipt = filed(client)
    assert say(client, receipt, "retaliation", text="砸了玻璃", contact="一个电话").status_code == 202
    for secret in ("砸了玻璃", "一个电话", receipt):
        assert secret.encode() not in on_disk(tmp_path)
        assert secret.encode("unicode-escape") not in on_disk(tmp_path)


def test_nine_reports_of_retaliation_have_a_place_each_and_the_tenth_is_told_where_to_call(
    client: FlaskClient, portal: OfficeRuntime
) -> None:
    receipt = filed(client)
    codes = [say(client, receipt, "retaliation", text="又来了").status_code for _ in range(10)]
    assert codes == [202] * 9 + [409]
    assert [each["matter"] for each in status(client, receipt)["matters"]] == [1, *RETALIATION]
    tenth = say(client, receipt, "retaliation", text="又来了")
    assert (tenth.json["code"], "110" in tenth.json["detail"]) == ("too_many", True)


def test_the_matters_of_a_split_letter_and_its_parts_are_gathered(client: FlaskClient, portal: OfficeRuntime) -> None:
    """R22: two matters, one receipt; a part that a clerk split off later is found as well."""
    receipt = make_receipt()
    hashes = hashes_of(receipt)
    tell_matter(portal, hashes[1], "accepted")
    tell_matter(portal, hashes[2], "registered", "discipline")
    tell_matter(portal, part_hash(hashes[1], 1), "registered")
    found = status(client, receipt)
    assert [(each["matter"], each["status"], each["number"]) for each in found["matters"]] == [
        (1, "accepted", f"n-{hashes[1][:4]}"),
        (2, "registered", ""),
        (11, "registered", f"n-{hashes[11][:4]}"),
    ]
    assert (found["status"], found["matter"]) == ("accepted", 1)


def test_where_there_are_several_matters_one_has_to_be_named(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = make_receipt()
    hashes = hashes_of(receipt)
    tell_matter(portal, hashes[1], "settled")
    tell_matter(portal, hashes[2], "settled")
    unnamed = say(client, receipt, "performed")
    assert (unnamed.status_code, unnamed.json["errors"]) == (422, {"matter": ["请写明是哪一件：1、2"]})
    rated = client.post(f"/api/v1/reports/{receipt}/rating", json={"rating": "fair"})
    assert (rated.status_code, list(rated.json["errors"])) == (422, ["matter"])
    assert say(client, receipt, "performed", matter=2).status_code == 202
    assert last(portal).case_id == hashes[2][:32]
    rated = client.post(f"/api/v1/reports/{receipt}/rating", json={"rating": "fair", "matter": 1})
    assert rated.status_code == 202
    assert last(portal).body["data"]["receipt_hash"] == hashes[1]


def test_a_supplement_without_a_matter_goes_sealed_to_the_discipline_report(
    client: FlaskClient, portal: OfficeRuntime, keyring: Keyring
) -> None:
    receipt = make_receipt()
    hashes = hashes_of(receipt)
    tell_matter(portal, hashes[1], "registered")
    tell_matter(portal, hashes[2], "registered", "discipline")
    assert client.post(f"/api/v1/reports/{receipt}/supplements", json={"text": "账本照片"}).status_code == 202
    data = last(portal).body["data"]
    assert (data["receipt_hash"], data["text"]) == (hashes[2], None)
    assert opened(keyring, data["sealed"]) == {"text": "账本照片"}
    named = client.post(f"/api/v1/reports/{receipt}/supplements", json={"text": "路况", "matter": 1})
    assert named.status_code == 202
    assert (last(portal).body["data"]["receipt_hash"], last(portal).body["data"]["text"]) == (hashes[1], "路况")


def test_one_that_has_not_arrived_takes_no_word(client: FlaskClient, portal: OfficeRuntime) -> None:
    answer = say(client, make_receipt(), "retaliation", text="x")
    assert (answer.status_code, answer.json["code"]) == (409, "not_arrived_yet")
    assert rows_in_all_tables(portal) == 0


def page(client: FlaskClient, **form: str) -> tuple[int, str]:
    answer = client.post("/status", data=form)
    return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_status_page_has_a_form_for_each_saying(client: FlaskClient, portal: OfficeRuntime, lang: str) -> None:
    receipt = filed(client)
    tell_step(portal, receipt, "settled")
    html = client.get(f"/status?receipt={receipt}&lang={lang}").get_data(as_text=True)
    for kind in ("withdraw", "performed", "not_performed", "objection", "retaliation"):
        assert html.count(f'name="do" value="{kind}"') == 1
    assert "<script" not in html


def test_what_is_said_on_the_page_is_taken_and_mistakes_keep_the_words(
    client: FlaskClient, portal: OfficeRuntime
) -> None:
    receipt = filed(client)
    code, html = page(client, receipt=receipt, do="objection", matter="1", text="亲戚", person="")
    assert code == 422
    assert html.count("<details open>") == 1
    assert 'href="#person"' in html
    assert ">亲戚</textarea>" in html
    form = {"receipt": receipt, "matter": "1", "key": "k" * 32}
    code, html = page(client, do="objection", text="亲戚", person="石某", **form)
    assert (code, 'role="status"' in html) == (200, True)
    code, html = page(client, do="retaliation", text="砸了玻璃", contact="", **form)
    assert (code, "可以请求保护" in html) == (200, True)
    assert [each.type for each in letters(portal)] == ["report_filed", "reporter_said", "report_filed"]


def test_the_page_keeps_the_matters_apart(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = make_receipt()
    hashes = hashes_of(receipt)
    tell_matter(portal, hashes[1], "registered")
    tell_matter(portal, hashes[2], "registered", "discipline")
    _, html = page(client, receipt=receipt)
    assert html.count('class="matter"') == 2
    assert html.count('name="matter" value="2"') == html.count('name="matter" value="1"')
    code, html = page(client, receipt=receipt, do="retaliation", matter="2", text="")
    assert code == 422
    assert html.count("<details open>") == 1
    assert html.count('id="text-wrong"') == 1
