"""Receptions as they were held, what came of them, and ratings."""
