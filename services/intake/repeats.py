"""Which petitions may be the same matter as one before (重件), proposed to a clerk. Pure.

Matters are compared, never persons: no search finds how often somebody petitions (domain section 7, "No harm by
counting"). A clerk confirms with ``link_repeat``; nothing is ever merged.
"""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from contracts.policy import Policy
from services.intake.rules import ReportState


@dataclass(frozen=True)
class Proposal:
    """A petition that may be the same matter: ``similarity`` of the texts in percent, ``why`` in words."""

    report: ReportState
    similarity: int
    why: tuple[str, ...]


def proposals(report: ReportState, others: Iterable[ReportState], policy: Policy) -> tuple[Proposal, ...]:
    """The likely ones among ``others``, likeliest first. What one letter named besides is another matter."""
    found = (_compared(report, other, policy) for other in others if not _of_one_letter(report, other))
    return tuple(sorted((each for each in found if each.why), key=lambda each: (-each.similarity, each.report.number)))


def _of_one_letter(report: ReportState, other: ReportState) -> bool:
    wholes = {report.part_of or report.case, other.part_of or other.case}
    return len(wholes) == 1


def _compared(report: ReportState, other: ReportState, policy: Policy) -> Proposal:
    alike, why = similarity(report.text or "", other.text or "", policy.repeat_stop_words), []
    if report.external_no and report.external_no == other.external_no:
        why.append(f"平台编号相同({report.external_no})")
    if (report.category, report.place) == (other.category, other.place) and alike >= policy.repeat_similarity:
        why.append(f"类别、地点相同,文字相似{alike}%")
    return Proposal(other, alike, tuple(why))


def similarity(first: str, second: str, stop_words: Collection[str] = ()) -> int:
    """How alike two short Chinese texts are, in whole percent: the characters that they share, in whatever order.

    Width, case and punctuation do not count, nor do the policy's ``stop_words``. How well it tells the same matter told
    differently from another matter in the same words is measured by ``shangda repeats quality`` (docs/repeats.md).
    """
    own, others = plain(first, stop_words), plain(second, stop_words)
    return int(fuzz.ratio(sorted(own), sorted(others))) if own and others else 0


def plain(text: str, stop_words: Collection[str] = ()) -> str:
    """A text as it is compared: half width, lower case, letters and digits only, without the stop words."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    for word in sorted(stop_words, key=len, reverse=True):
        narrow = narrow.replace(word, "")
    return "".join(character for character in narrow if character.isalnum())
