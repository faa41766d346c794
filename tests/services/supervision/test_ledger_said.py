"""What each milestone makes of a ledger line, field by field, and which are heard at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.context import Decision, Here
from services.supervision.ledger.rules import (
    RECUSED,
    Line,
    Told,
    began,
    is_believed,
    is_late_arrival,
    kept_out,
    may_reseal,
    may_tell_clock,
    missing_lines,
    take_in,
    term_of,
)
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at
from tests.services.supervision.told import CASE, MON, Stub

TREE, POLICY = demo_tree(), demo_policy()
ARRIVED = MON + timedelta(hours=30)
SENT = timedelta(minutes=1)
SIDE = "610402902"
"""A town beside the holder's."""


def hour(number: float) -> datetime:
    return MON + timedelta(hours=number)


def here(office: str = DISTRICT, now: datetime = ARRIVED) -> Here:
    return here_at(office, now, TREE, POLICY)


def told(stub: Stub, at: float, by: str = "", service: str = "assignment", what: str = "note", **data: Any) -> Told:
    """A milestone decided at that hour and sent a minute after it."""
    return Told(CASE, by or stub.holder, service, hour(at) + SENT, {**stub.told(what, hour(at)), **data})


def utc(at: float) -> str:
    """That hour as a line keeps it in its course."""
    return hour(at).astimezone(UTC).isoformat()


HELD = Stub(holder=TOWN, term=(1, 2), status="accepted")
LINE = Line(
    case_id=CASE,
    number=HELD.number,
    desk="petition",
    category="C03",
    place="",
    entry_office=VILLAGE,
    entered_at=MON,
    arrived_at=ARRIVED,
    status="accepted",
    holder=TOWN,
    holder_tier="town",
    override=1,
    n=2,
    offered_to="",
    excluded=(),
    terms=([1, 2, hour(5).isoformat()],),
    what="note",
    told_at=hour(5),
    told_by=TOWN,
    last_heard_at=hour(5) + SENT,
)


# --- what is heard ---


@pytest.mark.parametrize(
    ("office", "excluded", "recalled", "out"),
    [
        (DISTRICT, (), None, False),
        (TOWN, (TOWN,), None, True),
        (TOWN, (DISTRICT,), None, False),
        (DISTRICT, (DISTRICT,), None, False),
        (DISTRICT, (), (1, 1), False),
        (DISTRICT, (), (1, 2), True),
        (DISTRICT, (), (1, 3), True),
        (DISTRICT, (), RECUSED, True),
    ],
)
def test_what_is_kept_out(office: str, excluded: tuple[str, ...], recalled: Any, out: bool) -> None:
    assert kept_out(told(HELD.but(excluded=excluded), 5), here(office), recalled) is out


AT_VILLAGE = replace(LINE, holder=VILLAGE)


@pytest.mark.parametrize(
    ("line", "by", "service", "data", "believed"),
    [
        (None, TOWN, "assignment", {}, True),
        (None, VILLAGE, "assignment", {}, False),
        (None, DISTRICT, "assignment", {}, False),
        (LINE, TOWN, "assignment", {}, True),
        (LINE, VILLAGE, "assignment", {}, False),
        (LINE, TOWN, "assignment", {"number": "n-2"}, False),
        (LINE, TOWN, "assignment", {"desk": "discipline"}, False),
        # hearing: the holder and whoever is above it, as the line has it where there is one
        (None, TOWN, "hearing", {}, True),
        (None, DISTRICT, "hearing", {}, True),
        (None, VILLAGE, "hearing", {}, False),
        (LINE, DISTRICT, "hearing", {}, True),
        (LINE, DISTRICT, "hearing", {"desk": "discipline"}, False),
        (LINE, VILLAGE, "hearing", {"holder": VILLAGE}, False),
        (AT_VILLAGE, VILLAGE, "hearing", {}, True),
        (LINE, DEPARTMENT, "hearing", {}, False),
        # intake: of custody only the own office hears
        (None, TOWN, "intake", {}, True),
        (LINE, TOWN, "intake", {"number": "n-2"}, False),
        (None, TOWN, "intake", {"what": "sent_up"}, False),
        (None, TOWN, "intake", {"what": "belongs_above"}, False),
        (LINE, SIDE, "intake", {"number": "n-2", "what": "sent_up"}, True),
    ],
)
def test_whose_word_is_believed(line: Line | None, by: str, service: str, data: dict[str, Any], believed: bool) -> None:
    assert is_believed(line, told(HELD, 5, by, service, **data), here(SIDE)) is believed


