"""What only discipline reports have: disposal, feedback, clearing, suspected false accusation."""
