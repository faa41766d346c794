"""Accepting, refusing, extending, linking, reminding and supplements, decision by decision."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from contracts.calendar import SHANGHAI, CalendarDays
from contracts.context import Decision
from contracts.letters import Tell
from contracts.telling import milestone, progress
from services.assignment import clocks
from services.assignment.handling import rules
from services.assignment.holding.rules import register
from services.assignment.state import CaseState
from tests.services.assignment.cases import (
    CASE,
    DISTRICT,
    LEADER,
    MON,
    RECEIPT,
    TOWN,
    VILLAGE,
    day,
    envelope,
    held,
    here,
    policy,
    report,
)
from tests.services.assignment.concluded import SECOND, accepted
from tests.services.assignment.refusals import (
    CLOSED,
    NOT_AN_ORGAN,
    NOT_HOLDER,
    NOT_LEADER,
    OFFERED,
    STALE,
    problem,
    says,
    wrong_status,
)

THIRD_DAY = datetime(2026, 3, 5, 23, 59, 59, tzinfo=SHANGHAI)  # three working days after Monday 2 March
RUNNING = {"at": MON.isoformat(), "due": "2026-03-17T23:59:59+08:00", "provisional": False, "how": ["十五日"]}


def notice(state: CaseState, kind: str, at: datetime, office: str = TOWN, **facts: Any) -> Tell:
    told = {"kind": kind, "at": at, "receipt_hash": RECEIPT, "desk": state.desk}
    return Tell(office, "intake", "notice_wanted", CASE, {**told, "facts": {"number": state.number, **facts}})


def secret(**other: Any) -> CaseState:
    """A real-name report in hand at the district's discipline desk."""
    return replace(register(report(), [], here(DISTRICT)).state, **other)


# --- accepting ---


@pytest.mark.parametrize(("procedure", "kind"), [("", "K5"), ("simple", "K16")])
def test_an_accepted_petition(procedure: str, kind: str) -> None:
    at = here(TOWN, day(1))
    state = held(TOWN, todo="redo", clocks={"K2": RUNNING, "K11": RUNNING})
    expected = replace(state, status="accepted", accepted_at=day(1), taken=True, todo="", procedure=procedure)
    expected, stopped = clocks.stop(expected, at, ["K2"])
    expected, started = clocks.start(expected, at, kind, day(1))
    ends = clocks.due_of(expected.running[kind])
    milestones = milestone(expected, "accepted", at, stopped + started)
    assert rules.accept(state, at, procedure=procedure) == Decision(
        expected,
        (
            *milestones,
            replace(milestones[0], service="hearing"),
            notice(expected, "accepted", day(1), accepted_at=day(1).isoformat(), due=ends.at.isoformat()),
            progress(expected, "accepted", at, ends.at, ends.how),
        ),
        "accepted",
        data={"procedure": procedure},
    )


def test_an_accepted_report_ends_the_word_that_was_due_to_its_reporter() -> None:
    at, state = here(DISTRICT, day(1)), secret()
    decision = rules.accept(state, at)
    assert list(decision.state.running) == ["K5"]
    milestones = [tell for tell in decision.tells if tell.type == "case_milestone"]
    stopped = clocks.stop(state, at, ["K17"])[1]
    started = clocks.start(state, at, "K5", day(1))[1]
    assert milestones == list(milestone(decision.state, "accepted", at, stopped + started))
    due = clocks.handling(decision.state).at.isoformat()
    told = notice(state, "accepted", day(1), DISTRICT, accepted_at=day(1).isoformat(), due=due)
    assert decision.tells[1] == told


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (secret(), True),
        (secret(real_name=False), False),
        (secret(repeat_of="x"), False),
        (held(DISTRICT, real_name=False), True),
        (held(DISTRICT, repeat_of="x"), True),
    ],
)
def test_who_gets_a_notice(state: CaseState, told: bool) -> None:
    decision = rules.accept(state, here(DISTRICT, day(1)))
    assert [tell.service for tell in decision.tells if tell.type == "notice_wanted"] == ["intake"] * told


