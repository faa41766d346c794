"""People and offices that go: what they had in hand goes to who follows, and who had it stays known."""
