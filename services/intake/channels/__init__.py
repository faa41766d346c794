"""Channels of the office: registry, staffing, directory, coverage of the network (S12–S16, S18, S22)."""
