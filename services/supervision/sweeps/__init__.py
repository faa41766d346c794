"""Sweeps (排查): what a return says, the dispute ledger, ordered rounds, quarterly study, and what is owed to us."""
