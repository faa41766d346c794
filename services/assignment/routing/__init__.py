"""Where a case could go; the clerk decides."""
