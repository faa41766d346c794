"""Persons who answer for a town or an area, and whom a step of the ladder reaches."""
