"""Hearing: review, final review, hearings, agreements and termination.

A termination never cuts off a right to review that still runs.
"""
