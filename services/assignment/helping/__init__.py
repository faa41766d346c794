"""Helping offices (协办), and disputes on competence that the common superior decides."""
