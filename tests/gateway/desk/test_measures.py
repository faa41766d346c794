"""What was said in a measure leaves the desk's process sealed; early warnings need its unlocked key."""

import json
from typing import Any

from flask.testing import FlaskClient

from gateway.desk.matching import marks
from network.keys import DeskId, Keyring
from network.sealing import Envelope, open_envelope, seal
from tests.gateway.conftest import PASSPHRASE
from tests.gateway.desk.conftest import DISTRICT, TOWN, VILLAGE, Enter, FakeLinks

CASE, MEASURE, COMMAND = "ab" * 16, "ef" * 16, "cd" * 16
OWN = DeskId(DISTRICT, "discipline")
TALK = {
    "on": "2026-03-04",
    "place": "纪委谈话室",
    "talker": "秦某",
    "second": "罗某",
    "recorder": "罗某",
    "signed": True,
}
SAID = {"statement": "本人收受过土特产", "promise": "今后不再发生"}


def known(links: FakeLinks) -> None:
    links.answers["supervision.measures"] = {"measures": [{"measure": MEASURE, "case": CASE}]}
    links.answers["supervision.carry_out_measure"] = {"measure": MEASURE}
    links.answers["supervision.record_result"] = {"measure": MEASURE}


def opened(sealed: dict[str, Any], keyring: Keyring) -> dict[str, Any]:
    return open_envelope(Envelope.from_dict(sealed), OWN, keyring.private(DISTRICT, "discipline", PASSPHRASE))


def test_s85_what_was_said_in_a_talk_is_sealed_before_it_is_sent(
    discipline: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    known(links)
    body = {**TALK, "texts": SAID, "command_id": COMMAND}
    assert discipline.post(f"/api/v1/measures/{MEASURE}/carry_out", json=body).status_code == 200
    sent = links.last
    assert sent["command_id"] == COMMAND
    assert sent["data"]["given"] == ["promise", "statement"]
    assert (sent["data"]["measure"], sent["data"]["on"], sent["data"]["signed"]) == (MEASURE, "2026-03-04", True)
    assert sent["data"]["sealed"]["case"] == CASE
    assert opened(sent["data"]["sealed"], keyring) == SAID
    assert "土特产" not in json.dumps(links.calls, ensure_ascii=False)


def test_s86_what_was_corrected_is_sealed_too_and_must_be_said(
    discipline: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    known(links)
    body = {"corrected": True, "recheck_on": "2026-06-04", "why": "已整改"}
    bare = discipline.post(f"/api/v1/measures/{MEASURE}/result", json=body)
    assert (bare.status_code, list((bare.json or {})["errors"])) == (422, ["texts"])
    assert links.calls == []
    given = {**body, "texts": {"corrected": "已退还"}}
    assert discipline.post(f"/api/v1/measures/{MEASURE}/result", json=given).status_code == 200
    assert opened(links.last["data"]["sealed"], keyring) == {"corrected": "已退还"}


def test_a_notice_has_nothing_to_seal(discipline: FlaskClient, links: FakeLinks) -> None:
    known(links)
    body = {"on": "2026-03-04", "number": "1号", "asks": "explain"}
    assert discipline.post(f"/api/v1/measures/{MEASURE}/carry_out", json=body).status_code == 200
    assert (links.last["data"]["sealed"], links.last["data"]["given"]) == (None, [])


def test_a_record_is_opened_with_a_reason(discipline: FlaskClient, links: FakeLinks, keyring: Keyring) -> None:
    sealed = seal(SAID, CASE, {OWN: keyring.public(DISTRICT, "discipline")}).to_dict()
    links.answers["supervision.open_measure"] = {"measure": MEASURE, "case": CASE, "sealed": sealed, "result": None}
    answer = discipline.post(f"/api/v1/measures/{MEASURE}/open", json={"reason": "复查前查阅"})
    assert answer.json == {"measure": MEASURE, "record": SAID, "result": None}
    assert links.last["data"] == {"measure": MEASURE, "reason": "复查前查阅"}


def official(id_: str, office: str) -> dict[str, Any]:
    post = {"office": office, "post": "干部", "since": "2021-03-01", "until": None}
    return {"id": id_, "name": f"{id_}某", "rank": "town_staff", "managed_by": "town", "posts": [post], "duties": []}


def test_s82_early_warnings_are_asked_for_by_marks_and_named_here(
    discipline: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    people = [official("gb-001", TOWN), official("gb-002", TOWN), official("gb-003", VILLAGE)]
    links.answers["assignment.officials"] = {"officials": people, "next": "", "version": "2026.9"}
    found = [{"group": 1, "count": 3, "cases": []}, {"group": 3, "count": 4, "cases": []}]
    links.answers["assignment.early_warnings"] = {"warnings": found}
    answer = discipline.get("/api/v1/early-warnings")
    key = bytes(keyring.private(DISTRICT, "discipline", PASSPHRASE))
    one, two, three = marks(key, ["gb-001", "gb-002", "gb-003"])
    assert links.last["data"] == {"groups": [[one], [two], [three], [one, two]]}
    assert "gb-00" not in json.dumps(links.last)
    shown = (answer.json or {})["warnings"]
    assert [(each.get("official"), each.get("office"), each["count"]) for each in shown] == [
        ("gb-002", None, 3),
        (None, TOWN, 4),
    ]


def test_s82_without_the_passphrase_there_are_no_early_warnings(enter: Enter, links: FakeLinks) -> None:
    answer = enter(DISTRICT, "discipline").get("/api/v1/early-warnings")
    assert (answer.status_code, answer.json and answer.json["code"]) == (409, "locked")
    assert links.calls == []
