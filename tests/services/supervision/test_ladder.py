"""To which single office each step of a ladder belongs."""

from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.policy_parts import Step
from contracts.words import ClockAct, Desk
from services.supervision.clocks.ladder import Duty, brings_order, duty, firings, step_owner
from services.supervision.clocks.rules import Act, read
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree
from tests.services.supervision.test_clock_rules import MON

TREE, POLICY = demo_tree(), demo_policy()
OFFICES = (VILLAGE, TOWN, DEPARTMENT, DISTRICT)


def owners(holder: str, desk: Desk = Desk.PETITION, excluded: tuple[str, ...] = ()) -> dict[str, str | None]:
    each = Duty(holder, holder)
    return {step.name: step_owner(step, each, TREE, excluded) for step in POLICY.ladders[desk]}


def test_a_village_is_ordered_by_its_town_and_reported_to_the_district() -> None:
    assert owners(VILLAGE) == {
        "reminder": VILLAGE,
        "order": TOWN,
        "town": TOWN,
        "district": DISTRICT,
        "leaders": DISTRICT,
        "bulletin": DISTRICT,
    }


def test_a_town_and_a_department_skip_the_town_step() -> None:
    for holder in (TOWN, DEPARTMENT):
        assert owners(holder)["order"] == DISTRICT
        assert owners(holder)["town"] is None


def test_a_recused_town_is_jumped() -> None:
    found = owners(VILLAGE, excluded=(TOWN,))
    assert found["order"] == DISTRICT
    assert found["town"] is None
    assert TOWN not in found.values()


def test_the_top_keeps_its_own_steps_until_a_person_acts() -> None:
    assert set(owners(DISTRICT).values()) == {DISTRICT, None}
    assert owners(DISTRICT)["order"] == DISTRICT


def test_the_discipline_ladder_reminds_the_town_desk_and_goes_straight_to_the_district() -> None:
    found = owners(TOWN, Desk.DISCIPLINE)
    assert found == {
        "reminder": TOWN,
        "discipline_room": DISTRICT,
        "area_holder": DISTRICT,
        "secretary": DISTRICT,
        "city": DISTRICT,
    }


def test_each_ladder_brings_one_order() -> None:
    for desk in Desk:
        assert sum(brings_order(step) for step in POLICY.ladders[desk]) == 1


def test_an_unsigned_offer_reminds_the_offerer_and_is_answered_for_by_the_receiver() -> None:
    assert duty("K24", VILLAGE, VILLAGE, TOWN) == Duty(keeper=VILLAGE, answerable=TOWN)
    assert duty("K24", DISTRICT, DISTRICT, "") == Duty(DISTRICT, DISTRICT)
    assert duty("K8", DISTRICT, TOWN, "") == Duty(DISTRICT, DISTRICT)
    assert duty("K5", DISTRICT, TOWN, "") == Duty(TOWN, TOWN)


@given(
    st.sampled_from(OFFICES),
    st.sampled_from(list(Desk)),
    st.sampled_from([set(each) for size in range(4) for each in combinations((TOWN, DISTRICT, DEPARTMENT), size)]),
)
def test_every_step_has_at_most_one_owner_and_never_a_recused_superior(
    holder: str, desk: Desk, excluded: set[str]
) -> None:
    each = Duty(holder, holder)
    for step in POLICY.ladders[desk]:
        owner = step_owner(step, each, TREE, excluded)
        claimed = [office for office in TREE.offices if step_owner(step, each, TREE, excluded) == office]
        assert claimed == ([owner] if owner else [])
        assert owner == holder or owner not in excluded


@pytest.mark.parametrize("holder", OFFICES)
def test_over_all_offices_every_step_is_fired_once(holder: str) -> None:
    due = MON + timedelta(days=60)
    clock = read((Act(ClockAct.START, MON, MON, MON, due),))
    steps = POLICY.steps("K5", Desk.PETITION)
    each = Duty(holder, holder)

    def owner(step: Step) -> str | None:
        return step_owner(step, each, TREE, ())

    fired = [firing.step.name for office in OFFICES for firing in firings(clock, steps, owner, office)]
    assert sorted(fired) == sorted(step.name for step in steps if owner(step) is not None)
