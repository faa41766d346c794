"""What will be late in the next days, whose, and why: a look ahead, which decides nothing."""
