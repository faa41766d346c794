"""The plain form of officials: what is taken, what is refused, and by which field."""

from datetime import date
from typing import Any

import pytest
from marshmallow import ValidationError

from contracts.events import EVENTS, OWN_ONLY
from contracts.officials import Duty, Official, OfficialSchema, Post, Relation, in_term

PLAIN: dict[str, Any] = {
    "id": "gb-001",
    "name": "石某",
    "rank": "village_cadre",
    "managed_by": "town",
    "posts": [{"office": "610402901901", "post": "村主任", "since": "2021-03-01", "until": None}],
    "duties": [{"duty": "reception_leader", "scope": "610402901", "since": "2024-01-01", "until": "2024-12-31"}],
    "relations": [{"person": "gb-002", "kind": "配偶"}],
}
OFFICIAL = Official(
    "gb-001",
    "石某",
    "village_cadre",
    "town",
    (Post("610402901901", "村主任", date(2021, 3, 1)),),
    (Duty("reception_leader", "610402901", date(2024, 1, 1), date(2024, 12, 31)),),
    (Relation("gb-002", "配偶"),),
)


def test_an_official_goes_to_its_plain_form_and_back() -> None:
    assert OfficialSchema().load(PLAIN) == OFFICIAL
    assert OfficialSchema().dump(OFFICIAL) == PLAIN


def test_lists_and_last_days_may_be_left_out() -> None:
    short = {name: PLAIN[name] for name in ("id", "name", "rank", "managed_by")}
    assert OfficialSchema().load(short) == Official("gb-001", "石某", "village_cadre", "town")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", ""),
        ("id", "石-1"),
        ("id", "1" * 21),
        ("id", "gb-001\n"),
        ("name", ""),
        ("name", "石" * 61),
        ("rank", "king"),
        ("managed_by", "province"),
        ("posts", [{"office": "x", "post": "村主任", "since": "2021-03-01"}]),
        ("posts", [{"office": "610402", "post": "", "since": "2021-03-01"}]),
        ("posts", [{"office": "610402", "post": "村主任"}]),
        ("posts", [{"office": "610402", "post": "村主任", "since": "去年"}]),
        ("posts", PLAIN["posts"] * 51),
        ("duties", [{"duty": "king", "since": "2021-03-01"}]),
        ("duties", [{"duty": "supervisor", "scope": "镇", "since": "2021-03-01"}]),
        ("relations", [{"person": "", "kind": "配偶"}]),
        ("relations", [{"person": "gb-002", "kind": ""}]),
    ],
)
def test_what_is_wrong_is_named(field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as wrong:
        OfficialSchema().load({**PLAIN, field: value})
    assert list(wrong.value.messages_dict) == [field]


def test_a_term_ends_on_or_after_its_first_day() -> None:
    one_day = {"office": "610402", "post": "主任", "since": "2024-01-02", "until": "2024-01-02"}
    assert OfficialSchema().load({**PLAIN, "posts": [one_day]}).posts[0].until == date(2024, 1, 2)
    with pytest.raises(ValidationError) as wrong:
        OfficialSchema().load({**PLAIN, "posts": [{**one_day, "until": "2024-01-01"}]})
    assert wrong.value.messages_dict == {"posts": {0: {"until": ["止于不能早于起于"]}}}


def test_the_first_and_the_last_day_belong_to_a_term() -> None:
    post = Post("610402", "主任", date(2024, 1, 2), date(2024, 3, 1))
    days = [date(2024, 1, 1), date(2024, 1, 2), date(2024, 3, 1), date(2024, 3, 2)]
    assert [in_term(post, day) for day in days] == [False, True, True, False]
    assert in_term(Post("610402", "主任", date(2024, 1, 2)), date(2099, 1, 1))


def test_a_letter_bears_no_relations_and_at_most_two_hundred() -> None:
    copy = {name: value for name, value in PLAIN.items() if name != "relations"}
    letter = {"version": "1", "serial": 1, "part": 1, "parts": 1, "officials": [copy] * 200}
    schema = EVENTS["officials_published"]()
    assert schema.load(letter)["officials"][0].relations == ()
    for wrong in ([PLAIN], [], [copy] * 201):
        assert list(schema.validate({**letter, "officials": wrong})) == ["officials"]
    for field in ("serial", "part", "parts"):
        assert list(schema.validate({**letter, field: 0})) == [field]


def test_duties_are_told_to_the_own_supervision_only() -> None:
    assert "duties_published" in OWN_ONLY
    duty = {"person": "gb-001", "duty": "area_holder", "scope": "east", "since": "2024-01-01", "until": None}
    found = EVENTS["duties_published"]().load({"version": "1", "serial": 1, "duties": [duty]})
    assert found["duties"] == [{**duty, "since": date(2024, 1, 1)}]
