"""Shares, counts and trends in plain German: never more certain than they are."""

from gelingen.analysis.proportions import Estimate, Share
from gelingen.analysis.trend import FEWEST, Trend
from gelingen.terms.spelling import number, number_range, percent

__all__ = ["say_count", "say_share", "say_trend"]


def say_share(share: Share) -> str:
    """Say how many of those asked, and what that says about all."""
    if share.estimate.mid is None:
        return "Niemand ist befragt; ein Anteil ist nicht bekannt."
    counts = f"{number(share.count)} von {number(share.asked)}"
    if not share.interpretable:
        return f"{counts}; als Anteil nicht interpretierbar, weil zu wenige befragt sind."
    known = f"{counts} ({percent(share.estimate.mid, 1)})"
    if share.asked == share.population:
        return f"{known}; alle sind befragt."
    ends = number_range(100 * share.estimate.low, 100 * share.estimate.high, 1)
    return f"{known}; für alle ist mit {ends} % zu rechnen."


def say_count(count: Estimate) -> str:
    """Say what a count of cases says about the usual number of cases."""
    ends = number_range(count.low, count.high, 1)
    return f"{number(count.mid)} gezählt; üblich können {ends} sein."


def say_trend(found: Trend, *, step: str = "Jahr") -> str:
    """Say where a series goes and how fast, or that it cannot be told."""
    if found.state == "too_short":
        return (
            f"Der Verlauf ist zu kurz für eine Aussage: {number(found.length)} Werte, nötig sind "
            f"{FEWEST}."
        )
    if found.state == "none":
        return (
            f"Ob es steigt oder sinkt, ist vom Zufall nicht zu unterscheiden "
            f"({number(found.length)} Werte)."
        )
    verb = "Steigt" if found.state == "rising" else "Sinkt"
    low, high = sorted([abs(found.slope.low), abs(found.slope.high)])
    middle = abs(found.slope.mid or 0.0)
    # Something that goes up or down never does so by 0,0.
    digits = next((digits for digits in (1, 2) if round(middle, digits)), 3)
    speed = number(middle, digits)
    return f"{verb} um etwa {speed} je {step} ({number_range(low, high, digits)})."
