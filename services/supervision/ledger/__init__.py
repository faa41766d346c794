"""The ledger: a line for every case here and below."""