@pytest.mark.parametrize("kind", ["K2", "K3"])
def test_it_counts_as_accepted_at_the_latest_when_the_notice_was_due(kind: str) -> None:
    state = held(TOWN, clocks={kind: RUNNING})
    last = datetime(2026, 3, 17, 23, 59, 59, tzinfo=SHANGHAI)
    for now, at in ((last - SECOND, last - SECOND), (last, last), (last + SECOND, last)):
        assert rules.accept(state, here(TOWN, now)).state.accepted_at == at
    assert rules.accept(replace(state, clocks={"K1": RUNNING}), here(TOWN, last + SECOND)).state.accepted_at > last


def test_a_village_settles_within_its_days_from_the_arrival() -> None:
    at = here(VILLAGE, day(2))
    state = held(VILLAGE, came_at=day(1))
    expected = clocks.start(state, at, "K5", day(1), given=clocks.settle_term(at, day(1)))[0]
    assert rules.accept(state, at).state.running["K5"] == expected.running["K5"]


@pytest.mark.parametrize(("given", "left"), [("", "N9"), (" ", "N9"), ("新收据", "")])
def test_new_facts_make_a_repeat_a_first_report(given: str, left: str) -> None:
    state = held(TOWN, repeat_of="N9")
    assert rules.accept(state, here(TOWN), new_facts=given).state.repeat_of == left
    assert rules.accept(state, here(TOWN)).state.repeat_of == "N9"


@pytest.mark.parametrize(
    ("office", "state", "now", "wanted"),
    [
        (TOWN, held(TOWN, holder=VILLAGE), MON, NOT_HOLDER),
        (TOWN, held(TOWN, status="accepted"), MON, wrong_status("accepted")),
        (VILLAGE, held(VILLAGE), MON, NOT_AN_ORGAN),
        (DISTRICT, secret(), MON, says("petition_only", "简易办理只用于信访事项", procedure=["不适用"])),
        (
            TOWN,
            held(TOWN),
            THIRD_DAY + SECOND,
            says("too_late_for_simple", "已超过简易办理的受理期限", procedure=["期限至2026-03-05"]),
        ),
    ],
)
def test_what_is_not_accepted_by_the_simple_procedure(
    office: str, state: CaseState, now: datetime, wanted: dict[str, Any]
) -> None:
    assert problem(rules.accept, state, here(office, now), procedure="simple") == wanted


def test_the_third_working_day_is_early_enough_for_the_simple_procedure() -> None:
    assert rules.accept(held(TOWN), here(TOWN, THIRD_DAY), procedure="simple").state.procedure == "simple"


# --- refusing ---

GROUND = policy().decline_reasons["litigation"]
DECLINE = {"ground": "litigation", "guidance": "向法院起诉", "new_facts": ""}


def test_a_declined_petition() -> None:
    at, state = here(TOWN, day(1)), held(TOWN, todo="redo")
    expected, stopped = clocks.stop(replace(state, status="declined", todo=""), at)
    assert rules.decline(state, DECLINE, at) == Decision(
        expected,
        (
            *milestone(expected, "declined", at, stopped),
            notice(state, "declined", day(1), ground="litigation", ground_text=GROUND, guidance="向法院起诉"),
            progress(expected, "declined", at),
        ),
        "declined",
        data={"ground": "litigation"},
    )


def test_a_petition_that_is_not_accepted_again() -> None:
    at, state = here(TOWN, day(1)), held(TOWN, repeat_of="N9")
    cmd = {**DECLINE, "ground": "final"}
    facts = {"ground": "final", "ground_text": policy().decline_reasons["final"], "guidance": "向法院起诉"}
    told = notice(state, "not_again", day(1), **facts, repeat_of="N9", opinions=["1", "2", "3"])
    decision = rules.decline(state, cmd, at, ("1", "2", "3"))
    assert told in decision.tells
    assert decision.data == {"ground": "final"}


