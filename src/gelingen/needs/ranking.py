"""Needs in the order of those who say so, with groups of voices weighted openly.

The share of a need is what the groups give it: each group shares its voice out among the needs that
it names, and the shares are averaged with the weights of the groups,

    share(n) = Σ_g w_g · v_g(n) / V_g  /  Σ_g w_g,

with v_g(n) the independent voices of group g for need n and V_g those of the group for all needs.
So a large group counts no more than its weight says. It is the linear opinion pool (M. Stone: The
opinion pool. Annals of Mathematical Statistics 32, 1961, 1339-1342) of how the groups distribute
their voices. All shares together are one, as far as any group with a weight says anything.
"""

from collections.abc import Mapping

from gelingen.needs.voices import Said, groups_of


def shares(said: Mapping[str, Said], weights: Mapping[str, float]) -> dict[str, float]:
    """Give the share of each need in the voices, by key.

    Args:
        said: what the voices of each need come to.
        weights: of the groups, at least 0; a group that is not named has the weight 1.

    """
    total = dict(groups_of(said.values()))
    sum_of_weights = sum(weights.get(group, 1.0) for group in total)
    if not sum_of_weights:
        return dict.fromkeys(said, 0.0)
    return {
        key: sum(weights.get(group, 1.0) * count / total[group] for group, count in one.groups)
        / sum_of_weights
        for key, one in said.items()
    }
