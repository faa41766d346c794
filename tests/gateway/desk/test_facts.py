"""What the desk seals when something is corrected, and when a petition turns out to accuse somebody."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from network.keys import DeskId, Keyring
from network.sealing import Envelope, open_envelope, seal
from tests.gateway.conftest import PASSPHRASE
from tests.gateway.desk.conftest import DISTRICT, TOWN, FakeLinks

CASE, COMMAND = "ab" * 16, "cd" * 16
REPORTER = {"name": "乔满仓", "phone": "029-00008888", "address": ""}
WRONG = {"reason": "听写有误", "command_id": COMMAND}


def petition(keyring: Keyring, reporter: dict[str, Any] | None, **other: Any) -> dict[str, Any]:
    """A petition of the town as ``get_case`` answers it."""
    own = DeskId(TOWN, "petition")
    sealed = seal(reporter, CASE, {own: keyring.public(TOWN, "petition")}).to_dict() if reporter else None
    plain = {"case": CASE, "text": "乡长侄子领了三份补偿", "place": "610402901901", "sealed": None, "head_count": 3}
    return {"case": {**plain, "reporter": sealed, "supplements": [], **other}}


def opened(sealed: dict[str, Any], desk: DeskId, keyring: Keyring) -> dict[str, Any]:
    passphrase = PASSPHRASE if desk.desk == "discipline" else None
    return open_envelope(Envelope.from_dict(sealed), desk, keyring.private(desk.office, desk.desk, passphrase))


@pytest.mark.parametrize(("what", "to"), [("category", "C08"), ("place", "望塬村东头"), ("nature", "suggest")])
def test_class_place_and_wish_of_a_petition_go_in_the_clear(
    clerk: FlaskClient, links: FakeLinks, what: str, to: str
) -> None:
    assert clerk.post(f"/api/v1/cases/{CASE}/correct", json={"what": what, "to": to, **WRONG}).status_code == 200
    assert [call[1] for call in links.calls] == ["assignment.correct"]
    assert links.last["data"] == {"case": CASE, "what": what, "to": to, "reason": "听写有误"}
    assert links.last["command_id"] == COMMAND


def test_a_corrected_name_keeps_how_to_reach_the_person(clerk: FlaskClient, links: FakeLinks, keyring: Keyring) -> None:
    links.answers["assignment.get_case"] = petition(keyring, REPORTER)
    clerk.post(f"/api/v1/cases/{CASE}/correct", json={"what": "name", "name": "乔满囤", **WRONG})
    assert [call[1] for call in links.calls] == [
        "assignment.open_sealed", "assignment.get_case", "assignment.correct"
    ]  # fmt: skip
    data = links.last["data"]
    assert (data["what"], data["contactable"], data["reason"]) == ("name", True, "听写有误")
    assert opened(data["sealed"], DeskId(TOWN, "petition"), keyring) == {**REPORTER, "name": "乔满囤"}
    assert "乔满囤" not in json.dumps(links.last, ensure_ascii=False)


def test_an_anonymous_petition_gets_a_name(clerk: FlaskClient, links: FakeLinks, keyring: Keyring) -> None:
    links.answers["assignment.get_case"] = petition(keyring, None)
    clerk.post(f"/api/v1/cases/{CASE}/correct", json={"what": "name", "name": "乔满囤", **WRONG})
    data = links.last["data"]
    assert data["contactable"] is False
    assert opened(data["sealed"], DeskId(TOWN, "petition"), keyring) == {"name": "乔满囤", "phone": "", "address": ""}


def test_at_a_discipline_desk_everything_but_the_nature_is_sealed(
    discipline: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    accused = [{"name": "骆某", "office": "610402902", "post": "副主任", "rank": "town_leader"}, {"post": "会计"}]
    discipline.post(f"/api/v1/cases/{CASE}/correct", json={"what": "accused", "accused": accused, **WRONG})
    data = links.last["data"]
    assert (data["what"], data["accused_offices"]) == ("accused", ["610402902"])
    assert "骆某" not in json.dumps(links.last, ensure_ascii=False)
    content = opened(data["sealed"], DeskId(DISTRICT, "discipline"), keyring)
    assert content["correction"]["what"] == "accused"
    assert [each["name"] for each in content["correction"]["accused"]] == ["骆某", ""]
    discipline.post(f"/api/v1/cases/{CASE}/correct", json={"what": "nature", "to": "appeal", **WRONG})
    assert links.last["data"] == {"case": CASE, "what": "nature", "to": "appeal", "reason": "听写有误"}


def test_a_petition_that_accuses_is_sealed_whole_for_the_district(
    clerk: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    more = {"supplement": "1" * 32, "at": "2026-03-05", "text": "还有一份", "sealed": None}
    links.answers["assignment.get_case"] = petition(keyring, REPORTER, supplements=[more])
    answer = clerk.post(f"/api/v1/cases/{CASE}/to_discipline", json={"command_id": COMMAND})
    assert answer.json == {"case": CASE, "custody": True}
    data = links.last["data"]
    assert (data["case"], data["sealed"]["case"]) == (CASE, data["as_case"])
    assert data["as_case"] != CASE
    assert list(data["sealed"]["keys"]) == [f"{DISTRICT}/discipline"]
    content = opened(data["sealed"], DeskId(DISTRICT, "discipline"), keyring)
    assert content["text"] == "乡长侄子领了三份补偿\n\n补充材料(2026-03-05):还有一份"
    assert (content["reporter"], content["head_count"], content["category"]) == (REPORTER, 3, "C15")
    assert "补偿" not in json.dumps(links.last, ensure_ascii=False)


def test_a_refusal_to_open_sends_nothing_on(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["assignment.open_sealed"] = {"code": "not_found"}
    assert clerk.post(f"/api/v1/cases/{CASE}/to_discipline", json={}).status_code == 404
    assert clerk.post(f"/api/v1/cases/{CASE}/correct", json={"what": "name", "name": "x", **WRONG}).status_code == 404
    assert {call[1] for call in links.calls} == {"assignment.open_sealed"}


@pytest.mark.parametrize(
    ("body", "field"), [({"what": "colour"}, "what"), ({"what": "name", "reason": ""}, "reason"), ({}, "what")]
)
def test_what_is_wrong_in_a_correction_is_named(clerk: FlaskClient, body: dict[str, Any], field: str) -> None:
    answer = clerk.post(f"/api/v1/cases/{CASE}/correct", json=body)
    assert answer.status_code == 422
    assert answer.json is not None
    assert field in json.dumps(answer.json["errors"])
