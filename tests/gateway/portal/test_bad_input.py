"""Bad input is a problem document that names the field; nothing is written. Never a server error."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.office import OfficeRuntime
from network.receipts import make_receipt
from tests.gateway.portal.helpers import PETITION, rows_in_all_tables

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("text", "place", "category", "channel", "nature", "accused", "reporter", "urgent", "draft")
QUIET = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": None}, "text"),
        ({"text": "  \n "}, "text"),
        ({"text": 5}, "text"),
        ({"text": "字" * 20_001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"place": "610402999"}, "place"),
        ({"place": "x" * 201}, "place"),
        ({"category": "C99"}, "category"),
        ({"channel": "pigeon"}, "channel"),
        ({"nature": "gossip"}, "nature"),
        ({"accused": "张三"}, "accused"),
        ({"accused": [{}]}, "accused.0.name"),
        ({"accused": [{"name": "a", "rank": "emperor"}]}, "accused.0.rank"),
        ({"accused": [{"name": "a"}, {"name": "b", "office": "610402999"}]}, "accused.1.office"),
        ({"accused": [{"name": "a", "shoe": 44}]}, "accused.0.shoe"),
        ({"reporter": {"phone": ""}}, "reporter.name"),
        ({"reporter": {"name": "a", "iban": "x"}}, "reporter.iban"),
        ({"reporter": []}, "reporter"),
        ({"urgent": "perhaps"}, "urgent"),
        ({"colour": "red"}, "colour"),
        ({"深": {"a": [[[[[[[[[[[[[[[[[[[[[[[["x"]]]]]]]]]]]]]]]]]]]]]]]]}}, "深"),
    ],
)
def test_each_wrong_field_is_named(
    client: FlaskClient, portal: OfficeRuntime, change: dict[str, Any], field: str
) -> None:
    for lang in ("zh", "en"):
        answer = client.post(
            f"/api/v1/reports?lang={lang}", data=json.dumps({**PETITION, **change}), content_type="application/json"
        )
        assert answer.status_code == 422
        assert answer.content_type == "application/problem+json"
        assert answer.json is not None
        assert list(answer.json["errors"]) == [field]
        assert all(answer.json["errors"][field])
    assert rows_in_all_tables(portal) == 0


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 300_000, b"1" * 5000, b'{"text": NaN}', b"{'a': 1}"])
def test_what_is_no_json_is_400(client: FlaskClient, portal: OfficeRuntime, body: bytes) -> None:
    answer = client.post("/api/v1/reports", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["code"] == "malformed_json"
    assert rows_in_all_tables(portal) == 0


@pytest.mark.parametrize("body", [b"null", b"[]", b'"text"', b"5"])
def test_json_that_is_no_object_is_422(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/api/v1/reports", data=body, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.json is not None
    assert "body" in answer.json["errors"]


def test_another_content_type_is_415_and_too_much_is_413(client: FlaskClient, portal: OfficeRuntime) -> None:
    assert client.post("/api/v1/reports", data={"text": "x"}).status_code == 415
    big = json.dumps({**PETITION, "text": "字" * 1_100_000})
    for path in ("/api/v1/reports", "/"):
        kind = "application/json" if path != "/" else "application/x-www-form-urlencoded"
        assert client.post(path, data=big, content_type=kind).status_code == 413
    assert rows_in_all_tables(portal) == 0


def _encoded(form: dict[str, str]) -> dict[str, bytes]:
    return {key: value.encode("utf-8", "replace") for key, value in form.items()}


@QUIET
@given(body=ANYTHING | st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_no_body_is_a_server_error(app: Flask, portal: OfficeRuntime, body: Any) -> None:
    before = rows_in_all_tables(portal)
    answer = app.test_client().post("/api/v1/reports", data=json.dumps(body), content_type="application/json")
    assert answer.status_code in (200, 202, 400, 422)
    if answer.status_code >= 400:
        assert answer.content_type == "application/problem+json"
        assert answer.json is not None
        assert answer.json["errors"]
        assert rows_in_all_tables(portal) == before


@QUIET
@given(receipt=st.text(max_size=40), words=ANYTHING, which=st.sampled_from(["supplements", "rating", "reviews"]))
def test_no_receipt_is_a_server_error(app: Flask, portal: OfficeRuntime, receipt: str, words: Any, which: str) -> None:
    client = app.test_client()
    assert client.get(f"/api/v1/reports/{quote(receipt, safe='', errors='replace')}").status_code < 500
    body = json.dumps(words)
    said = client.post(f"/api/v1/reports/{make_receipt()}/{which}", data=body, content_type="application/json")
    assert 400 <= said.status_code < 500
    assert (
        client.post("/status", data=_encoded({"receipt": receipt, "do": which, "text": str(words)})).status_code < 500
    )
    assert rows_in_all_tables(portal) == 0


@QUIET
@given(form=st.dictionaries(st.sampled_from(["text", "place", "place_text", "category", "about_cadre", "who", "draft",
    "accused.0.name", "accused.0.rank", "accused.0.office", "accused.2.post", "reporter.name", "reporter.phone"]),
    st.text(max_size=20)))  # fmt: skip
def test_no_form_is_a_server_error(app: Flask, portal: OfficeRuntime, form: dict[str, str]) -> None:
    before = rows_in_all_tables(portal)
    answer = app.test_client().post("/", data=_encoded(form))
    assert answer.status_code in (200, 202, 422)
    assert answer.status_code != 422 or rows_in_all_tables(portal) == before


@pytest.mark.parametrize("receipt", ["8K2M", "8K2M-41PT-0000-0000-0000-00", "!!!!", "U" * 22])
def test_a_malformed_receipt_is_400_and_named(client: FlaskClient, receipt: str) -> None:
    for lang in ("zh", "en"):
        answer = client.get(f"/api/v1/reports/{receipt}?lang={lang}")
        assert answer.status_code == 400
        assert answer.json is not None
        assert list(answer.json["errors"]) == ["receipt"]
        assert answer.json["errors"]["receipt"][0].isascii() == (lang == "en")
