"""What registering and splitting say: the report whole, its letter and steps, and every refusal word for word."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.context import Decision, Here
from contracts.letters import Tell
from contracts.telling import progress
from services.intake import rules
from services.intake.rules import ReportState
from tests.services.house import DISTRICT, TOWN, VILLAGE
from tests.services.intake.reports import (
    CASE,
    ENVELOPE,
    MON,
    RECEIPT,
    REPORTER,
    here,
    petition,
    petition_cmd,
    sealed_cmd,
    secret,
)
from tests.services.refusals import problem, says

EARLIER, SECOND = MON - timedelta(days=3), timedelta(seconds=1)
OTHERS_KEY = {**REPORTER, "keys": {f"{VILLAGE}/petition": "k"}}
NOT_OURS = {**ENVELOPE, "keys": {f"{TOWN}/discipline": "k", f"{DISTRICT}/petition": "k"}}


def first(report: ReportState) -> str:
    """The clock that says by when it is answered first."""
    if "retaliation" in report.flags:
        return "K28"
    if report.desk == "discipline":
        return "K17" if report.real_name else "K20"
    return "K1" if report.entry_office == DISTRICT else "K2"


def registered(report: ReportState, at: Here, *steps: str) -> Decision[ReportState]:
    """A report's own letter to assignment and its public steps."""
    letter = Tell(report.entry_office, "assignment", "case_registered", report.case, {"file": report.file()})
    ends = at.policy.due(first(report), report.entered_at)
    told = (letter, *(progress(report, step, at, ends.at, ends.how) for step in steps or ("registered",)))
    return Decision(report, told, "registered", "", {"number": report.number})


# --- the report ---


def test_a_case_file_is_the_report_without_the_registers_own_marks() -> None:
    assert petition(flags=("retaliation",), part_of="e" * 32, parts=2).file() == {
        "case": CASE,
        "number": "n1",
        "receipt_hash": RECEIPT,
        "desk": "petition",
        "entry_office": TOWN,
        "entered_at": MON,
        "channel": "visit",
        "nature": "seek",
        "category": "C03",
        "place": VILLAGE,
        "text": "过渡费停发",
        "real_name": True,
        "contactable": False,
        "urgent": False,
        "reporter": REPORTER,
        "sealed": None,
        "policy_version": "2026.1",
        "head_count": 3,
        "representatives": 2,
        "external_no": "12345-7",
        "flags": ["retaliation"],
        "supplements": [],
    }


def test_a_recall_blanks_what_tells_of_the_matter_or_the_person() -> None:
    report = petition(flags=("retaliation",), part_of="e" * 32, sealed=ENVELOPE)
    blank = {"category": "", "place": "", "receipt_hash": "", "external_no": "", "part_of": "", "text": None}
    wiped = replace(report, **blank, reporter=None, sealed=None, flags=(), recalled=True)  # type: ignore[arg-type]
    assert report.wiped() == wiped


@pytest.mark.parametrize("report", [petition(flags=("retaliation",), parts=2), secret()])
def test_the_disposal_of_a_file_takes_what_was_said_and_by_whom(report: ReportState) -> None:
    assert report.emptied() == replace(report, text=None, reporter=None, sealed=None, place="")


def test_numbers() -> None:
    assert rules.report_number(TOWN, 2026, 7) == f"{TOWN}-2026-00007"
    assert rules.report_number(TOWN, 2026, 123456) == f"{TOWN}-2026-123456"
    assert rules.sealed_number(DISTRICT, 2026) == f"{DISTRICT}-J2026-"
    assert rules.notice_stem("秦信", "petition", 2026) == "秦信告〔2026〕"
    assert rules.notice_stem("秦信", "discipline", 2026) == "秦信纪告〔2026〕"


# --- registering ---


@pytest.mark.parametrize(("given", "changes"), [
    ({}, {}),
    ({"entered_at": EARLIER}, {"entered_at": EARLIER}),
    ({"reporter": None}, {"reporter": None}),
    ({"emergency": True}, {"urgent": True}),
    ({"urgent": True}, {"urgent": True}),
])  # fmt: skip
def test_a_petition_at_the_petition_desk(given: dict[str, Any], changes: dict[str, Any]) -> None:
    report = petition(**changes)
    assert rules.register(CASE, "n1", petition_cmd(**given), here()) == registered(report, here())


@pytest.mark.parametrize(("actor", "given", "refusal"), [
    ({"desk": "discipline"}, {}, says("wrong_desk", "普通信访事项由信访窗口登记")),
    ({}, {"category": "C15"}, says("must_be_sealed", "检举控告须密封登记", category=["须密封登记"])),
    ({}, {"reporter": OTHERS_KEY}, says("not_sealed_for", "信封不是密封给本机关的", reporter=["没有本机关的密钥"])),
    ({}, {"entered_at": MON + SECOND}, says("in_future", "登记时间不能晚于现在", entered_at=["晚于现在"])),
    ({}, {"head_count": 9, "representatives": 6},
     says("too_many_representatives", "代表不得超过5人", representatives=["最多5人"])),
    ({}, {"head_count": 1}, says("more_than_came", "代表人数多于反映人数", representatives=["多于人数"])),
    ({}, {"head_count": 5, "representatives": 0},
     says("representatives_needed", "5人集体来访,应当推选代表", representatives=["请推选代表,最多5人"])),
])  # fmt: skip
def test_what_is_no_petition_of_this_desk(
    actor: dict[str, Any], given: dict[str, Any], refusal: dict[str, Any]
) -> None:
    assert problem(rules.register, CASE, "n1", petition_cmd(**given), here(**actor)) == refusal


