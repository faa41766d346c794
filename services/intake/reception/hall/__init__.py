"""The roster of leaders in the petition hall."""
