"""Whom to call back is opened at the desk that was asked, with a reason that its office writes down first."""

from flask.testing import FlaskClient

from network.keys import DeskId, Keyring
from network.sealing import seal
from tests.gateway.desk.conftest import FakeLinks
from tests.gateway.desk.test_sealing import CASE, REPORTER
from tests.services.house import TOWN

CALL = "a" * 32


def test_whom_to_call_opens_with_the_office_key_and_a_reason(
    clerk: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    envelope = seal(REPORTER, CASE, {DeskId(TOWN, "petition"): keyring.public(TOWN, "petition")}).to_dict()
    links.answers["supervision.call_backs"] = {
        "call_backs": [{"id": "b" * 32, "reporter": None}, {"id": CALL, "reporter": envelope}]
    }
    assert clerk.post(f"/api/v1/call-backs/{CALL}/open", json={}).status_code == 422
    answer = clerk.post(f"/api/v1/call-backs/{CALL}/open", json={"reason": "核实撤回"})
    assert answer.json == {"call_back": CALL, "reporter": REPORTER}
    journalled, asked = links.calls
    assert (journalled[1], journalled[2]["data"]) == (
        "supervision.open_call_back",
        {"call_back": CALL, "reason": "核实撤回"},
    )
    assert asked[1] == "supervision.call_backs"
    assert clerk.get("/api/v1/call-backs").json == {
        "call_backs": [
            {"id": "b" * 32, "reporter": None},
            {"id": CALL, "reporter": {"sealed_for": [f"{TOWN}/petition"]}},
        ]
    }


def test_an_opening_that_is_refused_opens_nobody(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["supervision.open_call_back"] = {"code": "not_found"}
    assert clerk.post(f"/api/v1/call-backs/{CALL}/open", json={"reason": "好奇"}).status_code == 404
    assert [call[1] for call in links.calls] == ["supervision.open_call_back"]


def test_what_was_made_meanwhile_is_not_opened(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["supervision.call_backs"] = {"call_backs": []}
    answer = clerk.post(f"/api/v1/call-backs/{CALL}/open", json={"reason": "核实"})
    assert (answer.status_code, answer.json and answer.json["code"]) == (409, "not_open")


def test_the_opening_has_no_second_route(clerk: FlaskClient) -> None:
    body = {"call_back": CALL, "reason": "x"}
    assert clerk.post("/api/v1/supervision/open_call_back", json=body).status_code == 404
