"""Letters with several matters, what is said by receipt, calls for help: over the counter of a desk."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway.desk.rpc import NoAnswer
from network.keys import DeskId, Keyring
from network.receipts import hashes_of, make_receipt, receipt_hash
from network.sealing import Envelope, open_envelope
from tests.gateway.conftest import PASSPHRASE
from tests.gateway.desk.conftest import DISTRICT, TOWN, FakeLinks

CASE, COMMAND = "ab" * 16, "cd" * 16
WHO = {"name": "安小禾", "phone": "029-00009022"}
ROAD = {"text": "村道塌了半年没修", "place": "610402901901", "channel": "letter", "category": "C10", "reporter": WHO}
ACCUSED = {"post": "会计", "office": "610402901901", "rank": "village_cadre"}
MONEY = {**ROAD, "text": "修路款被挪用", "category": "C15", "accused": [ACCUSED]}


@pytest.fixture(autouse=True)
def registers(links: FakeLinks) -> None:
    links.answers["intake.register"] = lambda call: {"case": call["data"]["case"], "number": "n", "entered_at": "t"}
    links.answers["intake.register_sealed"] = {"custody": True}


def sent(links: FakeLinks, name: str) -> list[dict[str, Any]]:
    return [payload["data"] for _, called, payload in links.calls if called == name]


def opened(keyring: Keyring, sealed: dict[str, Any]) -> dict[str, Any]:
    key = keyring.private(DISTRICT, "discipline", PASSPHRASE)
    return open_envelope(Envelope.from_dict(sealed), DeskId(DISTRICT, "discipline"), key)


def test_a_letter_with_two_matters_is_two_cases_under_one_receipt(
    clerk: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    """R22: the road case shows nothing of the other, and the custody line does not betray who wrote."""
    answer = clerk.post("/api/v1/reports", json={"matters": [ROAD, MONEY], "command_id": COMMAND})
    assert answer.status_code == 201
    told = answer.json
    assert told is not None
    (road,), (money,) = sent(links, "intake.register"), sent(links, "intake.register_sealed")
    assert told == {
        "receipt": told["receipt"],
        "matters": [
            {"matter": 1, "case": road["case"], "number": "n", "entered_at": "t"},
            {"matter": 2, "custody": True},
        ],
    }
    assert road["receipt_hash"] == receipt_hash(told["receipt"])
    assert money["receipt_hash"] == receipt_hash(told["receipt"], 2)
    assert road["case"][:8] != money["case"][:8], "no moment that both ids have in common"
    assert not {"挪用", "会计", money["case"], money["receipt_hash"]} & set(
        json.dumps(road, ensure_ascii=False).split('"')
    )
    assert "挪用" not in json.dumps(money, ensure_ascii=False)
    assert opened(keyring, money["sealed"])["text"] == MONEY["text"]
    again = clerk.post("/api/v1/reports", json={"matters": [ROAD, MONEY], "command_id": COMMAND})
    assert again.json == told
    ids = [payload["command_id"] for _, name, payload in links.calls if name.startswith("intake.register")]
    assert ids[:2] == ids[2:]
    assert len(set(ids)) == 2


@pytest.mark.parametrize(("matters", "wrong"), [
    ([ROAD, {**ROAD, "text": " "}], "matters.1.text"),
    ([ROAD, {**ROAD, "category": "C99"}], "matters.1.category"),
    ([{**ROAD, "place": "610402999"}, ROAD], "matters.0.place"),
    ([ROAD, {**MONEY, "emergency": True}], "matters.1.emergency"),
    ([ROAD] * 10, "matters"),
    ([], "matters"),
    ("x", "matters"),
])  # fmt: skip
def test_what_is_wrong_in_one_matter_is_named_and_none_is_registered(
    clerk: FlaskClient, links: FakeLinks, matters: Any, wrong: str
) -> None:
    answer = clerk.post("/api/v1/reports", json={"matters": matters})
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["errors"]) == [wrong]
    assert not [name for _, name, _ in links.calls if name.startswith("intake.")]


def test_a_field_beside_the_matters_is_named(clerk: FlaskClient) -> None:
    answer = clerk.post("/api/v1/reports", json={"matters": [ROAD, ROAD], "text": "x"})
    assert answer.json is not None
    assert list(answer.json["errors"]) == ["text"]


def test_a_matter_that_the_office_refuses_is_told_beside_the_one_that_stands(
    clerk: FlaskClient, links: FakeLinks
) -> None:
    links.answers["intake.register_sealed"] = NoAnswer("late")
    answer = clerk.post("/api/v1/reports", json={"matters": [ROAD, MONEY], "command_id": COMMAND})
    assert answer.status_code == 201
    assert answer.json is not None
    assert answer.json["matters"][1]["problem"]["code"] == "outcome_unknown"
    links.answers["intake.register_sealed"] = {"custody": True}
    again = clerk.post("/api/v1/reports", json={"matters": [ROAD, MONEY], "command_id": COMMAND}).json
    assert again is not None
    assert (again["receipt"], again["matters"][1]) == (answer.json["receipt"], {"matter": 2, "custody": True})
    links.answers["intake.register"] = {"code": "in_future"}
    assert clerk.post("/api/v1/reports", json={"matters": [ROAD, MONEY]}).status_code == 422


def test_the_register_is_told_how_many_came_and_from_where(clerk: FlaskClient, links: FakeLinks) -> None:
    many = {"head_count": 23, "representatives": 5, "external_no": "12345-20260315-7", "emergency": True}
    assert clerk.post("/api/v1/reports", json={**ROAD, **many}).status_code == 201
    (data,) = sent(links, "intake.register")
    assert {name: data[name] for name in many} == many


@pytest.mark.parametrize(("change", "field"), [
    ({"head_count": 0}, "head_count"),
    ({"head_count": "23"}, "head_count"),
    ({"representatives": -1}, "representatives"),
    ({"external_no": "x" * 61}, "external_no"),
    ({"emergency": "soon"}, "emergency"),
    ({**MONEY, "emergency": True}, "emergency"),
])  # fmt: skip
def test_a_wrong_number_is_named(clerk: FlaskClient, change: dict[str, Any], field: str) -> None:
    answer = clerk.post("/api/v1/reports", json={**ROAD, **change})
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["errors"]) == [field]


def of_receipt(links: FakeLinks, receipt: str, *matters: int) -> dict[int, str]:
    """The register knows these matters of the receipt."""
    hashes = hashes_of(receipt)
    lines = [{"receipt_hash": hashes[n], "case": f"{n:032x}", "number": f"n{n}"} for n in matters]
    links.answers["intake.matters"] = {"matters": lines}
    return hashes


@pytest.mark.parametrize("origin", [
    {"channel": "contact_card", "card": f"{TOWN}-000001"}, {"channel": "walk", "visit": CASE},
    {"channel": "go_down", "go_down": CASE, "campaign": "big_visit"},
])  # fmt: skip
def test_the_register_is_told_where_the_person_was_met_but_of_a_sealed_report_nobody(
    clerk: FlaskClient, links: FakeLinks, origin: dict[str, str]
) -> None:
    links.answers["intake.register"] = {"case": CASE, "number": "n", "entered_at": "t"}
    links.answers["intake.register_sealed"] = {"case": CASE, "custody": True}
    report = {"text": "水渠塌了", "place": TOWN, **origin}
    assert clerk.post("/api/v1/reports", json=report).status_code == 201
    assert {name: links.last["data"][name] for name in origin} == origin
    accused = [{"name": "秦某", "rank": "village_cadre"}]
    assert clerk.post("/api/v1/reports", json={**report, "accused": accused}).status_code == 201
    assert set(links.last["data"]) & {"card", "visit", "go_down", "campaign"} == set()


def test_a_receipt_shows_every_matter_of_this_desk(clerk: FlaskClient, links: FakeLinks) -> None:
    receipt = make_receipt()
    hashes = of_receipt(links, receipt, 11, 1)
    told = clerk.get(f"/api/v1/receipts/{receipt}").json
    assert told is not None
    assert (told["number"], [(each["matter"], each["number"]) for each in told["matters"]]) == (
        "n1", [(1, "n1"), (11, "n11")],
    )  # fmt: skip
    assert links.last["data"] == {"receipt_hashes": list(hashes.values())}
    of_receipt(links, receipt)
    answer = clerk.get(f"/api/v1/receipts/{receipt}")
    assert (answer.status_code, answer.json and answer.json["code"]) == (404, "unknown_receipt")


def test_where_there_are_several_matters_one_has_to_be_named(clerk: FlaskClient, links: FakeLinks) -> None:
    receipt = make_receipt()
    hashes = of_receipt(links, receipt, 1, 2)
    for path, words in (
        ("supplements", {"text": "x"}),
        ("ratings", {"rating": "fair"}),
        ("sayings", {"what": "withdraw"}),
    ):
        answer = clerk.post(f"/api/v1/{path}", json={"receipt": receipt, **words})
        assert answer.status_code == 422
        assert answer.json is not None
        assert answer.json["errors"] == {"matter": ["请写明是哪一件：1、2"]}
        assert clerk.post(f"/api/v1/{path}", json={"receipt": receipt, "matter": 2, **words}).status_code == 200
        assert links.last["data"]["receipt_hash"] == hashes[2]
        assert clerk.post(f"/api/v1/{path}", json={"receipt": receipt, "matter": 3, **words}).status_code == 404


def test_what_a_reporter_says_at_a_desk(clerk: FlaskClient, links: FakeLinks) -> None:
    receipt = make_receipt()
    hashes = of_receipt(links, receipt, 1)
    body = {"receipt": receipt, "what": "objection", "text": "他是亲戚", "person": "石某"}
    assert clerk.post("/api/v1/sayings", json=body).status_code == 200
    told = {"receipt_hash": hashes[1], "what": "objection", "person": "石某", "text": "他是亲戚"}
    assert (links.calls[-1][1], links.last["data"]) == ("intake.say", told)
    clerk.post("/api/v1/sayings", json={"receipt": receipt, "what": "performed"})
    assert links.last["data"] == {"receipt_hash": hashes[1], "what": "performed", "person": ""}


def test_what_is_said_at_a_discipline_desk_is_sealed(
    discipline: FlaskClient, links: FakeLinks, keyring: Keyring
) -> None:
    receipt = make_receipt()
    of_receipt(links, receipt, 2)
    body = {"receipt": receipt, "what": "withdraw", "text": "有人上门劝我"}
    assert discipline.post("/api/v1/sayings", json=body).status_code == 200
    assert opened(keyring, links.last["data"]["sealed"]) == {"text": "有人上门劝我"}
    assert "text" not in links.last["data"]


@pytest.mark.parametrize("known", [True, False])
def test_retaliation_is_sealed_to_the_district_under_a_receipt_of_its_own(
    clerk: FlaskClient, links: FakeLinks, keyring: Keyring, known: bool
) -> None:
    receipt = make_receipt()
    hashes = of_receipt(links, receipt, *([1] if known else []))
    body = {"receipt": receipt, "what": "retaliation", "text": "砸了玻璃", "contact": "029-1", "channel": "phone"}
    answer = clerk.post("/api/v1/sayings", json=body)
    assert answer.status_code == 200
    assert answer.json is not None
    assert links.calls[-1][:2] == (TOWN, "intake.register_sealed")
    data = links.last["data"]
    assert data["receipt_hash"] == receipt_hash(answer.json["receipt"])
    assert answer.json["receipt"] != receipt
    assert (data["recipient_office"], data["recipient_desk"], data["urgent"], data["flags"], data["channel"]) == (
        DISTRICT, "discipline", True, ["retaliation"], "phone",
    )  # fmt: skip
    assert (data["real_name"], data["contactable"]) == (False, True)
    content = opened(keyring, data["sealed"])
    about = {"case": f"{1:032x}", "number": "n1"} if known else {"case": "", "number": ""}
    assert content["retaliation_for"] == {**about, "receipt_hash": hashes[1]}
    assert content["reporter"]["phone"] == "029-1"


@pytest.mark.parametrize(("body", "field"), [
    ({"what": "retaliation"}, "text"),
    ({"what": "objection"}, "person"),
    ({"what": "withdraw", "contact": "x"}, "contact"),
    ({"what": "withdraw", "matter": 0}, "matter"),
    ({"what": "praise"}, "what"),
])  # fmt: skip
def test_an_incomplete_saying_is_named(clerk: FlaskClient, links: FakeLinks, body: dict[str, Any], field: str) -> None:
    answer = clerk.post("/api/v1/sayings", json={"receipt": make_receipt(), **body})
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["errors"]) == [field]
    assert links.calls == []


@pytest.mark.parametrize(("answer", "excluded"), [
    ({"case": {"excluded": [DISTRICT]}}, [DISTRICT]),
    ({"code": "not_found"}, []),
])  # fmt: skip
def test_a_call_for_help_leaves_out_the_recused(
    clerk: FlaskClient, links: FakeLinks, answer: dict[str, Any], excluded: list[str]
) -> None:
    links.answers["assignment.get_case"] = answer
    assert clerk.post("/api/v1/intake/raise_emergency", json={"case": CASE, "what": "有人要跳渠"}).status_code == 200
    assert links.last["data"] == {"case": CASE, "what": "有人要跳渠", "excluded": excluded}


def test_a_call_for_help_whose_recusals_are_not_known_is_not_sent_blindly(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["assignment.get_case"] = NoAnswer("late")
    assert clerk.post("/api/v1/intake/raise_emergency", json={"case": CASE, "what": "x"}).status_code == 503
    assert [name for _, name, _ in links.calls] == ["assignment.get_case"]


def test_a_part_of_a_petition_is_split_off(clerk: FlaskClient, links: FakeLinks) -> None:
    part = {"case": CASE, "category": "C11", "text": "油烟扰民", "place": TOWN, "nature": "seek"}
    assert clerk.post("/api/v1/intake/split", json=part).status_code == 200
    assert (links.calls[-1][1], links.last["data"]) == ("intake.split", part)


def test_a_report_bears_the_channel_it_came_through_and_a_letter_counts_once_in_its_box(
    clerk: FlaskClient, links: FakeLinks
) -> None:
    """Of several matters of one letter the first petition counts as the letter; a sealed one names no opening."""
    came = {"channel": "box", "via": "1" * 32, "opening": "2" * 32}
    matters = [{**MONEY, **came}, {**ROAD, **came}, {**ROAD, **came, "text": "路灯不亮"}]
    answer = clerk.post("/api/v1/reports", json={"matters": matters, "command_id": COMMAND})
    assert answer.status_code == 201, answer.json
    (money,) = sent(links, "intake.register_sealed")
    assert money["via"] == "1" * 32
    assert "opening" not in money
    assert [(each["via"], each["opening"]) for each in sent(links, "intake.register")] == [
        ("1" * 32, "2" * 32),
        ("1" * 32, None),
    ]
    clerk.post("/api/v1/reports", json=ROAD)
    assert [sent(links, "intake.register")[-1][name] for name in ("via", "opening")] == [None, None]
    wrong = clerk.post("/api/v1/reports", json={**ROAD, "via": "信箱"})
    assert wrong.status_code == 422
    assert list(wrong.json["errors"]) == ["via"]  # type: ignore[index]


def test_a_call_whose_summary_names_an_official_asks_back_before_it_is_logged(
    clerk: FlaskClient, links: FakeLinks
) -> None:
    official = {"id": "gb-1", "name": "石磊", "rank": "village_cadre", "managed_by": "town", "posts": []}
    links.answers["assignment.officials"] = {"officials": [official], "next": "", "version": "1"}
    call = {"channel": "1" * 32, "number_given": False, "name_given": False, "summary": "石磊吃拿卡要"}
    asked = clerk.post("/api/v1/intake/log_call", json=call)
    assert (asked.status_code, asked.json["code"]) == (409, "decide_desk")  # type: ignore[index]
    assert sent(links, "intake.log_call") == []
    decided = {**call, "as_petition": True, "at": "2026-03-02T09:00:00+08:00", "command_id": COMMAND}
    assert clerk.post("/api/v1/intake/log_call", json=decided).status_code == 200
    (logged,) = sent(links, "intake.log_call")
    assert (logged["summary"], logged["at"]) == ("石磊吃拿卡要", "2026-03-02T09:00:00+08:00")
    assert "as_petition" not in logged
