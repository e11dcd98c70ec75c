"""The year's selection of measures: three lists side by side, and what stands behind each.

`pool` says what can be chosen, `optimum` finds the most points, `plain` goes down the ranking,
`shares` is fair between groups; `changes` tells what another choice would cost, `robustness` how
much the weighting of criteria decides, `scores` and `rankings` make one opinion out of many.
"""
