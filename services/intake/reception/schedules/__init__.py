"""When leaders receive: schedules, their slots, and days on which a leader is away."""
