"""Bookings: whom people name, and what becomes of it."""
