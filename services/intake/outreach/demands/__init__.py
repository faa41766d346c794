"""What people asked for at a card, on a visit or on going down: the report, and where it was collected (S26)."""
