"""Custody lines of reports that belong elsewhere, and that they were sent up in time (K19)."""
