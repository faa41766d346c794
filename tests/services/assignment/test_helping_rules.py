"""Helpers: who may be asked, what each of them is told, and what becomes of a letter on the way."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI, end_of_day
from contracts.errors import Refused
from contracts.events import EVENTS
from network.journal import canonical
from services.assignment.helping import answering, rules, travelling, way
from services.assignment.helping.states import HelperState, HelpState
from tests.services.assignment.cases import (
    CASE,
    DEPARTMENT,
    DISTRICT,
    MON,
    PLUMS,
    TOWN,
    VILLAGE,
    day,
    held,
    here,
    told,
)
from tests.services.assignment.helped import LANE, STREET

DUE = datetime(2026, 3, 12, 23, 59, 59, tzinfo=SHANGHAI)
CMD = {"case": CASE, "to": STREET, "what": "核对名册", "due": end_of_day(date(2026, 3, 12))}
ABROAD = "610402007"  # 上林街道, managed by the New Area


def helper(ordinal: int = 1, office: str = STREET, **other: Any) -> HelperState:
    return replace(HelperState(CASE, ordinal, office, "核对名册", MON, DUE, False, ("按期限",)), **other)


def reported(ordinal: int = 1, office: str = STREET, **other: Any) -> HelperState:
    given = {"state": "reported", "report": "41户", "reported_at": day(1), "heard_at": day(1)}
    return helper(ordinal, office, **{**given, **other})


def help_of(**other: Any) -> HelpState:
    plain = HelpState(CASE, 1, "petition", DISTRICT, "N1", "C03", VILLAGE, "正文", "核对名册", MON, DUE)
    return replace(plain, **other)


def sent(tell: Any) -> dict[str, Any]:
    """The data as the receiver's handler gets it."""
    loaded: dict[str, Any] = EVENTS[tell.type]().loads(canonical(dict(tell.data)).decode())
    return loaded


def code(act: Any, *args: Any) -> tuple[str, list[str]]:
    with pytest.raises(Refused) as caught:
        act(*args)
    return caught.value.code, list(caught.value.fields)


def clock_acts(decision: Any) -> list[tuple[str, str, str]]:
    return [(each["kind"], each["ref"], each["act"]) for each in told(decision, "case_milestone")[0].data["clocks"]]


def test_the_holder_asks_and_the_helpers_clock_starts() -> None:
    state = held(DISTRICT, recused=("f" * 32,), excluded=(PLUMS,))
    decision = rules.ask(state, [], CMD, here(DISTRICT))
    asked = decision.state.helper
    assert (asked.case, asked.ordinal, asked.office, asked.what, asked.asked_at, asked.due) == (
        CASE, 1, STREET, "核对名册", MON, DUE,
    )  # fmt: skip
    assert (asked.state, asked.report, asked.reported_at, asked.heard_at, asked.why) == ("asked", "", None, None, "")
    assert asked.provisional is False
    assert asked.how[0] == "自2026年3月2日起算,当日不计入"
    assert decision.state.case == replace(state, seen=(DISTRICT, STREET))
    assert clock_acts(decision) == [("K11", "h1", "start")]
    started = told(decision, "case_milestone")[0].data["clocks"][0]
    assert (started["at"], started["due"], started["how"]) == (MON, DUE, list(asked.how))
    assert [tell.data["what"] for tell in told(decision, "case_milestone")] == ["help_asked"]
    assert (decision.action, decision.data) == ("help_asked", {"to": STREET, "ordinal": 1})
    (letter,) = told(decision, "help_asked")
    assert (letter.to, letter.service, letter.case) == (STREET, "assignment", CASE)
    assert sent(letter) == {
        "ordinal": 1,
        "to": STREET,
        "asked_by": DISTRICT,
        "desk": "petition",
        "number": state.number,
        "category": "C03",
        "place": VILLAGE,
        "text": "排水渠被填",
        "what": "核对名册",
        "asked_at": MON,
        "due": DUE,
        "excluded": [PLUMS],
        "recused": ["f" * 32],
    }


