"""The desk beside a real node on a real broker: its RPC, its sealing, and what it says when nobody is there."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.desk.app import create_app
from shangda.stage import NodeProcess, Stage
from tests.gateway.desk.conftest import DISTRICT, TOWN

PETITION = {"text": "水渠塌了", "place": TOWN, "channel": "visit", "reporter": {"name": "乔满仓", "phone": "029"}}
ACCUSING = {**PETITION, "text": "虚报冒领", "accused": [{"name": "秦某", "rank": "village_cadre"}]}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("desk-stage")) as stage:
        yield stage


@pytest.fixture(scope="module")
def node(stage: Stage) -> NodeProcess:
    return stage.node(DISTRICT, TOWN)


@pytest.fixture(scope="module")
def real(stage: Stage, node: NodeProcess) -> Flask:
    return create_app(stage.settings())


def at(stage: Stage, app: Flask, office: str, user: str) -> FlaskClient:
    client = app.test_client()
    words = {"password": stage.secrets.password(office)}
    if user == "discipline":
        words["discipline_passphrase"] = stage.secrets.passphrase(office)
    given = {"office": office, "user": user, **words}
    answer = client.post("/api/v1/login", json=given)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.json is not None
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {answer.json['token']}"
    return client


def told(answer: Any, code: int = 200) -> Any:
    assert answer.status_code == code, answer.get_data(as_text=True)
    return answer.json


def test_a_petition_is_registered_taken_and_accepted(stage: Stage, real: Flask) -> None:
    clerk = at(stage, real, TOWN, "clerk")
    registered = told(clerk.post("/api/v1/reports", json=PETITION), 201)
    case = registered["case"]
    assert told(clerk.get(f"/api/v1/receipts/{registered['receipt']}"))["case"] == case
    stage.until("the case at assignment", lambda: told(clerk.get("/api/v1/cases"))["cases"])
    assert told(clerk.post(f"/api/v1/cases/{case}/take", json={}))["holder"] == TOWN
    assert told(clerk.post(f"/api/v1/cases/{case}/accept", json={}))["status"] == "accepted"
    refused = clerk.post(f"/api/v1/cases/{case}/decline", json={"ground": "not_ours", "guidance": "x"})
    assert told(refused, 409)["code"] == "wrong_status"
    assert told(clerk.get(f"/api/v1/cases/{'0' * 32}"), 404)["code"] == "not_found"


def test_the_same_command_twice_has_one_effect(stage: Stage, real: Flask) -> None:
    clerk = at(stage, real, TOWN, "clerk")
    before = told(clerk.get("/api/v1/register"))["reports"]
    body = {**PETITION, "command_id": "7" * 32}
    assert told(clerk.post("/api/v1/reports", json=body), 201) == told(clerk.post("/api/v1/reports", json=body), 201)
    assert len(told(clerk.get("/api/v1/register"))["reports"]) == len(before) + 1


def test_a_sealed_report_goes_to_the_district_desk_and_comes_down_resealed(stage: Stage, real: Flask) -> None:
    clerk = at(stage, real, TOWN, "clerk")
    assert told(clerk.post("/api/v1/reports", json=ACCUSING), 201)["custody"] is True
    secretary = at(stage, real, DISTRICT, "discipline")
    (case,) = stage.until("the sealed case", lambda: told(secretary.get("/api/v1/cases"))["cases"])
    opened = told(secretary.post(f"/api/v1/cases/{case['case']}/open", json={"reason": "初核"}))
    assert (opened["content"]["text"], opened["content"]["reporter"]["name"]) == ("虚报冒领", "乔满仓")
    told(secretary.post(f"/api/v1/cases/{case['case']}/offer", json={"to": TOWN}))
    town = at(stage, real, TOWN, "discipline")
    stage.until("the offer", lambda: told(town.get("/api/v1/offers"))["offers"])
    told(town.post(f"/api/v1/cases/{case['case']}/sign_for", json={}))
    opened = told(town.post(f"/api/v1/cases/{case['case']}/open", json={"reason": "办理"}))
    assert opened["content"]["text"] == "虚报冒领"
    assert told(clerk.get(f"/api/v1/cases/{case['case']}"), 404)["code"] == "not_found"


def test_nobody_there_is_503_and_all_is_well_when_they_come_back(stage: Stage, real: Flask, node: NodeProcess) -> None:
    clerk = at(stage, real, TOWN, "clerk")
    links = real.extensions["desk"].links
    links._seconds = 2.0
    node.stop()
    answer = clerk.get("/api/v1/counts")
    assert told(answer, 503)["code"] == "outcome_unknown"
    assert answer.headers["Retry-After"]
    stage.broker.kill()
    assert told(clerk.get("/api/v1/counts"), 503)["code"] in ("unreachable", "outcome_unknown")
    stage.broker.start()
    stage.node(DISTRICT, TOWN)
    links._seconds = 10.0
    assert told(clerk.get("/api/v1/counts"))
