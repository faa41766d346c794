"""Intake: how a report enters an office and how its reporter hears of it.

Owns the report, its register number, its receipt, supplements, rating and repeat links.
"""