def test_of_a_discipline_case_neither_text_nor_place_is_told() -> None:
    secret = held(DISTRICT, desk="discipline", category="C0101", text="正文")
    asked = {**CMD, "what": here(DISTRICT).policy.neutral_requests[0]}
    data = told(rules.ask(secret, [], {**asked, "to": TOWN}, here(DISTRICT)), "help_asked")[0].data
    assert (data["desk"], data["category"], data["place"], data["text"]) == ("discipline", "C15", "", None)
    assert code(rules.ask, secret, [], {**asked, "to": VILLAGE}, here(DISTRICT)) == ("not_for_them", ["to"])
    assert code(rules.ask, secret, [], {**CMD, "to": TOWN}, here(DISTRICT)) == ("not_neutral", ["what"])
    gone = rules.released(secret, helper(), "举报人王某已撤回", here(DISTRICT))
    assert gone.data["reason"] == "不再需要协办"
    assert rules.released(secret, helper(), "", here(DISTRICT)).data["reason"] == "", "nothing of it stays"
    assert rules.ask(held(DISTRICT), [], {**CMD, "to": VILLAGE}, here(DISTRICT)).state.helper.office == VILLAGE


@pytest.mark.parametrize(
    ("change", "code_"),
    [
        ({"holder": TOWN}, "not_holder"),
        ({"offered_to": TOWN}, "offered"),
        ({"recalled": True}, "stale_term"),
        ({"status": "declined"}, "closed"),
        ({"excluded": (STREET,)}, "excluded"),
    ],
)
def test_who_may_not_ask(change: dict[str, Any], code_: str) -> None:
    assert code(rules.ask, held(DISTRICT, **change), [], CMD, here(DISTRICT))[0] == code_


@pytest.mark.parametrize(
    ("to", "code_"),
    [(DISTRICT, "itself"), ("610402999", "unknown_office"), (ABROAD, "unknown_office"), ("portal", "not_for_them")],
)
def test_whom_nobody_asks(to: str, code_: str) -> None:
    assert code(rules.ask, held(DISTRICT), [], {**CMD, "to": to}, here(DISTRICT)) == (code_, ["to"])


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_day_that_nobody_is_given(days: int) -> None:
    due = MON + timedelta(days=days)
    assert code(rules.ask, held(DISTRICT), [], {**CMD, "due": due}, here(DISTRICT)) == ("due_past", ["due"])


@pytest.mark.parametrize("days", [1, 366])
def test_tomorrow_and_a_year_are_days_to_give(days: int) -> None:
    asked = rules.ask(held(DISTRICT), [], {**CMD, "due": MON + timedelta(days=days)}, here(DISTRICT))
    assert asked.state.helper.due.date() >= MON.date() + timedelta(days=days)


def test_an_office_helps_in_one_thing_at_a_time_and_numbers_are_not_used_again() -> None:
    assert code(rules.ask, held(DISTRICT), [helper()], CMD, here(DISTRICT)) == ("already_helping", ["to"])
    again = rules.ask(held(DISTRICT), [reported(3), helper(2, TOWN)], CMD, here(DISTRICT))
    assert again.state.helper.ordinal == 4


def test_a_sibling_is_asked_over_the_common_superior_and_recused_offices_are_jumped() -> None:
    assert told(rules.ask(held(DEPARTMENT), [], CMD, here(DEPARTMENT)), "help_asked")[0].to == DISTRICT
    jumped = rules.ask(held(VILLAGE, excluded=(TOWN,)), [], CMD, here(VILLAGE))
    assert told(jumped, "help_asked")[0].to == DISTRICT


# --- on the way ---


def on_way(**other: Any) -> dict[str, Any]:
    return {"ordinal": 1, "to": LANE, "asked_by": VILLAGE, "excluded": [], **other}


def test_an_office_between_passes_it_on_and_remembers_whom_it_went_to() -> None:
    state = held(DISTRICT)
    decision = way.pass_on(state, "help_asked", CASE, on_way(), TOWN, VILLAGE, here(DISTRICT))
    assert [(tell.to, tell.type, tell.case, tell.data) for tell in decision.tells] == [
        (STREET, "help_asked", CASE, on_way())
    ]
    assert decision.state == replace(state, seen=(DISTRICT, LANE, STREET))
    assert (decision.action, decision.data) == ("passed_on", {"type": "help_asked"})
    downward = way.pass_on(None, "help_asked", CASE, on_way(), DISTRICT, VILLAGE, here(STREET))
    assert ([tell.to for tell in downward.tells], downward.state) == ([LANE], None)


def test_what_a_husk_passes_on_leaves_nothing_behind() -> None:
    husk = held(DISTRICT, recalled=True)
    assert way.pass_on(husk, "help_asked", CASE, on_way(), TOWN, VILLAGE, here(DISTRICT)).state == husk


