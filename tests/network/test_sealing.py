import base64
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError
from nacl.public import PrivateKey

from network.keys import DeskId
from network.sealing import (
    Envelope,
    EnvelopeSchema,
    SealError,
    drop,
    open_box,
    open_envelope,
    reseal,
    seal,
    seal_box,
)

DISTRICT, TOWN, CITY = (
    DeskId("610402", "discipline"),
    DeskId("610402901", "discipline"),
    DeskId("city-discipline", "discipline"),
)
KEYS = {desk: PrivateKey.generate() for desk in (DISTRICT, TOWN, CITY)}
CASE = "0" * 31 + "1"
CONTENT = {"text": "望塬村村主任 石某 少发青苗补偿款", "reporter": {"name": "柳春生", "phone": "13900000000"}}

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
CONTENTS = st.dictionaries(st.text(), JSON, max_size=4)


def sealed(content: dict[str, Any] = CONTENT, *desks: DeskId) -> Envelope:
    return seal(content, CASE, {desk: KEYS[desk].public_key for desk in desks or (DISTRICT,)})


def opened(envelope: Envelope, desk: DeskId = DISTRICT) -> dict[str, Any]:
    return open_envelope(envelope, desk, KEYS[desk])


@settings(deadline=None)
@given(CONTENTS)
def test_what_is_sealed_comes_out_for_every_desk_it_was_sealed_to(content: dict[str, Any]) -> None:
    envelope = Envelope.from_dict(json.loads(json.dumps(sealed(content, DISTRICT, CITY).to_dict())))
    assert opened(envelope) == content
    assert opened(envelope, CITY) == content


def test_nothing_of_the_content_shows() -> None:
    text = json.dumps(sealed().to_dict(), ensure_ascii=False)
    raw = base64.b64decode(sealed().ciphertext)
    for word in ("石某", "柳春生", "13900000000", "reporter"):
        assert word not in text
        assert word.encode() not in raw
    assert sealed().ciphertext != sealed().ciphertext


@settings(deadline=None)
@given(st.integers(0, 6000))
def test_length_tells_only_the_bucket(length: int) -> None:
    overhead = 24 + 16  # nonce and tag
    padded = len(base64.b64decode(sealed({"text": "x" * length}).ciphertext)) - overhead
    assert padded in (1024, 2048, 4096, 8192)
    assert length < padded


def test_short_contents_are_all_of_one_length() -> None:
    assert len({len(sealed({"text": "人" * count}).ciphertext) for count in range(330)}) == 1
    assert len({len(seal_box({"text": "x" * count}, KEYS[TOWN].public_key)) for count in range(1000)}) == 1


def test_a_desk_it_is_not_sealed_to_is_named() -> None:
    with pytest.raises(SealError, match=rf"case {CASE}: not sealed to 610402901/discipline"):
        opened(sealed(), TOWN)


def test_a_desk_of_the_same_office_does_not_open_it() -> None:
    with pytest.raises(SealError, match="not sealed to 610402/petition"):
        open_envelope(sealed(), DeskId("610402", "petition"), KEYS[DISTRICT])


def test_anothers_private_key_does_not_open_it() -> None:
    with pytest.raises(SealError, match=r"the key of 610402/discipline does not open it"):
        open_envelope(sealed(), DISTRICT, KEYS[TOWN])


def test_an_envelope_moved_to_another_case_does_not_open() -> None:
    with pytest.raises(SealError, match=r"case other: altered, or of another case"):
        opened(replace(sealed(), case="other"))


def test_keys_and_contents_of_two_cases_do_not_mix() -> None:
    with pytest.raises(SealError, match="altered"):
        opened(replace(sealed(), ciphertext=sealed({"text": "别的"}).ciphertext))


