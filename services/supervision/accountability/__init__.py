"""The eight discipline rules, suspensions that a person decides, removals on the spot, and a list to watch."""
