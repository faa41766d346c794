"""Closing a file, its catalogue and its end."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.policy_parts import Retention
from services.assignment.outcome import disposing, filing
from services.assignment.outcome.filing import Document, FileState
from services.assignment.state import CaseState
from tests.services.assignment.cases import CASE, DEPARTMENT, DISTRICT, LEADER, TOWN, VILLAGE, day, here
from tests.services.assignment.concluded import SECOND, accepted, concluded
from tests.services.assignment.refusals import refusal

REPORT = Document("610402901-2026-00001", "report", day(0), {"text": "排水渠被填", "at": day(0), "list": (1,)})
OPINION = Document("意1号", "opinion", day(1), {"facts": "属实"})
LAST = datetime(2036, 12, 31, 23, 59, 59, tzinfo=SHANGHAI)


def closed(state: CaseState | None = None, retention: str = "short", files: Any = ()) -> FileState:
    return filing.close(state or concluded(), (OPINION, REPORT), files, retention, here(TOWN, day(9))).state


def test_a_catalogue_names_each_document_by_number_kind_date_and_hash() -> None:
    content = '{"at": "2026-03-02T09:00:00+08:00", "list": [1], "text": "排水渠被填"}'
    assert filing.catalogue((OPINION, REPORT)) == (
        {
            "number": REPORT.number,
            "kind": "report",
            "at": "2026-03-02T09:00:00+08:00",
            "hash": hashlib.sha256(content.encode()).hexdigest(),
        },
        {
            "number": "意1号",
            "kind": "opinion",
            "at": "2026-03-03T09:00:00+08:00",
            "hash": hashlib.sha256('{"facts": "属实"}'.encode()).hexdigest(),
        },
    )


def test_documents_of_one_moment_stand_in_one_order() -> None:
    first, second = replace(OPINION, kind="note", number="2"), replace(OPINION, kind="note", number="1")
    assert [each["number"] for each in filing.catalogue((first, OPINION, second))] == ["1", "2", "意1号"]


def test_the_closed_file_says_until_when_it_is_kept() -> None:
    decision = filing.close(concluded(), (OPINION, REPORT), (), "short", here(TOWN, day(9)))
    assert decision.state == FileState(
        case=CASE,
        round=0,
        number=REPORT.number,
        desk="petition",
        retention="short",
        keep_until=LAST,
        closed_at=day(9),
        closed_by="张三",
        catalogue=filing.catalogue((OPINION, REPORT)),
    )
    assert (decision.action, decision.data) == ("file_closed", {"retention": "short", "documents": 2})
    assert closed(retention="permanent").keep_until is None
    assert closed(retention="long").keep_until == LAST.replace(year=2056)
    new_years_eve = datetime(2026, 12, 31, 17, tzinfo=SHANGHAI)
    assert filing.keep_until(new_years_eve, Retention("一年", 1)) == LAST.replace(year=2027)


def test_only_what_is_over_is_closed_once_and_with_a_known_term() -> None:
    at = here(TOWN, day(9))
    assert refusal(filing.close, accepted(), (), (), "short", at) == ("still_open", ["case"])
    assert refusal(filing.close, concluded(), (), (), "for_a_while", at) == ("unknown_retention", ["retention"])
    assert refusal(filing.close, concluded(), (), (closed(),), "short", at) == ("filed", ["case"])
    assert refusal(filing.close, concluded(), (), (), "short", here(DISTRICT, day(9)))[0] == "not_holder"
    for status in ("declined", "withdrawn", "outside"):
        assert closed(replace(concluded(), status=status)).state == "closed"


def test_the_file_of_an_earlier_round_is_superseded() -> None:
    again = filing.close(replace(concluded(), reopened=1), (), (closed(),), "short", here(TOWN, day(9)))
    assert again.state.round == 1
    assert filing.superseded(closed()).state == "superseded"
    assert filing.superseded(replace(closed(), state="disposed")).state == "disposed"


def test_a_leader_who_did_not_close_it_disposes_of_its_content_after_its_time() -> None:
    full = replace(concluded(), reporter={"k": 1}, sealed={"k": 1}, supplements=({"s": 1},), settled="已清渠")
    other = here(TOWN, LAST + SECOND, roles=LEADER)
    other = replace(other, actor=replace(other.actor, id="李四"))
    gone = filing.dispose(full, closed(), "期满", other)
    shown = disposing.emptied(full)
    emptied = (shown.text, shown.reporter, shown.sealed, shown.supplements, shown.settled, shown.place)
    assert emptied == (None, None, None, (), "", "")
    assert (shown.number, shown.status) == (full.number, "concluded")
    told = disposing.tells(replace(full, seen=()), gone, other)
    assert (full.entry_office, told) == (
        TOWN,
        (Tell(TOWN, "intake", "file_disposed", full.case, {"at": LAST + SECOND}),),
    )
    data = {"at": LAST + SECOND, "closed_at": day(9), "retention": "short"}
    elsewhere = disposing.tells(replace(full, entry_office=DISTRICT, seen=(DISTRICT, TOWN)), gone, other)
    assert elsewhere == (Tell(DISTRICT, "assignment", "copy_disposed", full.case, data),)
    assert (gone.state, gone.disposed_at, gone.disposed_by) == ("disposed", LAST + SECOND, "李四")
    assert (gone.disposal_reason, gone.catalogue) == ("期满", closed().catalogue)


@pytest.mark.parametrize(
    ("file", "at", "who", "roles", "code"),
    [
        (closed(), LAST, "李四", LEADER, "too_early"),
        (closed(), LAST + SECOND, "张三", LEADER, "same_person"),
        (closed(), LAST + SECOND, "李四", ("clerk",), "not_leader"),
        (closed(retention="permanent"), LAST + SECOND, "李四", LEADER, "kept_for_good"),
        (None, LAST + SECOND, "李四", LEADER, "no_file"),
        (replace(closed(), state="disposed"), LAST + SECOND, "李四", LEADER, "no_file"),
        (replace(closed(), state="superseded"), LAST + SECOND, "李四", LEADER, "no_file"),
    ],
)
def test_who_may_not_dispose_and_when(file: Any, at: datetime, who: str, roles: tuple[str, ...], code: str) -> None:
    where = here(TOWN, at, roles=roles)
    where = replace(where, actor=replace(where.actor, id=who))
    with pytest.raises(Refused) as refused:
        filing.dispose(concluded(), file, "期满", where)
    assert refused.value.code == code
    if code == "too_early":
        assert refused.value.fields == {"case": ["保管至2036年12月31日"]}


def test_a_case_that_was_opened_again_keeps_its_content() -> None:
    where = here(TOWN, LAST + SECOND, roles=LEADER)
    where = replace(where, actor=replace(where.actor, id="李四"))
    assert refusal(filing.dispose, accepted(), closed(), "期满", where)[0] == "no_file"
    assert refusal(filing.dispose, replace(concluded(), holder=DISTRICT), closed(), "x", where)[0] == "not_holder"


# --- copies ---

WORD = {"at": LAST + SECOND, "closed_at": day(9), "retention": "short"}


def copied(**other: Any) -> CaseState:
    """The case as the village has it that entered it, or the district it went through."""
    gone_on = {"holder": TOWN, "passed_to": TOWN, "entry_office": VILLAGE, "from_office": VILLAGE}
    return replace(concluded(), **{**gone_on, "seen": (DISTRICT, TOWN, VILLAGE), **other})


def test_a_copy_goes_where_the_file_went_and_the_word_goes_on() -> None:
    decision = disposing.on_told(copied(), WORD, TOWN, here(DISTRICT, LAST + SECOND))
    assert (decision.state, decision.action) == (disposing.emptied(copied()), "copy_disposed")
    assert decision.tells == (Tell(VILLAGE, "assignment", "copy_disposed", copied().case, WORD),)
    again = disposing.on_told(decision.state, WORD, TOWN, here(DISTRICT, LAST + SECOND))
    assert (again.tells, again.action) == ((), "copy_disposed_before")
    excluded = disposing.on_told(copied(excluded=(VILLAGE,)), WORD, TOWN, here(DISTRICT, LAST + SECOND))
    assert excluded.tells == ()


def test_the_entry_office_empties_its_register_with_its_copy() -> None:
    decision = disposing.on_told(copied(from_office=""), WORD, TOWN, here(VILLAGE, LAST + SECOND))
    kinds = [(tell.to, tell.service, tell.type) for tell in decision.tells]
    assert kinds == [(VILLAGE, "intake", "file_disposed"), (DISTRICT, "assignment", "copy_disposed")]


@pytest.mark.parametrize(("case", "word", "sender", "now"), [
    ({}, {}, TOWN, LAST),  # one second too early by the own count
    ({}, {"retention": "permanent"}, TOWN, LAST + SECOND),
    ({}, {"retention": "a_while"}, TOWN, LAST + SECOND),
    ({}, {"closed_at": day(-400)}, TOWN, LAST),  # before it came
    ({}, {}, DEPARTMENT, LAST + SECOND),  # never had it
    ({"holder": DISTRICT}, {}, TOWN, LAST + SECOND),
    ({"recalled": True}, {}, TOWN, LAST + SECOND),
    ({"excluded": (TOWN,)}, {}, TOWN, LAST + SECOND),
])  # fmt: skip
def test_no_copy_goes_too_early_or_by_anybody_s_word(
    case: dict[str, Any], word: dict[str, Any], sender: str, now: datetime
) -> None:
    state = copied(**case)
    decision = disposing.on_told(state, {**WORD, **word}, sender, here(DISTRICT, now))
    assert (decision.state, decision.tells, decision.action) == (state, (), "refused")
