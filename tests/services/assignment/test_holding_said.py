"""Registering, taking, offers and signatures, decision by decision: the state, each letter whole, the journal's words."""

from dataclasses import replace
from typing import Any

import pytest

from contracts.calendar import Due
from contracts.context import Decision
from contracts.letters import Tell
from contracts.telling import clock, milestone, progress
from contracts.words import ClockAct
from services.assignment import clocks
from services.assignment.helping import travelling
from services.assignment.helping.states import HelperState
from services.assignment.holding import rules
from services.assignment.state import CaseState, OfferState
from tests.services.assignment.cases import (
    CASE,
    DEPARTMENT,
    DISTRICT,
    MON,
    PLUMS,
    TOWN,
    VILLAGE,
    day,
    file,
    held,
    here,
    report,
)
from tests.services.assignment.helped import NEIGHBOUR, STREET
from tests.services.assignment.refusals import NOT_HOLDER, OFFERED, STALE, problem, says, wrong_status

PAPER = {"supplement": "d" * 32, "at": MON.isoformat(), "text": "照片", "sealed": None}
V1, V2 = "1" * 32, "2" * 32
K5 = {"at": MON.isoformat(), "due": day(60).isoformat(), "provisional": False, "how": ["六十日"]}
BACK = day(30)
HELPER = HelperState(CASE, 1, STREET, "核对名册", MON, day(5), False, ("按期限",))


def stale(what: str, state: Any) -> Decision[Any]:
    return Decision(state, (), "refused", f"stale_term: {what}")


# --- registration ---


@pytest.mark.parametrize(
    ("registered", "office", "kinds"),
    [
        (file(VILLAGE, supplements=[PAPER], flags=("group",), unknown="x"), VILLAGE, ["K2"]),
        (report(TOWN, real_name=False, flags=("retaliation",)), TOWN, ["K20", "K28"]),
    ],
)
def test_a_registered_case(registered: dict[str, Any], office: str, kinds: list[str]) -> None:
    at = here(office, day(1))
    own = {name: value for name, value in registered.items() if name != "unknown"}
    line = (office, *(above.id for above in at.tree.ancestors(office)))
    expected = CaseState(
        **{**own, "supplements": tuple(own["supplements"])},
        came_at=MON, holder=office, excluded=(PLUMS,), seen=line, clocks={},
    )  # fmt: skip
    started = []
    for kind in kinds:
        expected, acts = clocks.start(expected, at, kind, MON)
        started += acts
    decision = rules.register(registered, [PLUMS, office, DISTRICT], at)
    assert decision == Decision(expected, milestone(expected, "registered", at, started), "case_registered")


# --- taking ---


