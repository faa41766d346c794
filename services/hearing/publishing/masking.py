"""Taking persons out of a text before the public reads it (S107). Pure.

What a rule can find is masked by rule: numbers of identity cards, telephones, bank cards, e-mail and house addresses. Names
are masked as they are given: no rule knows them all. So a person sees the masked text and confirms it before it goes out.
"""

import hashlib
import re
from collections.abc import Iterable

HIDDEN = "某"
NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9][0-9 -]{5,22}[0-9Xx](?![0-9A-Za-z])")
MAIL = re.compile(r"[0-9A-Za-z._%+-]+@[0-9A-Za-z.-]+")
HOUSE = re.compile(r"[0-9一二三四五六七八九十百零〇两]{1,6}(号院|号楼|号|栋|幢|单元|室|户)")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
OF_DOCUMENTS = ("〕", "第")
"""A number behind 〔2026〕 or 第 belongs to a document or an article: it stays."""


def mask(text: str, names: Iterable[str]) -> str:
    """``text`` with each of ``names`` cut to its first character and 某, and numbers and places that lead to somebody hidden."""
    for name in sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True):
        text = text.replace(name, f"{name[0]}{HIDDEN}")
    text = MAIL.sub("***", text)
    text = NUMBER.sub(lambda found: found[0] if DATE.match(found[0]) else "***", text)
    return HOUSE.sub(lambda found: found[0] if _belongs(text, found.start()) else f"{HIDDEN}{found[1]}", text)


def _belongs(text: str, start: int) -> bool:
    return text[max(start - 1, 0) : start] in OF_DOCUMENTS


def digest(text: str) -> str:
    """What stands for the very text that somebody saw."""
    return hashlib.sha256(text.encode()).hexdigest()
