"""Who handles a case, teams, and the recusal of persons."""
