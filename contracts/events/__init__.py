"""The catalogue of events: every letter type, who tells it to whom, and the schema of its data.

A service refuses (parks) a type that is not here, or data that its schema does not accept. Adding an optional field is
compatible; anything else is a new type. One module for each theme; each has its own ``EVENTS``.
"""

from marshmallow import Schema

from contracts.events import (
    activities,
    channels,
    course,
    demands,
    discipline,
    emergency,
    facts,
    filing,
    guidance,
    helping,
    holding,
    incidents,
    moving,
    office,
    officials,
    outcome,
    outreach,
    periods,
    persons,
    pressing,
    promises,
    reception,
    reports,
    reviewing,
    sayings,
    supervising,
    sweeps,
)
from contracts.events.parts import MAX_HEADS, MAX_TEXT, moment, moment_required, one_of

__all__ = ["EVENTS", "MAX_HEADS", "MAX_TEXT", "OWN_ONLY", "moment", "moment_required", "one_of"]

OWN_ONLY = frozenset(
    {
        "case_registered",
        "case_sent_up",
        "case_disposed",
        "file_disposed",
        "notice_issued",
        "notice_wanted",
        "reminder",
        "duties_published",
        "person_left",
        "finding_raised",
        "dispute_registered",
        "promise_made",
        "promise_kept",
        "case_outcome",
        "lines_wanted",
        "lines_found",
        "figures_wanted",
        "figures_counted",
    }
)
"""Letters between services of one office; from another office they are refused, whatever they say."""

EVENTS: dict[str, type[Schema]] = {
    **filing.EVENTS,
    **holding.EVENTS,
    **helping.EVENTS,
    **course.EVENTS,
    **discipline.EVENTS,
    **supervising.EVENTS,
    **reviewing.EVENTS,
    **office.EVENTS,
    **sayings.EVENTS,
    **emergency.EVENTS,
    **facts.EVENTS,
    **outcome.EVENTS,
    **persons.EVENTS,
    **officials.EVENTS,
    **demands.EVENTS,
    **periods.EVENTS,
    **reports.EVENTS,
    **pressing.EVENTS,
    **guidance.EVENTS,
    **incidents.EVENTS,
    **activities.EVENTS,
    **channels.EVENTS,
    **sweeps.EVENTS,
    **moving.EVENTS,
    **promises.EVENTS,
    **reception.EVENTS,
    **outreach.EVENTS,
}