@pytest.mark.parametrize(("category", "secret"), [("C15", True), ("C1501", True), ("C03", False), ("C1", False)])
def test_which_categories_are_the_discipline_desks(category: str, secret: bool) -> None:
    assert rules.is_discipline(category) is secret


@pytest.mark.parametrize(("given", "changes", "steps"), [
    ({}, {}, ["registered"]),
    ({"entered_at": EARLIER}, {"entered_at": EARLIER}, ["registered"]),
    ({"flags": ["retaliation"]}, {"flags": ("retaliation",)}, ["registered", "protection"]),
    ({"flags": ["other"]}, {"flags": ("other",)}, ["registered"]),
    ({"category": "C03", "place": VILLAGE, "text": "x", "reporter": REPORTER}, {}, ["registered"]),
])  # fmt: skip
def test_a_sealed_report(given: dict[str, Any], changes: dict[str, Any], steps: list[str]) -> None:
    at = here(DISTRICT, desk="discipline")
    assert rules.register_sealed("n1", sealed_cmd(**given), at) == registered(secret(**changes), at, *steps)


NO_KEY = says("not_sealed_for", "密封件不是密封给本机关纪检窗口的", sealed=["没有本机关的密钥"])


@pytest.mark.parametrize("envelope", [None, NOT_OURS])
def test_an_envelope_opens_at_the_own_discipline_desk(envelope: dict[str, Any] | None) -> None:
    at = here(DISTRICT, desk="discipline")
    assert rules.sealed_for(ENVELOPE, DISTRICT) is None
    assert problem(rules.register_sealed, "n1", sealed_cmd(sealed=envelope), at) == NO_KEY
    given = {**sealed_cmd(sealed=envelope), "desk": "discipline", "filed_at": MON}
    assert problem(rules.filed, "n1", CASE, given, at) == NO_KEY


# --- filed at the portal or below ---


def filed_data(desk: str, **other: Any) -> dict[str, Any]:
    plain = petition_cmd(sealed=None) if desk == "petition" else sealed_cmd()
    kept = {name: value for name, value in plain.items() if name not in ("entered_at", "emergency", "case")}
    return {**kept, "desk": desk, "filed_at": EARLIER, **other}


def test_a_filed_petition_came_when_it_was_filed() -> None:
    report = petition(entered_at=EARLIER)
    assert rules.filed("n1", CASE, filed_data("petition"), here()) == registered(report, here())


@pytest.mark.parametrize("clear", [{}, {"category": "C03", "place": VILLAGE, "text": "x", "reporter": REPORTER}])
def test_of_a_filed_report_for_the_discipline_desk_nothing_is_in_the_clear(clear: dict[str, Any]) -> None:
    at = here(DISTRICT)
    given = filed_data("discipline", flags=["retaliation"], **clear)
    report = secret(entered_at=EARLIER, flags=("retaliation",))
    assert rules.filed("n1", CASE, given, at) == registered(report, at, "registered", "protection")


@pytest.mark.parametrize(("given", "refusal"), [
    ({"text": None}, says("must_be_sealed", "检举控告须密封,普通信访事项须有内容")),
    ({"category": "C1502"}, says("must_be_sealed", "检举控告须密封,普通信访事项须有内容")),
    ({"filed_at": MON + SECOND}, says("in_future", "登记时间不能晚于现在", entered_at=["晚于现在"])),
])  # fmt: skip
def test_what_cannot_be_filed_in_the_clear(given: dict[str, Any], refusal: dict[str, Any]) -> None:
    assert problem(rules.filed, "n1", CASE, filed_data("petition", **given), here()) == refusal


@pytest.mark.parametrize("at", [MON, EARLIER])
def test_a_report_may_have_come_this_second(at: datetime) -> None:
    assert rules.entered(at, here()) is None


# --- splitting ---

PART = {
    "receipt_hash": "b" * 64,
    "category": "C11",
    "text": "油烟",
    "place": TOWN,
    "nature": "ask",
    "reporter": REPORTER,
}


@pytest.mark.parametrize("kept", [
    {}, {"channel": "hall", "contactable": True, "real_name": False, "urgent": True, "external_no": "8"},
])  # fmt: skip
def test_a_part_keeps_who_came_and_how(kept: dict[str, Any]) -> None:
    whole, later = petition(entered_at=EARLIER, **kept), here(now=MON + timedelta(days=9))
    part = replace(whole, case="d" * 32, number="n2", registered_at=later.now, part_of=CASE, **PART)  # type: ignore[arg-type]
    assert rules.split(whole, "d" * 32, "n2", PART, later) == registered(part, later)


def test_an_accusation_has_to_be_sealed() -> None:
    refusal = says("must_be_sealed", "检举控告须密封登记", category=["须密封登记"])
    assert problem(rules.split, petition(), "d" * 32, "n2", {**PART, "category": "C15"}, here()) == refusal


@pytest.mark.parametrize(("report", "refusal"), [
    (secret(), says("wrong_desk", "检举控告不拆分")),
    (petition(part_of="e" * 32),
     says("split_the_whole", "该件是拆分出来的,请从原件拆分", case=["请从原件拆分"])),
    (petition(parts=9), says("too_many_parts", "一件最多拆分9次", case=["拆分次数已满"])),
])  # fmt: skip
def test_what_is_not_split(report: ReportState, refusal: dict[str, Any]) -> None:
    assert problem(rules.may_split, report) == refusal


def test_no_repeats_are_proposed_for_reports_of_the_discipline_desk() -> None:
    assert problem(rules.of_petitions, "discipline") == says("wrong_desk", "检举控告的重复件按被反映人比对")
