"""Papers of a hearing: report, recusal question, signatures on frozen minutes, what came of terms (S102, S104–S106)."""

import hashlib
from datetime import timedelta
from typing import Any

from contracts.letters import Tell
from services.hearing.models import RecordRow, TermRow
from services.supervision.models import ClockRow
from tests.services.hearing.known import ASKED, CASE_ID, HEAR, SERVED, SIGNED
from tests.services.hearing.test_held_flow import DAYS, GATES, called, close, do, figures, house, refused
from tests.services.house import DISTRICT, TOWN, House

__all__ = ["house"]


def shown(house: House, session: str) -> dict[str, Any]:
    answer: dict[str, Any] = house.ask(TOWN, "hearing", "get_session", {"session": session})["result"]
    return answer


def gates(house: House, session: str) -> dict[str, Any]:
    for gate in GATES:
        do(house, "record_gate", {"session": session, "gate": gate, "content": "当场公布"})
    return {"session": session, "minutes": "笔录"}


def test_s104_a_hearing_stands_on_its_report_as_text_or_by_the_digest_of_its_file(house: House) -> None:
    planned = (SERVED + timedelta(days=7)).isoformat()
    without = {**HEAR, "planned_at": planned, "report_text": " "}
    assert refused(house, "open_hearing", without) == "report_needed"
    assert refused(house, "open_hearing", {**HEAR, "planned_at": planned, "report_sha256": "a" * 64}) == "report_twice"
    assert house.rows(TOWN, RecordRow) == []
    by_file = do(house, "open_hearing", {**without, "report_sha256": "a" * 64})["session"]
    session = called(house, case="d" * 32)
    kept = {row.session_id: (row.report_text, row.report_sha256) for row in house.rows(TOWN, RecordRow)}
    text = str(HEAR["report_text"])
    assert kept[session] == (text, hashlib.sha256(text.encode()).hexdigest())
    assert kept[by_file] == ("", "a" * 64)


def test_s105_everybody_is_asked_and_a_request_is_decided_before_the_record_closes(house: House) -> None:
    session = called(house)
    done = gates(house, session)
    do(house, "ask_recusal", {"session": session, "answers": ASKED[:-1]})
    assert refused(house, "complete_hearing", done) == "recusal_unasked"
    asks = {"name": "己", "asks": True, "whom": "甲", "reason": ""}
    assert refused(house, "ask_recusal", {"session": session, "answers": [asks]}) == "whom_and_why"
    asks = {**asks, "reason": "亲属"}
    do(house, "ask_recusal", {"session": session, "answers": [asks]})
    assert refused(house, "complete_hearing", done) == "recusal_undecided"
    nobody = {"session": session, "answers": [{**asks, "name": "无此人"}]}
    assert refused(house, "ask_recusal", nobody) == "no_seat"
    do(house, "ask_recusal", {"session": session, "answers": [{**asks, "decision": "查无亲属关系,驳回"}]})
    assert do(house, "complete_hearing", done)["state"] == "completed"
    (said,) = [each for each in shown(house, session)["record"]["recusal"] if each["asks"]]
    assert (said["name"], said["whom"], said["decision"]) == ("己", "甲", "查无亲属关系,驳回")
    assert refused(house, "ask_recusal", {"session": session, "answers": ASKED}) == "completed"


