"""Which petitions may be the same matter as one before (重件), proposed to a clerk. Pure.

Matters are compared, never persons: no search finds how often somebody petitions (domain section 7, "No harm by
counting"). A clerk confirms with ``link_repeat``; nothing is ever merged.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from services.intake.rules import ReportState


@dataclass(frozen=True)
class Proposal:
    """A petition that may be the same matter: ``similarity`` of the texts in percent, ``why`` in words."""

    report: ReportState
    similarity: int
    why: tuple[str, ...]


def proposals(report: ReportState, others: Iterable[ReportState], threshold: int) -> tuple[Proposal, ...]:
    """The likely ones among ``others``, likeliest first. What one letter named besides is another matter."""
    found = (_compared(report, other, threshold) for other in others if not _of_one_letter(report, other))
    return tuple(sorted((each for each in found if each.why), key=lambda each: (-each.similarity, each.report.number)))


def _of_one_letter(report: ReportState, other: ReportState) -> bool:
    wholes = {report.part_of or report.case, other.part_of or other.case}
    return len(wholes) == 1


def _compared(report: ReportState, other: ReportState, threshold: int) -> Proposal:
    alike, why = similarity(report.text or "", other.text or ""), []
    if report.external_no and report.external_no == other.external_no:
        why.append(f"平台编号相同({report.external_no})")
    if (report.category, report.place) == (other.category, other.place) and alike >= threshold:
        why.append(f"类别、地点相同,文字相似{alike}%")
    return Proposal(other, alike, tuple(why))


def similarity(first: str, second: str) -> int:
    """How many pairs of neighbouring characters two texts share, in whole percent (Dice); punctuation does not count."""
    own, others = _pairs(first), _pairs(second)
    return 200 * len(own & others) // (len(own) + len(others)) if own and others else 0


def _pairs(text: str) -> set[str]:
    plain = "".join(character for character in text if character.isalnum())
    return {plain[place : place + 2] for place in range(len(plain) - 1)}