@pytest.mark.parametrize(
    ("service", "kinds"),
    [
        ("intake", {"K14", "K19"}),
        ("hearing", {"K7", "K8", "K9", "K10", "K26"}),
        ("assignment", set(POLICY.clocks)),
    ],
)
def test_whose_clocks_a_service_tells(service: str, kinds: set[str]) -> None:
    assert {kind for kind in POLICY.clocks if may_tell_clock(told(HELD, 5, service=service), kind)} == kinds


@pytest.mark.parametrize(
    ("line", "sender", "may"),
    [(LINE, TOWN, True), (LINE, VILLAGE, False), (None, TOWN, False), (None, DISTRICT, True), (LINE, DISTRICT, True)],
)
def test_who_may_seal_a_petition(line: Line | None, sender: str, may: bool) -> None:
    assert may_reseal(line, sender, here()) is may


@pytest.mark.parametrize(
    ("service", "what", "heard"),
    [
        ("assignment", "note", True),
        ("intake", "belongs_above", True),
        ("intake", "sent_up", True),
        ("intake", "note", False),
        ("hearing", "belongs_above", False),
        ("hearing", "sent_up", False),
    ],
)
def test_whose_milestones_make_a_line(service: str, what: str, heard: bool) -> None:
    line = replace(LINE, what=what) if heard else None
    assert take_in(None, told(HELD, 5, service=service, what=what), here()) == Decision(line, action=f"heard_{what}")
    if not heard:
        assert take_in(LINE, told(HELD, 9, service=service, what=what), here()).state == LINE


# --- what it makes ---


def test_a_first_milestone_makes_the_whole_line() -> None:
    stub = HELD.but(
        offered_to=VILLAGE,
        excluded=("b", "a"),
        recused=("z", "y"),
        flags=("pressed", "bounced"),
        repeat_of="n-1",
    )
    whole = replace(
        LINE,
        place="槐川村",
        category="C09",
        offered_to=VILLAGE,
        excluded=("a", "b"),
        recused=("y", "z"),
        flags=("pressed", "bounced"),
        repeat_of="n-1",
        what="offered",
        told_by=VILLAGE,
    )
    milestone = told(stub, 5, VILLAGE, what="offered", place="槐川村", category="C09")
    assert take_in(None, milestone, here()) == Decision(whole, action="heard_offered")
    assert (milestone.term, term_of(milestone.data), whole.term, whole.is_open) == ((1, 2), (1, 2), (1, 2), True)


KNOWN = replace(LINE, excluded=("b",), recused=("z",), flags=("pressed",), arrived_at=MON, repeat_of="n-0")


def test_a_newer_milestone_makes_it_anew_but_adds_up_what_only_grows() -> None:
    stub = HELD.but(
        holder=DISTRICT,
        term=(1, 3),
        status="concluded",
        excluded=("a",),
        recused=("y",),
        flags=("bounced", "pressed"),
        repeat_of="n-1",
    )
    decision = take_in(KNOWN, told(stub, 9, what="signed"), here())
    assert decision == Decision(
        replace(
            KNOWN,
            status="concluded",
            holder=DISTRICT,
            holder_tier="district",
            n=3,
            excluded=("a", "b"),
            recused=("y", "z"),
            flags=("pressed", "bounced"),
            terms=([1, 2, hour(5).isoformat()], [1, 3, hour(9).isoformat()]),
            what="signed",
            told_at=hour(9),
            told_by=DISTRICT,
            last_heard_at=hour(9) + SENT,
            repeat_of="n-1",
            course=([1, 3, utc(9), "concluded"],),
        ),
        action="heard_signed",
    )
    assert decision.state is not None
    assert not decision.state.is_open


