"""Portal: where the public reports, gets a receipt and sees where a report stands.

It has its own database and outbox and needs no office to be up.
"""