@pytest.mark.parametrize(
    ("data", "sender", "excluded"),
    [
        (on_way(), STREET, ()),  # not from its line, nor from above
        (on_way(excluded=[LANE]), VILLAGE, ()),
        (on_way(), VILLAGE, (LANE,)),
        (on_way(to="610402999"), VILLAGE, ()),
        (on_way(to=ABROAD), VILLAGE, ()),
    ],
)
def test_what_is_not_passed_on(data: dict[str, Any], sender: str, excluded: tuple[str, ...]) -> None:
    state = held(DISTRICT, excluded=excluded)
    decision = way.pass_on(state, "help_asked", CASE, data, sender, VILLAGE, here(DISTRICT))
    assert (decision.state, decision.tells, decision.action) == (state, (), "refused")
    assert decision.why == f"help_asked by {sender}"


def test_the_word_that_help_ends_reaches_a_recused_office() -> None:
    decision = way.pass_on(None, "help_released", CASE, on_way(excluded=[LANE]), VILLAGE, VILLAGE, here(DISTRICT))
    assert [tell.to for tell in decision.tells] == [STREET]


@pytest.mark.parametrize(
    ("sender", "asked_by", "at", "may"),
    [
        (VILLAGE, VILLAGE, DISTRICT, True),
        (TOWN, VILLAGE, DISTRICT, True),
        (DISTRICT, VILLAGE, STREET, True),
        (STREET, VILLAGE, LANE, True),
        (STREET, VILLAGE, DISTRICT, False),
        (LANE, VILLAGE, STREET, False),
        (DEPARTMENT, "610402999", DISTRICT, False),
    ],
)
def test_from_whom_a_letter_is_believed(sender: str, asked_by: str, at: str, may: bool) -> None:
    assert way.may_pass(sender, asked_by, here(at)) is may


# --- at the helper ---


def request(**other: Any) -> dict[str, Any]:
    asked = rules.asked(held(DISTRICT), helper(), here(DISTRICT))
    return {**sent(asked), **other}


def test_a_request_makes_a_row_and_the_same_again_nothing() -> None:
    fresh = answering.receive(None, CASE, request(), DISTRICT, here(STREET))
    assert fresh.state == help_of(number=held(DISTRICT).number, text="排水渠被填")
    assert (fresh.action, fresh.data, fresh.tells) == ("help_received", {"by": DISTRICT}, ())
    again = answering.receive(fresh.state, CASE, request(), DISTRICT, here(STREET))
    assert (again.state, again.tells, again.action, again.why) == (fresh.state, (), "refused", "help_asked again")
    forged = answering.receive(None, CASE, request(asked_by=DISTRICT), LANE, here(STREET))
    assert (forged.state, forged.action, forged.why) == (None, "refused", f"help_asked by {LANE}")


def test_asked_by_who_took_the_case_the_answer_goes_there_even_when_it_was_given() -> None:
    moved = answering.receive(help_of(asked_by=TOWN), CASE, request(excluded=[TOWN]), DISTRICT, here(STREET))
    assert moved.state == help_of(asked_by=DISTRICT, excluded=(TOWN,))
    assert (moved.tells, moved.action, moved.data) == ((), "help_moved", {"by": DISTRICT})
    done = help_of(asked_by=TOWN, state="reported", report="41户", reported_at=day(1))
    again = answering.receive(done, CASE, request(excluded=[TOWN]), DISTRICT, here(STREET))
    assert [(tell.to, tell.data["report"], tell.data["to"]) for tell in again.tells] == [(DISTRICT, "41户", DISTRICT)]


def test_a_report_goes_back_the_way_it_came() -> None:
    decision = answering.report(help_of(asked_by=DEPARTMENT, excluded=(TOWN,)), "41户", here(STREET, day(2)))
    assert decision.state == help_of(
        asked_by=DEPARTMENT, excluded=(TOWN,), state="reported", report="41户", reported_at=day(2)
    )
    (letter,) = decision.tells
    assert (letter.to, letter.service, letter.type, letter.case) == (DISTRICT, "assignment", "help_reported", CASE)
    assert sent(letter) == {
        "ordinal": 1, "to": DEPARTMENT, "office": STREET, "at": day(2), "report": "41户", "excluded": [TOWN],
    }  # fmt: skip
    assert (decision.action, decision.data) == ("help_reported", {"ordinal": 1})
    for state in ("reported", "released"):
        assert code(answering.report, help_of(state=state), "41户", here(STREET))[0] == "not_asked"


