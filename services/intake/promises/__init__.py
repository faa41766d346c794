"""The promise book: each promise with its day, and whether the person says that it was kept."""
