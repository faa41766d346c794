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
from services.assignment.outcome import filing
from services.assignment.outcome.filing import Document, FileState
from services.assignment.state import CaseState
from tests.services.assignment.cases import CASE, DISTRICT, LEADER, TOWN, day, here
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
    decision, gone = filing.dispose(full, closed(), "期满", other)
    emptied = decision.state
    shown = (emptied.text, emptied.reporter, emptied.sealed, emptied.supplements, emptied.settled, emptied.place)
    assert shown == (None, None, None, (), "", "")
    assert (emptied.number, emptied.status, decision.action, decision.data) == (
        full.number, "concluded", "file_disposed", {"round": 0}
    )  # fmt: skip
    told = Tell(TOWN, "intake", "file_disposed", full.case, {"at": LAST + SECOND})
    assert (full.entry_office, decision.tells) == (TOWN, (told,))
    elsewhere, _ = filing.dispose(replace(full, entry_office=DISTRICT), closed(), "期满", other)
    assert elsewhere.tells == (), "another entry office has its own retention"
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
