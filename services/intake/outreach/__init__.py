"""Reaching people: contact cards, home visits, going down with cases, and what was collected there (S23–S26, S54, S92)."""
