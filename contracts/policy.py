"""A district's numbers and lists as one frozen, versioned value (S5). A case keeps the version it was filed under.

`contracts.policy_schema.policy_from` makes it from the plain form that files and the event `policy_published` carry.
What only code can change (word lists, gates) is in `contracts.words`; its wording is here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.accused import Rank
from contracts.calendar import Days, Due, Pause, add_extension, due
from contracts.policy_duties import DemandKind, PeriodKind
from contracts.policy_measures import EarlyWarning, MeasureKind
from contracts.policy_parts import (
    AcceptingTier,
    Area,
    Category,
    Clock,
    DisciplineRule,
    Lateness,
    Retention,
    ReviewOrgans,
    Slot,
    Step,
    VisitTrigger,
    Wording,
)
from contracts.policy_reports import ReportKind
from contracts.words import Desk, Form, Gate


@dataclass(frozen=True)
class Policy:
    """One version of everything a district may set. Unknown ids and words raise KeyError."""

    version: str
    valid_from: datetime
    body: Mapping[str, Any]
    rolls_to_working_day: bool
    village_settle_days: Days
    dispute_days: Days
    bounce_limit: int
    recusal_years: int
    arrival_gap_hours: int
    summary_length: int
    small_cell_limit: int
    village_secretary_to_district: bool
    collective_visit_from: int
    collective_bands: tuple[int, ...]
    city_visit_trigger: VisitTrigger
    discipline_rules: tuple[DisciplineRule, ...]
    look_ahead_days: int
    incident_follow_up_hours: int
    incident_levels: Mapping[str, str]
    sample_share: int
    long_pending_days: int
    dispute_open_days: int
    representatives_max: int
    emergency_minutes: int
    repeat_similarity: int
    repeat_stop_words: tuple[str, ...]
    neutral_questions: tuple[str, ...]
    neutral_requests: tuple[str, ...]
    neutral_points: tuple[str, ...]
    meeting_report_days: int
    early_warning: EarlyWarning
    card_url: str
    law_notes: Mapping[str, str]
    simple_accept_days: Days
    hearing_notice_days: Days
    hearing_after_repeats: int
    resolved_after_days: Days
    half_day_ends: Mapping[str, str]
    clocks: Mapping[str, Clock]
    ladders: Mapping[Desk, tuple[Step, ...]]
    lateness: tuple[Lateness, ...]
    accused_routing: Mapping[Rank, AcceptingTier]
    review_chain: Mapping[str, ReviewOrgans]
    hearing_forms: Mapping[Form, str]
    on_the_spots: Mapping[Gate, str]
    decline_reasons: Mapping[str, str]
    demand_kinds: Mapping[str, DemandKind]
    periods: Mapping[str, PeriodKind]
    reports: Mapping[str, ReportKind]
    measures: Mapping[str, MeasureKind]
    rule_sets: Mapping[str, str]
    retention: Mapping[str, Retention]
    public_steps: Mapping[str, Wording]
    categories: Mapping[str, Category]
    areas: Mapping[str, Area]
    slots: Mapping[str, Slot]
    violations: Mapping[str, str]

    def due(self, clock: str, start: datetime, pauses: Iterable[Pause] = ()) -> Due:
        """When a clock that starts now ends. Raises ValueError where the sender must set the term."""
        days = self.clocks[clock].days
        if days is None:
            raise ValueError(f"clock {clock} has no term of its own: the sender sets it")
        return due(start, days, rolls=self.rolls_to_working_day, pauses=pauses)

    def extension_of(self, clock: str) -> Clock | None:
        """The clock that lengthens this one, None where none may."""
        return next((each for each in self.clocks.values() if each.extends == clock), None)

    def extended(self, clock: str, given: Due, days: Days) -> Due:
        """The due moment after an extension by `days`. Raises ValueError beyond what the policy allows."""
        extension = self.extension_of(clock)
        if extension is None or extension.days is None:
            raise ValueError(f"clock {clock} cannot be extended")
        if type(days) is not type(extension.days) or days.count > extension.days.count:
            raise ValueError(f"clock {clock}: at most {extension.days}, not {days}")
        return add_extension(given, days, rolls=self.rolls_to_working_day)

    def steps(self, clock: str, desk: Desk) -> tuple[Step, ...]:
        """The steps that a missed clock climbs at this desk, in order; none for a reporter's right."""
        own = self.clocks[clock]
        if own.of == "reporter":
            return ()
        return tuple(step.fitted(own) for step in self.ladders[desk])

    def lateness_of(self, start: datetime, due_at: datetime, now: datetime) -> Lateness:
        """The warning level of a term that is running."""
        passed = 100.0 if due_at <= start else (now - start) / (due_at - start) * 100
        return next(level for level in self.lateness if level.below is None or passed < level.below)

    def category(self, code: str) -> Category:
        """The class of a first- or second-level code."""
        for category in self.categories.values():
            if code == category.code or any(code == second.code for second in category.second):
                return category
        raise KeyError(f"no category {code!r} in policy {self.version}")
