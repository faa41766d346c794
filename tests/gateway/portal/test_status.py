"""Status: the read model of what offices tell, and what reporters add under a receipt."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from contracts.errors import Refused
from gateway.portal.models import StepRow
from network.ids import new_id
from network.keys import DeskId, Keyring
from network.office import OfficeRuntime
from network.receipts import make_receipt
from network.sealing import Envelope, open_envelope
from tests.gateway.conftest import PASSPHRASE
from tests.gateway.portal.helpers import ACCUSING, MORNING, PETITION, deliver, letters, rows_in_all_tables, tell_step


def filed(client: FlaskClient, **report: object) -> str:
    answer = client.post("/api/v1/reports", json=report or PETITION)
    assert answer.json is not None
    return str(answer.json["receipt"])


def status(client: FlaskClient, receipt: str, lang: str = "zh") -> Any:
    answer = client.get(f"/api/v1/reports/{receipt}?lang={lang}")
    assert answer.status_code == 200
    assert answer.json is not None
    return answer.json


def test_a_report_reads_received_as_soon_as_it_is_filed(client: FlaskClient) -> None:
    receipt = filed(client)
    found = status(client, receipt.lower().replace("-", " "))
    assert (found["status"], found["words"]) == ("received", "已收到")
    assert found["may"] == ["supplement", "withdraw", "objection", "retaliation"]
    assert status(client, receipt, "en")["words"] == "Received"


def test_a_good_receipt_that_is_not_known_has_not_arrived_yet(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = make_receipt()
    found = status(client, receipt)
    assert (found["status"], found["steps"], found["may"]) == ("not_arrived_yet", [], [])
    answer = client.post(f"/api/v1/reports/{receipt}/supplements", json={"text": "x"})
    assert (answer.status_code, answer.json and answer.json["code"]) == (409, "not_arrived_yet")
    assert rows_in_all_tables(portal) == 0


def test_steps_are_told_in_order_of_time_with_level_due_and_reason(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = make_receipt()  # registered at a village desk
    due = MORNING + timedelta(days=60)
    tell_step(portal, receipt, "accepted", MORNING + timedelta(days=7), due=due, how=["60日,最后一日为…"])
    tell_step(portal, receipt, "registered", tier="village", office="610402901901")
    tell_step(portal, receipt, "notified", MORNING + timedelta(days=8), note="槐川镇告〔2026〕1号")
    found = status(client, receipt)
    assert [each["step"] for each in found["steps"]] == ["registered", "accepted", "notified"]
    assert (found["steps"][0]["tier"], found["steps"][0]["office"]) == ("村（社区）", "望塬村")
    assert found["status"] == "accepted"
    assert found["number"] == "610402901901-2026-00001"
    assert found["next"]["due"] == due.isoformat()
    assert found["next"]["how"] == ["60日,最后一日为…"]
    assert found["next"]["overdue"] is True  # 2026-05-01 has passed


def test_a_letter_delivered_twice_is_one_step(client: FlaskClient, portal: OfficeRuntime) -> None:
    letter = tell_step(portal, make_receipt(), "registered")
    deliver(portal, letter)
    with portal.reading() as session:
        assert session.scalar(select(func.count()).select_from(StepRow)) == 1


def test_of_a_discipline_report_neither_office_nor_number_is_shown(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = filed(client, **ACCUSING)
    tell_step(portal, receipt, "registered", desk="discipline", office="610402901", number="610402-J2026-00001")
    found = status(client, receipt)
    assert found["steps"][-1]["office"] == ""
    assert found["number"] == ""


@pytest.mark.parametrize("step", ["accepted", "extended", "reopened"])
def test_the_handling_time_of_petitions_is_promised_to_nobody_who_reported_an_official(
    client: FlaskClient, portal: OfficeRuntime, step: str
) -> None:
    """XF22 art. 34 is of petitions; an office below that is not upgraded yet may still tell its day."""
    day, how = MORNING + timedelta(days=400), ["60日,最后一日为…"]
    for desk, shown in (("discipline", (None, [])), ("petition", (day.isoformat(), how))):
        receipt = make_receipt()
        tell_step(portal, receipt, step, desk=desk, due=day, how=how)
        found = status(client, receipt)
        assert (found["steps"][-1]["due"], found["steps"][-1]["how"]) == shown
        assert (found["next"]["due"], found["next"]["how"]) == shown


def test_an_unknown_step_is_worded_without_guessing(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = make_receipt()
    tell_step(portal, receipt, "something_new")
    assert status(client, receipt)["words"] == "有新进展"
    assert status(client, receipt, "en")["words"] == "There is progress"


def test_a_supplement_goes_to_the_office_of_entry_once_per_key(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = filed(client)
    tell_step(portal, receipt, "registered", entry_office="610402")
    for _ in range(2):
        answer = client.post(
            f"/api/v1/reports/{receipt}/supplements",
            json={"text": "昨天又塌了一段"},
            headers={"Idempotency-Key": "8 signs or more"},
        )
        assert answer.status_code == 202
    letter = letters(portal)[-1]
    assert [each.type for each in letters(portal)] == ["report_filed", "supplement_filed"]
    assert letter.body["data"]["text"] == "昨天又塌了一段"
    assert letter.body["data"]["entry_office"] == "610402"


def test_a_supplement_to_a_discipline_report_is_sealed(
    client: FlaskClient, portal: OfficeRuntime, keyring: Keyring
) -> None:
    receipt = filed(client, **ACCUSING)
    assert client.post(f"/api/v1/reports/{receipt}/supplements", json={"text": "有人砸了玻璃"}).status_code == 202
    first, second = letters(portal)
    data = second.body["data"]
    assert data["text"] is None
    assert second.case_id == first.case_id
    key = keyring.private("610402", "discipline", PASSPHRASE)
    opened = open_envelope(Envelope.from_dict(data["sealed"]), DeskId("610402", "discipline"), key)
    assert opened == {"text": "有人砸了玻璃"}


def test_a_rating_waits_for_an_answer_and_may_be_corrected_once(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = filed(client)
    url = f"/api/v1/reports/{receipt}/rating"
    assert client.post(url, json={"rating": "satisfied"}).status_code == 409
    tell_step(portal, receipt, "concluded", MORNING + timedelta(days=400))
    codes = [client.post(url, json={"rating": word}).status_code for word in ("satisfied", "dissatisfied", "fair")]
    assert codes == [202, 202, 409]
    assert [each.body["data"]["rating"] for each in letters(portal)[1:]] == ["satisfied", "dissatisfied"]


def test_a_discipline_report_is_never_rated_in_public(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = filed(client, **ACCUSING)
    tell_step(portal, receipt, "concluded", MORNING + timedelta(days=400), desk="discipline")
    assert client.post(f"/api/v1/reports/{receipt}/rating", json={"rating": "fair"}).status_code == 409


def test_review_is_asked_for_once_an_opinion_was_served(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = filed(client)
    url = f"/api/v1/reports/{receipt}/reviews"
    assert client.post(url, json={"points": "面积不对"}).status_code == 409
    tell_step(portal, receipt, "served", MORNING + timedelta(days=400))
    assert client.post(url, json={"points": "面积不对"}).status_code == 202
    letter = letters(portal)[-1]
    assert (letter.type, letter.service, letter.office) == ("review_requested", "intake", "610402")
    assert letter.body["data"]["points"] == "面积不对"


SECOND_COURSE = {
    "redone": ("served", "review_requested", "review_decided", "reopened"),
    "taken by an office above": ("accepted", "served", "review_requested", "returned"),
    "not settled after all": ("accepted", "settled", "settlement_refused"),
}


@pytest.mark.parametrize("course", SECOND_COURSE.values(), ids=SECOND_COURSE)
def test_a_second_answer_may_be_rated_and_reviewed_as_the_first_could(
    client: FlaskClient, portal: OfficeRuntime, course: tuple[str, ...]
) -> None:
    """XF22 art. 35 gives a review of every opinion; what was said of an answer that is no more counts for nothing."""
    receipt, begins = filed(client), MORNING + timedelta(days=400)
    rate, review = f"/api/v1/reports/{receipt}/rating", f"/api/v1/reports/{receipt}/reviews"
    tell_step(portal, receipt, "settled", begins)
    assert [client.post(rate, json={"rating": "fair"}).status_code for _ in range(2)] == [202, 202]
    later = MORNING + timedelta(days=3000)
    for day, step in enumerate(course):
        tell_step(portal, receipt, step, later + timedelta(days=day))
    now = {"supplement", "withdraw", "objection", "retaliation"}
    assert set(status(client, receipt)["may"]) == now, "nothing is answered yet"
    assert client.post(review, json={"points": "x"}).status_code == 409
    tell_step(portal, receipt, "served", later + timedelta(days=60))
    assert {"rating", "review", "performed", "not_performed"} <= set(status(client, receipt)["may"])
    assert client.post(review, json={"points": "仍然不服"}).status_code == 202
    tell_step(portal, receipt, "review_requested", later + timedelta(days=61))
    assert "review" not in status(client, receipt)["may"], "asked for once, of each opinion"


@pytest.mark.parametrize(("path", "body", "field"), [
    ("supplements", {"text": ""}, "text"),
    ("rating", {"rating": "great"}, "rating"),
    ("reviews", {}, "points"),
])  # fmt: skip
def test_wrong_words_are_named(client: FlaskClient, path: str, body: dict[str, str], field: str) -> None:
    answer = client.post(f"/api/v1/reports/{filed(client)}/{path}", json=body)
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["errors"]) == [field]


def test_a_step_told_under_another_case_is_refused(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = filed(client)
    letter = tell_step(portal, receipt, "accepted")
    forged = replace(letter, id=new_id(), case="d" * 32)
    with pytest.raises(Refused, match="另一件"):
        deliver(portal, forged)
    assert [step["step"] for step in status(client, receipt)["steps"]] == ["received", "accepted"]


def test_a_petition_that_was_sealed_goes_on_under_its_new_case(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt, crossed = filed(client), new_id()
    tell_step(portal, receipt, "registered")
    tell_step(portal, receipt, "offered", MORNING + timedelta(days=1), desk="discipline", as_case=crossed)
    tell_step(portal, receipt, "accepted", MORNING + timedelta(days=2), desk="discipline")
    with portal.reading() as session:
        steps = session.scalars(select(StepRow).order_by(StepRow.at)).all()
    assert [step.case == crossed for step in steps] == [False, True, True]
    assert status(client, receipt)["status"] == "accepted"


def test_a_question_of_the_office_stands_among_the_steps_and_is_answered_below(
    client: FlaskClient, portal: OfficeRuntime
) -> None:
    receipt = make_receipt()
    tell_step(portal, receipt, "accepted")
    tell_step(portal, receipt, "asked", MORNING + timedelta(days=1), note="渠被填的是哪一段?")
    found = status(client, receipt)
    assert (found["status"], found["steps"][-1]["note"]) == ("accepted", "渠被填的是哪一段?")
    assert "supplement" in found["may"]
    page = client.get("/status", query_string={"receipt": receipt}).get_data(as_text=True)
    assert "渠被填的是哪一段?" in page
    assert "请您补充说明" in page
    answer = client.post(f"/api/v1/reports/{receipt}/supplements", json={"text": "村口到桥头"})
    assert answer.status_code == 202
    (letter,) = letters(portal)
    assert (letter.type, letter.body["data"]["text"]) == ("supplement_filed", "村口到桥头")


def test_the_page_of_a_discipline_report_says_what_comes_next_and_when_that_is_late(
    client: FlaskClient, portal: OfficeRuntime
) -> None:
    receipt, sealed = filed(client, **ACCUSING), {"desk": "discipline", "entry_office": "", "office": "", "number": ""}
    first = status(client, receipt)["next"]
    assert first["words"] == "区纪检监察机关登记，并确定由谁办理"
    assert first["due"].endswith("T23:59:59+08:00")
    assert "5个工作日" in "".join(first["how"])
    tell_step(portal, receipt, "accepted", MORNING + timedelta(days=300), **sealed)
    assert status(client, receipt)["next"]["words"].startswith("核实处理")
    tell_step(portal, receipt, "concluded", MORNING + timedelta(days=301), **sealed, due=MORNING, how=["15个工作日"])
    after = status(client, receipt)["next"]
    assert (after["words"], after["overdue"]) == ("实名举报的，向您反馈结果", True)
    tell_step(portal, receipt, "fed_back", MORNING + timedelta(days=302), **sealed)
    found = status(client, receipt)
    assert (found["words"], found["next"], found["may"]) == ("已向您反馈结果", None, ["supplement", "retaliation"])
