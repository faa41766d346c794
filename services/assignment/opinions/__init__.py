"""The handling opinion (处理意见): drafted, issued with a number, served, and done again after a review."""
