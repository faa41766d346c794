"""What custody says: the line whole, its letter upwards or its clock, and every refusal word for word."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.context import Actor, Decision, Here
from contracts.errors import NotFound
from contracts.letters import Tell
from contracts.telling import clock, milestone
from contracts.words import ClockAct, Status
from services.intake.custody import rules
from services.intake.custody.rules import Custody
from services.intake.stub import Stub
from tests.services.house import DISTRICT, TOWN, VILLAGE
from tests.services.intake.reports import CASE, ENVELOPE, MON, POLICY, RECEIPT, here, sealed_cmd
from tests.services.refusals import problem, says

CITY, NUMBER = "city-discipline", f"{TOWN}-C2026-7"
EARLIER, SECOND = MON - timedelta(days=3), timedelta(seconds=1)
LINE = Custody(CASE, RECEIPT, MON, f"{CITY}/discipline", NUMBER)


def taken(**other: Any) -> dict[str, Any]:
    return sealed_cmd(**{"recipient_office": DISTRICT, "recipient_desk": "discipline", **other})


def keeps(**other: Any) -> Decision[Custody]:
    return rules.keeps_custody(NUMBER, taken(**other), here(), (CITY,))


def told(line: Custody, what: str, status: Status, act: dict[str, Any], at: Here) -> tuple[Tell, ...]:
    """The word to the own supervision, and to nobody else."""
    stub = Stub(line.case, line.number, "discipline", at.office, at.office, line.at, "C15", status=status.value)
    return milestone(stub, what, at, [act], to=(at.office,))


@pytest.mark.parametrize("entered_at", [None, EARLIER])
def test_what_goes_to_the_desk_above_goes_as_it_is(entered_at: datetime | None) -> None:
    came = entered_at or MON
    line = Custody(CASE, RECEIPT, came, f"{DISTRICT}/discipline")
    letter = {
        "case": CASE,
        "receipt_hash": RECEIPT,
        "channel": "letter",
        "nature": "accuse",
        "real_name": False,
        "contactable": True,
        "urgent": True,
        "flags": ["retaliation"],
        "sealed": ENVELOPE,
        "category": "C15",
        "place": "",
        "text": None,
        "reporter": None,
        "desk": "discipline",
        "filed_at": came,
    }
    sent_up = Tell(DISTRICT, "intake", "report_filed", CASE, letter)
    given = {"entered_at": entered_at, "flags": ["retaliation"], "text": "x", "place": VILLAGE}
    assert keeps(**given) == Decision(line, (sent_up,), "custody")


@pytest.mark.parametrize("entered_at", [None, EARLIER])
def test_what_goes_to_a_body_outside_has_a_number_and_a_clock(entered_at: datetime | None) -> None:
    came = entered_at or MON
    line = replace(LINE, at=came)
    begun = clock("K19", ClockAct.START, came, POLICY.due("K19", came))
    decision = keeps(recipient_office=CITY, sealed=None, entered_at=entered_at)
    assert decision == Decision(line, told(line, "belongs_above", Status.REGISTERED, begun, here()), "custody")


@pytest.mark.parametrize(("given", "refusal"), [
    ({"entered_at": MON + SECOND}, says("in_future", "登记时间不能晚于现在", entered_at=["晚于现在"])),
    ({"recipient_office": CITY}, says("outside", "系统外机关受理的举报不得录入内容", sealed=["应为空"])),
    ({"recipient_desk": "petition"}, says("wrong_desk", "密封件只能送纪检窗口", recipient_desk=["应为纪检"])),
    ({"recipient_office": VILLAGE}, says("no_route", "密封件只能送上级机关", recipient_office=["不是上级机关"])),
    ({"recipient_office": TOWN}, says("no_route", "密封件只能送上级机关", recipient_office=["不是上级机关"])),
    ({"sealed": None}, says("not_sealed_for", "密封件不是密封给本机关纪检窗口的", sealed=["没有本机关的密钥"])),
    ({"sealed": {**ENVELOPE, "keys": {f"{TOWN}/discipline": "k"}}},
     says("not_sealed_for", "密封件不是密封给本机关纪检窗口的", sealed=["没有本机关的密钥"])),
])  # fmt: skip
def test_what_is_not_taken_into_custody(given: dict[str, Any], refusal: dict[str, Any]) -> None:
    assert problem(keeps, **given) == refusal


def test_numbers_begin_with_office_and_year() -> None:
    assert rules.custody_stem(TOWN, 2026) == f"{TOWN}-C2026-"


NOW = MON + timedelta(days=2)
WHEN = says("sent_when", "报送时间应在收到之后、现在之前", at=["应在收到之后、现在之前"])


def send(line: Custody, at: datetime | None) -> Decision[Custody]:
    return rules.send_up(line, {"at": at, "way": "机要", "document_no": "1号"}, here(now=NOW))


@pytest.mark.parametrize("at", [None, MON, NOW])
def test_the_letter_went_and_its_clock_ends_when_it_went(at: datetime | None) -> None:
    went = at or NOW
    sent = replace(LINE, sent_at=went, way="机要", document_no="1号")
    stopped = clock("K19", ClockAct.STOP, went)
    assert send(LINE, at) == Decision(sent, told(sent, "sent_up", Status.OUTSIDE, stopped, here(now=NOW)), "sent_up")


@pytest.mark.parametrize(("line", "at", "refusal"), [
    (replace(LINE, number=""), None, says("nothing_to_send", "该件已密封送达,无须报送")),
    (replace(LINE, sent_at=MON), None, says("sent_already", "该件已于2026-03-02报送")),
    (LINE, MON - SECOND, WHEN),
    (LINE, NOW + SECOND, WHEN),
])  # fmt: skip
def test_what_cannot_have_been_sent(line: Custody, at: datetime | None, refusal: dict[str, Any]) -> None:
    assert problem(send, line, at) == refusal


@pytest.mark.parametrize(("desk", "roles"), [("discipline", ("clerk",)), ("petition", ("head", "leader"))])
def test_the_list_is_not_there_for_others(desk: str, roles: tuple[str, ...]) -> None:
    assert (
        problem(rules.may_see, Actor("a", DISTRICT, desk, roles), discipline_desk=True) == NotFound("该清单").problem()
    )


@pytest.mark.parametrize("role", ["head", "leader"])
def test_the_list_is_there_for_the_head_of_the_discipline_desk(role: str) -> None:
    assert rules.may_see(Actor("a", DISTRICT, "discipline", ("clerk", role)), discipline_desk=True) is None
