from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.accused import RANKS, Accused, Rank
from network.keys import DeskId
from network.offices import load_district
from network.recipient import OUTSIDE_BODY, Recipient, recipient

DISTRICT = load_district(Path(__file__).parents[2] / "policy" / "demo" / "district.toml")
DISCIPLINE_BODY = "610402d09"
INSIDE = Recipient("610402", outside=False)
OUTSIDE = Recipient("city-discipline", outside=True)

ANYBODY = st.builds(
    Accused,
    name=st.just("某人"),
    office=st.sampled_from(["", "0000000", *DISTRICT.offices]),
    rank=st.sampled_from(RANKS),
)


def accused(rank: Rank, office: str = "") -> Accused:
    return Accused("某人", office, "", rank)


def test_the_default_is_the_districts_discipline_desk() -> None:
    assert recipient([], DISTRICT) == INSIDE
    assert INSIDE.desk == DeskId("610402", "discipline")
    assert OUTSIDE.desk == DeskId("city-discipline", "discipline")


@pytest.mark.parametrize("rank", RANKS)
def test_each_rank_goes_where_the_table_says(rank: Rank) -> None:
    expected = OUTSIDE if rank in {"district_leader", "district_discipline"} else INSIDE
    assert recipient([accused(rank, "610402")], DISTRICT) == expected


@pytest.mark.parametrize("rank", RANKS)
def test_nobody_of_the_districts_discipline_body_is_reported_to_it(rank: Rank) -> None:
    assert recipient([accused(rank, DISCIPLINE_BODY)], DISTRICT) == OUTSIDE


def test_a_town_discipline_secretary_goes_to_the_district() -> None:
    assert recipient([accused("town_discipline", "610402901")], DISTRICT) == INSIDE


def test_one_among_many_is_enough() -> None:
    persons = [accused("village_cadre", "610402901901"), accused("district_leader"), accused("unknown")]
    assert recipient(persons, DISTRICT) == OUTSIDE


def test_every_body_of_the_table_is_in_the_district_file() -> None:
    assert set(OUTSIDE_BODY.values()) <= set(DISTRICT.bodies)


@settings(deadline=None)
@given(st.lists(ANYBODY, max_size=4))
def test_order_does_not_matter_and_more_accused_never_bring_it_back_inside(persons: list[Accused]) -> None:
    chosen = recipient(persons, DISTRICT)
    assert recipient(persons[::-1], DISTRICT) == chosen
    if recipient(persons[1:], DISTRICT).outside:
        assert chosen.outside
