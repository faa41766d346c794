"""One call shows what is due and waiting at a desk: one question for each service, and who did not answer is named."""

import pytest
from flask.testing import FlaskClient

from gateway.desk.rpc import NoAnswer, ServiceFailed, Unreachable
from gateway.desk.todo import SERVICES
from tests.gateway.desk.conftest import TOWN, FakeLinks

LISTS = {
    "intake": {"emergencies": [{"emergency": "e1"}], "promises": []},
    "assignment": {
        "cases": [{"case": "c1"}],
        "offers": [],
        "objections": [{"sealed": {"ciphertext": "x", "keys": {}}}],
    },
    "supervision": {"demands": [{"demand": "d1"}], "orders": []},
    "hearing": {"reviews": [{"case": "c2"}]},
}


def answer(links: FakeLinks, **faults: object) -> None:
    for service, lists in LISTS.items():
        links.answers[f"{service}.todo"] = faults.get(service, lists)


def test_each_service_is_asked_once_and_all_lists_stand_side_by_side(clerk: FlaskClient, links: FakeLinks) -> None:
    answer(links)
    found = clerk.get("/api/v1/todo").json
    assert found == {
        **LISTS["intake"],
        **LISTS["assignment"],
        **LISTS["supervision"],
        **LISTS["hearing"],
        "objections": [{"sealed": {"sealed_for": []}}],
        "not_answering": [],
    }
    asked = [(office, name, payload["data"]) for office, name, payload in links.calls]
    assert asked == [(TOWN, f"{service}.todo", {"desk": "petition"}) for service in SERVICES]


SUPERVISION_EN = (
    "Supervision did not answer: steps, orders, joint steps, demands, returns, call-backs, alerts, incidents, reports"
)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Unreachable("down"), "unreachable"),
        (NoAnswer("late"), "outcome_unknown"),
        (ServiceFailed("MethodNotFound"), "service_failed"),
        ({"code": "busy"}, "busy"),
    ],
)
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "zh",
            "督办服务没有回答：升级、督办、联合步骤、要求、报送、回访、预警、停职建议、群体性事件、催促、通报、数据异议暂缺",
        ),
        ("en", SUPERVISION_EN),
    ],
)
def test_a_service_that_does_not_answer_is_named_and_the_others_are_shown(
    clerk: FlaskClient, links: FakeLinks, fault: object, code: str, lang: str, words: str
) -> None:
    answer(links, supervision=fault)
    shown = clerk.get(f"/api/v1/todo?lang={lang}")
    assert shown.status_code == 200
    assert shown.json is not None
    assert shown.json["not_answering"] == [{"service": "supervision", "code": code, "words": words}]
    assert (shown.json["cases"], shown.json["reviews"]) == ([{"case": "c1"}], [{"case": "c2"}])
    assert "demands" not in shown.json


def test_an_office_of_which_no_service_answers_is_unreachable(clerk: FlaskClient, links: FakeLinks) -> None:
    answer(links, **dict.fromkeys(SERVICES, Unreachable("down")))
    shown = clerk.get("/api/v1/todo")
    assert (shown.status_code, shown.json and shown.json["code"]) == (503, "unreachable")
    assert "Retry-After" in shown.headers


def test_a_refusal_is_no_silence(clerk: FlaskClient, links: FakeLinks) -> None:
    answer(links, hearing={"code": "not_found", "message": "没有找到:该清单"})
    shown = clerk.get("/api/v1/todo")
    assert (shown.status_code, shown.json and shown.json["detail"]) == (404, "没有找到:该清单")


def test_nobody_is_told_without_a_session(client: FlaskClient, links: FakeLinks) -> None:
    assert client.get("/api/v1/todo").status_code == 401
    assert links.calls == []
