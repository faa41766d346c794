"""What the desk seals, opens and re-seals in its own process."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway.desk.rpc import NoAnswer
from network.keys import DeskId, Keyring
from network.receipts import receipt_hash
from network.sealing import Envelope, open_envelope, seal
from tests.gateway.conftest import PASSPHRASE
from tests.gateway.desk.conftest import DISTRICT, TOWN, Enter, FakeLinks

CASE, COMMAND = "ab" * 16, "cd" * 16
PETITION = {"text": "水渠塌了", "place": "610402901901", "channel": "visit"}
REPORTER = {"name": "乔满仓", "phone": "029-00008888"}
ACCUSED = {"name": "骆某", "office": "610402902", "post": "副主任", "rank": "town_leader"}
CONTENT = {"text": "虚报冒领", "accused": [ACCUSED]}


def sealed_for(keyring: Keyring, office: str = DISTRICT, content: dict[str, Any] | None = None) -> dict[str, Any]:
    desk = DeskId(office, "discipline")
    return seal(content or CONTENT, CASE, {desk: keyring.public(office, "discipline")}).to_dict()


def kept(sealed: dict[str, Any], *supplements: dict[str, Any]) -> dict[str, Any]:
    """A discipline case as ``get_case`` answers it."""
    return {"case": {"case": CASE, "sealed": sealed, "reporter": None, "supplements": list(supplements)}}


def test_a_petition_goes_plain_with_its_reporter_sealed_to_the_own_office(
    clerk: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    links.answers["intake.register"] = lambda payload: {
        "case": payload["data"]["case"],
        "number": "n",
        "entered_at": "t",
    }
    answer = clerk.post("/api/v1/reports", json={**PETITION, "reporter": REPORTER, "command_id": COMMAND})
    assert answer.status_code == 201
    assert answer.json is not None
    data = links.last["data"]
    assert links.calls[-1][:2] == (TOWN, "intake.register")
    assert (data["text"], data["nature"], data["real_name"], data["contactable"]) == ("水渠塌了", "seek", True, True)
    assert data["receipt_hash"] == receipt_hash(answer.json["receipt"])
    key = keyring.private(TOWN, "petition")
    assert open_envelope(Envelope.from_dict(data["reporter"]), DeskId(TOWN, "petition"), key)["name"] == "乔满仓"


def test_a_report_that_accuses_leaves_this_process_sealed(
    clerk: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    links.answers["intake.register_sealed"] = lambda payload: {"custody": True, "case": payload["data"]["case"]}
    report = {**PETITION, "text": "上班打麻将", "accused": [ACCUSED], "reporter": REPORTER}
    answer = clerk.post("/api/v1/reports", json=report)
    assert answer.status_code == 201
    assert answer.json is not None
    assert answer.json["custody"] is True
    assert answer.json["receipt"]
    (_, name, payload), data = links.calls[-1], links.last["data"]
    assert name == "intake.register_sealed"
    assert (data["recipient_office"], data["recipient_desk"], data["nature"]) == (DISTRICT, "discipline", "accuse")
    sent = json.dumps(payload, ensure_ascii=False)
    for plain in ("上班打麻将", "骆某", "副主任", *REPORTER.values()):
        assert plain not in sent
    assert list(data["sealed"]["keys"]) == [f"{DISTRICT}/discipline"]
    assert not {"text", "accused", "place", "category", "reporter"} & set(data)


def test_a_report_about_the_district_leaves_only_custody(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["intake.register_sealed"] = lambda payload: {"custody": True, "case": payload["data"]["case"]}
    accused = [{"post": "区纪委书记", "rank": "district_discipline"}]
    answer = clerk.post("/api/v1/reports", json={**PETITION, "accused": accused})
    assert answer.json is not None
    assert answer.json["outside"]["name"] == "咸阳市纪委监委"
    data = links.last["data"]
    assert (data["recipient_office"], data["sealed"]) == ("city-discipline", None)
    assert "水渠塌了" not in json.dumps(links.last, ensure_ascii=False)


def test_a_registration_sent_again_shows_the_same_receipt(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["intake.register"] = NoAnswer("late")
    body = {**PETITION, "command_id": COMMAND}
    assert clerk.post("/api/v1/reports", json=body).status_code == 503
    links.answers["intake.register"] = lambda payload: {"case": payload["data"]["case"], "number": "n"}
    first, again = (clerk.post("/api/v1/reports", json=body).json for _ in range(2))
    assert first == again
    told = [call[2]["data"] for call in links.calls if call[1] == "intake.register"]
    assert len({each["receipt_hash"] for each in told}) == 1


def test_no_receipt_is_shown_for_what_was_registered_under_another(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["intake.register"] = {"case": "ef" * 16, "number": "n"}  # stored before this process began
    answer = clerk.post("/api/v1/reports", json={**PETITION, "command_id": COMMAND})
    assert answer.json == {"case": "ef" * 16, "number": "n", "receipt": None}


def test_opening_takes_a_reason_and_the_session_s_key(
    discipline: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    more = {"supplement": "1" * 32, "at": "t", "text": None, "sealed": sealed_for(keyring, content={"text": "又来了"})}
    links.answers["assignment.get_case"] = kept(sealed_for(keyring), more)
    assert discipline.post(f"/api/v1/cases/{CASE}/open", json={}).status_code == 422
    answer = discipline.post(f"/api/v1/cases/{CASE}/open", json={"reason": "初步核实"})
    assert answer.json == {
        "case": CASE,
        "content": CONTENT,
        "reporter": None,
        "supplements": [{"supplement": "1" * 32, "at": "t", "text": "又来了"}],
    }
    journalled, asked = links.calls
    assert (journalled[1], journalled[2]["data"]) == ("assignment.open_sealed", {"case": CASE, "reason": "初步核实"})
    assert (asked[1], asked[2]["data"]) == ("assignment.get_case", {"case": CASE})


def test_an_opening_that_the_office_refuses_opens_nothing(discipline: FlaskClient, links: FakeLinks) -> None:
    links.answers["assignment.open_sealed"] = {"code": "not_found"}
    assert discipline.post(f"/api/v1/cases/{CASE}/open", json={"reason": "好奇"}).status_code == 404
    assert [call[1] for call in links.calls] == ["assignment.open_sealed"]


def test_a_case_is_shown_without_what_is_sealed(clerk: FlaskClient, links: FakeLinks, keyring: Keyring) -> None:
    links.answers["assignment.get_case"] = {"case": {"sealed": sealed_for(keyring), "text": "x"}, "offers": [1]}
    shown = clerk.get(f"/api/v1/cases/{CASE}").json
    assert shown == {"case": {"sealed": {"sealed_for": [f"{DISTRICT}/discipline"]}, "text": "x"}, "offers": [1]}


def test_without_the_passphrase_nothing_is_asked_for(enter: Enter, links: FakeLinks) -> None:
    locked = enter(DISTRICT, "discipline")
    for path, body in (("open", {"reason": "x"}), ("offer", {"to": TOWN})):
        answer = locked.post(f"/api/v1/cases/{CASE}/{path}", json=body)
        assert (answer.status_code, answer.json and answer.json["code"]) == (409, "locked")
    assert links.calls == []


def test_who_reported_a_petition_opens_with_the_office_key(
    clerk: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    own = DeskId(TOWN, "petition")
    envelope = seal(REPORTER, CASE, {own: keyring.public(TOWN, "petition")}).to_dict()
    links.answers["assignment.get_case"] = {"case": {"sealed": None, "reporter": envelope, "supplements": []}}
    answer = clerk.post(f"/api/v1/cases/{CASE}/open", json={"reason": "回访"})
    assert answer.json is not None
    assert answer.json["reporter"] == REPORTER


def test_what_is_sealed_for_others_or_altered_does_not_open(
    discipline: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    altered = sealed_for(keyring)
    altered["ciphertext"] = "AAAA" + altered["ciphertext"][4:]
    for envelope in (sealed_for(keyring, TOWN), altered, {"version": 1}):
        links.answers["assignment.get_case"] = kept(envelope)
        answer = discipline.post(f"/api/v1/cases/{CASE}/open", json={"reason": "x"})
        assert (answer.status_code, answer.json and answer.json["code"]) == (409, "cannot_open")


def test_a_discipline_offer_is_resealed_here_for_the_receiver(
    discipline: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    more = {"supplement": "1" * 32, "at": "t", "text": None, "sealed": sealed_for(keyring, content={"text": "又来了"})}
    links.answers["assignment.get_case"] = kept(sealed_for(keyring), more)
    body = {"to": TOWN, "kind": "hand_over", "report_back_days": 30, "command_id": COMMAND}
    assert discipline.post(f"/api/v1/cases/{CASE}/offer", json=body).status_code == 200
    first, _, second = links.calls
    assert (first[1], second[1]) == ("assignment.open_sealed", "assignment.offer")
    assert first[2]["command_id"] != second[2]["command_id"] == COMMAND
    data = second[2]["data"]
    assert (data["to"], data["kind"], data["case"]) == (TOWN, "hand_over", CASE)
    key, to = keyring.private(TOWN, "discipline", PASSPHRASE), DeskId(TOWN, "discipline")
    assert open_envelope(Envelope.from_dict(data["sealed"]), to, key) == CONTENT
    (supplement,) = data["supplements"]
    assert open_envelope(Envelope.from_dict(supplement["sealed"]), to, key) == {"text": "又来了"}

    discipline.post(f"/api/v1/cases/{CASE}/offer", json=body)
    assert links.calls[3][2]["command_id"] == first[2]["command_id"]


def test_an_offer_to_an_office_without_a_key_is_refused_by_name(
    discipline: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    links.answers["assignment.get_case"] = kept(sealed_for(keyring))
    answer = discipline.post(f"/api/v1/cases/{CASE}/offer", json={"to": "610402999"})
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["errors"]) == ["to"]


def test_a_petition_offer_goes_as_it_is(clerk: FlaskClient, links: FakeLinks) -> None:
    clerk.post(f"/api/v1/cases/{CASE}/offer", json={"to": DISTRICT, "note": "请研究"})
    assert [call[1] for call in links.calls] == ["assignment.offer"]
    assert links.last["data"] == {"to": DISTRICT, "note": "请研究", "case": CASE}


@pytest.mark.parametrize("user", ["clerk", "discipline"])
def test_a_supplement_at_a_discipline_desk_is_sealed(
    enter: Enter, links: FakeLinks, keyring: Keyring, user: str
) -> None:
    client = enter(DISTRICT, user, PASSPHRASE)
    receipt = "0000-0000-0000-0000-0000-00"
    links.answers["intake.matters"] = {"matters": [{"case": CASE, "receipt_hash": receipt_hash(receipt)}]}
    assert client.post("/api/v1/supplements", json={"receipt": receipt, "text": "有人砸玻璃"}).status_code == 200
    data = links.last["data"]
    if user == "clerk":
        assert data == {"receipt_hash": receipt_hash(receipt), "text": "有人砸玻璃"}
    else:
        key = keyring.private(DISTRICT, "discipline", PASSPHRASE)
        opened = open_envelope(Envelope.from_dict(data["sealed"]), DeskId(DISTRICT, "discipline"), key)
        assert opened == {"text": "有人砸玻璃"}
        assert "text" not in data
