"""Visits to the city and what three of them in a week propose."""
