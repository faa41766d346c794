"""The four services of an office; none imports another: they tell each other by event.

Each service has the same rooms: service.py (entrypoints), rules.py (pure decisions), models.py (its tables) and
store.py (its queries).
"""