@pytest.mark.parametrize(
    ("office", "running", "contactable", "ends", "starts"),
    [
        (DISTRICT, "K1", True, ["K1"], ["K2"]),
        (DISTRICT, "K1", False, [], []),
        (TOWN, "K2", True, [], []),
        (VILLAGE, "K1", True, ["K1"], ["K2", "K5"]),
        (VILLAGE, "K3", True, [], ["K5"]),
    ],
)
def test_taking(office: str, running: str, contactable: bool, ends: list[str], starts: list[str]) -> None:
    at = here(office, day(2))
    state = held(office, clocks={running: K5}, contactable=contactable, came_at=day(1))
    expected, acts = clocks.stop(replace(state, taken=True), at, ends)
    for kind in starts:
        given = clocks.settle_term(at, day(1)) if kind == "K5" else None
        expected, started = clocks.start(expected, at, kind, day(1), given=given)
        acts = acts + started
    assert rules.take(state, at) == Decision(expected, milestone(expected, "taken", at, acts), "taken")


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"holder": TOWN}, NOT_HOLDER),
        ({"offered_to": TOWN}, OFFERED),
        ({"recalled": True}, STALE),
        ({"status": "accepted"}, wrong_status("accepted")),
    ],
)
def test_what_is_not_taken(change: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert problem(rules.take, held(VILLAGE, **change), here(VILLAGE)) == wanted


# --- an offer arrives ---


def offered(**other: Any) -> dict[str, Any]:
    """An offer of the district to the town as its letter brings it, all of it filled."""
    return {
        "file": file(DISTRICT, recused=[V1], flags=["bounced"], supplements=[PAPER]),
        "term": {"override": 100, "n": 7}, "kind": "hand_over", "note": "请办理", "status": "accepted",
        "excluded": [PLUMS], "report_back_due": BACK, "clocks": {"K5": K5}, "accepted_at": day(-1), "extended": True,
        "bounces": 2, "helpers": travelling.plain([HELPER]), "decided_by": DISTRICT, "decided_for": TOWN,
        "procedure": "simple", "flags": [], **other,
    }  # fmt: skip


def waiting(**other: Any) -> OfferState:
    """The same offer in the in-tray."""
    offer = rules.receive_offer(None, offered(**other), DISTRICT, here(TOWN, day(1))).state
    assert offer is not None
    return offer


def test_an_offer_waits_in_the_tray_with_all_that_its_letter_brought() -> None:
    data = offered()
    offer = OfferState(
        case=CASE, override=100, n=7, office=DISTRICT, desk="petition", kind="hand_over", note="请办理",
        arrived_at=day(1), file={**data["file"], "entered_at": MON.isoformat()},
        carried={
            "status": "accepted", "excluded": [PLUMS], "clocks": {"K5": K5}, "extended": True, "bounces": 2,
            "procedure": "simple", "decided_by": DISTRICT, "decided_for": TOWN, "report_back_due": BACK.isoformat(),
            "accepted_at": day(-1).isoformat(), "helpers": travelling.plain([HELPER]),
        },
    )  # fmt: skip
    assert rules.receive_offer(None, data, DISTRICT, here(TOWN, day(1))) == Decision(offer, (), "offer_received")
    bare = waiting(report_back_due=None, accepted_at=None).carried
    assert (bare["report_back_due"], bare["accepted_at"]) == (None, None)


def test_an_offer_to_a_recused_office_is_refused_or_given_back() -> None:
    assert problem(rules.receive_offer, None, offered(excluded=[TOWN]), DISTRICT, here(TOWN)) == says(
        "excluded", "本机关应当回避该事项"
    )
    back = Tell(
        DISTRICT, "assignment", "ask_back_answered", CASE, {"term": {"override": 100, "n": 7}, "given_back": True}
    )
    given = rules.receive_offer(None, offered(), DISTRICT, here(TOWN), recused=True)
    assert given == Decision(None, (back,), "given_back")


@pytest.mark.parametrize(
    ("known", "sender", "desk", "why"),
    [
        ({"override": 100, "n": 7}, DISTRICT, "petition", "stale_term: case_offered"),
        ({"override": 10_000, "n": 0}, DISTRICT, "petition", "stale_term: case_offered"),
        ({"override": 100, "n": 6}, DISTRICT, "petition", ""),
        ({"n": 9}, DISTRICT, "petition", ""),
        ({}, DISTRICT, "discipline", f"case_offered by {DISTRICT}"),
        ({}, VILLAGE, "petition", f"case_offered by {VILLAGE}"),
        ({"holder": VILLAGE}, VILLAGE, "petition", ""),
        ({"holder": PLUMS, "passed_to": VILLAGE}, VILLAGE, "petition", ""),
        ({"holder": VILLAGE}, VILLAGE, "discipline", f"case_offered by {VILLAGE}"),
    ],
)
def test_which_offers_of_a_known_case_count(known: dict[str, Any], sender: str, desk: str, why: str) -> None:
    decision = rules.receive_offer(held(TOWN, **known), offered(file=file(DISTRICT, desk=desk)), sender, here(TOWN))
    if why:
        assert decision == Decision(None, (), "refused", why)
    else:
        assert (decision.state is not None, decision.action) == (True, "offer_received")


# --- signing ---


def as_signed(**other: Any) -> CaseState:
    """The case at the town that signed for that offer on day 2, with no clock started here."""
    own = file(DISTRICT, supplements=(PAPER,), flags=("bounced",), recused=(V1,))
    return replace(
        CaseState(
            **own, came_at=day(1), holder=TOWN, status="accepted", override=100, n=7, allotted=7, excluded=(PLUMS,),
            seen=(DISTRICT, TOWN), from_office=DISTRICT, report_back_due=BACK, accepted_at=day(-1), extended=True,
            bounces=2, procedure="simple", decided_by=DISTRICT, clocks={},
        ),
        **other,
    )  # fmt: skip


def test_who_signs_holds_the_case_with_its_clocks_and_helpers() -> None:
    at = here(TOWN, day(2))
    expected, going_on = clocks.resume(as_signed(), {"K5": K5})
    expected, report_back = clocks.start(expected, at, "K11", day(2), given=Due(BACK, False, ("按交办单位指定的期限",)))
    acts = [clock("K24", ClockAct.STOP, day(2)), *going_on, *report_back, *travelling.signed_for([HELPER], at)]
    term, ends = {"override": 100, "n": 7}, clocks.due_of(K5)
    word = Tell(DISTRICT, "assignment", "case_signed", CASE, {"term": term, "at": day(2), "by": "张三"})
    assert rules.sign(None, waiting(), at) == Decision(
        expected,
        (word, *milestone(expected, "signed", at, acts), progress(expected, "signed", at, ends.at, ends.how)),
        "signed",
        data={"term": term, "from": DISTRICT},
    )


def test_a_case_that_brings_no_handling_time_has_its_opening_clock_from_its_arrival() -> None:
    at = here(TOWN, day(2))
    offer = waiting(report_back_due=None, accepted_at=None, clocks={"K17": K5}, status="registered", helpers=[])
    bare = as_signed(report_back_due=None, accepted_at=None, status="registered")
    expected, going_on = clocks.resume(bare, {"K17": K5})
    expected, opening = clocks.start(expected, at, "K3", day(1))
    decision = rules.sign(None, offer, at)
    assert decision.state == expected
    assert decision.tells[1:-1] == milestone(
        expected, "signed", at, [clock("K24", ClockAct.STOP, day(2)), *going_on, *opening]
    )


def test_the_report_back_and_the_opening_clock_stand_beside_each_other() -> None:
    at = here(TOWN, day(2))
    decision = rules.sign(None, waiting(clocks={}, helpers=[]), at)
    expected, back = clocks.start(as_signed(), at, "K11", day(2), given=Due(BACK, False, ("按交办单位指定的期限",)))
    expected, opening = clocks.start(expected, at, "K3", day(1))
    assert decision.state == expected
    acts = [clock("K24", ClockAct.STOP, day(2)), *back, *opening]
    assert decision.tells[1:-1] == milestone(expected, "signed", at, acts)


@pytest.mark.parametrize("kind", ["K5", "K16"])
def test_handling_time_of_either_kind_goes_on_alone(kind: str) -> None:
    decision = rules.sign(None, waiting(report_back_due=None, clocks={kind: K5}), here(TOWN, day(2)))
    assert decision.state.running == {kind: K5}


def test_what_was_known_here_before_stays_known() -> None:
    before = held(TOWN, excluded=(STREET, PLUMS), seen=(VILLAGE,), recused=(V2,), reopened=3, override=100, n=6)
    signed = rules.sign(before, waiting(), here(TOWN, day(2))).state
    assert (signed.excluded, signed.seen) == ((STREET, PLUMS), (VILLAGE, DISTRICT, TOWN))
    assert (signed.recused, signed.reopened) == ((V1, V2), 3)


def test_the_offices_of_its_entry_may_have_had_a_word() -> None:
    signed = rules.sign(None, waiting(file=file(PLUMS)), here(TOWN, day(2))).state
    assert (signed.seen, signed.recused) == ((DISTRICT, PLUMS, TOWN), ())


@pytest.mark.parametrize(("decided_for", "left"), [(TOWN, ""), (VILLAGE, VILLAGE), ("", "")])
def test_a_decision_on_who_is_competent_is_done_where_it_names(decided_for: str, left: str) -> None:
    assert rules.sign(None, waiting(decided_for=decided_for), here(TOWN, day(2))).state.decided_for == left


def test_a_case_of_a_recused_sibling_is_flagged_as_handled_across() -> None:
    crossed = rules.sign(None, waiting(excluded=[NEIGHBOUR]), here(TOWN, day(2))).state
    assert crossed.flags == ("bounced", "cross_handled")


@pytest.mark.parametrize(("known", "may"), [((100, 6), True), ((100, 7), False), ((100, 8), False), ((99, 9), True)])
def test_an_offer_is_signed_for_under_a_higher_term_only(known: tuple[int, int], may: bool) -> None:
    state, at = held(TOWN, override=known[0], n=known[1]), here(TOWN, day(2))
    if may:
        assert rules.sign(state, waiting(), at).state.term == (100, 7)
    else:
        assert problem(rules.sign, state, waiting(), at) == says("stale_term", "该转送已失效")


def test_a_closed_offer_is_not_signed_for() -> None:
    assert problem(rules.sign, None, waiting().closed("returned"), here(TOWN)) == says(
        "no_offer", "该事项没有待签收的转送"
    )


# --- what the offerer hears ---

SIGNED = {"term": {"override": 0, "n": 3}, "at": MON, "by": "李四"}


def out(office: str, to: str, **other: Any) -> CaseState:
    """A case of ``office`` that waits for the signature of ``to``."""
    busy = {"asked_back": True, "todo": "redo", "handler": "gb-004", "team": "t1", "flags": ("bounced",)}
    return held(office, offered_to=to, offered_at=day(1), allotted=3, **{**busy, **other})


def test_the_stub_of_a_case_that_was_signed_for_below() -> None:
    at = here(TOWN, day(2))
    state = out(TOWN, VILLAGE, from_office=DISTRICT)
    done = replace(
        state, holder=VILLAGE, n=3, passed_to=VILLAGE, offered_to="", offered_at=None, asked_back=False, todo="",
        handler="", team="", clocks={},
    )  # fmt: skip
    above = Tell(DISTRICT, "assignment", "case_passed_on", CASE, {"term": {"override": 0, "n": 3}, "holder": VILLAGE})
    assert rules.on_signed(state, SIGNED, VILLAGE, at) == Decision(done, (above,), "handed_on", data={"to": VILLAGE})


def test_passing_a_case_up_closes_the_lines_below_the_new_holder() -> None:
    at = here(VILLAGE, day(2))
    state = out(VILLAGE, DISTRICT, excluded=(NEIGHBOUR,))
    decision = rules.on_signed(state, SIGNED, DISTRICT, at)
    acts = clocks.stop(state, at)[1]
    assert acts != []
    assert decision.tells == milestone(decision.state, "handed_on", at, acts, to=[VILLAGE, TOWN])


def test_the_stub_says_whether_the_new_holder_handles_it_across() -> None:
    state = out(DISTRICT, TOWN, excluded=(NEIGHBOUR,))
    assert rules.on_signed(state, SIGNED, TOWN, here(DISTRICT)).state.flags == ("bounced", "cross_handled")


@pytest.mark.parametrize(
    ("change", "sender", "n"),
    [
        ({"recalled": True}, VILLAGE, 3),
        ({}, PLUMS, 3),
        ({}, VILLAGE, 2),
        ({}, VILLAGE, 4),
        ({"override": 100}, VILLAGE, 3),
        ({"offered_to": ""}, VILLAGE, 3),
    ],
)
def test_a_signature_that_nobody_waits_for(change: dict[str, Any], sender: str, n: int) -> None:
    state = replace(out(TOWN, VILLAGE), **change)
    decision = rules.on_signed(state, {**SIGNED, "term": {"override": 0, "n": n}}, sender, here(TOWN))
    assert decision == stale(f"case_signed by {sender}", state)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, True),
        ({"from_office": VILLAGE}, False),
        ({"from_office": ""}, False),
        ({"holder": DISTRICT}, False),
        ({"excluded": (DISTRICT,)}, False),
        ({"excluded": (PLUMS,)}, True),
    ],
)
def test_who_sent_it_down_hears_of_a_holder_further_below(change: dict[str, Any], told: bool) -> None:
    state = replace(held(TOWN, from_office=DISTRICT, holder=VILLAGE, override=100, n=4), **change)
    word = Tell(DISTRICT, "assignment", "case_passed_on", CASE, {"term": {"override": 100, "n": 4}, "holder": VILLAGE})
    assert rules.passed_on(state, here(TOWN)) == ((word,) if told else ())


