"""Mass incidents: told upward at once, followed until the final report (S35)."""
