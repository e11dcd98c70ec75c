"""Bodies: who sits where, what they met about, what was decided and who does it."""