PASSED = {"term": {"override": 0, "n": 2}, "holder": VILLAGE}


def test_the_stub_above_follows_the_holder_and_passes_the_word_on() -> None:
    state = held(DISTRICT, holder=TOWN, n=1, passed_to=TOWN)
    decision = rules.on_passed_on(state, PASSED, TOWN, here(DISTRICT))
    followed = replace(state, holder=VILLAGE, n=2, seen=(DISTRICT, VILLAGE, TOWN))
    assert decision == Decision(followed, (), "passed_on", data={"holder": VILLAGE})
    town = held(TOWN, holder=PLUMS, n=1, passed_to=PLUMS, from_office=DISTRICT)
    data = {"term": {"override": 1, "n": 0}, "holder": VILLAGE}
    onward = rules.on_passed_on(town, data, PLUMS, here(TOWN))
    assert onward.state == replace(town, holder=VILLAGE, override=1, n=0, seen=(TOWN, DISTRICT, VILLAGE))
    assert onward.tells == (Tell(DISTRICT, "assignment", "case_passed_on", CASE, data),)


@pytest.mark.parametrize(
    ("change", "sender", "data"),
    [
        ({"recalled": True}, TOWN, PASSED),
        ({"holder": DISTRICT}, TOWN, PASSED),
        ({"n": 2}, TOWN, PASSED),
        ({"n": 3}, TOWN, PASSED),
        ({}, DEPARTMENT, PASSED),
        ({"passed_to": "portal"}, "portal", {**PASSED, "holder": DISTRICT}),
    ],
)
def test_a_word_of_the_holder_that_does_not_count(change: dict[str, Any], sender: str, data: dict[str, Any]) -> None:
    state = replace(held(DISTRICT, holder=TOWN, n=1, passed_to=TOWN), **change)
    assert rules.on_passed_on(state, data, sender, here(DISTRICT)) == stale(f"case_passed_on by {sender}", state)
