"""Hearings with the four on-the-spots, agreements, terminating opinions."""
