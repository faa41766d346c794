"""Importing this makes every table of an office's database known to ``network.db.Base``."""

# ruff: noqa: F401  what these modules register is the point
import gateway.portal.models
import network.tables
import services.assignment.discipline.models
import services.assignment.facts.models
import services.assignment.helping.models
import services.assignment.models
import services.assignment.officials.models
import services.assignment.outcome.models
import services.assignment.persons.models
import services.assignment.responsibility.models
import services.hearing.models
import services.intake.activities.models
import services.intake.campaigns.models
import services.intake.custody.models
import services.intake.emergency.models
import services.intake.models
import services.intake.outreach.cards.models
import services.intake.outreach.demands.models
import services.intake.outreach.going_down.models
import services.intake.outreach.visits.models
import services.intake.promises.models
import services.intake.reception.boards.models
import services.intake.reception.bookings.models
import services.intake.reception.hall.models
import services.intake.reception.records.models
import services.intake.reception.schedules.models
import services.intake.sayings.models
import services.supervision.attention.models
import services.supervision.callbacks.models
import services.supervision.city.models
import services.supervision.demands.models
import services.supervision.duties.models
import services.supervision.models
import services.supervision.periods.models
import services.supervision.sweeps.models
