"""Work done among people, kept where it was done and counted in every office above."""
