"""What the holder does with a case: accept, decline, extend, settle, write and serve the opinion."""
