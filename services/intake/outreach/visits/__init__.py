"""Home visits: who went where, how far a campaign is (S24, S25)."""
