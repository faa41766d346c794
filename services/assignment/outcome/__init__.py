"""Field visits, performance, resolution, reopening, and the closed file."""
