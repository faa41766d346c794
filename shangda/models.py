"""Importing this makes every table of an office's database known to ``network.db.Base``."""

# ruff: noqa: F401  what these modules register is the point
import gateway.portal.models
import network.tables
import services.assignment.models
import services.hearing.models
import services.intake.models
import services.supervision.models
