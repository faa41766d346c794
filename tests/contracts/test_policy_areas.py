"""Areas (片区) are data of the policy: each town in one of them at most."""

from typing import Any

import pytest

from contracts.policy_parts import Area
from contracts.policy_schema import PolicyError, policy_from
from tests.services.house import demo_policy


def body(areas: dict[str, Any]) -> dict[str, Any]:
    return {**demo_policy().body, "areas": areas}


def test_an_area_has_a_name_its_towns_and_who_is_designated() -> None:
    areas = {"east": {"name": "东片区", "towns": ["610402901"], "designated": ["610402d08"]}}
    assert policy_from(body(areas)).areas == {"east": Area("东片区", ("610402901",), ("610402d08",))}
    assert policy_from(body({"east": {"name": "东", "towns": ["610402901"]}})).areas["east"].designated == ()
    assert policy_from({key: value for key, value in demo_policy().body.items() if key != "areas"}).areas == {}


def test_no_town_is_in_two_areas() -> None:
    twice = {"name": "片区", "towns": ["610402901", "610402902"]}
    with pytest.raises(PolicyError) as caught:
        policy_from(body({"east": twice, "west": {"name": "西片区", "towns": ["610402901"]}}))
    assert caught.value.faults == {"areas": "town 610402901 stands twice"}


@pytest.mark.parametrize(
    ("area", "key"),
    [
        ({"name": "东", "towns": []}, "areas.east.towns"),
        ({"name": "", "towns": ["610402901"]}, "areas.east.name"),
        ({"name": "东", "towns": ["六"]}, "areas.east.towns.0"),
        ({"name": "东", "towns": ["610402901"], "designated": ["-"]}, "areas.east.designated.0"),
        ({"towns": ["610402901"]}, "areas.east.name"),
    ],
)
def test_a_faulty_area_is_named(area: dict[str, Any], key: str) -> None:
    with pytest.raises(PolicyError) as caught:
        policy_from(body({"east": area}))
    assert list(caught.value.faults) == [key]
