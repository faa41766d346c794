"""What the public reads of hearings: notices of public ones (S101), terminating opinions without persons (S107)."""
