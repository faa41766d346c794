"""How well ``services.intake.repeats.similarity`` finds the same matter among labelled pairs of texts."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts.policy import Policy
from services.intake.repeats import similarity

COLUMNS = ("first", "second", "same")
LABELS = {"yes": True, "no": False}


class PairsFileError(ValueError):
    """A file of pairs that cannot be used; the text names every fault by row and column."""


@dataclass(frozen=True)
class Pair:
    """Two texts, and whether a person says that they are the same matter."""

    first: str
    second: str
    same: bool


@dataclass(frozen=True)
class Quality:
    """At a threshold (percent): of the pairs proposed as repeats, how many are ones (precision); of the repeats, how many
    are proposed (recall).
    """

    threshold: int
    pairs: int
    proposed: int
    right: int
    repeats: int

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.repeats if self.repeats else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def line(self, name: str) -> str:
        """As it is printed, with the counts that the rates come from."""
        return (
            f"{name}: 门限 {self.threshold}%, {self.pairs} 对, 提示 {self.proposed} 对, 准确率 {self.right}/{self.proposed} = "
            f"{self.precision:.2f}, 召回率 {self.right}/{self.repeats} = {self.recall:.2f}, F1 = {self.f1:.2f}"
        )


@dataclass(frozen=True)
class Measured:
    """All pairs at the policy's threshold; the threshold chosen on one half of them, and how it does on the other."""

    policy: Quality
    chosen: Quality
    held_out: Quality

    def lines(self) -> tuple[str, ...]:
        return (
            self.policy.line("现行政策门限,全部"),
            self.chosen.line("用一半选定的门限"),
            self.held_out.line("同一门限,另一半检验"),
        )


def read_pairs(path: Path) -> list[Pair]:
    """The labelled pairs of a CSV file (first, second, same: yes or no). Raises PairsFileError with every fault."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        head = next(reader, [])
        if tuple(head) != COLUMNS:
            raise PairsFileError(f"第1行: 表头应为 {','.join(COLUMNS)}")
        rows = list(reader)
    faults = [fault for number, row in enumerate(rows, 2) for fault in _faults(number, row)]
    if faults or not rows:
        raise PairsFileError("\n".join(faults or ["没有数据行"]))
    return [Pair(first, second, LABELS[same]) for first, second, same in rows]


def _faults(number: int, row: Sequence[str]) -> Iterator[str]:
    if len(row) != len(COLUMNS):
        yield f"第{number}行: 应有{len(COLUMNS)}列"
        return
    for column, text in zip(COLUMNS[:2], row, strict=False):
        if not text.strip():
            yield f"第{number}行 {column}: 不能为空"
    if row[2] not in LABELS:
        yield f"第{number}行 same: 应为 yes 或 no"


def measure(pairs: Sequence[Pair], policy: Policy) -> Measured:
    """Compare each pair as intake does, and count."""
    scored = [(similarity(pair.first, pair.second, policy.repeat_stop_words), pair.same) for pair in pairs]
    halves: tuple[list[tuple[int, bool]], list[tuple[int, bool]]] = ([], [])
    for place, each in enumerate(scored):
        halves[place // 2 % 2].append(
            each
        )  # two rows here, two rows there: files often have a pair of each kind in turn
    chosen = max((_at(halves[0], threshold) for threshold in range(1, 101)), key=lambda each: each.f1)
    return Measured(_at(scored, policy.repeat_similarity), chosen, _at(halves[1], chosen.threshold))


def _at(scored: Sequence[tuple[int, bool]], threshold: int) -> Quality:
    proposed = [same for score, same in scored if score >= threshold]
    return Quality(threshold, len(scored), len(proposed), sum(proposed), sum(same for _, same in scored))
