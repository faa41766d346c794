"""The books at the counter: rooms with roster and visits, box openings, calls (S13, S14, S19, S20)."""
