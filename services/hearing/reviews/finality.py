"""When a case is final, found once and told to who answers later letters (XF22 art. 36). Pure decisions."""

from collections.abc import Sequence
from dataclasses import replace

from contracts.calendar import JUST_AFTER
from contracts.context import Decision, Here
from contracts.letters import Tell
from services.hearing.cases.rules import HearingCase, Opinion, is_inside
from services.hearing.reviews.standing import FINAL, REVIEW, Review, standing

HOW = {"final": "final_review", "lapsed": "lapsed"}
ASKED_AFTER_ALL = "asked_after_all"


def look(
    case: HearingCase, opinion: Opinion, reviews: Sequence[Review], here: Here
) -> Decision[tuple[HearingCase, Opinion]]:
    """Where review stands now, after any change and when a right may have lapsed.

    The case keeps the numbers of the opinions that made it final, the opinion when to look again. Whoever answers later
    letters is told when that changes; also back, where a request made in time arrived late or lateness was waived.
    """
    now = standing(opinion, reviews, here.now)
    mine = here.office == _keeper(case, opinion, here)
    numbers = opinions_of(opinion, reviews) if mine and now.is_final else ()
    looked = replace(opinion, look_at=now.until + JUST_AFTER if mine and now.until else None)
    after = replace(case, final_opinions=numbers)
    if numbers == case.final_opinions:
        return Decision((after, looked), (), "review_stands", "", {"word": now.word})
    how = HOW.get(now.word, ASKED_AFTER_ALL) if numbers else ASKED_AFTER_ALL
    data = {"opinions": list(numbers), "how": how, "at": here.now}
    to = dict.fromkeys((case.holder, here.office))
    tells = tuple(Tell(office, "assignment", "case_final", case.case, data) for office in to)
    return Decision((after, looked), tells, "case_final", "", {"how": how})


def _keeper(case: HearingCase, opinion: Opinion, here: Here) -> str:
    """Whose hearing has the reviews of an opinion: the reviewing office's, or the holder's where that is outside."""
    return opinion.review_office if is_inside(opinion.review_office, here) else case.holder


def opinions_of(opinion: Opinion, reviews: Sequence[Review]) -> tuple[str, ...]:
    """The numbers of opinion, review and final review, as far as there are any."""
    decided = {each.level: each.review_no for each in reviews if each.opinion_no == opinion.opinion_no}
    return (opinion.opinion_no, *(decided[level] for level in (REVIEW, FINAL) if decided.get(level)))
