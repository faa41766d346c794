"""Whose veils count: those of a letter from this office or one above it."""

import pytest

from contracts.veils import believed
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_tree

VEIL = "a" * 32


@pytest.mark.parametrize(
    ("sender", "here", "heard"),
    [
        (DISTRICT, DISTRICT, True),
        (TOWN, TOWN, True),
        (DISTRICT, VILLAGE, True),
        (TOWN, VILLAGE, True),
        (VILLAGE, TOWN, False),
        (VILLAGE, DISTRICT, False),
        (DEPARTMENT, TOWN, False),
        (DEPARTMENT, DISTRICT, False),
    ],
)
def test_nobody_below_or_beside_says_who_is_recused(sender: str, here: str, heard: bool) -> None:
    assert believed([VEIL], sender, here, demo_tree()) == ((VEIL,) if heard else ())
