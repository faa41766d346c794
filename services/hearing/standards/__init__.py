"""The district's own rules of hearing and finality as texts that people enter, and the checklist made of them (S99, S100)."""
