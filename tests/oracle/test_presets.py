"""The preset has the amounts of the district's account, as the oracle counts them from its acts."""

from shangda.simulate.presets import made, preset
from tests.oracle.count import Oracle


def test_the_account_of_the_district_is_what_its_people_did() -> None:
    plan = made(preset("qindu"), 2026, 1)
    oracle = Oracle(plan.plain(), "2026-01-01", "2026-12-31")
    found = {**oracle.figures(), **oracle.discipline()}
    assert (found["named_receptions"], found["named_receptions_resolved"]) == (490, 470)
    assert (found["named_receptions_satisfied"], found["named_receptions_satisfied/base"]) == (381, 412)
    assert found["key_cases_by_district_leaders"] == 65
    assert (found["supervised_cases"], found["supervision_orders"]) == (29, 58)
    assert found["petition_supervisions"] == 10
    assert (found["hearings_held"], found["hearing_matters"]) == (9, 9)
    assert (found["booking_no_shows"], found["bookings_cancelled"]) == (23, 17)
    assert found["sweeps_village_due"] == 4 * 36
    assert "虚构" in plan.says
