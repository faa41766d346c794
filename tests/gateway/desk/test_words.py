"""What the desk itself refuses, in Chinese without English beside it, and in English to who wants it."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from network.keys import DeskId, Keyring
from network.receipts import make_receipt
from network.sealing import seal
from tests.gateway.desk.conftest import DISTRICT, TOWN, Enter, FakeLinks

CASE, CALL_BACK = "ab" * 16, "ef" * 16
ACCUSED = {"name": "骆某", "office": "610402902", "post": "副主任", "rank": "town_leader"}
HELP = {"text": "快来人", "place": "610402901901", "channel": "visit", "accused": [ACCUSED], "emergency": True}


def said(client: FlaskClient, path: str, body: dict[str, Any], lang: str) -> Any:
    answer = client.post(f"/api/v1{path}", json=body, headers={"Accept-Language": lang})
    assert answer.status_code in (404, 409, 422), answer.json
    return answer.json


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh-CN", "请另行登记呼救,不写检举内容"), ("en", "Call for help apart from the accusation")],
)
def test_a_call_for_help_is_asked_for_apart_from_an_accusation(clerk: FlaskClient, lang: str, words: str) -> None:
    assert said(clerk, "/reports", HELP, lang)["errors"] == {"emergency": [words]}


@pytest.mark.parametrize(
    ("lang", "locked", "altered", "unknown", "over"),
    [
        (
            "zh-CN",
            "请重新登录并输入纪检口令",
            "不能打开：不是密封给本窗口的，或者已被改动",
            "本窗口没有该查询码对应的事项",
            "已经回访",
        ),
        (
            "en",
            "Log in again with the discipline passphrase",
            "It is not sealed for this desk, or was altered",
            "There is no such report at this desk",
            "Already called back",
        ),
    ],
)
def test_what_cannot_be_opened_or_found_is_told_in_one_language(
    enter: Enter,
    discipline: FlaskClient,
    clerk: FlaskClient,
    links: FakeLinks,
    keyring: Keyring,
    lang: str,
    locked: str,
    altered: str,
    unknown: str,
    over: str,
) -> None:
    reason = {"reason": "核实"}
    assert said(enter(DISTRICT, "discipline"), f"/cases/{CASE}/open", reason, lang)["detail"] == locked
    elsewhere = seal({"text": "x"}, CASE, {DeskId(TOWN, "discipline"): keyring.public(TOWN, "discipline")}).to_dict()
    found = {"case": CASE, "sealed": elsewhere, "reporter": None, "supplements": []}
    links.answers["assignment.get_case"] = {"case": found}
    assert said(discipline, f"/cases/{CASE}/open", reason, lang)["detail"] == altered
    links.answers["intake.matters"] = {"matters": []}
    rating = {"receipt": make_receipt(), "rating": "fair"}
    assert said(clerk, "/ratings", rating, lang)["detail"] == unknown
    links.answers["supervision.call_backs"] = {"call_backs": []}
    assert said(clerk, f"/call-backs/{CALL_BACK}/open", reason, lang)["detail"] == over
