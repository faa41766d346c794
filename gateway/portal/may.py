"""What a reporter may say of a case now. Pure."""

from collections.abc import Collection, Sequence
from typing import Literal

from contracts.words import Desk

Saying = Literal["supplement", "rating", "review", "withdraw", "performed", "not_performed", "objection", "retaliation"]

MAX_RATINGS = 2  # of one answer: given once, corrected once
FINAL = frozenset({"declined", "concluded", "fed_back", "withdrawn", "outside", "terminated", "final_review_decided"})
RATED_AFTER = frozenset({"declined", "settled", "opinion", "served", "concluded", "terminated"})
REVIEWED_AFTER = frozenset({"served", "terminated"})
PROMISED_AFTER = frozenset({"settled", "served", "concluded", "terminated", "performed"})
# Steps that say the case is being sorted or handled: what was answered before them counts no more.
UNANSWERED = frozenset({"registered", "offered", "signed", "returned", "accepted", "settlement_refused", "reopened"})


def course(steps: Sequence[str]) -> int:
    """Where the latest course of a case begins among its ``steps``, oldest first: a case that is done again is answered
    anew, and the new answer may be rated and reviewed as the first could."""
    return max((place for place, step in enumerate(steps) if step in UNANSWERED), default=0)


def may(desk: str, reached: Collection[str], standing: str, ratings: int) -> tuple[Saying, ...]:
    """What a reporter may say of a case now: ``reached`` are the steps of its latest course, ``standing`` the one it
    stands at, ``ratings`` those given in that course.

    A discipline report is not rated in public; review is for opinions on petitions (XF22 art. 35). To one that went to a
    body above nothing can be added here: nobody here has it any more (JK art. 15).
    """
    gone = standing == "withdrawn" or (desk == Desk.DISCIPLINE and standing == "outside")
    found: list[Saying] = [] if gone else ["supplement"]
    reached = set(reached)
    if desk == Desk.PETITION and reached & RATED_AFTER and ratings < MAX_RATINGS:
        found.append("rating")
    if desk == Desk.PETITION and reached & REVIEWED_AFTER and "review_requested" not in reached:
        found.append("review")
    return (*found, *_may_say(desk, reached, standing))


def _may_say(desk: str, reached: Collection[str], standing: str) -> tuple[Saying, ...]:
    """Who was harassed for a report can always say so. Whether a promise was kept is asked of petitions only."""
    found: list[Saying] = []
    if desk == Desk.PETITION and set(reached) & PROMISED_AFTER:
        found += ["not_performed"] if "resolved" in reached else ["performed", "not_performed"]
    if standing not in FINAL:
        found += ["withdraw", "objection"]
    return (*found, "retaliation")