@pytest.mark.parametrize(
    ("state", "cmd", "wanted"),
    [
        (held(TOWN, holder=VILLAGE), {}, NOT_HOLDER),
        (held(TOWN, desk="discipline"), {}, NOT_LEADER),
        (held(TOWN, status="accepted"), {}, wrong_status("accepted")),
        (
            held(TOWN),
            {"ground": "tired"},
            says("unknown_ground", "不予受理的理由不在目录中", ground=["可选:" + "、".join(policy().decline_reasons)]),
        ),
        (
            held(TOWN),
            {"ground": "final", "new_facts": "新证人"},
            says("new_facts", "有新的事实和理由,应作为初次信访事项受理", new_facts=["有新事实"]),
        ),
        (
            held(TOWN),
            {"ground": "final", "new_facts": " "},
            says("not_final", "须先关联到本机关已知的复核终结事项", ground=["没有关联的终结事项"]),
        ),
    ],
)
def test_what_is_not_declined(state: CaseState, cmd: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert problem(rules.decline, state, {**DECLINE, **cmd}, here(TOWN)) == wanted


# --- extending ---

EXTEND = {"days": 30, "reason": "案情复杂"}


def test_an_extension_tells_the_day_before_and_the_day_after() -> None:
    at, state = here(TOWN, day(40), roles=LEADER), accepted()
    expected, acts = clocks.extend(replace(state, extended=True), at, CalendarDays(30))
    before, after = clocks.handling(state).at, clocks.due_of(expected.running["K5"])
    facts = {"due_before": before.isoformat(), "due": after.at.isoformat(), **EXTEND, "approved_by": "张三"}
    assert rules.extend(state, EXTEND, at) == Decision(
        expected,
        (
            *milestone(expected, "extended", at, acts),
            notice(state, "extended", day(40), **facts),
            progress(expected, "extended", at, after.at, after.how),
        ),
        "extended",
        "案情复杂",
        {"days": 30},
    )


LAST = clocks.handling(accepted()).at


@pytest.mark.parametrize(
    ("change", "cmd", "now", "roles", "wanted"),
    [
        ({"holder": VILLAGE}, EXTEND, LAST, LEADER, NOT_HOLDER),
        ({}, EXTEND, LAST, ("clerk",), NOT_LEADER),
        ({"status": "opinion"}, EXTEND, LAST, LEADER, wrong_status("opinion")),
        ({"procedure": "simple"}, EXTEND, LAST, LEADER, says("not_extendable", "简易办理的期限不能延长")),
        ({"extended": True}, EXTEND, LAST, LEADER, says("extended", "只能延期一次")),
        ({}, EXTEND, LAST + SECOND, LEADER, says("too_late", "办理期限已过,不能再延期")),
        ({}, {**EXTEND, "days": 31}, LAST, LEADER, says("too_long", "超过可以延长的期限", days=["超过政策规定"])),
    ],
)
def test_what_is_not_extended(
    change: dict[str, Any], cmd: dict[str, Any], now: datetime, roles: tuple[str, ...], wanted: dict[str, Any]
) -> None:
    assert problem(rules.extend, replace(accepted(), **change), cmd, here(TOWN, now, roles=roles)) == wanted


def test_a_village_extends_nothing() -> None:
    assert problem(rules.extend, accepted(VILLAGE), EXTEND, here(VILLAGE, roles=LEADER)) == NOT_AN_ORGAN


# --- repeats, notes, reminders ---

LINK = {"repeat_of": "610402-J2026-00001"}


def test_a_linked_repeat() -> None:
    at, state = here(DISTRICT, day(1)), secret()
    expected, stopped = clocks.stop(replace(state, **LINK), at, ["K17"])
    expected, begun = clocks.start(expected, at, "K20", MON)
    told = milestone(expected, "repeat_linked", at, stopped + begun)
    assert rules.link_repeat(state, LINK, at) == Decision(expected, told, "repeat_linked", "", LINK)


def test_linking_a_petition_moves_no_clock() -> None:
    at, state = here(TOWN, day(1)), held(TOWN)
    linked = replace(state, **LINK)
    assert rules.link_repeat(state, LINK, at) == Decision(
        linked, milestone(linked, "repeat_linked", at), "repeat_linked", "", LINK
    )


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"holder": TOWN}, NOT_HOLDER),
        ({"offered_to": TOWN}, OFFERED),
        ({"status": "declined"}, CLOSED),
        ({"number": LINK["repeat_of"]}, says("itself", "不能与自身关联", repeat_of=["与本件编号相同"])),
    ],
)
def test_what_is_not_linked(change: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert problem(rules.link_repeat, secret(**change), LINK, here(DISTRICT)) == wanted


def test_a_note_changes_nothing_and_a_husk_takes_none() -> None:
    state = held(TOWN, holder=VILLAGE)
    assert rules.note(state) == Decision(state, (), "noted")
    assert problem(rules.note, held(TOWN, recalled=True)) == STALE


@pytest.mark.parametrize(
    ("change", "reminded"),
    [
        ({}, True),
        ({"clocks": {}}, True),
        ({"status": "concluded"}, True),
        ({"status": "concluded", "clocks": {}}, False),
        ({"recalled": True}, False),
        ({"holder": VILLAGE}, False),
    ],
)
def test_who_is_reminded(change: dict[str, Any], reminded: bool) -> None:
    state = held(TOWN, **change)
    after = replace(state, todo="reminder K2") if reminded else state
    action = "reminded" if reminded else "reminder_past"
    data = {"kind": "K2"}
    assert rules.remind(state, {**data, "due": day(15)}, here(TOWN)) == Decision(after, (), action, "", data)


# --- supplements ---

PAPER = {"supplement": "d" * 32, "at": MON, "text": "补充照片", "sealed": None, "receipt_hash": RECEIPT}
SEALED = {**PAPER, "text": None, "sealed": envelope(f"{DISTRICT}/discipline")}
TOLD = {"supplement": "d" * 32}
OLD = {"supplement": "e" * 32, "text": "旧", "sealed": None, "at": MON.isoformat()}


def kept(data: dict[str, Any]) -> dict[str, Any]:
    return {"supplement": "d" * 32, "text": data["text"], "sealed": data["sealed"], "at": MON.isoformat()}


def test_a_supplement_is_kept_by_the_holder() -> None:
    at, state = here(TOWN), held(TOWN, supplements=(OLD,))
    after = replace(state, supplements=(OLD, kept(PAPER)), todo="supplemented")
    assert rules.add_supplement(state, PAPER, at) == Decision(
        after, (progress(state, "supplemented", at),), "supplemented", "", TOLD
    )


@pytest.mark.parametrize("data", [PAPER, SEALED])
def test_a_supplement_goes_after_the_case_and_a_sealed_one_stays_as_well(data: dict[str, Any]) -> None:
    state = held(DISTRICT, holder=VILLAGE, passed_to=TOWN)
    stays = replace(state, supplements=(kept(data),), todo="supplemented") if data["sealed"] else state
    onward = Tell(TOWN, "assignment", "supplement_filed", CASE, data)
    assert rules.add_supplement(state, data, here(DISTRICT)) == Decision(
        stays, (onward,), "supplement_passed_on", "", TOLD
    )


@pytest.mark.parametrize("change", [{"recalled": True}, {"supplements": (OLD, kept(PAPER))}])
def test_a_supplement_that_is_known_or_of_a_husk(change: dict[str, Any]) -> None:
    state = held(TOWN, **change)
    assert rules.add_supplement(state, PAPER, here(TOWN)) == Decision(
        state, (), "refused", "stale_term: supplement_filed"
    )
