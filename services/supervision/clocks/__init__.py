"""Clocks read from their acts, and the ladders that a missed one climbs."""