@settings(deadline=None)
@given(st.integers(min_value=0), st.integers(1, 255))
def test_any_altered_byte_is_noticed(place: int, flip: int) -> None:
    envelope = sealed()
    raw = bytearray(base64.b64decode(envelope.ciphertext))
    raw[place % len(raw)] ^= flip
    with pytest.raises(SealError, match="altered"):
        opened(replace(envelope, ciphertext=base64.b64encode(raw).decode()))
    key = bytearray(base64.b64decode(envelope.keys[str(DISTRICT)]))
    key[place % len(key)] ^= flip
    with pytest.raises(SealError, match="its entry was altered"):
        opened(replace(envelope, keys={str(DISTRICT): base64.b64encode(key).decode()}))


@pytest.mark.parametrize("ciphertext", ["", "QUJD", "A", "没有"])
def test_a_spoilt_ciphertext_is_an_error_that_bears_no_content(ciphertext: str) -> None:
    with pytest.raises(SealError, match=rf"case {CASE}"):
        opened(replace(sealed(), ciphertext=ciphertext))


def test_an_unknown_version_is_named() -> None:
    with pytest.raises(SealError, match="version 2 is not known"):
        opened(replace(sealed(), version=2))


def test_resealing_hands_on_and_dropping_closes() -> None:
    first = sealed()
    both = reseal(first, DISTRICT, KEYS[DISTRICT], TOWN, KEYS[TOWN].public_key)
    assert both.ciphertext == first.ciphertext
    assert first.keys.keys() == {str(DISTRICT)}
    assert opened(both, TOWN) == opened(both) == CONTENT
    handed = drop(both, DISTRICT)
    assert opened(handed, TOWN) == CONTENT
    with pytest.raises(SealError, match="not sealed to 610402/discipline"):
        opened(handed)
    assert Envelope.from_dict(drop(handed, TOWN).to_dict()).keys == {}


def test_who_cannot_open_cannot_hand_on() -> None:
    with pytest.raises(SealError, match="not sealed to"):
        reseal(sealed(), TOWN, KEYS[TOWN], CITY, KEYS[CITY].public_key)
    with pytest.raises(SealError, match="does not open it"):
        reseal(sealed(), DISTRICT, KEYS[TOWN], CITY, KEYS[CITY].public_key)


def test_nothing_broken_is_handed_on() -> None:
    with pytest.raises(SealError, match="altered"):
        reseal(replace(sealed(), case="other"), DISTRICT, KEYS[DISTRICT], TOWN, KEYS[TOWN].public_key)


def test_dropping_what_is_not_there_is_named() -> None:
    with pytest.raises(SealError, match="not sealed to 610402901/discipline"):
        drop(sealed(), TOWN)


def test_sealing_to_nobody_is_refused() -> None:
    with pytest.raises(SealError, match="sealed to nobody"):
        seal(CONTENT, CASE, {})


@pytest.mark.parametrize("value", [b"bytes", float("nan"), object()])
def test_what_is_not_json_is_refused_without_showing_it(value: object) -> None:
    with pytest.raises(SealError, match="not plain JSON"):
        sealed({"text": value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 2),
        ("version", "1"),
        ("case", ""),
        ("ciphertext", "not base64!"),
        ("keys", {"610402": "A" * 108}),
        ("keys", {"610402/hearing": "A" * 108}),
        ("keys", {"610402/petition": "A"}),
        ("extra", 1),
    ],
)
def test_a_wrong_field_is_named(field: str, value: object) -> None:
    data = {**sealed().to_dict(), field: value}
    with pytest.raises(ValidationError) as caught:
        EnvelopeSchema().load(data)
    assert list(caught.value.normalized_messages()) == [field]
    with pytest.raises(SealError, match=field):
        Envelope.from_dict(data)


@settings(deadline=None)
@given(CONTENTS)
def test_an_own_copy_opens_with_its_key_only(content: dict[str, Any]) -> None:
    text = seal_box(content, KEYS[TOWN].public_key)
    assert open_box(text, KEYS[TOWN]) == content
    for wrong in (text[:-8], "没有", "QUJD", "A" + text):
        with pytest.raises(SealError, match="own copy"):
            open_box(wrong, KEYS[TOWN])
    with pytest.raises(SealError, match="own copy"):
        open_box(text, KEYS[CITY])
