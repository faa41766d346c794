"""Somebody left: what he had in this service goes to who follows, or is listed for a person to decide."""
