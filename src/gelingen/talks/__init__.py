"""Talks: what was said in a round of people, coded, ranked, and made needs of."""
