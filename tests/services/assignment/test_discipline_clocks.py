"""The days of a discipline report (K17–K20): from when they run, until when, and what ends them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.errors import Refused
from services.assignment import clocks
from services.assignment.discipline import above, rules
from services.assignment.handling import rules as handling
from services.assignment.holding import offers
from services.assignment.holding.rules import receive_offer, register, sign
from services.assignment.opinions import rules as opinions
from services.assignment.state import CaseState, OfferState
from tests.services.assignment.cases import (
    DISTRICT,
    LEADER,
    MON,
    TOWN,
    VILLAGE,
    acts,
    day,
    envelope,
    held,
    here,
    offer_of,
    report,
    told,
)
from tests.services.assignment.desks import travelled

HEAD: dict[str, Any] = {"desk": "discipline", "roles": LEADER}
BEFORE_SPRING_FESTIVAL = datetime(2026, 2, 12, 9, tzinfo=SHANGHAI)  # 15–23 February 2026: rest; 14 and 28: worked


def due(state: CaseState, kind: str) -> str:
    return f"{clocks.due_of(state.running[kind]).at:%Y-%m-%d %H:%M:%S}"


def offered(at: datetime) -> OfferState:
    """A report of the district as it waits in the in-tray of the town."""
    state = replace(register(report(), [], here(DISTRICT, at)).state, clocks={})
    cmd = offer_of(TOWN, sealed=envelope(f"{DISTRICT}/discipline", f"{TOWN}/discipline"))
    (letter,) = told(offers.offer(state, cmd, here(DISTRICT, at, **HEAD)), "case_offered")
    waiting = receive_offer(None, travelled(letter), DISTRICT, here(TOWN, at)).state
    assert waiting is not None
    return waiting


@pytest.mark.parametrize(
    ("arrived", "until"), [(MON, "2026-03-09 23:59:59"), (BEFORE_SPRING_FESTIVAL, "2026-02-26 23:59:59")]
)
def test_what_is_sent_down_is_accepted_or_sent_on_within_five_working_days(arrived: datetime, until: str) -> None:
    signed = sign(None, offered(arrived), here(TOWN, arrived + timedelta(days=1), **HEAD)).state
    assert due(signed, "K20") == until, "the days run from the arrival, not from the signature (JK art. 16)"
    accepted = handling.accept(signed, here(TOWN, arrived + timedelta(days=2), **HEAD))
    assert acts(accepted) == {"K20": "stop", "K5": "start"}
    cmd = offer_of(DISTRICT, sealed=envelope(f"{TOWN}/discipline", f"{DISTRICT}/discipline"))
    assert acts(offers.offer(signed, cmd, here(TOWN, arrived + timedelta(days=2), **HEAD)))["K20"] == "stop"


def test_a_discipline_report_goes_back_with_a_leaders_approval_only() -> None:
    waiting, clerk = offered(MON), here(TOWN, day(1), desk="discipline")
    cmd = {"reason": "不属本级", "proposed_office": ""}
    with pytest.raises(Refused) as refused:
        offers.return_unsigned(waiting, cmd, clerk)
    assert refused.value.code == "not_leader"
    assert offers.return_unsigned(waiting, cmd, here(TOWN, day(1), **HEAD)).action == "returned"
    signed = sign(None, waiting, clerk).state
    back = offer_of(DISTRICT, sealed=envelope(f"{TOWN}/discipline", f"{DISTRICT}/discipline"))
    with pytest.raises(Refused) as refused:
        offers.return_signed(signed, back, clerk)
    assert refused.value.code == "not_leader"
    assert offers.return_signed(signed, back, here(TOWN, day(1), **HEAD)).state.offered_to == DISTRICT


def test_r15_a_report_without_substance_is_declined_by_a_leader() -> None:
    empty = register(report(real_name=False), [], here(DISTRICT)).state
    cmd = {"ground": "no_substance", "guidance": "请提供具体线索", "new_facts": False}
    with pytest.raises(Refused) as refused:
        handling.decline(empty, cmd, here(DISTRICT, desk="discipline"))
    assert refused.value.code == "not_leader"
    declined = handling.decline(empty, cmd, here(DISTRICT, **HEAD))
    assert (declined.state.status, told(declined, "notice_wanted")) == ("declined", [])
    assert handling.decline(held(TOWN), {**cmd, "ground": "litigation"}, here(TOWN)).state.status == "declined"


def concluded(at: datetime) -> CaseState:
    state = handling.accept(register(report(), [], here(DISTRICT, at)).state, here(DISTRICT, at)).state
    words = {"verdict": "untrue", "facts": "查无此事", "opinion": "了结", "basis": "规则"}
    draft = opinions.draft(state, {**words, "no_visit_reason": "", "perform_by": None}, here(DISTRICT, at)).state
    draft = replace(draft, no_visit_reason="查账即可")
    issued: Any = opinions.issue
    decision: Any = issued(state, draft, "秦都区纪意〔2026〕1号", here(DISTRICT, at, **HEAD))[0]
    after: CaseState = decision.state
    return after


@pytest.mark.parametrize(
    ("at", "until"), [(MON, "2026-03-23 23:59:59"), (BEFORE_SPRING_FESTIVAL, "2026-03-11 23:59:59")]
)
def test_the_result_is_told_within_fifteen_working_days_of_the_conclusion(at: datetime, until: str) -> None:
    state = concluded(at)
    assert due(state, "K18") == until
    given = {"at": None, "way": "phone", "told_by": "秦某", "response": "", "objection": "", "explanation": ""}
    last = clocks.due_of(state.running["K18"]).at
    fed_back = rules.feed_back(state, at, {**given, "new_evidence": ""}, here(DISTRICT, last))
    assert acts(fed_back) == {"K18": "stop"}


@pytest.mark.parametrize(
    ("at", "until"), [(MON, "2026-03-09 23:59:59"), (BEFORE_SPRING_FESTIVAL, "2026-02-26 23:59:59")]
)
def test_what_belongs_above_goes_up_within_five_working_days_of_its_receipt(at: datetime, until: str) -> None:
    state = register(report(entered_at=at), [], here(DISTRICT, at)).state
    found = above.belongs_above(
        state, {"body": "city-discipline"}, here(DISTRICT, at + timedelta(days=4), **HEAD)
    ).state
    assert due(found, "K19") == until


def test_a_real_name_report_is_told_of_its_acceptance_within_fifteen_working_days() -> None:
    assert due(register(report(), [], here(DISTRICT)).state, "K17") == "2026-03-23 23:59:59"


def test_the_desk_below_never_gets_a_village() -> None:
    state = register(report(), [], here(DISTRICT)).state
    with pytest.raises(Refused):
        offers.check_target(state, VILLAGE, here(DISTRICT))