def test_the_word_that_help_ends() -> None:
    word = {"ordinal": 1, "to": STREET, "asked_by": DISTRICT, "reason": "材料已齐", "excluded": []}
    ended = answering.on_released(help_of(), word, DISTRICT, here(STREET))
    assert ended.state == help_of(state="released", why="材料已齐", text=None)
    assert ended.action == "help_released"
    gone = answering.on_released(help_of(state="reported"), {**word, "reason": ""}, DISTRICT, here(STREET))
    assert (gone.state, gone.action) == (None, "help_withdrawn")
    late = answering.on_released(help_of(state="reported"), word, DISTRICT, here(STREET))
    assert (late.state, late.action) == (help_of(state="reported"), "refused")
    assert late.why == "help_released after the report"
    for sender, asked_by in ((LANE, DISTRICT), (DISTRICT, TOWN)):
        forged = answering.on_released(help_of(), {**word, "asked_by": asked_by}, sender, here(STREET))
        assert (forged.state, forged.action, forged.why) == (help_of(), "refused", f"help_released by {sender}")


# --- at the holder ---


def report_of(**other: Any) -> dict[str, Any]:
    return {"ordinal": 1, "to": DISTRICT, "office": STREET, "at": day(1), "report": "41户", "excluded": [], **other}


def test_the_holder_hears_a_report_and_the_clock_ends() -> None:
    state = held(DISTRICT)
    decision = rules.on_reported(state, helper(), report_of(), here(DISTRICT, day(2)))
    assert decision.state.helper == reported(heard_at=day(2))
    assert decision.state.case == state
    assert clock_acts(decision) == [("K11", "h1", "stop")]
    assert told(decision, "case_milestone")[0].data["clocks"][0]["at"] == day(2)
    assert told(decision, "case_milestone")[0].data["what"] == "help_reported"
    assert (decision.action, decision.data) == ("help_reported", {"by": STREET, "ordinal": 1})


@pytest.mark.parametrize("known", [None, reported(), helper(office=TOWN), helper(state="released")])
def test_a_report_that_nobody_waits_for_changes_nothing(known: HelperState | None) -> None:
    decision = rules.on_reported(held(DISTRICT), known, report_of(), here(DISTRICT))
    assert (decision.state, decision.tells, decision.action) == (rules.Helped(held(DISTRICT), known), (), "refused")
    assert decision.why == f"help_reported by {STREET}"


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ({"holder": TOWN, "passed_to": TOWN}, [TOWN]),
        ({"holder": VILLAGE, "passed_to": TOWN}, [TOWN]),
        ({"holder": TOWN, "recalled": True}, [TOWN]),
        ({"holder": DISTRICT}, []),
        ({"holder": DISTRICT, "passed_to": DISTRICT}, []),
    ],
)
def test_who_holds_it_no_more_sends_the_report_after_the_case(change: dict[str, Any], to: list[str]) -> None:
    tells = rules.onward(held(DISTRICT, **change), report_of(), here(DISTRICT))
    assert [tell.to for tell in tells] == to
    assert all((tell.data, tell.type, tell.case) == (report_of(to=TOWN), "help_reported", CASE) for tell in tells)


def test_no_report_goes_to_a_recused_office() -> None:
    passed = held(DISTRICT, holder=TOWN, passed_to=TOWN)
    assert rules.onward(passed, report_of(excluded=[TOWN]), here(DISTRICT)) == ()


def test_the_holder_releases_with_a_reason() -> None:
    decision = rules.release(held(DEPARTMENT), helper(2), "材料已齐", here(DEPARTMENT, day(1)))
    assert decision.state == rules.Helped(held(DEPARTMENT), helper(2, state="released", why="材料已齐"))
    (letter,) = told(decision, "help_released")
    assert (letter.to, letter.service, letter.case) == (DISTRICT, "assignment", CASE)
    assert sent(letter) == {
        "ordinal": 2, "to": STREET, "asked_by": DEPARTMENT, "reason": "材料已齐", "excluded": [],
    }  # fmt: skip
    assert clock_acts(decision) == [("K11", "h2", "stop")]
    assert (decision.action, decision.data) == ("help_released", {"from": STREET})
    assert told(decision, "case_milestone")[0].data["what"] == "help_released"
    assert code(rules.release, held(DISTRICT), reported(), "", here(DISTRICT))[0] == "not_asked"
    assert code(rules.release, held(DISTRICT, holder=TOWN), helper(), "", here(DISTRICT))[0] == "not_holder"


