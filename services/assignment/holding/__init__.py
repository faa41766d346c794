"""Who holds a case: registration, offers, signatures, returns, asking back."""
