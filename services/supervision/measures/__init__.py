"""Petition supervision of cadres: measures at the discipline desk, step by step."""
