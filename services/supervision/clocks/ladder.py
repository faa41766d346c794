"""The two ladders that a missed clock climbs, and to which single office each step of them belongs.

Petitions: reminder → order → town → district → leaders' list → bulletin. Discipline: reminder → 镇街纪(工)委, where the
case lies below one → 区纪委信访室 → area holder → secretary → the city. They never cross: a case climbs the ladder of its own
desk only. A 镇街纪(工)委 that holds a case itself is reminded like any holder, and the district's room orders it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.calendar import JUST_AFTER
from contracts.context import OfficeTree
from contracts.policy import Policy
from contracts.policy_parts import Step
from contracts.words import Desk
from services.supervision.clocks.rules import OF_TELLER, Clock, is_over, reached_at, runs

OBJECTION = "K4"
OFFER = "K24"
TOWN_STEPS = ("town", "town_desk")


@dataclass(frozen=True)
class Duty:
    """Whose time a clock measures: ``keeper`` is reminded, ``answerable`` is ordered and reported upward."""

    keeper: str
    answerable: str


def duty(kind: str, teller: str, holder: str, offered_to: str) -> Duty:
    """The duty behind a clock. An unsigned offer is kept by the offerer and answered for by the receiver (K24)."""
    if kind in OF_TELLER:
        return Duty(teller, teller)
    return Duty(holder, (offered_to or holder) if kind == OFFER else holder)


def is_right(policy: Policy, kind: str) -> bool:
    """Whether a period only bounds what somebody may do (art. 23 objection, 35, 36): it lapses, nobody is late."""
    return kind == OBJECTION or (kind in policy.clocks and policy.clocks[kind].of == "reporter")


def steps_of(policy: Policy, kind: str, desk: Desk) -> tuple[Step, ...]:
    """The ladder of a clock at a desk; agreed terms (K26), which the policy does not list, climb it unchanged."""
    if is_right(policy, kind):
        return ()
    return policy.steps(kind, desk) if kind in policy.clocks else policy.ladders[desk]


def is_reminder(step: Step) -> bool:
    """Whether a step is the reminder to the handler: the one before the due moment, the keeper's own."""
    return step.offset < 0 or step.who == "holder"


def ordering_step(steps: tuple[Step, ...], owner: Callable[[Step], str | None]) -> str | None:
    """The step with which the answerable office gets a supervision order: the first one that an office above it takes."""
    late = (step for step in steps if not is_reminder(step))
    return next((step.name for step in late if owner(step) is not None), None)


def step_owner(step: Step, duty: Duty, tree: OfficeTree, excluded: Collection[str]) -> str | None:
    """The one office that fires a step, None where the step is skipped.

    A recused office is jumped. The top has nobody above: its order and its lists are its own, until a person acts.
    """
    if is_reminder(step):
        return duty.keeper
    above = tree.ancestors(duty.answerable)
    free = [office for office in above if office.id not in excluded]
    if step.who in TOWN_STEPS:
        return next((office.id for office in free if office.tier == "town"), None)
    if not above:
        return duty.answerable
    if step.who == "nearest":
        return free[0].id if free else None
    return tree.root.id if tree.root in free else None


def mark(step: Step) -> Callable[[datetime], datetime]:
    """Due moment → the moment at which ``step`` is reached: its day's end, and from the due day on the second after."""
    late = timedelta(0) if step.offset < 0 else JUST_AFTER
    return lambda due: step.at(due) + late


@dataclass(frozen=True)
class Firing:
    """A step that belongs here: reached at ``at`` under the due moment ``due``. ``next_owner`` takes the one after.

    ``orders``: whether the answerable office gets a supervision order with it.
    """

    step: Step
    at: datetime
    due: datetime
    next_owner: str | None
    orders: bool = False


def firings(
    clock: Clock, steps: tuple[Step, ...], owner: Callable[[Step], str | None], here: str
) -> tuple[Firing, ...]:
    """All steps of this office that the clock has reached or, as it runs, will reach; run by run, in ladder order."""
    found = []
    ordering = ordering_step(steps, owner)
    for number, step in enumerate(steps):
        if owner(step) == here:
            after = next((office for office in map(owner, steps[number + 1 :]) if office is not None), None)
            found += [Firing(step, at, due, after, step.name == ordering) for at, due in reached(clock, step)]
    return tuple(sorted(found, key=lambda firing: firing.at))


def reached(clock: Clock, step: Step) -> list[tuple[datetime, datetime]]:
    """When a step is reached, with the due moment: once in a run; a reminder once for each due moment of a run."""
    pieces = [(span,) for span in clock.spans] if step.offset < 0 else runs(clock)
    return [moment for moment in (reached_at(piece, mark(step)) for piece in pieces) if moment is not None]


def still_stands(clock: Clock, step: Step, due: datetime, fired_at: datetime) -> bool:
    """Whether a step was rightly fired, by all that is known now. A stop or extension decided in time undoes it."""
    return any(at <= fired_at and for_due == due for at, for_due in reached(clock, step))


def is_unconfirmed(due: datetime, heard_at: datetime | None) -> bool:
    """Whether nothing that the answerable office did up to the due moment is surely known: its link may be down."""
    return heard_at is None or heard_at <= due


def lateness(policy: Policy, kind: str, clock: Clock, now: datetime, unconfirmed: bool) -> str:
    """A word for how a clock stands: a level of the policy, ``unconfirmed``, or its state where nothing runs.

    Only a passed due moment is overdue; what the policy calls so before it is the level below.
    """
    if clock.state != "running" or clock.due is None or clock.started_at is None:
        return clock.state
    if is_over(clock, now):
        overdue = "unconfirmed" if unconfirmed else policy.lateness[-1].name
        return "expired" if is_right(policy, kind) else overdue
    level = policy.lateness_of(clock.started_at, clock.due, now)
    return level.name if level.below is not None else policy.lateness[-2:][0].name
