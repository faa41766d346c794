import pytest
from marshmallow import ValidationError

from contracts.accused import RANKS, Accused, AccusedSchema


def test_a_full_entry_is_read() -> None:
    data = {"name": "石某", "office": "610402901901", "post": "村主任", "rank": "village_cadre"}
    assert AccusedSchema().load(data) == Accused("石某", "610402901901", "村主任", "village_cadre")
    assert AccusedSchema().dump(Accused(**data)) == data


@pytest.mark.parametrize("data", [{"name": "石某"}, {"post": "村主任"}])
def test_a_name_or_a_post_is_enough(data: dict[str, str]) -> None:
    loaded = AccusedSchema().load(data)
    assert (loaded.office, loaded.rank) == ("", "unknown")


@pytest.mark.parametrize("rank", RANKS)
def test_every_rank_is_accepted(rank: str) -> None:
    assert AccusedSchema().load({"name": "某人", "rank": rank}).rank == rank


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "name"),
        ({"name": " ", "post": ""}, "name"),
        ({"name": "石" * 61}, "name"),
        ({"name": "石某", "post": "主" * 121}, "post"),
        ({"name": "石某", "rank": "king"}, "rank"),
        ({"name": "石某", "office": "望塬村"}, "office"),
        ({"name": "石某", "office": "610402\n"}, "office"),
        ({"name": "石某", "phone": "1"}, "phone"),
    ],
)
def test_a_wrong_field_is_named(data: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        AccusedSchema().load(data)
    assert list(caught.value.normalized_messages()) == [field]
