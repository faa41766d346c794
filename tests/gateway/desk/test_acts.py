"""Routes to services: what is sent, what is refused before it is sent, how refusals are told."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.commands import assignment, hearing, intake, supervision
from gateway.desk.acts import OWN_WAY, QUERIES
from gateway.desk.rpc import NoAnswer, ServiceFailed, Unreachable
from tests.gateway.desk.conftest import DISTRICT, TOWN, Enter, FakeLinks
from tests.gateway.portal.test_bad_input import ANYTHING

OVER_THE_COUNTER = {
    "register": "register_report", "register_sealed": "register_report", "supplement": "supplement", "rate": "rate",
    "say": "say", "split": "split", "raise_emergency": "raise_emergency", "log_call": "log_call",
    "book": "book", "open_booking": "open_booking", "record_reception": "record_reception",
}  # fmt: skip
CASE = "ab" * 16
COMMAND = "cd" * 16


def test_every_command_and_query_of_the_services_has_a_route(app: Flask) -> None:
    reached = {rule.endpoint.partition(".")[2] for rule in app.url_map.iter_rules()}
    for service, module in {"assignment": assignment, "hearing": hearing, "supervision": supervision}.items():
        for name in module.COMMANDS:
            assert f"{service}_{name}" in reached or name in OWN_WAY
    assert {"match_accused", "offer", "open_sealed", "register_report", "supplement", "rate", "suggestions"} <= reached
    asked = set(QUERIES.values())
    for service, module in {
        "intake": intake, "assignment": assignment, "hearing": hearing, "supervision": supervision,
    }.items():  # fmt: skip
        for name in module.QUERIES:
            assert (service, name) in asked or name in ("early_warnings", "matters", "suggest", "todo")
    for name in intake.COMMANDS:
        assert f"intake_{name}" in reached or OVER_THE_COUNTER[name] in reached


def test_a_command_goes_to_its_office_with_actor_and_id(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["assignment.decline"] = {"status": "declined"}
    body = {"ground": "not_ours", "guidance": "请到法院", "command_id": COMMAND}
    answer = clerk.post(f"/api/v1/cases/{CASE}/decline", json=body)
    assert (answer.status_code, answer.json) == (200, {"status": "declined"})
    assert links.calls == [
        (
            TOWN,
            "assignment.decline",
            {
                "actor": {"id": "clerk", "office": TOWN, "desk": "petition", "roles": ["clerk"], "person": ""},
                "data": {"ground": "not_ours", "guidance": "请到法院", "case": CASE},
                "command_id": COMMAND,
            },
        )
    ]


def test_the_command_id_may_stand_in_a_header_or_is_made(clerk: FlaskClient, links: FakeLinks) -> None:
    clerk.post(f"/api/v1/cases/{CASE}/take", json={}, headers={"Idempotency-Key": COMMAND})
    assert links.last["command_id"] == COMMAND
    clerk.post(f"/api/v1/cases/{CASE}/take", json={})
    assert len(links.last["command_id"]) == 32


def test_a_query_is_of_the_actor_s_desk(clerk: FlaskClient, discipline: FlaskClient, links: FakeLinks) -> None:
    assert clerk.get("/api/v1/cases?limit=5&mine=true").json == {"seen": "assignment.list_cases"}
    plain = {"limit": 5, "mine": True, "after": "", "status": None, "handler": "", "desk": "petition"}
    assert links.last["data"] == plain
    assert "command_id" not in links.last
    discipline.get("/api/v1/ledger")
    assert links.last["data"]["desk"] == "discipline"
    discipline.get(f"/api/v1/cases/{CASE}/clocks")
    assert links.last["data"] == {"case": CASE}


@pytest.mark.parametrize(("path", "body", "field"), [
    (f"/api/v1/cases/{CASE}/decline", {"ground": "not_ours"}, "guidance"),
    (f"/api/v1/cases/{CASE}/take", {"case": "x"}, "case"),
    (f"/api/v1/cases/{CASE}/take", {"command_id": "1"}, "command_id"),
    (f"/api/v1/cases/{CASE}/extend", {"days": "30", "reason": "x"}, "days"),
    (f"/api/v1/cases/{CASE}/offer", {"to": "镇"}, "to"),
    (f"/api/v1/cases/{CASE}/offer", {"to": TOWN, "sealed": None}, "sealed"),
    ("/api/v1/hearing/record_gate", {"session": CASE, "gate": "findings"}, "content"),
    ("/api/v1/supervision/order", {"case": CASE, "kind": "key", "demand": "x", "due": "soon"}, "due"),
    ("/api/v1/reports", {"text": "x", "place": TOWN}, "channel"),
    ("/api/v1/reports", {"text": "x", "place": TOWN, "channel": "visit", "entered_at": "2026-03-02"}, "entered_at"),
    ("/api/v1/ratings", {"receipt": "8K2M", "rating": "fair"}, "receipt"),
])  # fmt: skip
def test_what_is_wrong_is_named_and_no_office_is_asked(
    clerk: FlaskClient, links: FakeLinks, path: str, body: dict[str, str], field: str
) -> None:
    answer = clerk.post(path, json=body)
    assert answer.status_code in (400, 422)
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert list(answer.json["errors"]) == [field]
    assert links.calls == []


def test_a_wrong_query_is_named(clerk: FlaskClient, links: FakeLinks) -> None:
    answer = clerk.get("/api/v1/cases?limit=many&status=lost")
    assert answer.status_code == 422
    assert answer.json is not None
    assert set(answer.json["errors"]) == {"limit", "status"}
    assert links.calls == []


@pytest.mark.parametrize(("code", "status"), [
    ("invalid", 422), ("not_found", 404), ("not_yours", 403), ("not_leader", 403), ("stale_term", 409),
    ("wrong_status", 409), ("anything_new", 409), ("busy", 503),
])  # fmt: skip
def test_a_refusal_of_a_service_keeps_code_words_and_fields(
    clerk: FlaskClient, links: FakeLinks, code: str, status: int
) -> None:
    links.answers["assignment.take"] = {"code": code, "message": "为什么", "fields": {"case": ["不行"]}}
    answer = clerk.post(f"/api/v1/cases/{CASE}/take", json={})
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.json is not None
    assert (answer.json["code"], answer.json["detail"], answer.json["errors"]) == (code, "为什么", {"case": ["不行"]})
    assert ("Retry-After" in answer.headers) == (status == 503)


@pytest.mark.parametrize(("error", "status", "code"), [
    (NoAnswer("late"), 503, "outcome_unknown"),
    (Unreachable("down"), 503, "unreachable"),
    (ServiceFailed("ValueError"), 500, "service_failed"),
])  # fmt: skip
def test_no_answer_is_503_and_the_same_command_may_be_sent_again(
    clerk: FlaskClient, links: FakeLinks, error: Exception, status: int, code: str
) -> None:
    links.answers["assignment.take"] = error
    answer = clerk.post(f"/api/v1/cases/{CASE}/take", json={})
    assert answer.status_code == status
    assert answer.json is not None
    assert answer.json["code"] == code
    assert ("Retry-After" in answer.headers) == (status == 503)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=ANYTHING,
    path=st.sampled_from(
        ["reports", "supplements", "ratings", f"cases/{CASE}/offer", f"cases/{CASE}/open", "hearing/open_hearing",
         "hearing/complete_hearing", "supervision/publish_policy", f"cases/{CASE}/extend"]
    ),
)  # fmt: skip
def test_no_body_is_a_server_error(clerk: FlaskClient, links: FakeLinks, body: object, path: str) -> None:
    links.calls.clear()
    answer = clerk.post(f"/api/v1/{path}", data=json.dumps(body), content_type="application/json")
    assert answer.status_code in (400, 422)
    assert links.calls == []


def test_the_api_describes_itself(client: FlaskClient, enter: Enter) -> None:
    found = enter(DISTRICT, "clerk").get("/api/v1/openapi.json").json
    assert found is not None
    assert found["openapi"] == "3.1.0"
    assert "/api/v1/cases/{case}/issue_opinion" in found["paths"]
    assert found["security"] == [{"session": []}]
    assert found["paths"]["/api/v1/login"]["post"]["security"] == []
    assert client.get("/healthz").json == {"status": "ok"}
