"""Supervision: the clocks, and what happens when one runs out.

Owns lateness, reminders, supervision orders, both ladders upward and the ledger of every case below.
"""
