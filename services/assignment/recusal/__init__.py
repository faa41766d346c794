"""Recusal and override: a superior takes a case, an office is excluded, and loses all it has of the case."""
