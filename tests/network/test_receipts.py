import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.receipts import (
    ALPHABET,
    LENGTH,
    ReceiptError,
    hashes_of,
    make_receipt,
    normalise,
    part_hash,
    receipt_hash,
)

PLACES = st.integers(0, LENGTH - 1)
CHARACTERS = st.sampled_from(ALPHABET)
RECEIPTS = st.builds(make_receipt)


def plain(receipt: str) -> str:
    return receipt.replace("-", "")


def put(text: str, place: int, character: str) -> str:
    return text[:place] + character + text[place + 1 :]


def test_a_receipt_is_grouped_unambiguous_and_new_each_time() -> None:
    receipts = {make_receipt() for _ in range(500)}
    assert len(receipts) == 500
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{2}", each) for each in receipts)


@settings(deadline=None)
@given(RECEIPTS)
def test_a_receipt_is_its_own_normal_form(receipt: str) -> None:
    assert normalise(receipt) == receipt


def test_every_wrong_character_at_every_place_is_noticed() -> None:
    receipt = plain(make_receipt())
    for place in range(LENGTH):
        for character in set(ALPHABET) - {receipt[place]}:
            with pytest.raises(ReceiptError, match="有误"):
                normalise(put(receipt, place, character))


@settings(deadline=None)
@given(RECEIPTS, PLACES, PLACES)
def test_any_swap_of_two_different_characters_is_noticed(receipt: str, first: int, second: int) -> None:
    text = plain(receipt)
    swapped = put(put(text, first, text[second]), second, text[first])
    if swapped != text:
        with pytest.raises(ReceiptError, match="有误"):
            normalise(swapped)


@settings(deadline=None)
@given(RECEIPTS, PLACES, PLACES, CHARACTERS, CHARACTERS)
def test_two_wrong_characters_are_noticed(receipt: str, first: int, second: int, one: str, other: str) -> None:
    text = plain(receipt)
    wrong = put(put(text, first, one), second, other)
    if wrong != text:
        with pytest.raises(ReceiptError, match="有误"):
            normalise(wrong)


@settings(deadline=None)
@given(RECEIPTS, st.sampled_from([" ", "-", "—", " ", "\n", "", "\u200b"]))
def test_what_people_type_is_understood(receipt: str, between: str) -> None:
    full_width = "".join(chr(ord(character) + 0xFEE0) for character in plain(receipt))
    looks_alike = plain(receipt).lower().replace("0", "o").replace("1", "l")
    for typed in (full_width, looks_alike, plain(receipt).replace("0", "O").replace("1", "I")):
        assert normalise(between.join(typed)) == receipt


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", "receipt_length", "应有 22 位,现在是 0 位"),
        ("ABCD-EFGH", "receipt_length", "现在是 8 位"),
        ("A" * 23, "receipt_length", "现在是 23 位"),
        ("A" * 5000, "receipt_length", "太长"),
        ("ABCU" + "0" * 18, "receipt_character", "第 4 位“U”"),
        ("查询码", "receipt_character", "第 1 位“查”"),
    ],
)
def test_what_is_no_receipt_is_refused_with_a_reason(typed: str, code: str, words: str) -> None:
    with pytest.raises(ReceiptError, match=words) as caught:
        normalise(typed)
    assert caught.value.code == code
    assert caught.value.fields == {"receipt": caught.value.message}


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    with suppress(ReceiptError):
        assert len(plain(normalise(text))) == LENGTH


@settings(deadline=None)
@given(RECEIPTS)
def test_the_hash_is_the_same_however_it_is_typed_and_tells_nothing(receipt: str) -> None:
    digest = receipt_hash(receipt)
    assert digest == receipt_hash(plain(receipt).lower())
    assert re.fullmatch(r"[0-9a-f]{64}", digest)
    assert digest != receipt_hash(make_receipt())


def test_the_hash_does_not_change_between_versions() -> None:
    assert receipt_hash("0" * LENGTH) == "5d6c590ea706b0ff1138f43b554bb5e792d390827c146370a42035fc8b86be50"


def test_each_matter_of_a_receipt_has_a_hash_of_its_own() -> None:
    receipt = make_receipt()
    found = hashes_of(receipt.lower())
    assert list(found) == [*range(1, 10), *(10 * m + k for m in range(1, 10) for k in range(1, 10)), *range(101, 110)]
    assert len(set(found.values())) == 9 + 81 + 9
    assert found[1] == receipt_hash(receipt)
    assert found[2] == receipt_hash(receipt, 2)
    assert found[101] == receipt_hash(receipt, 101)
    assert found[23] == part_hash(found[2], 3)
    assert all(len(each) == 64 for each in found.values())


@pytest.mark.parametrize("part", [0, 10])
def test_a_petition_has_at_most_nine_parts(part: int) -> None:
    with pytest.raises(ValueError, match=f"at most 9 parts, not {part}"):
        part_hash("a" * 64, part)


def test_the_hash_of_a_part_is_made_from_the_hash_of_the_whole() -> None:
    assert part_hash("a" * 64, 1) != part_hash("b" * 64, 1)
    assert part_hash("a" * 64, 9) != part_hash("a" * 64, 1)
