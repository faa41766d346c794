"""What supervision asks of an office or person, and the answer: suggestions, instructions, notices, talks."""