# --- travelling ---


def test_helpers_travel_in_a_letter_and_come_out_the_same() -> None:
    helpers = (helper(), reported(2, TOWN), helper(3, PLUMS, state="released", why="不需要", provisional=True))
    assert travelling.from_plain(CASE, travelling.plain(helpers)) == helpers
    other = "b" * 32
    assert travelling.from_plain(other, travelling.plain([helper()])) == (helper(case=other),)


def test_a_signature_starts_the_clocks_here_and_ends_the_signers_own() -> None:
    helpers = (helper(1), helper(2, TOWN), reported(3, TOWN), reported(4))
    acts = travelling.signed_for(helpers, here(TOWN, day(1)))
    assert [(each["ref"], each["act"], each["at"]) for each in acts] == [("h1", "start", MON), ("h2", "stop", day(1))]
    assert travelling.taken_over(helpers, TOWN) == (
        helper(1), helper(2, TOWN, state="released", why="本机关已承办该事项"), reported(3, TOWN), reported(4),
    )  # fmt: skip


def test_what_was_heard_since_the_offer_follows_the_case() -> None:
    passed = held(DISTRICT, holder=TOWN, passed_to=TOWN, excluded=(PLUMS,))
    helpers = [
        reported(1, heard_at=day(0.9)),
        reported(2, heard_at=day(1)),
        helper(3),
        reported(4, heard_at=None),
    ]
    (tell,) = travelling.heard_meanwhile(passed, helpers, day(1), here(DISTRICT))
    assert (tell.to, tell.type, tell.case) == (TOWN, "help_reported", CASE)
    assert tell.data == report_of(ordinal=2, to=TOWN, excluded=[PLUMS])
    assert travelling.heard_meanwhile(passed, helpers, None, here(DISTRICT)) == ()


def test_nothing_becomes_of_helpers_while_nothing_happens() -> None:
    state, helpers = held(DISTRICT), (helper(), reported(2, TOWN))
    assert travelling.follow(state, state, helpers, here(DISTRICT)) == (helpers, ())


def test_a_closed_case_releases_who_still_helps() -> None:
    before, helpers = held(DISTRICT), (helper(), reported(2, TOWN))
    after = replace(before, status="concluded")
    kept, tells = travelling.follow(before, after, helpers, here(DISTRICT))
    assert kept == (helper(state="released", why="事项已办结或者关闭"), reported(2, TOWN))
    assert [(tell.to, tell.type, tell.data["reason"]) for tell in tells] == [
        (STREET, "help_released", "事项已办结或者关闭")
    ]
    assert travelling.follow(after, after, helpers, here(DISTRICT)) == (helpers, ())


def test_a_recused_helper_is_gone_with_its_clock() -> None:
    before, helpers = held(DISTRICT), (helper(), reported(2, TOWN), helper(3, PLUMS))
    after = replace(before, excluded=(STREET, TOWN))
    kept, tells = travelling.follow(before, after, helpers, here(DISTRICT, day(1)))
    assert kept == (helper(3, PLUMS),)
    assert [(tell.to, tell.data["reason"]) for tell in tells if tell.type == "help_released"] == [
        (STREET, ""), (TOWN, ""),
    ]  # fmt: skip
    (stub,) = [tell for tell in tells if tell.type == "case_milestone"]
    assert stub.data["what"] == "help_released"
    assert [(each["ref"], each["act"]) for each in stub.data["clocks"]] == [("h1", "stop")]
    only_reported = travelling.follow(before, replace(before, excluded=(TOWN,)), helpers, here(DISTRICT))[1]
    assert [tell.type for tell in only_reported] == ["help_released"]


def test_who_takes_a_case_asks_its_helpers_anew() -> None:
    state = held(DISTRICT, excluded=(TOWN,))
    told_ = [helper(), reported(2, PLUMS), helper(3, TOWN), helper(4, DISTRICT), reported(5, TOWN)]
    kept, tells = travelling.adopted(state, told_, here(DISTRICT, day(1)))
    assert kept == (helper(), reported(2, PLUMS))
    assert [(tell.type, tell.to) for tell in tells] == [("help_asked", STREET), ("case_milestone", DISTRICT)]
    assert (tells[0].data["asked_by"], tells[0].data["ordinal"]) == (DISTRICT, 1)
    assert [(each["ref"], each["act"]) for each in tells[1].data["clocks"]] == [("h3", "stop"), ("h4", "stop")]
