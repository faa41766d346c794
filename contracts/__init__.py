"""What the services know of one another: event and command schemas, vocabulary, policy types.

Nothing here does I/O, and nothing here imports another package of this house.
"""
