"""How much fits on a line, and what is left out: texts end, and stories begin, with an ellipsis. Pure.

Lengths are in characters as wide as a Chinese one. Others are taken for a little wider than they are in the fonts of the
page, so that what is counted to fit does.
"""

import unicodedata
from collections.abc import Sequence

MARK = "…"
WIDE = "WFA"  # East Asian widths that take a whole character; "ambiguous" ones do in Chinese fonts
BROAD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZmw@%&")
ROOMY = 12  # lines of a case from which its clocks get two
FULL, LARGE, SMALL = 20, 18, 12  # twentieths of a Chinese character


def width(text: str) -> int:
    """In twentieths of a Chinese character."""
    return sum(map(_width, text))


def _width(each: str) -> int:
    if unicodedata.east_asian_width(each) in WIDE:
        return FULL
    return LARGE if each in BROAD else SMALL


def plain(text: str) -> str:
    """The text on one line: what broke it is a blank."""
    return " ".join(text.split())


def cut(text: str, most: int) -> str:
    """The beginning of a text that is at most ``most`` characters long, with an ellipsis where something is left out."""
    whole = plain(text)
    if width(whole) <= most * FULL:
        return whole
    room, kept = most * FULL - width(MARK), 0
    for each in whole:
        room -= _width(each)
        if room < 0:
            break
        kept += 1
    return whole[:kept].rstrip() + MARK


def latest(parts: Sequence[str], most: int, joint: str = ";") -> str:
    """The last of some short texts, as many as fit, the earlier ones as an ellipsis; the very last is cut if it has to be."""
    whole = [plain(part) for part in parts if part.strip()]
    kept: list[str] = whole[-1:]
    for each in reversed(whole[:-1]):
        if width(MARK + joint.join([each, *kept])) > most * FULL:
            return cut(MARK + joint.join(kept), most)
        kept.insert(0, each)
    return cut(joint.join(kept), most)


def split_lines(lines: int) -> tuple[int, int, int, int]:
    """How many of a case's lines its text, its story, its clocks and its promises get; its head and result take one each."""
    clocks = 2 if lines >= ROOMY else 1
    rest = max(3, lines - 2 - clocks)
    promises, story = max(1, rest // 5), max(1, rest * 2 // 5)
    return rest - promises - story, story, clocks, promises
