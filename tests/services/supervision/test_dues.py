"""What is owed outside a case, on the ladder: whose each step is, and how it stands on time."""

from datetime import timedelta

import pytest

from contracts.words import Desk
from services.supervision import dues
from services.supervision.clocks.rules import Clock, Span
from services.supervision.dues import Owed
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree
from tests.services.supervision.told import DUE, MON

TREE, POLICY = demo_tree(), demo_policy()
SECOND = timedelta(seconds=1)


def owed(
    answerable: str = VILLAGE, giver: str = "", kind: str = "K15", desk: str = "petition", **other: object
) -> Owed:
    return Owed("d" * 32, kind, "函1号", desk, answerable, MON, DUE, giver=giver, **other)  # type: ignore[arg-type]


def owners(of: Owed) -> dict[str, str | None]:
    owner = dues.owner_of(of, TREE)
    return {step.name: owner(step) for step in POLICY.steps(of.kind, Desk(of.desk))}


ABOVE = {"leaders": DISTRICT, "bulletin": DISTRICT}


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (owed(), {"reminder": VILLAGE, "order": TOWN, "town": TOWN, "district": DISTRICT, **ABOVE}),
        (owed(giver=TOWN), {"reminder": VILLAGE, "order": TOWN, "town": TOWN, "district": DISTRICT, **ABOVE}),
        (owed(giver=DISTRICT), {"reminder": VILLAGE, "order": DISTRICT, "town": None, "district": DISTRICT, **ABOVE}),
        (owed(TOWN, TOWN), {"reminder": TOWN, "order": DISTRICT, "town": None, "district": DISTRICT, **ABOVE}),
        (
            owed(DEPARTMENT, DISTRICT),
            {"reminder": DEPARTMENT, "order": DISTRICT, "town": None, "district": DISTRICT, **ABOVE},
        ),
        (
            owed(excluded=(TOWN,)),
            {"reminder": VILLAGE, "order": DISTRICT, "town": None, "district": DISTRICT, **ABOVE},
        ),
    ],
    ids=["calendar", "town", "over the head of the town", "of itself", "department", "recused town"],
)
def test_each_step_has_one_owner_among_those_who_press(of: Owed, expected: dict[str, str | None]) -> None:
    assert owners(of) == expected


def test_the_discipline_ladder_of_a_notice_is_the_districts() -> None:
    found = owners(owed(TOWN, DISTRICT, "K22", "discipline"))
    assert found["reminder"] == TOWN
    late = {name: owner for name, owner in found.items() if name not in ("reminder", "town_desk")}
    assert set(late.values()) == {DISTRICT}
    assert found.get("town_desk") is None


def test_its_clock_runs_from_start_to_what_was_done() -> None:
    assert dues.clock_of(owed()) == Clock("running", MON, DUE, spans=(Span(MON, MON, DUE, None),))
    done = MON + timedelta(days=1)
    ended = Clock("stopped", MON, DUE, stopped_at=done, spans=(Span(MON, MON, DUE, done),))
    assert dues.clock_of(owed(done_at=done)) == ended


@pytest.mark.parametrize(
    ("done", "now", "heard", "stands"),
    [
        (DUE, DUE + SECOND, None, "on_time"),
        (DUE + SECOND, DUE + SECOND, DUE + SECOND, "late"),
        (None, DUE, None, "open"),
        (None, DUE + SECOND, DUE + SECOND, "late"),
        (None, DUE + SECOND, DUE, "unconfirmed"),
        (None, DUE + SECOND, None, "unconfirmed"),
    ],
)
def test_how_it_stands(done: object, now: object, heard: object, stands: str) -> None:
    assert dues.how_it_stands(owed(done_at=done), now, heard, TOWN) == stands  # type: ignore[arg-type]


def test_what_an_office_owes_itself_is_never_unconfirmed() -> None:
    assert dues.how_it_stands(owed(), DUE + SECOND, None, VILLAGE) == "late"
