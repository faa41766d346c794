"""Assignment: who holds a case and what becomes of it.

Sole writer of the case status: holder, helpers, offers, acceptance, handling, opinion, close and recusal.
"""
