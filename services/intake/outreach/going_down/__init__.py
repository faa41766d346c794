"""Going down with cases: planned, held, with a result for each case (S54, S92)."""
