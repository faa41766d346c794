"""Petitions that come from sweeps: a dispute of the own supervision is registered (S10)."""
