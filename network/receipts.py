"""Receipts (查询码): what a reporter keeps to ask after a report without giving a name.

20 random characters of 5 bits and 2 check characters, in groups of four: ``XXXX-XXXX-XXXX-XXXX-XXXX-CC``. The alphabet
is Crockford's base 32: no I, L, O, U. The whole is a Reed-Solomon code word over GF(32): the sum of the characters and
their sum weighted by distinct powers of a generator are both zero, so that any one or two wrong characters and any
swap of two neighbours are noticed.

One receipt may stand for several matters: a letter that named two things (1 to 9), what a clerk later split off an
ordinary petition (11 to 99, matter 10·m + k being the k-th part of matter m), and reports of retaliation (101 to 109).
Each is stored under a hash of its own. Those of the first and the last kind are made from the receipt itself, so that
without it nobody can tell that two rows belong together (domain section 6, R22).
"""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Sequence
from functools import reduce
from operator import xor

from contracts.errors import Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM = 20
CHECK = 2
LENGTH = RANDOM + CHECK

_LOOKALIKES = str.maketrans("OIL", "011")
_IGNORED = re.compile(r"[\s_\-\u2010-\u2015\u2212\u200b\ufeff]+")
_MAX_TYPED = 200
_PERSON = b"shangda-receipt"
_PERSON_OF_PART = b"shangda-split"
MATTERS = tuple(range(1, 10))
RETALIATION = tuple(range(101, 110))
MAX_PARTS = 9


class ReceiptError(Refused):
    """A text that is no receipt; ``code`` is receipt_length, receipt_character or receipt_check."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message, {"receipt": message})


def make_receipt() -> str:
    """A new receipt with 100 bits of randomness from the system."""
    values = [secrets.randbelow(32) for _ in range(RANDOM)]
    text = "".join(ALPHABET[value] for value in (*values, *_check(values)))
    return _grouped(text)


def normalise(text: str) -> str:
    """The receipt as it was printed, from what a person typed; ReceiptError (in Chinese) says what is wrong.

    Lower case, full-width characters, spaces and dashes of any kind are accepted, and O for 0, I or L for 1.
    """
    if len(text) > _MAX_TYPED:
        raise ReceiptError("receipt_length", f"查询码应有 {LENGTH} 位,现在的内容太长")
    folded = unicodedata.normalize("NFKC", text).upper()
    plain = _IGNORED.sub("", folded).translate(_LOOKALIKES)
    for place, character in enumerate(plain, 1):
        if character not in ALPHABET:
            raise ReceiptError("receipt_character", f"查询码第 {place} 位“{character}”不是查询码用的字母或数字")
    if len(plain) != LENGTH:
        raise ReceiptError("receipt_length", f"查询码应有 {LENGTH} 位,现在是 {len(plain)} 位")
    if any(_syndromes([ALPHABET.index(character) for character in plain])):
        raise ReceiptError("receipt_check", "查询码有误,请对照回执逐位核对")
    return _grouped(plain)


def receipt_hash(text: str, matter: int = 1) -> str:
    """64 hex digits under which a receipt is stored (it is never stored itself); ReceiptError when it is none.

    No key and no slow hash: trying 2**100 receipts is out of reach even for one who holds the whole database, and a
    key would only be one more thing that every office would have to share.
    """
    receipt = normalise(text)
    return _hashed(receipt if matter == 1 else f"{receipt}/{matter}", _PERSON)


def part_hash(whole: str, part: int) -> str:
    """The hash of the ``part``-th (1 to 9) piece split off the petition stored under the hash ``whole``.

    A clerk makes it without the receipt, and whoever has the receipt finds it; ValueError beyond nine pieces.
    """
    if not 1 <= part <= MAX_PARTS:
        raise ValueError(f"a petition has at most {MAX_PARTS} parts, not {part}")
    return _hashed(f"{whole}/{part}", _PERSON_OF_PART)


def hashes_of(text: str) -> dict[int, str]:
    """Every hash that this receipt may stand for, by matter, in order; ReceiptError when it is none."""
    filed = {matter: receipt_hash(text, matter) for matter in (*MATTERS, *RETALIATION)}
    parts = {
        10 * matter + part: part_hash(filed[matter], part) for matter in MATTERS for part in range(1, MAX_PARTS + 1)
    }
    return dict(sorted({**filed, **parts}.items()))


def _hashed(text: str, person: bytes) -> str:
    return hashlib.blake2b(text.encode("ascii"), digest_size=32, person=person).hexdigest()


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + 4] for start in range(0, LENGTH, 4))


def _powers() -> tuple[int, ...]:
    """The powers 0 to 30 of the generator x of GF(32) with x^5 = x^2 + 1."""
    powers = [1]
    for _ in range(30):
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 0b100000 else doubled)
    return tuple(powers)


_POWERS = _powers()
_LOGS = {power: exponent for exponent, power in enumerate(_POWERS)}


def _times(first: int, second: int) -> int:
    """The product in GF(32)."""
    if 0 in (first, second):
        return 0
    return _POWERS[(_LOGS[first] + _LOGS[second]) % 31]


def _syndromes(values: Sequence[int]) -> tuple[int, int]:
    """The plain and the weighted sum; the weight of a place is the generator to the power of its distance."""
    weighted = (_times(value, _POWERS[place]) for place, value in enumerate(reversed(values)))
    return reduce(xor, values), reduce(xor, weighted)


def _check(values: Sequence[int]) -> tuple[int, int]:
    """The two characters a, b that make both sums zero: a + b = s0 and a·x + b = s1."""
    plain, weighted = _syndromes([*values, 0, 0])
    first = _times(plain ^ weighted, _POWERS[31 - _LOGS[_POWERS[0] ^ _POWERS[1]]])
    return first, plain ^ first
