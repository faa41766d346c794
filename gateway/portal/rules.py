"""What the portal may say of a report, in plain words. Pure: rows in, words out; never names, never inner notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from contracts.calendar import Due
from contracts.opening import RETALIATION, opening
from contracts.policy import Policy
from contracts.words import Desk
from gateway.portal.may import Saying, course, may
from gateway.portal.words import NEXT_WORDS, NEXT_WORDS_SEALED, TIER_WORDS

NOT_ARRIVED = "not_arrived_yet"
RECEIVED = "received"
# The day told with these is the reporter's own: until then he may ask for more. Nobody is late after it.
RIGHTS = frozenset({"served", "terminated", "review_decided"})
# A day told with these is that of handling (K5, XF22 art. 34), which is a term of petitions alone.
HANDLED = frozenset({"accepted", "extended", "reopened"})

# What is told on the way without changing where the case stands.
ASIDES = frozenset(
    {
        "notified",
        "supplemented",
        "rated",
        "supervised",
        "hearing_opened",
        "hearing_adjourned",
        "hearing_cancelled",
        "hearing_completed",
        "protection",
        "asked",
    }
)


class FiledLike(Protocol):
    """A report filed at the portal."""

    @property
    def desk(self) -> str: ...
    @property
    def filed_at(self) -> datetime: ...
    @property
    def due(self) -> datetime | None: ...
    @property
    def how(self) -> Sequence[str]: ...


class StepLike(Protocol):
    """A step told by an office."""

    @property
    def desk(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def tier(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def due(self) -> datetime | None: ...
    @property
    def how(self) -> Sequence[str]: ...
    @property
    def note(self) -> str: ...


@dataclass(frozen=True)
class Said:
    """A step as it is shown. ``due`` is promised with it, ``how`` says how that day was computed (in Chinese)."""

    step: str
    words: str
    at: datetime
    tier: str
    office: str
    due: datetime | None
    how: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Next:
    """What comes next, and by when it was promised."""

    words: str
    due: datetime | None = None
    how: tuple[str, ...] = ()
    overdue: bool = False


@dataclass(frozen=True)
class Status:
    """Where a report stands. ``number`` is "" for discipline reports; ``may`` is what the reporter can do here now."""

    status: str
    words: str
    desk: str
    number: str
    steps: tuple[Said, ...]
    next: Next | None
    may: tuple[Saying, ...] = field(default=())


def first_promise(policy: Policy, filed: Mapping[str, Any], at: datetime) -> Due:
    """By when a report filed now is answered first, as the district will count it: K1 for petitions, K28 for retaliation,
    K17 or K20 for discipline reports. ``filed`` is what the district is told."""
    if RETALIATION in filed.get("flags", ()):
        return policy.due("K28", at)
    named = {name: filed[name] for name in ("contactable", "real_name")}
    return policy.due(opening(filed["desk"], at_root=True, **named), at)


def status_of(
    filed: FiledLike | None,
    told: Sequence[StepLike],
    rated: Sequence[datetime],
    policy: Policy,
    now: datetime,
    *,
    english: bool,
) -> Status:
    """The public status from what is known here: ``told`` oldest first, ``rated`` the moments of the ratings given."""
    if filed is None and not told:
        return _unknown(policy, english)
    steps = (*_received(filed, policy, english), *(_shown(each, policy, english) for each in told))
    standing = _standing(steps)
    latest = steps[course([each.step for each in steps]) :]
    desk = told[-1].desk if told else filed.desk if filed else Desk.PETITION
    return Status(
        status=steps[standing].step,
        words=steps[standing].words,
        desk=desk,
        number=_number(desk, told),
        steps=steps,
        next=_next(steps, standing, desk, now, english),
        may=may(desk, {each.step for each in latest}, steps[standing].step, _ratings(rated, latest)),
    )


def _ratings(rated: Sequence[datetime], latest: Sequence[Said]) -> int:
    """How many ratings were given in the latest course; one of an earlier answer is none of the new one."""
    return sum(1 for at in rated if at >= latest[0].at)


def _unknown(policy: Policy, english: bool) -> Status:
    words = _wording(policy, "not_arrived", english)
    return Status(NOT_ARRIVED, words, "", "", (), Next(next_words(NOT_ARRIVED, english=english)))


def _received(filed: FiledLike | None, policy: Policy, english: bool) -> tuple[Said, ...]:
    if filed is None:
        return ()
    words = _wording(policy, RECEIVED, english)
    platform = ("网上平台", "Online platform")[english]
    return (Said(RECEIVED, words, filed.filed_at, platform, "", filed.due, tuple(filed.how), ""),)


def _number(desk: str, told: Sequence[StepLike]) -> str:
    """The register number last told; none for discipline reports."""
    if desk == Desk.DISCIPLINE:
        return ""
    return next((each.number for each in reversed(told) if each.number), "")


def _shown(told: StepLike, policy: Policy, english: bool) -> Said:
    secret = told.desk == Desk.DISCIPLINE
    promised = not (secret and told.step in HANDLED)  # an office that is not upgraded yet still tells it
    return Said(
        step=told.step,
        words=_wording(policy, told.step, english),
        at=told.at,
        tier=TIER_WORDS.get(told.tier, (told.tier, told.tier))[english],
        office="" if secret else told.office,
        due=told.due if promised else None,
        how=tuple(told.how) if promised else (),
        note=told.note,
    )


def _wording(policy: Policy, step: str, english: bool) -> str:
    words = policy.public_steps.get(step)
    if words is None:
        return ("有新进展", "There is progress")[english]
    return words.en if english else words.zh


def _standing(steps: Sequence[Said]) -> int:
    """The place of the last step that says where the case stands."""
    places = [place for place, each in enumerate(steps) if each.step not in ASIDES]
    return places[-1] if places else len(steps) - 1


def next_words(step: str, desk: str = "", *, english: bool) -> str:
    """What comes after a step at a desk, "" when nothing is said of it."""
    words = {**NEXT_WORDS, **NEXT_WORDS_SEALED} if desk == Desk.DISCIPLINE else NEXT_WORDS
    return words.get(step, ("", ""))[english]


def _next(steps: Sequence[Said], standing: int, desk: str, now: datetime, english: bool) -> Next | None:
    words = next_words(steps[standing].step, desk, english=english)
    promised = [each for each in steps[standing:] if each.due is not None]
    if not words and not promised:
        return None
    if not promised:
        return Next(words)
    last = promised[-1]
    late = last.due is not None and last.due < now and steps[standing].step not in RIGHTS
    return Next(words, last.due, last.how, late)