@pytest.mark.parametrize(
    ("term", "at", "why"),
    [((1, 1), 9, "低于现行承办轮次 (1, 2)"), ((1, 2), 4, "先到的消息更新"), ((0, 9), 2, "低于现行承办轮次 (1, 2)")],
)
def test_an_older_milestone_only_adds_up(term: tuple[int, int], at: float, why: str) -> None:
    stub = HELD.but(term=term, status="concluded", excluded=("a",), recused=("y",), flags=("bounced",))
    began_then = {(1, 2): min(hour(5), hour(at)) if term == (1, 2) else hour(5), term: hour(at)}
    assert take_in(KNOWN, told(stub, at), here()) == Decision(
        replace(
            KNOWN,
            excluded=("a", "b"),
            recused=("y", "z"),
            flags=("pressed", "bounced"),
            terms=tuple([*each, began_then[each].isoformat()] for each in sorted(began_then)),
            last_heard_at=max(hour(5), hour(at)) + SENT,
            course=([*term, utc(at), "concluded"],),
        ),
        action="milestone_not_applied",
        why=why,
        data={"term": term},
    )


BY_ANOTHER = replace(LINE, told_by=VILLAGE)


@pytest.mark.parametrize(
    ("line", "by", "at", "newer"),
    [
        (LINE, TOWN, 5, True),
        (LINE, TOWN, 4.9, False),
        (LINE, VILLAGE, 9, False),
        (BY_ANOTHER, TOWN, 4.9, True),
        (BY_ANOTHER, VILLAGE, 5, True),
        (BY_ANOTHER, VILLAGE, 4.9, False),
    ],
)
def test_whose_word_counts_within_a_term(line: Line, by: str, at: float, newer: bool) -> None:
    action = take_in(line, told(HELD, at, by, what="signed"), here()).action
    assert action == ("heard_signed" if newer else "milestone_not_applied")


def test_another_case_under_the_same_id_takes_its_place() -> None:
    secret = told(HELD.but(desk="discipline", term=(0, 0)), 1)
    assert take_in(KNOWN, secret, here()).state == take_in(None, secret, here()).state


def test_when_terms_began_is_kept_from_the_first_milestone_of_each() -> None:
    line: Line | None = None
    for n, at in ((2, 9), (1, 4), (2, 7), (2, 8)):
        line = take_in(line, told(HELD.but(term=(0, n)), at), here()).state
    assert line is not None
    assert line.terms == ([0, 1, hour(4).isoformat()], [0, 2, hour(7).isoformat()])
    assert began(line.terms) == {(0, 1): hour(4), (0, 2): hour(7)}


ENDS = {
    "concluded": ("served", "concluded"),
    "resolved": ("resolved", "concluded"),
    "disputed": ("not_performed", "concluded"),
}
ENDS |= {"reopened": ("reopened", "accepted")}


@pytest.mark.parametrize(("said", "concluded", "resolved"), [
    (("concluded",), 1, None),
    (("concluded", "concluded"), 1, None),
    (("concluded", "resolved"), 1, 2),
    (("resolved",), 1, 1),
    (("concluded", "resolved", "disputed"), 1, None),
    (("concluded", "reopened"), None, None),
    (("concluded", "resolved", "reopened", "concluded"), 4, None),
])  # fmt: skip
def test_when_it_ended_follows_from_all_that_was_said_in_whatever_order_it_comes(
    said: tuple[str, ...], concluded: int | None, resolved: int | None
) -> None:
    milestones = [told(HELD.but(status=ENDS[word][1]), at, what=ENDS[word][0]) for at, word in enumerate(said, 1)]
    for order in (milestones, milestones[::-1], milestones * 2):
        line: Line | None = None
        for each in order:
            line = take_in(line, each, here()).state
        assert line is not None
        assert line.concluded_at == (None if concluded is None else hour(concluded))
        assert line.resolved_at == (None if resolved is None else hour(resolved))


# --- what it shows ---


def test_a_late_arrival_is_more_than_the_hours_after_the_entry() -> None:
    assert not is_late_arrival(LINE, 30)
    assert is_late_arrival(replace(LINE, arrived_at=ARRIVED + timedelta(seconds=1)), 30)


def test_cases_sent_down_without_a_line_are_missing() -> None:
    assert missing_lines(["c", "a", "b", "a"], ["b", "d"]) == ("a", "c")
