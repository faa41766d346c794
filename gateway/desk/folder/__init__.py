"""The folder that a leader takes along when he goes down: his cases on two A4 pages (S54)."""
