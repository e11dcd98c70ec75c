"""Pages on what became of measures: their state, their reports, the rounds that ask for them."""
