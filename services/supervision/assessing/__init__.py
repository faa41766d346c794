"""The annual assessment (S30, S31). So far the pure scoring; nothing calls it yet."""
