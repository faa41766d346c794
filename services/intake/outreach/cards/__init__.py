"""Contact cards and slips: printed under the serials of this office, given out once, bound, made void (S23)."""
