"""Scoring of the annual assessment: bounded, scaled over what is left out, never raised by leaving work undone (S30, S31)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import Refused
from services.supervision.assessing.scoring import Indicator, sheet

ON_TIME = Indicator("按期办结率", 60, ("supervision", "on_time"))
SATISFIED = Indicator("满意率", 40, ("supervision", "satisfied"))
BOTH = (ON_TIME, SATISFIED)
RATE = st.integers(0, 50).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


def test_each_line_keeps_numerator_denominator_and_weight() -> None:
    made = sheet(BOTH, {ON_TIME.figure: (3, 4), SATISFIED.figure: (1, 2)})
    assert [(each.numerator, each.denominator, each.points) for each in made.lines] == [(3, 4, 45), (1, 2, 20)]
    assert (made.counted_weight, made.score) == (100, 65)


def test_without_a_base_an_indicator_is_left_out_and_the_rest_scaled() -> None:
    made = sheet(BOTH, {ON_TIME.figure: (3, 4), SATISFIED.figure: (0, 0)})
    assert (made.counted_weight, made.score, made.lines[1].points) == (60, 75, None)
    assert sheet(BOTH, {}).score is None


def test_a_volume_is_never_scored_and_weights_add_to_a_hundred() -> None:
    with pytest.raises(Refused, match="不是比率"):
        sheet(BOTH, {ON_TIME.figure: (3, None)})
    with pytest.raises(Refused, match="100"):
        sheet((ON_TIME,), {})


@given(RATE, RATE)
def test_a_score_is_between_0_and_100(one: tuple[int, int], two: tuple[int, int]) -> None:
    made = sheet(BOTH, {ON_TIME.figure: one, SATISFIED.figure: two})
    assert made.score is None or Fraction(0) <= made.score <= 100


@given(RATE.filter(lambda rate: rate[1] > 0), RATE)
def test_a_case_in_the_base_that_was_not_done_never_raises_the_score(
    one: tuple[int, int], two: tuple[int, int]
) -> None:
    before = sheet(BOTH, {ON_TIME.figure: one, SATISFIED.figure: two}).score
    after = sheet(BOTH, {ON_TIME.figure: (one[0], one[1] + 1), SATISFIED.figure: two}).score
    assert before is not None
    assert after is not None
    assert after <= before
