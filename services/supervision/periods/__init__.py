"""Duties of every period: sweeps, quarterly feedback, annual report, assessment."""
