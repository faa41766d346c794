"""What the public reads of hearings: notices in time, opinions without persons, confirmed by who publishes them (S101, S107)."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.hearing.models import PublishedRow
from services.hearing.publishing.masking import mask
from tests.services.hearing.known import CASE_ID, HEAR, PANEL, SERVED, STANDARD
from tests.services.hearing.test_held_flow import called, close, do, house, refused
from tests.services.house import TOWN, House

__all__ = ["house"]
NAMES = st.text(alphabet="赵钱孙李周吴郑王冯陈褚卫", min_size=2, max_size=4)


@given(NAMES, st.integers(10**9, 10**17), st.text(alphabet="查明属实应予补偿", max_size=20))
def test_no_name_and_no_number_that_leads_to_somebody_is_left(name: str, number: int, between: str) -> None:
    shown = mask(f"{between}{name}{between},电话{number},住3号楼", (name,))
    assert name not in shown
    assert str(number) not in shown
    assert "3号楼" not in shown
    assert "某号楼" in shown


def test_what_belongs_to_documents_and_days_stays() -> None:
    text = "秦都区听证终结〔2026〕1号:依据《信访工作条例》第三十五条,2026-03-02前付款"
    assert mask(text, ()) == text


def test_mail_identity_and_phone_are_hidden() -> None:
    shown = mask("乔满仓 610402199001011234 029-3321 0000 qiao@example.org 住梨湾村三组12号院", ("乔满仓",))
    assert shown.startswith("乔某 ***")
    assert shown.endswith("*** 住梨湾村三组某号院")
    assert not any(sign.isdigit() for sign in shown)


def told(house: House) -> list[dict[str, Any]]:
    return [row.body["data"] for row in house.unread if row.type == "hearing_published"]


def test_s101_a_public_hearing_is_announced_in_time_without_names_and_follows_its_day(house: House) -> None:
    soon = (SERVED + timedelta(days=1)).isoformat()
    wrong = {"case": CASE_ID, "form": "public", "public_notice": "公告1号", "planned_at": soon}
    assert refused(house, "open_hearing", {**HEAR, **wrong}) == "notice_too_short"
    session = called(house, form="public", public_notice="公告1号")
    later = (SERVED + timedelta(days=20)).isoformat()
    do(house, "adjourn_hearing", {"session": session, "planned_at": later, "reason": "延期"})
    do(house, "cancel_hearing", {"session": session, "reason": "和解"})
    notices = told(house)
    assert [(each["rev"], each["withdrawn"], each["kind"]) for each in notices] == [
        (1, False, "notice"),
        (2, False, "notice"),
        (3, True, "notice"),
    ]
    assert not any(seat["name"] in str(notices) for seat in PANEL)
    called(house)
    assert len(told(house)) == 3, "only a public one is announced"


def test_s107_a_leader_publishes_what_he_saw_masked_and_can_take_it_back(house: House) -> None:
    session = called(house)
    close(house, session, [])
    do(
        house,
        "terminate",
        {"case": CASE_ID, "opinion": "戊要求无据,由己说明,电话029-33210000", "standard_met": STANDARD},
    )
    asked = {"session": session, "names": ["己方"]}
    seen = house.ask(TOWN, "hearing", "masked_termination", asked)["result"]
    assert "029-33210000" not in seen["text"]
    assert "第三十五条" in seen["text"], "what can still be done is said"
    assert refused(house, "publish_termination", {**asked, "digest": "0" * 64}) == "not_seen"
    do(house, "publish_termination", {**asked, "digest": seen["digest"]})
    assert refused(house, "publish_termination", {**asked, "digest": seen["digest"]}) == "published"
    (row,) = house.rows(TOWN, PublishedRow)
    assert (row.text, row.digest) == (seen["text"], seen["digest"])
    assert [each["text"] for each in told(house)] == [seen["text"]]
    do(house, "withdraw_publication", {"session": session, "reason": "仍可推知本人"})
    assert [(each["rev"], each["withdrawn"], each["text"]) for each in told(house)[1:]] == [(2, True, "")]


@pytest.mark.parametrize("command", ["publish_termination", "withdraw_publication"])
def test_without_an_opinion_nothing_is_published(house: House, command: str) -> None:
    session = called(house)
    assert refused(house, command, {"session": session, "digest": "0" * 64, "reason": "x"}) in ("not_found", "invalid")
