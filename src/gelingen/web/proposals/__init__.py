"""Pages of proposals: the list, one with its way, and what bodies do with it."""
