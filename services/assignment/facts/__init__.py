"""Corrections as new facts beside the old, and cases that go to a body outside the network."""
