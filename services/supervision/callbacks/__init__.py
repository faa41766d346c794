"""Call-backs from another office."""
