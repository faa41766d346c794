"""Which cases the ledger has, answered to the own intake."""
