"""When a case is final, and who is told; the seats of a hearing."""

from dataclasses import replace
from typing import Any

import pytest

from contracts.errors import Refused
from contracts.veils import veil
from services.hearing.cases.rules import HearingCase, Opinion
from services.hearing.reviews import finality
from services.hearing.reviews.standing import Review
from services.hearing.sessions import rules, seats
from services.hearing.sessions.rules import Hearing
from tests.services.hearing.known import (
    CASE,
    CASE_ID,
    HEAR,
    MON,
    OPINION,
    PANEL,
    POLICY,
    SECOND,
    SERVED,
    TREE,
    UNTIL,
    leader_at,
)
from tests.services.house import DISTRICT, TOWN, VILLAGE

REVIEW = Review(
    CASE_ID, OPINION.opinion_no, "review", "decided", DISTRICT, False, SERVED, "不服",
    outcome="uphold", review_no="复查1号", decided_at=SERVED, next_until=UNTIL,
)  # fmt: skip
FINAL = Review(
    CASE_ID, OPINION.opinion_no, "final_review", "decided", "city-petition", True, SERVED, "不服",
    outcome="uphold", review_no="复核1号", decided_at=SERVED,
)  # fmt: skip
CHAIN = (OPINION.opinion_no, "复查1号", "复核1号")


def look(
    at: Any = SERVED,
    *reviews: Review,
    case: HearingCase = CASE,
    opinion: Opinion = OPINION,
    office: str = DISTRICT,
) -> Any:
    return finality.look(case, opinion, reviews, leader_at(office, at, TREE, POLICY))


def told(decision: Any) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(each.to, each.service, tuple(each.data["opinions"]), each.data["how"]) for each in decision.tells]


def test_an_open_right_is_looked_at_again_the_second_after_it() -> None:
    decision = look()
    case, opinion = decision.state
    assert (case, opinion) == (CASE, replace(OPINION, look_at=UNTIL + SECOND))
    assert (decision.tells, decision.action, decision.data) == ((), "review_stands", {"word": "review_open"})
    again = look(SERVED, replace(REVIEW, next_until=UNTIL + SECOND))
    assert again.state[1].look_at == UNTIL + 2 * SECOND


def test_the_time_to_ask_lapses_one_second_after_its_last() -> None:
    assert look(UNTIL).tells == ()
    lapsed = look(UNTIL + SECOND)
    numbers = (OPINION.opinion_no,)
    assert told(lapsed) == [(TOWN, "assignment", numbers, "lapsed"), (DISTRICT, "assignment", numbers, "lapsed")]
    assert lapsed.state == (replace(CASE, final_opinions=numbers), replace(OPINION, look_at=None))
    assert (lapsed.action, lapsed.data) == ("case_final", {"how": "lapsed"})
    assert {each.data["at"] for each in lapsed.tells} == {UNTIL + SECOND}
    assert {(each.type, each.case) for each in lapsed.tells} == {("case_final", CASE_ID)}
    known = look(UNTIL + 2 * SECOND, case=lapsed.state[0], opinion=lapsed.state[1])
    assert (known.tells, known.state) == ((), lapsed.state), "it is found once"


def test_the_right_to_final_review_lapses_with_two_numbers() -> None:
    lapsed = look(UNTIL + SECOND, REVIEW)
    assert told(lapsed)[0] == (TOWN, "assignment", CHAIN[:2], "lapsed")


def test_a_registered_final_opinion_makes_it_final_with_three() -> None:
    final = look(SERVED, REVIEW, FINAL)
    assert told(final) == [(TOWN, "assignment", CHAIN, "final_review"), (DISTRICT, "assignment", CHAIN, "final_review")]
    assert final.state == (replace(CASE, final_opinions=CHAIN), replace(OPINION, look_at=None))
    of_another = replace(FINAL, opinion_no="意9号", review_no="复核9号")
    assert finality.opinions_of(OPINION, (REVIEW, FINAL, of_another)) == CHAIN


@pytest.mark.parametrize(
    "reviews",
    [
        (replace(REVIEW, state="requested"),),
        (REVIEW, replace(FINAL, state="requested")),
        (replace(REVIEW, outcome="redo"),),
    ],
)
def test_a_running_review_and_one_that_orders_it_done_again_make_nothing_final(reviews: Any) -> None:
    decision = look(UNTIL + SECOND, *reviews)
    assert (decision.tells, decision.state) == ((), (CASE, OPINION))


def test_a_request_in_time_that_arrives_late_undoes_it() -> None:
    before = replace(CASE, final_opinions=(OPINION.opinion_no,))
    after_all = look(UNTIL + SECOND, replace(REVIEW, state="requested"), case=before)
    assert told(after_all)[0] == (TOWN, "assignment", (), "asked_after_all")
    assert after_all.state[0].final_opinions == ()
    assert after_all.data == {"how": "asked_after_all"}


