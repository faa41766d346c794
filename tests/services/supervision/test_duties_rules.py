"""Before whom a step of the ladder is put, and who has it where a person may know nothing of the case."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from contracts.towns import area_of, town_of
from contracts.veils import veils
from services.supervision.duties.rules import (
    OfficialDuty,
    Rung,
    any_veiled,
    persons_of,
    rung_of,
)
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_tree

DAY = date(2026, 3, 21)
CASE = "c" * 32
OTHER_TOWN = "610402902"
AT = (TOWN, "east")


def duty(person: str, what: str, scope: str = "", since: date = DAY, until: date | None = None) -> OfficialDuty:
    return OfficialDuty(person, what, scope, since, until)


LEADERS = (duty("l2", "covering_leader", TOWN), duty("l1", "covering_leader", TOWN))
OTHERS = (duty("l3", "covering_leader", OTHER_TOWN), duty("p1", "town_principal", TOWN))
DISCIPLINE = (
    duty("a1", "area_holder", "east"),
    duty("a2", "area_holder", "west"),
    duty("s1", "discipline_secretary"),
    duty("t1", "discipline_secretary", TOWN),
)
ALL = (*LEADERS, *OTHERS, *DISCIPLINE)


def rung(who: str, *recused: str, at: tuple[str, str] = AT, duties: tuple[OfficialDuty, ...] = ALL) -> Rung:
    return rung_of(who, CASE, at, duties, veils(CASE, recused), DAY)


def test_each_rung_of_persons_has_those_of_the_holders_town_and_area() -> None:
    assert rung("leaders") == Rung("leaders", ("l1", "l2"))
    assert rung("area_holder") == Rung("area_holder", ("a1",))
    assert rung("area_holder", at=(OTHER_TOWN, "west")) == Rung("area_holder", ("a2",))
    assert rung("secretary") == Rung("secretary", ("s1",))


@pytest.mark.parametrize("who", ["holder", "nearest", "town", "town_desk", "district", "bulletin", "city"])
def test_the_other_rungs_are_lists_of_desks(who: str) -> None:
    assert rung(who, *(each.person for each in ALL)) == Rung(who, ())


def test_a_recused_person_is_left_out_and_a_rung_of_recused_ones_is_jumped() -> None:
    assert rung("leaders", "l1") == Rung("leaders", ("l2",))
    assert rung("leaders", "l1", "l2") == Rung("other_leaders", ("l3",))
    assert rung("leaders", "l1", "l2", "l3") == Rung("bulletin", ())
    assert rung("area_holder", "a1") == Rung("secretary", ("s1",))
    assert rung("area_holder", "a1", "s1") == Rung("city", ())
    assert rung("secretary", "s1") == Rung("city", ())
    assert rung("other_leaders", "l1") == Rung("other_leaders", ("l2", "l3"))


def test_who_is_recused_from_another_case_is_not_jumped() -> None:
    assert rung_of("secretary", CASE, AT, ALL, veils("d" * 32, ["s1"]), DAY) == Rung("secretary", ("s1",))


def test_a_rung_on_which_nobody_is_registered_stays_the_desks_list() -> None:
    assert rung("leaders", duties=()) == Rung("leaders", ())
    assert rung("area_holder", duties=DISCIPLINE[1:]) == Rung("area_holder", ())
    assert rung("leaders", at=("", "")) == Rung("leaders", ())
    assert rung("area_holder", at=("", "")) == Rung("area_holder", ())


def test_only_the_city_is_told_by_document() -> None:
    assert Rung("city").is_by_document
    assert not Rung("bulletin").is_by_document


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (DAY, None, True),
        (DAY + timedelta(days=1), None, False),
        (DAY - timedelta(days=9), DAY, True),
        (DAY - timedelta(days=9), DAY - timedelta(days=1), False),
    ],
)
def test_a_duty_counts_from_its_first_to_its_last_day(since: date, until: date | None, counts: bool) -> None:
    one = replace(LEADERS[0], since=since, until=until)
    assert one.holds_on(DAY) is counts
    assert persons_of("leaders", *AT, [one], DAY) == (("l2",) if counts else ())


def test_who_has_a_duty_twice_stands_once_on_the_rung() -> None:
    twice = (duty("s1", "discipline_secretary"), duty("s1", "discipline_secretary", since=DAY - timedelta(days=3)))
    assert persons_of("secretary", *AT, twice, DAY) == ("s1",)
    assert persons_of("bulletin", *AT, ALL, DAY) == ()


def test_the_town_of_an_office() -> None:
    tree = demo_tree()
    assert [town_of(office, tree) for office in (VILLAGE, TOWN, DEPARTMENT, DISTRICT)] == [TOWN, TOWN, "", ""]


def test_the_area_of_a_town() -> None:
    policy: Any = SimpleNamespace(
        areas={"west": SimpleNamespace(towns=(OTHER_TOWN,)), "east": SimpleNamespace(towns=(TOWN,))}
    )
    assert [area_of(town, policy) for town in (TOWN, OTHER_TOWN, "", DEPARTMENT)] == ["east", "west", "", ""]


def test_whether_one_of_several_is_recused() -> None:
    assert any_veiled(CASE, ["l1", "l2"], veils(CASE, ["l2"]))
    assert not any_veiled(CASE, ["l1"], veils(CASE, ["l2"]))
    assert not any_veiled(CASE, [], veils(CASE, ["l2"]))
