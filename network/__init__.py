"""What every service stands on: offices, node, link, streams, inbox, journal, sealing, clock, policy.

It carries letters between offices and keeps each office's records; it knows no service.
"""
