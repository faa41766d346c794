"""To which single office each step of a ladder belongs."""

from datetime import timedelta
from functools import partial
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.policy_parts import Step
from contracts.words import ClockAct, Desk
from services.supervision.clocks.ladder import Duty, duty, firings, ordering_step, step_owner
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


def test_the_discipline_ladder_reminds_a_town_that_holds_the_case_and_goes_straight_to_the_district() -> None:
    found = owners(TOWN, Desk.DISCIPLINE)
    assert found == {
        "reminder": TOWN,
        "town_desk": None,
        "discipline_room": DISTRICT,
        "area_holder": DISTRICT,
        "secretary": DISTRICT,
        "city": DISTRICT,
    }


def test_a_discipline_case_below_a_town_is_first_the_town_desks_to_order() -> None:
    assert owners(VILLAGE, Desk.DISCIPLINE)["town_desk"] == TOWN
    assert owners(VILLAGE, Desk.DISCIPLINE, (TOWN,))["town_desk"] is None
    assert owners(DISTRICT, Desk.DISCIPLINE)["town_desk"] is None


@pytest.mark.parametrize(
    ("desk", "holder", "excluded", "ordering"),
    [
        (Desk.PETITION, VILLAGE, (), "order"),
        (Desk.PETITION, TOWN, (), "order"),
        (Desk.PETITION, TOWN, (DISTRICT,), None),
        (Desk.DISCIPLINE, VILLAGE, (), "town_desk"),
        (Desk.DISCIPLINE, VILLAGE, (TOWN,), "discipline_room"),
        (Desk.DISCIPLINE, TOWN, (), "discipline_room"),
    ],
)
def test_the_first_step_that_an_office_above_takes_brings_the_order(
    desk: Desk, holder: str, excluded: tuple[str, ...], ordering: str | None
) -> None:
    owner = partial(step_owner, duty=Duty(holder, holder), tree=TREE, excluded=excluded)
    assert ordering_step(POLICY.ladders[desk], owner) == ordering


def test_one_firing_brings_the_order_and_it_is_the_first_from_above() -> None:
    clock = read((Act(ClockAct.START, MON, MON, MON, MON + timedelta(days=60)),))
    owner = partial(step_owner, duty=Duty(VILLAGE, VILLAGE), tree=TREE, excluded=())
    fired = [each for office in OFFICES for each in firings(clock, POLICY.ladders[Desk.DISCIPLINE], owner, office)]
    assert [each.step.name for each in fired if each.orders] == ["town_desk"]


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
