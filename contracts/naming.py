"""Who is meant: officials that fit the words of a reporter, with the reasons. Pure; a person decides.

Reporters write a full name, a surname with 某, or a surname with a title (石主任), and often the post somebody has left.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.accused import Accused
from contracts.officials import Official, Post, in_term

# Titles by which people are addressed; a longer one before the one it contains.
TITLES = (
    "副主任", "副书记", "副镇长", "副局长", "副区长", "副科长", "副所长", "副站长", "副校长", "副院长",
    "主任", "书记", "镇长", "乡长", "局长", "区长", "科长", "所长", "站长", "校长", "院长", "部长", "组长",
    "队长", "主席", "委员", "会计", "出纳", "文书", "干事", "支书",
)  # fmt: skip
COMPOUND_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "皇甫", "令狐", "慕容", "尉迟", "长孙", "夏侯", "司徒", "东方")
FULL_NAME, SURNAME, POST, OFFICE, FORMER_OFFICE = 100, 40, 30, 20, 15
_VEILED = re.compile(r"^(.{1,2}?)[某XxＸ×*]{1,3}\Z")


@dataclass(frozen=True)
class Candidate:
    """An official who may be meant; a higher score fits better; ``why`` are sentences for the clerk."""

    official: Official
    score: int
    why: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """An official whom a text names by the words ``what``; ``how`` is name, title or post."""

    official: Official
    what: str
    how: str


def candidates(accused: Accused, officials: Iterable[Official], on: date) -> tuple[Candidate, ...]:
    """The officials who may be meant on that day, the best fit first.

    The name, or the surname, must fit; else post and office both (a name may be misheard). A post or an office that
    somebody left counts too, with its dates.
    """
    found = [each for official in officials if (each := _weighed(accused, official, on)) is not None]
    return tuple(sorted(found, key=lambda each: (-each.score, each.official.id)))


def _weighed(accused: Accused, official: Official, on: date) -> Candidate | None:
    by_name = _by_name(accused.name.strip(), official)
    post = accused.post.strip() or _title_of(accused.name.strip())
    by_post, by_office = _by_post(post, official, on), _by_office(accused.office, official, on)
    if accused.name.strip() and not by_name and not (by_post and by_office):
        return None
    if not accused.name.strip() and not (by_post and (by_office or not accused.office)):
        return None
    reasons = [*by_name, *by_post, *by_office]
    return Candidate(official, sum(score for score, _ in reasons), tuple(why for _, why in reasons))


def surname(name: str) -> str:
    """The surname in a full name; of a compound surname both characters."""
    return name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1]


def _by_name(name: str, official: Official) -> list[tuple[int, str]]:
    if name and name == official.name:
        return [(FULL_NAME, "姓名相同")]
    family = _family_of(name)
    return [(SURNAME, f"姓氏相同:{family}")] if family and family == surname(official.name) else []


def _family_of(name: str) -> str:
    """The surname in 石某, 石某某 or 石主任; "" when the words are something else."""
    veiled = _VEILED.match(name)
    if veiled:
        return veiled[1]
    title = _title_of(name)
    return name.removesuffix(title) if title and len(name.removesuffix(title)) in (1, 2) else ""


def _title_of(name: str) -> str:
    return next((title for title in TITLES if name.endswith(title)), "")


def _by_post(post: str, official: Official, on: date) -> list[tuple[int, str]]:
    fitting = [each for each in _known(official, on) if post and (post in each.post or each.post in post)]
    return [(POST, f"职务相符:{fitting[0].post}{_left(fitting[0], on)}")] if fitting else []


def _by_office(office: str, official: Official, on: date) -> list[tuple[int, str]]:
    there = [each for each in _known(official, on) if office and each.office == office]
    if not there:
        return []
    now = in_term(there[0], on)
    return [(OFFICE if now else FORMER_OFFICE, "现在该单位任职" if now else f"曾在该单位任职{_left(there[0], on)}")]


def _known(official: Official, on: date) -> list[Post]:
    """The posts held by that day, the present ones first, then the latest left."""
    begun = [post for post in official.posts if post.since <= on]
    return sorted(begun, key=lambda post: (not in_term(post, on), -(post.until or on).toordinal()))


def _left(post: Post, on: date) -> str:
    return "" if in_term(post, on) else f"({post.since}至{post.until})"


def named_in(
    text: str, officials: Iterable[Official], names: Mapping[str, Sequence[str]], on: date
) -> tuple[Named, ...]:
    """The officials whom a text names: by name, by surname and title (石主任), or by post with the name of its office.

    ``names`` are the names in use of each office, full and short. One finding for an official, the plainest.
    """
    found = (_named(text, official, names, on) for official in officials)
    return tuple(each for each in found if each is not None)


def _named(text: str, official: Official, names: Mapping[str, Sequence[str]], on: date) -> Named | None:
    if len(official.name) > 1 and official.name in text:
        return Named(official, official.name, "name")
    known = _known(official, on)
    addresses = (surname(official.name) + title for title in TITLES if any(title in each.post for each in known))
    if words := next((each for each in addresses if each in text), ""):
        return Named(official, words, "title")
    posts = (words for post in known for name in names.get(post.office, ()) for words in _spoken(name, post.post))
    words = next((each for each in posts if each in text), "")
    return Named(official, words, "post") if words else None


def _spoken(office: str, post: str) -> tuple[str, ...]:
    """How people write a post at an office: 望塬村村主任, 望塬村的村主任, and 望塬村主任 where the words overlap."""
    overlap = (office + post[1:],) if post[:1] == office[-1:] else ()
    return (office + post, f"{office}的{post}", *overlap)
