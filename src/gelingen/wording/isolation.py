"""Isolation in plain German."""

from collections.abc import Mapping
from typing import Any

from gelingen.terms.spelling import number
from gelingen.wording.words import counted, named

__all__ = ["say_actor", "say_bridge", "say_network", "say_one_sided", "say_parallel"]

Row = Mapping[str, Any]
Names = Mapping[str, str]


def say_actor(row: Row, names: Names) -> str:
    """Say of a row of `ActorStates` how an organisation is tied in."""
    who = named(row["organisation"], names)
    partners = counted(row["partners"], "Organisation", "Organisationen")
    return {
        "connected": f"{who} arbeitet mit {partners} zusammen, soweit bekannt.",
        "isolated": f"{who} arbeitet allein: Weder {who} noch andere nennen eine Zusammenarbeit.",
        "not_known": f"Ob {who} mit anderen zusammenarbeitet, ist nicht erhoben.",
    }[row["state"]]


def say_bridge(row: Row, names: Names) -> str:
    """Say of a row of `ActorStates` with `bridge` what falls apart without the organisation."""
    who = named(row["organisation"], names)
    return f"Nur {who} hält {row['parts']} Teile des Netzes zusammen."


def say_one_sided(row: Row, names: Names) -> str:
    """Say of a row of `OneSidedTies` who names whom in vain."""
    who, other = named(row["told_by"], names), named(row["other"], names)
    if row["other_asked"]:
        return f"{who} nennt eine Zusammenarbeit mit {other}, {other} nennt sie nicht."
    return f"{who} nennt eine Zusammenarbeit mit {other}; {other} ist nicht befragt."


def say_parallel(row: Row, names: Names) -> str:
    """Say of a row of `ParallelPairs` who works side by side."""
    a, b = (
        f"{named(row[key], names)} ({named(row[f'organisation_{key}'], names)})" for key in "ab"
    )
    alike = "dasselbe" if row["score"] >= 1 else "weitgehend dasselbe"
    if row["state"] == "apart":
        return f"{a} und {b} tun {alike} nebeneinander, ohne einen gemeinsamen Partner."
    return f"{a} und {b} tun {alike}; ob die Träger voneinander wissen, ist nicht erhoben."


def say_network(row: Row) -> str:
    """Say of the row of `NetworkFigures` how tight the network is."""
    known = (
        f"Von {counted(row['actors'], 'Organisation', 'Organisationen')} sind {row['asked']} "
        f"befragt; bekannt sind {counted(row['ties'], 'Verbindung', 'Verbindungen')}"
    )
    if row["density"] is None:
        return f"{known}; wie dicht das Netz ist, lässt sich nicht sagen."
    share = number(100 * row["density"], 1)
    return (
        f"{known}, das sind {share} % der möglichen; "
        f"{counted(row['isolated'], 'Organisation arbeitet', 'Organisationen arbeiten')} allein, "
        f"von {row['not_known']} ist es nicht bekannt."
    )
