"""Faults in equal shares, Phragmén's rule and the choice by points."""

from faults.fault import Fault

TESTS = ("analysis/test_shares.py",)

# By module; in order: what stands there, and what somebody might have written.
PLANTED = {
    "ballots": (
        ("return lcm(*{Fraction(value).denominator", "return max(1, *{Fraction(value).denominator"),
        ("points.items() if weights[voter]]", "points.items()]"),
        ("* max([1, *scale.values()]) < FITS", "< FITS"),
    ),
    "purses": (
        ("MARGIN = 1e-9", "MARGIN = 0.0"),
        ("< cost - self._slack:", "<= cost + self._slack:"),
        ("rate * self._benefit(column)", "rate"),
        ("self._empty[emptied] = True", "pass"),
        ("self._rest -= self.table.costs[column]", "pass"),
        ("append(-price.numerator", "append(price.numerator"),
        ("full = ~self._empty[rows]", "full = np.ones(len(rows), dtype=np.bool_)"),
        ("if rate == best))", "if rate == best)[:1])"),
        ("else min(best, prices[column])", "else max(best, prices[column])"),
        ("poor[at] = has < price", "poor[at] = False and price"),
        ("(cost - float(money[poor].sum())) / rich", "cost / rich * 2"),
        ("emptied |= now", "pass"),
        ("self._share - sum(paid[row].values())", "purchase.price"),
        ("self.table.costs[column] if self._by_cost else 1", "1"),
    ),
    "phragmen": (
        ("if self._skip and self.table.costs", "if self.table.costs"),
        ("(earlier + self.table.costs[column]) /", "self.table.costs[column] /"),
        ("self._since *= common // self._denominator", "pass"),
        ("self._budget -= self.table.costs[column]", "pass"),
        ("if time == first))", "if time == first)[:1])"),
        ("column not in taken and", ""),
    ),
    "greedy": (
        (
            "if self.table.costs[column] <= self._budget\n",
            "if self.table.costs[column] < self._budget\n",
        ),
        ("(cost or Fraction(1, most)) if per_cost else 1", "1"),
        ("and (points or unwanted)", ""),
        ("most = max(self._score.values())", "most = min(self._score.values())"),
        ("most = sum(sums) + 1", "most = 1"),
    ),
    "rounds": (
        ("min(offer.tied, key=lambda tied: places[tied])", "offer.tied[0]"),
        ("tuple(candidates[each] for each in offer.tied)", "(candidates[column],)"),
    ),
    "shares": (
        ("* self._units(voter)\n        return payers", "\n        return payers"),
        ("if not cost and (points * table.shares).any()", "if not cost"),
        ("c not in taken and cost <= rest and points.any()", "c not in taken and cost < rest"),
        ("start = [-each for each in purses.each()]", "start = [each for each in purses.each()]"),
        ("set(each.tied) - chosen)", "len(each.tied) > 1)"),
        ("spread += more", "spread += 2 * more"),
    ),
}
FAULTS = tuple(
    Fault(f"analysis/selection/{module}.py", old, new, TESTS)
    for module, planted in PLANTED.items()
    for old, new in planted
)
