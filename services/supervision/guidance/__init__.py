"""Guiding supervision: the district takes part in what an office below handles (S75)."""
