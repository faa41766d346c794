"""Reports of every period (S30–S34): figures frozen, published, objected to, corrected later."""
