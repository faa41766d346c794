"""The cases that hearing knows: a stub of each, and the opinions that may be reviewed."""
