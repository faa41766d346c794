"""Plays a plan: acts in their order, the clock moved only when every letter was taken in and every service has looked."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from shangda.simulate.acts import AGAIN, Act, Plan, resolved

Answer = Mapping[str, Any]


class PlayError(Exception):
    """An act was answered otherwise than the plan has it; the text says which."""


class Playable(Protocol):
    """Where a plan is played."""

    def move(self, moment: datetime) -> None:
        """Every clock stands at ``moment``, and every service has looked at what is due."""

    def settle(self) -> None:
        """Return when every letter was taken in at its receiver."""

    def do(self, act: Act, data: Mapping[str, Any]) -> Answer:
        """The whole answer of an act."""

    def again(self, act: Act) -> None:
        """The post brings the last letter of a kind a second time."""

    def figures(self, since: str, until: str, desk: str) -> dict[str, Any]:
        """name → {value, base, zh} at the district."""


@dataclass
class Progress:
    """Where a playing stands; ``answers`` are those of the acts played, by their ids."""

    acts: int
    answers: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    moves: int = 0
    moved_seconds: float = 0.0


class Log:
    """The acts played with their answers, one JSON line each, for going on after a stop."""

    def __init__(self, path: Path | None) -> None:
        self.path = path

    def read(self) -> dict[str, Mapping[str, Any]]:
        """act → answer of what was played before."""
        if self.path is None or not self.path.exists():
            return {}
        lines = [json.loads(line) for line in self.path.read_text("utf-8").splitlines() if line.endswith("}")]
        return {each["act"]: each["answer"] for each in lines}

    def write(self, act: Act, answer: Mapping[str, Any]) -> None:
        if self.path is not None:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"act": act.id, "answer": answer}, ensure_ascii=False) + "\n")


def play(
    plan: Plan, stage: Playable, log: Log, tell: Callable[[datetime, Progress], None] = lambda *_: None
) -> Progress:
    """Play what is not played yet, until the plan's end. Raises PlayError."""
    done = Progress(len(plan.acts), log.read())
    for moment, acts in moments(plan):
        left = [act for act in acts if act.id not in done.answers]
        if acts and not left:
            continue
        began = time.monotonic()
        stage.move(moment)
        stage.settle()
        done.moves, done.moved_seconds = done.moves + 1, done.moved_seconds + time.monotonic() - began
        for act in left:
            done.answers[act.id] = _played(act, stage, done)
            log.write(act, done.answers[act.id])
        stage.settle()
        tell(moment, done)
    return done


def moments(plan: Plan) -> Iterator[tuple[datetime, list[Act]]]:
    """Every moment at which something is done, and the plan's other stops, with what is done then."""
    given: dict[datetime, list[Act]] = {stop: [] for stop in plan.stops}
    for act in plan.acts:
        given.setdefault(act.at, []).append(act)
    yield from sorted(given.items())


def _played(act: Act, stage: Playable, done: Progress) -> Mapping[str, Any]:
    if act.does == AGAIN:
        stage.again(act)
        return {}
    answer = stage.do(act, resolved(act.data, done.answers))
    code = "" if answer["ok"] else answer["error"]["code"]
    if code != act.tries:
        raise PlayError(f"{act.id} {act.office} {act.does} {act.data}: expected {act.tries or 'ok'}, got {answer}")
    return dict(answer["result"]) if answer["ok"] else {}
