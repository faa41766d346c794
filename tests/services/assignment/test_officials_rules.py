"""Whom a register recuses from a case, what matching does to the case, and what an import may be."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts.context import Decision
from contracts.errors import Refused
from contracts.officials import Duty, Official, Post, Relation
from contracts.veils import veil
from contracts.words import Ground
from services.assignment.holding.rules import register
from services.assignment.officials.conflicts import Conflicts, conflicts, years_before
from services.assignment.officials.importing import import_officials
from services.assignment.officials.rules import match
from services.assignment.officials.state import Register
from services.assignment.recusal.rules import SERVICES
from services.assignment.recusal.several import exclude_several
from services.assignment.state import CaseState
from tests.services.assignment.cases import (
    CASE,
    DEPARTMENT,
    DISTRICT,
    LEADER,
    PLUMS,
    TOWN,
    VILLAGE,
    held,
    here,
    report,
    told,
    tree,
)
from tests.services.assignment.officials import (
    CLERK,
    COVERING,
    DEPUTY,
    HEAD,
    LEADER_OF_ALL,
    LONG_AGO,
    MOVED,
    REGISTER,
    SECRETARY,
    STAFF,
    STREET,
    plain,
)

ON = date(2026, 3, 2)
DISCIPLINE = {"desk": "discipline"}
AREAS = {"east": (TOWN,), "west": (STREET,)}
WORKS, LEADS, WORKED = Ground.WORKS_THERE, Ground.LEADS_IT, Ground.WORKED_THERE


def of(*accused: Official, on: date = ON, years: int = 3) -> Conflicts:
    known = {each.id: each for each in (*REGISTER, *accused)}
    return conflicts([each.id for each in accused], known.values(), tree(), on, years, AREAS)


def official(rank: Any = "town_staff", **other: Any) -> Official:
    return Official("x-1", "苗青", rank, "town", **other)


def test_who_works_in_a_village_excludes_the_village() -> None:
    assert of(HEAD).offices == {VILLAGE: WORKS}


def test_who_leads_a_town_excludes_it_and_everything_below() -> None:
    assert of(SECRETARY).offices == {TOWN: WORKS, VILLAGE: LEADS, PLUMS: LEADS}
    assert of(DEPUTY).offices == {STREET: WORKS, "610402902901": LEADS, "610402902902": LEADS}
    assert of(CLERK).offices == {TOWN: WORKS}, "whoever only works there leads nothing"


@pytest.mark.parametrize("duty", ["covering_leader", "town_principal", "discipline_secretary"])
def test_a_leading_duty_excludes_its_town_and_what_is_below(duty: Any) -> None:
    leading = official(duties=(Duty(duty, TOWN, LONG_AGO),))
    assert of(leading).offices == {TOWN: LEADS, VILLAGE: LEADS, PLUMS: LEADS}
    assert of(official(duties=(Duty(duty, TOWN, date(2026, 3, 3)),))).offices == {}
    assert of(official(duties=(Duty(duty, TOWN, LONG_AGO, date(2026, 3, 1)),))).offices == {}


@pytest.mark.parametrize("duty", ["reception_leader", "supervisor"])
def test_other_duties_lead_no_office(duty: Any) -> None:
    assert of(official(duties=(Duty(duty, TOWN, LONG_AGO),))).offices == {}


def test_an_area_holder_leads_the_towns_of_the_area() -> None:
    holder = official(duties=(Duty("area_holder", "west", LONG_AGO),))
    assert of(holder).offices == {STREET: LEADS, "610402902901": LEADS, "610402902902": LEADS}
    assert of(official(duties=(Duty("area_holder", "west", LONG_AGO, date(2026, 3, 1)),))).offices == {}
    assert of(official(duties=(Duty("area_holder", "nowhere", LONG_AGO),))).offices == {}


def test_the_district_s_own_secretary_leads_every_office_but_never_the_district_itself() -> None:
    found = of(official(duties=(Duty("discipline_secretary", "", LONG_AGO),))).offices
    assert set(found) == {office.id for office in tree().descendants(DISTRICT)}
    assert of(STAFF).offices == {DEPARTMENT: WORKS}
    assert of(official(posts=(Post(DISTRICT, "科员", LONG_AGO),))).offices == {}


@pytest.mark.parametrize(("until", "counts"), [(date(2023, 3, 2), True), (date(2023, 3, 1), False)])
def test_a_post_left_within_the_years_counts_to_the_day(until: date, counts: bool) -> None:
    left = official(posts=(Post(TOWN, "干事", LONG_AGO, until),))
    assert of(left).offices == ({TOWN: WORKED} if counts else {})


def test_the_last_day_of_a_post_is_still_work_there_and_the_next_is_not() -> None:
    leaving = official(posts=(Post(TOWN, "干事", LONG_AGO, ON),))
    assert of(leaving).offices == {TOWN: WORKS}
    assert of(leaving, on=date(2026, 3, 3)).offices == {TOWN: WORKED}
    assert of(leaving, on=date(2026, 3, 3), years=0).offices == {}


def test_leading_a_town_once_excludes_the_town_alone() -> None:
    left = official("town_leader", posts=(Post(TOWN, "镇长", LONG_AGO, date(2025, 1, 1)),))
    assert of(left).offices == {TOWN: WORKED}


def test_years_before_a_leap_day() -> None:
    assert years_before(date(2024, 2, 29), 3) == date(2021, 2, 28)
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)
    assert years_before(ON, 3) == date(2023, 3, 2)


def test_relations_count_whoever_declared_them() -> None:
    assert of(HEAD).persons == {HEAD.id: Ground.ACCUSED, CLERK.id: Ground.RELATED}
    assert of(CLERK).persons == {CLERK.id: Ground.ACCUSED, HEAD.id: Ground.RELATED}
    assert of(HEAD, CLERK).persons == {HEAD.id: Ground.ACCUSED, CLERK.id: Ground.ACCUSED}
    assert of(STAFF).persons == {STAFF.id: Ground.ACCUSED}


# --- match ---


def matched(
    state: CaseState, *accused: Official, office: str = DISTRICT, by: Any = None, **cmd: Any
) -> Decision[CaseState]:
    asked = {"officials": [each.id for each in accused], "not_found": False, "marks": [], **cmd}
    actor = {"roles": LEADER, **(DISCIPLINE if state.desk == "discipline" else {})}
    return match(state, asked, REGISTER, here(office, **{**actor, **(by or {})}))


def at(office: str, **other: Any) -> CaseState:
    """A sealed report in hand at ``office``."""
    return replace(register(report(office), [], here(office, **DISCIPLINE)).state, **other)


def code(state: CaseState, *accused: Official, office: str = DISTRICT, **cmd: Any) -> str:
    with pytest.raises(Refused) as refused:
        matched(state, *accused, office=office, **cmd)
    return refused.value.code


def test_matching_sets_marks_offices_and_veils_and_tells_only_a_milestone() -> None:
    decision = matched(at(DISTRICT), HEAD, marks=["2" * 64, "1" * 64])
    state = decision.state
    assert (state.matched, state.marks, state.excluded) == ("matched", ("1" * 64, "2" * 64), (VILLAGE,))
    assert set(state.recused) == {veil(CASE, HEAD.id), veil(CASE, CLERK.id)}
    assert {(tell.type, tell.to, tell.service) for tell in decision.tells} == {
        ("case_milestone", DISTRICT, "supervision")
    }
    word = decision.tells[0].data
    assert (word["what"], word["excluded"], word["recused"]) == ("matched", [VILLAGE], list(state.recused))
    assert (decision.action, decision.why, decision.data) == ("matched", "", {"offices": [VILLAGE]})
    assert HEAD.id not in repr(decision)


def test_matching_again_adds_whom_it_did_not_know_and_takes_the_marks_anew() -> None:
    once = matched(at(DISTRICT), HEAD, marks=["1" * 64]).state
    twice = matched(once, HEAD, MOVED, marks=["3" * 64]).state
    assert (twice.excluded, twice.marks) == ((VILLAGE, PLUMS), ("3" * 64,))
    assert len(twice.recused) == len(set(twice.recused)) == 3
    assert set(once.recused) < set(twice.recused)


def test_a_petition_about_a_named_person_has_no_marks() -> None:
    state = matched(held(DISTRICT), HEAD, marks=["1" * 64]).state
    assert (state.matched, state.marks, state.excluded) == ("matched", (), (VILLAGE,))


def test_an_office_that_had_a_word_gets_the_neutral_recall() -> None:
    decision = matched(at(DISTRICT, seen=(DISTRICT, TOWN)), SECRETARY)
    recalls = told(decision, "case_recalled")
    assert {(tell.to, tell.service) for tell in recalls} == {(TOWN, service) for service in SERVICES}
    assert recalls[0].data == {"term": {"override": 0, "n": 0}}
    assert TOWN not in [tell.to for tell in told(decision, "case_milestone")]


@pytest.mark.parametrize(
    "where",
    [
        {"holder": TOWN, "n": 1, "passed_to": TOWN, "seen": (DISTRICT, TOWN, VILLAGE)},
        {"offered_to": TOWN, "allotted": 1, "seen": (DISTRICT, TOWN, VILLAGE)},
    ],
)
def test_the_office_of_the_accused_loses_what_it_holds_or_was_offered(where: dict[str, Any]) -> None:
    decision = matched(at(DISTRICT, clocks={}, **where), SECRETARY)
    state = decision.state
    assert (state.holder, state.override, state.offered_to) == (DISTRICT, 10_000, "")
    assert state.excluded == (TOWN, VILLAGE, PLUMS)
    assert veil(CASE, SECRETARY.id) in state.recused
    recalled = {(tell.to, tell.data["term"]["override"]) for tell in told(decision, "case_recalled")}
    assert recalled == {(TOWN, 10_000), (VILLAGE, 0)}
    assert {tell.data["what"] for tell in told(decision, "case_milestone")} == {"overridden"}
    assert VILLAGE not in [tell.to for tell in told(decision, "person_recused")]


def test_the_holder_below_is_told_of_offices_and_veils_without_names() -> None:
    state = at(DISTRICT, holder=TOWN, n=1, passed_to=TOWN, seen=(DISTRICT, TOWN))
    decision = matched(state, HEAD)
    assert (decision.state.holder, decision.state.excluded) == (TOWN, (VILLAGE,))
    assert [(tell.to, tell.service, tell.type, tell.case, dict(tell.data)) for tell in decision.tells] == [
        (TOWN, "assignment", "case_excluded", CASE, {"excluded": [VILLAGE]}),
        (TOWN, "assignment", "person_recused", CASE, {"recused": list(decision.state.recused)}),
    ]
    assert matched(decision.state, HEAD).tells == (), "nothing new, nothing told"


def test_an_offer_up_to_an_office_of_the_accused_is_asked_back() -> None:
    decision = exclude_several(held(VILLAGE, offered_to=TOWN, allotted=1), [TOWN], here(VILLAGE), "matched")
    assert [tell.to for tell in told(decision, "ask_back")] == [TOWN]
    assert decision.state.excluded == (TOWN,)


def test_an_unknown_accused_at_a_town_is_for_the_district_s_triage() -> None:
    for state, office, todo in (
        (at(TOWN), TOWN, "to_district"),
        (at(DISTRICT), DISTRICT, ""),
        (held(TOWN), TOWN, ""),
    ):
        after = matched(state, office=office, not_found=True).state
        assert (after.matched, after.todo, after.excluded, after.recused) == ("unknown", todo, (), ())
    assert matched(at(TOWN), HEAD, office=TOWN).state.todo == ""
    known = matched(at(TOWN), HEAD, office=TOWN, not_found=True).state
    assert (known.matched, known.excluded) == ("unknown", (VILLAGE,))


def test_only_a_leader_or_triage_matches_and_only_who_is_here_or_below() -> None:
    assert code(held(TOWN), HEAD, office=TOWN, by={"roles": ("clerk",)}) == "not_leader"
    assert matched(held(TOWN), HEAD, office=TOWN, by={"roles": ("clerk", "triage")}).state.matched == "matched"
    assert code(held(VILLAGE), STAFF, office=VILLAGE) == "not_superior"
    assert code(held(TOWN), HEAD, STAFF, office=TOWN) == "not_superior"
    assert code(held(VILLAGE), MOVED, office=VILLAGE) == "self_recused"


def test_what_cannot_be_matched() -> None:
    assert code(at(DISTRICT), LEADER_OF_ALL) == "belongs_above"
    assert code(at(DISTRICT, recalled=True), HEAD) == "stale_term"
    assert code(at(DISTRICT, status="concluded"), HEAD) == "closed"
    assert code(at(TOWN, holder=DISTRICT), HEAD, office=TOWN) == "not_holder"
    triage = here(DISTRICT, desk="discipline", roles=("triage",))
    with pytest.raises(Refused) as refused:
        match(at(DISTRICT), {"officials": [HEAD.id, "gb-9"], "not_found": False, "marks": []}, REGISTER, triage)
    assert (refused.value.code, refused.value.fields) == (
        "unknown_official", {"officials": {1: ["名册中没有此人"]}},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("office", "accused", "to"),
    [(TOWN, SECRETARY, "秦都区"), (VILLAGE, HEAD, "槐川镇"), (VILLAGE, SECRETARY, "秦都区")],
)
def test_an_office_in_conflict_itself_is_told_to_whom_to_hand_it(office: str, accused: Official, to: str) -> None:
    state = held(office)
    with pytest.raises(Refused) as refused:
        matched(state, accused, office=office)
    assert (refused.value.code, refused.value.message) == ("self_recused", f"本机关应当回避,请上交{to}")


# --- import ---

EMPTY = Register()
CMD = {"version": "2026.1", "officials": list(REGISTER)}


def imported(
    before: Register = EMPTY, office: str = DISTRICT, roles: Any = LEADER, desk: str = "discipline", **cmd: Any
) -> Decision[Register]:
    versions = [before.version] if before.serial else []
    return import_officials(before, versions, {**CMD, **cmd}, here(office, roles=roles, desk=desk))


def fields_of(*officials: Official) -> Any:
    with pytest.raises(Refused) as refused:
        imported(officials=list(officials))
    assert refused.value.code == "invalid"
    return refused.value.fields["officials"]


def test_an_import_numbers_the_version_and_sorts_the_officials() -> None:
    decision = imported(officials=list(reversed(REGISTER)))
    assert decision.state == Register(1, "2026.1", REGISTER)
    assert decision.action == "officials_imported"
    assert decision.data == {"version": "2026.1", "serial": 1, "officials": len(REGISTER)}
    assert imported(Register(4, "2025", (HEAD,))).state.serial == 5


def test_copies_go_to_every_other_office_but_the_portal() -> None:
    decision = imported()
    copies = told(decision, "officials_published")
    assert {tell.service for tell in copies} == {"assignment"}
    inside = {office.id for office in tree().network_offices()} - {DISTRICT, "portal"}
    assert [tell.to for tell in copies] == [o.id for o in tree().descendants(DISTRICT) if o.id in inside]
    data = copies[0].data
    assert {name: data[name] for name in ("version", "serial", "part", "parts")} == {
        "version": "2026.1", "serial": 1, "part": 1, "parts": 1,
    }  # fmt: skip
    covering = next(each for each in data["officials"] if each["id"] == COVERING.id)
    assert [duty["duty"] for duty in covering["duties"]] == ["covering_leader"]
    assert all("relations" not in each for each in data["officials"])
    whole = {name: value for name, value in plain(MOVED)[0].items() if name != "relations"}
    assert next(each for each in data["officials"] if each["id"] == MOVED.id) == whole


def test_every_duty_is_told_to_the_own_supervision() -> None:
    (tell,) = told(imported(), "duties_published")
    assert (tell.to, tell.service, tell.case) == (DISTRICT, "supervision", "")
    assert tell.data["version"] == "2026.1"
    assert tell.data["serial"] == 1
    duties = [(each["person"], each["duty"], each["scope"]) for each in tell.data["duties"]]
    assert duties == [
        (SECRETARY.id, "discipline_secretary", TOWN),
        (COVERING.id, "covering_leader", TOWN),
        (COVERING.id, "supervisor", TOWN),
    ]
    assert (tell.data["duties"][0]["since"], tell.data["duties"][0]["until"]) == ("2020-01-01", None)


@pytest.mark.parametrize(("number", "sizes"), [(200, [200]), (201, [200, 1])])
def test_a_letter_bears_two_hundred_officials(number: int, sizes: list[int]) -> None:
    many = [replace(CLERK, id=f"n-{each:04}") for each in range(number)]
    copies = [tell for tell in told(imported(officials=many), "officials_published") if tell.to == VILLAGE]
    assert [len(tell.data["officials"]) for tell in copies] == sizes
    assert [(tell.data["part"], tell.data["parts"]) for tell in copies] == [
        (place, len(sizes)) for place in range(1, len(sizes) + 1)
    ]


def test_what_is_in_force_already_changes_nothing() -> None:
    before = Register(1, "2026.1", REGISTER)
    for version in ("2026.1", "2026.2"):
        decision = imported(before, version=version)
        assert (decision.state, decision.tells, decision.action) == (before, (), "officials_unchanged")
        assert decision.data == {"version": "2026.1"}


def test_who_may_import_and_under_which_version() -> None:
    before = Register(1, "2026.1", (HEAD,))
    for wanted, refusal in (
        ({"office": TOWN}, "district_only"),
        ({"roles": ("clerk",)}, "not_leader"),
        ({"desk": "petition"}, "wrong_desk"),
        ({"before": before}, "version_taken"),
    ):
        with pytest.raises(Refused) as refused:
            imported(**wanted)  # type: ignore[arg-type]
        assert refused.value.code == refusal
    assert list(refused.value.fields) == ["version"]
    assert imported(before, version="2026.2").state.version == "2026.2"


def test_every_fault_is_told_by_its_place() -> None:
    wrong = official(
        posts=(Post(TOWN, "干事", LONG_AGO), Post("610499", "干事", LONG_AGO)),
        duties=(Duty("town_principal", TOWN, LONG_AGO), Duty("supervisor", "610499", LONG_AGO)),
        relations=(Relation(STAFF.id, "同学"), Relation("gb-9", "配偶")),
    )
    assert fields_of(STAFF, wrong) == {
        1: {
            "posts": {1: {"office": ["没有这个机关"]}},
            "duties": {1: {"scope": ["没有这个机关"]}},
            "relations": {1: {"person": ["名册中没有此人"]}},
        }
    }
    assert fields_of(STAFF, DEPUTY, STAFF) == {0: {"id": ["编号重复"]}, 2: {"id": ["编号重复"]}}


@pytest.mark.parametrize(
    ("duty", "scope", "why"),
    [
        ("covering_leader", "", "请填写机关"),
        ("town_principal", "", "请填写机关"),
        ("reception_leader", "", "请填写机关"),
        ("area_holder", "nowhere", "政策中没有这个片区"),
        ("area_holder", "", "政策中没有这个片区"),
        ("discipline_secretary", "610499", "没有这个机关"),
    ],
)
def test_a_duty_needs_the_scope_that_fits_it(duty: Any, scope: str, why: str) -> None:
    found = fields_of(official(duties=(Duty(duty, scope, LONG_AGO),)))
    assert found == {0: {"duties": {0: {"scope": [why]}}}}


def test_a_secretary_or_supervisor_may_be_for_all() -> None:
    duties = (Duty("discipline_secretary", "", LONG_AGO), Duty("supervisor", "", LONG_AGO))
    assert imported(officials=[official(duties=duties)]).state.serial == 1
