"""Hearings that were held, here and below: what S108 counts."""
