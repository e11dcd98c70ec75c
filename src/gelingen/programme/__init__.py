"""The year's programme: which measures are chosen, by what scores, within which limits, and why."""
