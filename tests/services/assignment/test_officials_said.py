"""What matching does to the handler, and that the areas of the policy count."""

from collections.abc import Sequence

from contracts.officials import Duty, Official
from services.assignment.officials.rules import match
from services.assignment.state import CaseState
from tests.services.assignment.cases import DISTRICT, TOWN, held, here, policy
from tests.services.assignment.officials import HEAD, LONG_AGO, REGISTER, STAFF


def matched(state: CaseState, accused: Official, register: Sequence[Official] = REGISTER) -> CaseState:
    cmd = {"officials": [accused.id], "not_found": False, "marks": []}
    return match(state, cmd, register, here(DISTRICT, roles=("clerk", "leader"))).state


def test_a_handler_who_is_accused_handles_it_no_longer() -> None:
    state = matched(held(DISTRICT, handler=HEAD.id), HEAD)
    assert (state.handler, state.todo) == ("", "handler_recused")
    assert matched(held(DISTRICT, handler=STAFF.id), HEAD).handler == STAFF.id


def test_the_holder_of_an_area_recuses_its_towns_as_the_policy_draws_it() -> None:
    duties = (Duty("area_holder", "west", LONG_AGO),)
    holder = Official("x-1", "苗青", "department_staff", "district", duties=duties)
    excluded = matched(held(DISTRICT), holder, (*REGISTER, holder)).excluded
    assert set(policy().areas["west"].towns) <= set(excluded)
    assert TOWN not in excluded
