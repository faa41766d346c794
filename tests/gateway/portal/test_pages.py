"""The pages: without scripts, in two languages, errors beside the field."""

import re

from flask.testing import FlaskClient

from network.office import OfficeRuntime
from network.receipts import normalise
from tests.gateway.portal.helpers import MORNING, letters, rows_in_all_tables, tell_step

FILLED = {"text": "渠塌了", "place": "610402901901", "place_text": "村东头", "about_cadre": "no", "who": "anonymous"}


def page(client: FlaskClient, path: str, **form: str) -> str:
    answer = client.post(path, data=form) if form else client.get(path)
    return answer.get_data(as_text=True)


def draft(html: str) -> str:
    found = re.search(r'name="draft" value="([^"]+)"', html)
    assert found
    return found[1]


def receipt_on(html: str) -> str:
    found = re.search(r'<p class="code"[^>]*>([^<]+)<', html)
    assert found
    return normalise(found[1])


def test_every_page_stands_without_script_or_inline_style(client: FlaskClient) -> None:
    for path in ("/", "/status", "/offices", "/nothing"):
        for lang, mark in (("zh", 'lang="zh-CN"'), ("en", 'lang="en"')):
            html = page(client, f"{path}?lang={lang}")
            assert mark in html
            assert "<script" not in html
            assert "style=" not in html


def test_the_browser_s_language_counts_and_links_keep_a_choice(client: FlaskClient) -> None:
    assert "What happened" in client.get("/", headers={"Accept-Language": "en-GB,en"}).get_data(as_text=True)
    assert "怎么回事" in client.get("/", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}).get_data(as_text=True)
    html = page(client, "/?lang=en&size=big")
    assert 'href="/status?lang=en&amp;size=big"' in html
    assert 'class="big"' in html


def test_a_form_gives_a_receipt_with_code_and_what_happens_next(client: FlaskClient, portal: OfficeRuntime) -> None:
    answer = client.post("/", data={**FILLED, "draft": draft(page(client, "/"))})
    assert answer.status_code == 202
    html = answer.get_data(as_text=True)
    assert "<svg" in html
    assert "最迟" in html
    (letter,) = letters(portal)
    data = letter.body["data"]
    assert (data["place"], data["text"]) == ("610402901901", "渠塌了\n\n具体地点：村东头")
    assert "已收到" in page(client, f"/status?receipt={receipt_on(html)}")


def test_s23_the_code_on_a_contact_card_leads_to_the_form_which_says_what_its_office_will_know(
    client: FlaskClient, portal: OfficeRuntime
) -> None:
    html = page(client, "/?card=610402901901-000001")
    assert "望塬村" in html
    assert "不用卡，直接反映" in html
    named = {"who": "named", "reporter.name": "乔满仓", "reporter.phone": "029-00008888"}
    client.post("/", data={**FILLED, **named, "card": "610402901901-000001"})
    client.post("/", data={**FILLED, **named, "card": "damaged code"})
    assert sorted(letter.body["data"].get("card", "") for letter in letters(portal)) == ["", "610402901901-000001"]
    assert 'name="card"' not in page(client, "/?card=%3Cb%3E")


def test_the_same_form_sent_twice_gives_the_same_receipt(client: FlaskClient, portal: OfficeRuntime) -> None:
    form = {**FILLED, "draft": draft(page(client, "/"))}
    assert receipt_on(page(client, "/", **form)) == receipt_on(page(client, "/", **form))
    changed = client.post("/", data={**form, "text": "另一件事"})
    assert changed.status_code == 409
    html = changed.get_data(as_text=True)
    assert "另一件事" in html
    assert draft(html) != form["draft"]
    assert client.post("/", data={**form, "text": "另一件事", "draft": draft(html)}).status_code == 202
    assert len(letters(portal)) == 2


def test_errors_stand_beside_the_field_and_in_a_summary_and_keep_what_was_written(
    client: FlaskClient, portal: OfficeRuntime
) -> None:
    form = {"text": "<b>渠</b>", "about_cadre": "yes", "who": "named", "reporter.phone": "029"}
    answer = client.post("/", data=form)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for path in ("place", "accused.0.name"):
        assert f'href="#{path}"' in html
        assert f'id="{path}-wrong"' in html
        assert f'id="{path}"' in html
    assert "&lt;b&gt;渠&lt;/b&gt;" in html
    assert 'value="029"' in html
    assert rows_in_all_tables(portal) == 0


def test_whether_an_official_is_accused_has_to_be_answered(client: FlaskClient, portal: OfficeRuntime) -> None:
    form = {key: value for key, value in FILLED.items() if key != "about_cadre"}
    answer = client.post("/", data=form)
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert 'href="#about_cadre"' in html
    assert "这决定谁能看到" in html
    assert rows_in_all_tables(portal) == 0


def test_an_anonymous_choice_drops_a_name_typed_before(client: FlaskClient, portal: OfficeRuntime) -> None:
    page(client, "/", **FILLED, **{"reporter.name": "乔满仓"})
    assert letters(portal)[0].body["data"]["reporter"] is None


def test_a_report_about_the_district_shows_where_to_turn_and_keeps_nothing(
    client: FlaskClient, portal: OfficeRuntime
) -> None:
    form = {**FILLED, "about_cadre": "yes", "accused.0.post": "区长", "accused.0.rank": "district_leader"}
    html = page(client, "/", **form)
    assert "咸阳市纪委监委" in html
    assert "渠塌了" in html
    assert rows_in_all_tables(portal) == 0


def test_what_a_reporter_adds_on_the_status_page_is_taken_once(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = receipt_on(page(client, "/", **FILLED))
    tell_step(portal, receipt, "served", MORNING)
    html = page(client, "/status", receipt=receipt)
    for kind, words in (
        ("supplement", {"text": "又塌了"}),
        ("rating", {"rating": "fair"}),
        ("review", {"points": "不服"}),
    ):
        assert f'value="{kind}"' in html
        form = {"do": kind, "receipt": receipt, "key": "k" * 32, **words}
        assert 'role="status"' in page(client, "/status", **form)
        page(client, "/status", **form)
    assert [each.type for each in letters(portal)] == [
        "report_filed", "supplement_filed", "rating_given", "review_requested",
    ]  # fmt: skip


def test_a_mistyped_receipt_is_explained_beside_the_field(client: FlaskClient) -> None:
    answer = client.post("/status", data={"receipt": "8K2M"})
    assert answer.status_code == 400
    assert 'id="receipt-wrong"' in answer.get_data(as_text=True)


def test_what_was_written_under_a_receipt_survives_a_mistake(client: FlaskClient, portal: OfficeRuntime) -> None:
    receipt = receipt_on(page(client, "/", **FILLED))
    tell_step(portal, receipt, "served", MORNING)
    html = page(client, "/status", do="rating", receipt=receipt, comment="来得快", rating="")
    assert ">来得快</textarea>" in html
    assert html.count("<details open>") == 1
    assert "要补充的内容：请填写内容" in page(client, "/status", do="supplement", receipt=receipt, text="")


def test_an_empty_look_up_says_what_is_missing(client: FlaskClient) -> None:
    answer = client.post("/status", data={"receipt": " "})
    assert answer.status_code == 422
    assert 'id="receipt-wrong"' in answer.get_data(as_text=True)


def test_the_answer_to_a_form_belongs_to_the_form_s_page(client: FlaskClient) -> None:
    receipt = receipt_on(page(client, "/", **FILLED))
    html = page(client, "/status", receipt=receipt)
    assert '<a href="/status" aria-current="page">' in html
    assert '<a href="/status?lang=en"' in html, "another language leads to this page"