def test_only_the_hearing_that_has_the_reviews_finds_it() -> None:
    below = look(UNTIL + SECOND, office=TOWN)
    assert (below.tells, below.state) == ((), (CASE, OPINION))
    outside = replace(OPINION, review_office="city-petition")
    of_district = replace(CASE, holder=DISTRICT)
    own = look(UNTIL + SECOND, case=of_district, opinion=outside)
    assert [each.to for each in own.tells] == [DISTRICT]
    assert look(UNTIL + SECOND, case=CASE, opinion=outside).tells == ()


# --- seats ---


def seat(name: str, role: str, person: str = "", office: str = "") -> dict[str, str]:
    return {"name": name, "role": role, "person": person, "office": office}


FULL = [seat(each["name"], each["role"]) for each in PANEL]


def with_host(**official: str) -> list[dict[str, str]]:
    return [seat("甲", "host", **official), *FULL[1:]]


def test_the_recused_do_not_sit_and_nobody_of_a_recused_office() -> None:
    case = replace(CASE, recused=(veil(CASE_ID, "gb-1"),), excluded=(VILLAGE,))
    for official in ({"person": "gb-1"}, {"office": VILLAGE}):
        with pytest.raises(Refused) as refused:
            seats.check(case, with_host(**official), "")
        assert (refused.value.code, refused.value.fields) == ("recused_seat", {"panel": ["甲"]})
    seats.check(case, with_host(person="gb-2", office=TOWN), "")
    seats.check(replace(case, case_id="d" * 32), with_host(person="gb-1"), "")


def test_one_person_has_one_seat() -> None:
    both = [seat("甲", "host", "gb-1"), seat("乙", "recorder", "gb-1"), *FULL[2:]]
    with pytest.raises(Refused) as refused:
        seats.check(CASE, both, "")
    assert refused.value.code == "two_seats"


HEARING = Hearing(
    id="5" * 32, case_id=CASE_ID, ordinal=1, notice_no="1号", form="face_to_face", for_level="handling", place="x",
    notice_at=MON, planned_at=MON, investigation_report="x", public_notice="", panel=tuple(FULL), absences="",
)  # fmt: skip
SWAP = {"session": HEARING.id, "name": "甲", "by": seat("庚", "host", "gb-2"), "reason": "与一方有亲属关系"}
AT = leader_at(TOWN, SERVED, TREE, POLICY)


def test_a_seat_is_taken_by_another_and_both_stand_on_the_record() -> None:
    decision = rules.replace_seat(CASE, HEARING, SWAP, AT)
    assert decision.state.panel == (SWAP["by"], *FULL[1:])
    word = {"name": "甲", "by": "庚", "reason": "与一方有亲属关系", "at": SERVED.isoformat()}
    assert decision.state.replaced == (word,)
    assert (decision.action, decision.data) == ("replace_seat", {"session": HEARING.id, "role": "host"})
    again = rules.replace_seat(CASE, decision.state, {**SWAP, "name": "庚", "by": FULL[0]}, AT).state
    assert [each["name"] for each in again.replaced] == ["甲", "庚"]


@pytest.mark.parametrize(
    ("change", "hearing", "code"),
    [
        ({"name": "壬"}, {}, "no_seat"),
        ({"by": seat("庚", "observer")}, {}, "seats_missing"),
        ({"by": seat("乙", "host")}, {}, "two_seats"),
        ({"by": seat("庚", "host", "gb-1")}, {}, "recused_seat"),
        ({}, {"state": "completed"}, "completed"),
    ],
)
def test_who_may_not_take_a_seat(change: dict[str, Any], hearing: dict[str, Any], code: str) -> None:
    case = replace(CASE, recused=(veil(CASE_ID, "gb-1"),))
    with pytest.raises(Refused) as refused:
        rules.replace_seat(case, replace(HEARING, **hearing), {**SWAP, **change}, AT)
    assert refused.value.code == code


def test_no_hearing_opens_or_ends_with_a_recused_member() -> None:
    case = replace(CASE, recused=(veil(CASE_ID, "gb-1"),))
    panel = with_host(person="gb-1")
    with pytest.raises(Refused) as opened:
        rules.open_hearing(case, (), None, {**HEAR, "panel": panel, "planned_at": SERVED}, ("5" * 32, "1号"), AT)
    with pytest.raises(Refused) as completed:
        rules.complete(
            case, replace(HEARING, panel=tuple(panel)), None, {"agreement": None, "minutes": "x", "resolved": []}, AT
        )
    assert (opened.value.code, completed.value.code) == ("recused_seat", "recused_seat")
