"""What a reporter adds by receipt: where it goes, what is told of it, and every refusal word for word."""

from datetime import timedelta
from typing import Any

import pytest

from contracts.context import Decision
from contracts.letters import Tell
from contracts.telling import progress
from services.intake.rules import ReportState
from services.intake.sayings import rules
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE
from tests.services.intake.reports import CASE, ENVELOPE, MON, RECEIPT, here, petition, secret
from tests.services.refusals import problem, says

AT = MON + timedelta(days=1)
MORE = {"supplement": "5" * 32, "at": AT, "text": "又停一月", "sealed": None}
SEALED_MORE = {**MORE, "text": None, "sealed": ENVELOPE}
WORDS = {"saying": "6" * 32, "what": "withdraw", "at": AT, "text": "已修好", "sealed": None, "person": "P-1"}
SEALED_WORDS = {**WORDS, "text": None, "sealed": ENVELOPE}


@pytest.mark.parametrize(("office", "entry", "recipient", "hop"), [
    (DISTRICT, VILLAGE, "", VILLAGE),
    (TOWN, VILLAGE, "", VILLAGE),
    (VILLAGE, VILLAGE, f"{DISTRICT}/discipline", DISTRICT),
    (TOWN, VILLAGE, DISTRICT, DISTRICT),
    (TOWN, VILLAGE, "city-discipline/discipline", VILLAGE),
])  # fmt: skip
def test_where_words_for_a_report_registered_elsewhere_go(office: str, entry: str, recipient: str, hop: str) -> None:
    assert rules.next_hop({"entry_office": entry}, recipient, here(office)) == hop


@pytest.mark.parametrize(("office", "entry"), [
    (TOWN, TOWN), (VILLAGE, TOWN), (TOWN, DEPARTMENT), (TOWN, "nowhere"),
])  # fmt: skip
def test_words_for_a_report_that_nobody_here_knows(office: str, entry: str) -> None:
    refusal = says("unknown_receipt", "本机关没有该查询码对应的事项")
    assert problem(rules.next_hop, {"entry_office": entry}, "", here(office)) == refusal


@pytest.mark.parametrize(("report", "office", "given"), [
    (petition(), TOWN, MORE), (petition(), TOWN, SEALED_MORE), (secret(), DISTRICT, SEALED_MORE),
])  # fmt: skip
def test_more_material_goes_to_the_own_assignment(report: ReportState, office: str, given: dict[str, Any]) -> None:
    data = {**given, "receipt_hash": RECEIPT, "entry_office": office}
    tell = Tell(office, "assignment", "supplement_filed", CASE, data)
    noted = {"supplement": "5" * 32}
    extra = {**given, "person": "x"}
    assert rules.supplement(report, extra, here(office)) == Decision(report, (tell,), "supplemented", "", noted)


def test_a_rating_is_a_public_step() -> None:
    report, noted = petition(), {"rating": "fair"}
    step = progress(report, "rated", here())
    assert rules.rate(report, "fair", here()) == Decision(report, (step,), "rated", "", noted)


@pytest.mark.parametrize(("report", "office", "given"), [
    (petition(), TOWN, WORDS), (petition(), TOWN, SEALED_WORDS), (secret(), DISTRICT, SEALED_WORDS),
])  # fmt: skip
def test_words_go_to_the_own_assignment(report: ReportState, office: str, given: dict[str, Any]) -> None:
    data = {**given, "receipt_hash": RECEIPT, "entry_office": office}
    tell = Tell(office, "assignment", "reporter_said", CASE, data)
    noted = {"saying": "6" * 32, "what": "withdraw"}
    extra = {**given, "case": "x"}
    assert rules.say(report, extra, here(office)) == Decision(report, (tell,), "said", "", noted)


@pytest.mark.parametrize(("act", "given", "refusal"), [
    (rules.supplement, MORE, says("must_be_sealed", "检举控告的补充材料须密封", sealed=["须密封"])),
    (rules.say, WORDS, says("must_be_sealed", "检举控告的有关陈述须密封", text=["须密封"])),
    (rules.rate, "fair", says("not_rated", "检举控告不作满意度评价")),
])  # fmt: skip
def test_of_a_discipline_report_nothing_is_said_in_the_clear(act: Any, given: Any, refusal: dict[str, Any]) -> None:
    assert problem(act, secret(), given, here(DISTRICT)) == refusal
