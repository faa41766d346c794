"""Marks are made at the desk, and a text that names an official waits for a clerk without leaving this process."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from contracts.naming import named_in
from contracts.officials import OfficialSchema
from gateway.desk.matching import marks, names_of
from gateway.desk.register_copies import RegisterCopies
from network.keys import Keyring
from network.offices import District
from tests.gateway.conftest import PASSPHRASE
from tests.gateway.desk.conftest import DISTRICT, TOWN, VILLAGE, Enter, FakeLinks

CASE, COMMAND = "ab" * 16, "cd" * 16
PETITION = {"text": "水渠塌了", "place": VILLAGE, "channel": "visit"}
POST = {"office": VILLAGE, "post": "村主任", "since": "2021-03-01", "until": None}
HEAD = {"id": "gb-001", "name": "石某", "rank": "village_cadre", "managed_by": "town", "posts": [POST], "duties": []}
REGISTER = {"officials": [HEAD], "next": "", "version": "2026.1"}


def test_the_marks_are_made_here_and_are_the_same_for_the_same_official(
    discipline: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    links.answers["assignment.match_accused"] = {"case": CASE}
    body = {"officials": ["gb-001", "gb-002"], "command_id": COMMAND}
    answer = discipline.post(f"/api/v1/cases/{CASE}/match", json=body)
    assert (answer.status_code, answer.json) == (200, {"case": CASE})
    first = links.last
    assert (first["command_id"], first["data"]["officials"], first["data"]["unknown"]) == (
        COMMAND, ["gb-001", "gb-002"], False,
    )  # fmt: skip
    one, two = first["data"]["marks"]
    assert len(one) == len(two) == 64
    assert one != two
    discipline.post(f"/api/v1/cases/{'ef' * 16}/match", json={"officials": ["gb-002"]})
    assert links.last["data"]["marks"] == [two]
    key = bytes(keyring.private(DISTRICT, "discipline", PASSPHRASE))
    assert marks(key, ["gb-002"]) == [two]
    assert marks(bytes(32), ["gb-002"]) != [two]


def test_without_the_passphrase_nobody_is_matched(enter: Enter, links: FakeLinks) -> None:
    answer = enter(DISTRICT, "discipline").post(f"/api/v1/cases/{CASE}/match", json={"officials": ["gb-001"]})
    assert (answer.status_code, answer.json and answer.json["code"]) == (409, "locked")
    assert links.calls == []


def test_a_petition_desk_makes_no_marks(clerk: FlaskClient, links: FakeLinks) -> None:
    assert clerk.post(f"/api/v1/cases/{CASE}/match", json={"unknown": True}).status_code == 200
    assert links.last["data"] == {"case": CASE, "officials": [], "unknown": True}


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "officials"), ({"officials": ["石某"]}, "officials.0"), ({"officials": ["gb-001"], "marks": ["0" * 64]}, "marks")],
)  # fmt: skip
def test_what_is_wrong_is_named(clerk: FlaskClient, links: FakeLinks, body: dict[str, Any], field: str) -> None:
    answer = clerk.post(f"/api/v1/cases/{CASE}/match", json=body)
    assert answer.status_code in (400, 422)
    assert answer.json is not None
    assert list(answer.json["errors"]) == [field]
    assert links.calls == []


def test_a_text_that_names_a_post_waits_for_the_clerk_and_goes_nowhere(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["assignment.officials"] = REGISTER
    answer = clerk.post("/api/v1/reports", json={**PETITION, "text": "望塬村村主任不公布账目"})
    assert (answer.status_code, answer.json and answer.json["code"]) == (409, "decide_desk")
    assert answer.json is not None
    assert answer.json["errors"]["text"] == ["“望塬村村主任”:gb-001 石某 村主任,建议转纪检监察窗口登记"]
    assert [call[1] for call in links.calls] == ["assignment.officials"]
    assert "账目" not in json.dumps(links.calls, ensure_ascii=False)


def test_the_clerk_s_decision_that_it_is_a_petition_goes_with_it(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["assignment.officials"] = REGISTER
    links.answers["intake.register"] = lambda payload: {"case": payload["data"]["case"]}
    body = {**PETITION, "text": "石主任答应修路,请早日安排", "as_petition": True}
    assert clerk.post("/api/v1/reports", json=body).status_code == 201
    assert [call[1] for call in links.calls] == ["intake.register"]
    assert links.last["data"]["as_petition"] is True


def test_a_text_that_names_nobody_is_registered(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["assignment.officials"] = REGISTER
    links.answers["intake.register"] = lambda payload: {"case": payload["data"]["case"]}
    assert clerk.post("/api/v1/reports", json=PETITION).status_code == 201
    assert links.last["data"]["as_petition"] is False
    assert links.calls[-1][:2] == (TOWN, "intake.register")


def test_a_copy_is_read_in_pages_and_again_only_when_its_version_changed() -> None:
    asked: list[dict[str, Any]] = []
    state = {"version": "1"}

    def ask(page: Any) -> dict[str, Any]:
        asked.append(dict(page))
        if "after" in page:
            return {"officials": [{**HEAD, "id": "gb-002"}], "next": "", **state}
        return {"officials": [HEAD], "next": "gb-001", **state}

    copies = RegisterCopies()
    assert [each.id for each in copies.of(TOWN, ask)] == ["gb-001", "gb-002"]
    assert asked == [{"limit": 200}, {"limit": 200, "after": "gb-001"}]
    assert [each.id for each in copies.of(TOWN, ask)] == ["gb-001", "gb-002"]
    assert len(asked) == 3
    copies.of(VILLAGE, ask)
    state["version"] = "2"
    copies.of(TOWN, ask)
    assert len(asked) == 7


def test_an_office_is_known_by_its_full_and_its_short_name(tree: District) -> None:
    assert names_of(tree)["610402902"] == ("云泉街道", "云泉办")
    deputy = OfficialSchema().load(
        {**HEAD, "name": "骆某", "posts": [{**POST, "office": "610402902", "post": "办事处副主任"}]}
    )
    found = named_in("云泉街道办事处副主任上班打麻将", [deputy], names_of(tree), deputy.posts[0].since)
    assert [each.what for each in found] == ["云泉街道办事处副主任"]


# --- suggestions ---

SUGGESTED = {"offices": [{"office": TOWN, "next": TOWN, "why": "x", "name": "槐川镇"}]}
ASK = f"/api/v1/cases/{CASE}/suggestions"


def matched(links: FakeLinks, key: bytes, *officials: str) -> None:
    """The case as its office shows it: the accused are marks and nothing else."""
    shown = {"case": CASE, "matched": "matched", "marks": sorted(marks(key, officials))}
    links.answers |= {"assignment.get_case": {"case": shown}, "assignment.suggest": SUGGESTED}
    links.answers["assignment.officials"] = REGISTER


def test_the_suggestion_knows_the_accused_by_their_marks(
    discipline: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    matched(links, bytes(keyring.private(DISTRICT, "discipline", PASSPHRASE)), "gb-001")
    answer = discipline.get(ASK)
    assert (answer.status_code, answer.json) == (200, {**SUGGESTED, "note": ""})
    assert links.last["data"] == {"case": CASE, "officials": ["gb-001"], "accused_offices": [], "rank": ""}
    assert "command_id" not in links.last, "a question is kept nowhere"


def test_what_of_the_accused_is_not_considered_is_said_in_a_sentence(
    discipline: FlaskClient, enter: Enter, links: FakeLinks, keyring: Keyring
) -> None:
    key = bytes(keyring.private(DISTRICT, "discipline", PASSPHRASE))
    matched(links, key, "gb-001", "gb-999")
    note = "被反映人由其他窗口核对,或者已不在名册中,以下建议未全部考虑;请在本窗口重新核对,或者填写其身份和单位"
    assert (discipline.get(ASK).json or {})["note"] == note
    assert links.last["data"]["officials"] == ["gb-001"]
    locked = (enter(DISTRICT, "discipline").get(ASK).json or {})["note"]
    assert locked == "未解锁纪检口令,以下建议未考虑已核对的被反映人;请重新登录并输入纪检口令"
    assert "officials" not in links.last["data"] or links.last["data"]["officials"] == []
    links.answers["assignment.get_case"] = {"case": {"case": CASE, "matched": "", "marks": []}}
    assert (discipline.get(ASK).json or {})["note"] == "尚未核对被反映人,以下建议未考虑其身份和单位"
    english = discipline.get(ASK, headers={"Accept-Language": "en"}).json or {}
    assert english["note"] == "Who is accused was not looked up yet: rank and posts are not considered"


def test_what_the_clerk_says_of_the_accused_counts(
    discipline: FlaskClient, clerk: FlaskClient, links: FakeLinks
) -> None:
    links.answers["assignment.suggest"] = SUGGESTED
    discipline.get(f"{ASK}?rank=village_cadre&accused_offices={VILLAGE}")
    assert (links.last["data"]["rank"], links.last["data"]["accused_offices"]) == ("village_cadre", [VILLAGE])
    clerk.get(ASK)
    assert {call[1] for call in links.calls} == {"assignment.suggest"}
    clerk.get(f"{ASK}?officials=gb-001")
    assert "officials" not in links.last["data"], "no name of an accused stands in an address"