def test_s102_minutes_are_frozen_and_everybody_signs_them_or_says_why_not(house: House) -> None:
    session = called(house)
    done = gates(house, session)
    do(house, "ask_recusal", {"session": session, "answers": ASKED})
    early = {"session": session, "digest": "0" * 64, "signatures": SIGNED}
    assert refused(house, "sign_minutes", early) == "not_completed"
    do(house, "complete_hearing", done)
    digest = shown(house, session)["record"]["digest"]
    assert len(digest) == 64
    assert refused(house, "sign_minutes", early) == "other_minutes"
    sign = {"session": session, "digest": digest}
    assert refused(house, "sign_minutes", {**sign, "signatures": SIGNED[1:]}) == "signatures"
    assert refused(house, "sign_minutes", {**sign, "signatures": [*SIGNED, SIGNED[0]]}) == "signatures"
    mute = [*SIGNED[:-1], {"name": "己", "signed": False}]
    assert refused(house, "sign_minutes", {**sign, "signatures": mute}) == "why_refused"
    said = [*SIGNED[:-1], {"name": "己", "signed": False, "why": "不认可笔录"}]
    do(house, "sign_minutes", {**sign, "signatures": said})
    assert refused(house, "sign_minutes", {**sign, "signatures": SIGNED}) == "signed"
    (row,) = house.rows(TOWN, RecordRow)
    assert [(each["name"], each["why"]) for each in row.signatures if not each["signed"]] == [("己", "不认可笔录")]
    assert row.signed_at is not None


def clocks(house: House, office: str) -> dict[str, str]:
    return {row.ref: row.state for row in house.rows(office, ClockRow) if row.kind == "K26"}


def test_s106_a_term_is_performed_or_broken_and_its_clock_says_so_here_and_above(house: House) -> None:
    session = called(house)
    close(house, session, [])
    assert clocks(house, DISTRICT) == {"1.1": "running"}
    broken = {"session": session, "term": 1, "performed": False, "how": "逾期未付"}
    assert refused(house, "confirm_term", broken) == "not_due"
    assert refused(house, "confirm_term", {**broken, "term": 2}) == "not_found"
    house.pass_time(100)
    do(house, "confirm_term", broken)
    assert clocks(house, DISTRICT) != {"1.1": "stopped"}, "a broken term stays late"
    assert figures(house, TOWN)["hearing_terms_broken"] == (1, 1)
    do(house, "confirm_term", {**broken, "performed": True, "how": "转账凭证"})
    assert clocks(house, TOWN) == clocks(house, DISTRICT) == {"1.1": "stopped"}
    assert refused(house, "confirm_term", broken) == "performed"
    counted = figures(house, TOWN)
    assert [counted[name] for name in ("hearing_terms", "hearing_terms_performed", "hearing_terms_broken")] == [
        (1, None), (1, 1), (0, 1),
    ]  # fmt: skip
    assert figures(house, DISTRICT, since=DAYS["since"])["hearing_terms"] == (0, None), "who agreed follows it"
    (term,) = shown(house, session)["performance"]
    assert (term["state"], term["how"]) == ("performed", "转账凭证")


def test_papers_and_terms_go_with_a_case_that_is_recalled(house: House) -> None:
    close(house, called(house), [])
    assert len(house.rows(TOWN, TermRow)) == 1
    recall = {"term": {"override": 10_000, "n": 0}}
    house.say(DISTRICT, "assignment", Tell(TOWN, "hearing", "case_recalled", CASE_ID, recall))
    house.post()
    assert house.rows(TOWN, TermRow) == house.rows(TOWN, RecordRow) == []


def test_unsigned_minutes_and_terms_that_are_not_performed_wait_at_their_desk(house: House) -> None:
    session = called(house)
    done = gates(house, session)
    do(house, "ask_recusal", {"session": session, "answers": ASKED})
    due = (SERVED + timedelta(days=90)).date().isoformat()
    do(house, "complete_hearing", {**done, "agreement": {"terms": [{"what": "付款", "due": due}]}})
    todo = house.ask(TOWN, "hearing", "todo", {"desk": "petition"})["result"]
    assert [each["session"] for each in todo["unsigned"]] == [each["session"] for each in todo["terms"]] == [session]
    do(house, "sign_minutes", {"session": session, "digest": todo["unsigned"][0]["digest"], "signatures": SIGNED})
    do(house, "confirm_term", {"session": session, "term": 1, "performed": True, "how": "转账凭证"})
    todo = house.ask(TOWN, "hearing", "todo", {"desk": "petition"})["result"]
    assert (todo["unsigned"], todo["terms"]) == ([], [])
