"""Where the right to review stands, and what a person can still do.

A case becomes final only by the registered opinion of a final review, or when the time to ask has lapsed (K7, K9).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from contracts.calendar import JUST_AFTER
from contracts.words import ReviewOutcome
from services.hearing.cases.rules import Opinion

REVIEW, FINAL = "review", "final_review"

Word = Literal[
    "no_opinion",
    "review_open",
    "in_review",
    "final_review_open",
    "in_final_review",
    "reopened",
    "final",
    "lapsed",
]

WORDS_ZH: Mapping[Word, str] = {
    "no_opinion": "还没有送达的处理意见",
    "review_open": "可以申请复查",
    "in_review": "正在复查",
    "final_review_open": "可以申请复核",
    "in_final_review": "正在复核",
    "reopened": "已经责令重新办理",
    "final": "复核意见已经作出",
    "lapsed": "申请期限已过",
}


@dataclass(frozen=True)
class Review:
    """One review of one opinion; ``due`` is empty while it is only a late request."""

    case_id: str
    opinion_no: str
    level: str
    state: str
    organ: str
    outside: bool
    requested_at: datetime
    points: str
    waiver: str = ""
    due: datetime | None = None
    provisional: bool = False
    how: tuple[str, ...] = ()
    paused_at: datetime | None = None
    pauses: tuple[Any, ...] = ()
    package_no: str = ""
    outcome: str = ""
    review_no: str = ""
    facts: str = ""
    opinion: str = ""
    basis: str = ""
    decided_at: datetime | None = None
    public: bool = False
    next_until: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """Where the right to review stands; ``until`` bounds the right that is open."""

    word: Word
    until: datetime | None = None

    @property
    def is_final(self) -> bool:
        """Whether the same facts and reasons are accepted no more (art. 36)."""
        return self.word in ("final", "lapsed")


def standing(opinion: Opinion | None, reviews: Sequence[Review], at: datetime) -> Standing:
    """Where review of an opinion stands at a moment."""
    if opinion is None:
        return Standing("no_opinion")
    known = {each.level: each for each in reviews if each.opinion_no == opinion.opinion_no and each.state != "late"}
    first, final = known.get(REVIEW), known.get(FINAL)
    latest = final or first
    if latest is not None and latest.state == "requested":
        return Standing("in_final_review" if final else "in_review")
    if latest is not None and latest.outcome == ReviewOutcome.REDO:
        return Standing("reopened")
    if final is not None:
        return Standing("final")
    if first is not None:
        return _open_until("final_review_open", first.next_until, at)
    return _open_until("review_open", opinion.review_until, at)


def _open_until(word: Word, until: datetime | None, at: datetime) -> Standing:
    return Standing(word, until) if until is not None and at < until + JUST_AFTER else Standing("lapsed")


def remedy(now: Standing, organ: str) -> str:
    """What the person can still do, as every document of a hearing states it (art. 35, 36)."""
    until = f"{now.until:%Y年%m月%d日}" if now.until else ""
    return {
        "no_opinion": "处理意见送达后,如不服,可以依照《信访工作条例》第三十五条在三十日内申请复查。",
        "review_open": f"如不服处理意见,可以在{until}前向{organ}申请复查(《信访工作条例》第三十五条)。",
        "in_review": "复查正在进行;如不服复查意见,可以依照《信访工作条例》第三十六条申请复核。",
        "final_review_open": f"如不服复查意见,可以在{until}前申请复核(《信访工作条例》第三十六条)。",
        "in_final_review": "复核正在进行,以复核意见为准(《信访工作条例》第三十六条)。",
        "reopened": "本事项已责令重新办理;对新的处理意见可以申请复查(《信访工作条例》第三十五条)。",
        "final": "复核意见已经作出;以同一事实和理由再次提出的,不再受理(《信访工作条例》第三十六条)。",
        "lapsed": "申请复查、复核的期限已过;有正当理由的,可以说明理由提出申请。",
    }[now.word]
