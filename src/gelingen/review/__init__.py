"""Review: what was answered becomes needs, ties and proposals, each only once."""
