"""Emergencies (K14): the duty chain, called until one answers."""
