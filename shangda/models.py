"""Importing this makes every table of an office's database known to ``network.db.Base``."""

import services.assignment.models
import services.hearing.models
import services.intake.models
import services.supervision.models  # noqa: F401
