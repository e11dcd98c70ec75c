"""Disclosure control: what may leave the house so that nobody can recompute a small count.

`counts` makes tables with margins, `protection` hides cells and proves it, `rounding` rounds
instead, `anonymity` looks at rows that are given away one by one.
"""
