"""The year's three lists in plain German: where they differ, why, and what a change would cost."""

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction

from gelingen.analysis.selection.changes import Change
from gelingen.analysis.selection.obstacles import Obstacle
from gelingen.analysis.selection.plain import Skipped
from gelingen.terms.programme import UNITS, Resource
from gelingen.terms.spelling import euro, number, number_range
from gelingen.wording.words import counted, listed, named

__all__ = [
    "FAIR",
    "MEANINGS",
    "MOST",
    "NO_NEED",
    "ORDER",
    "ORDERS",
    "say_amount",
    "say_change",
    "say_list",
    "say_moved",
    "say_need",
    "say_obstacle",
    "say_orders",
    "say_passed",
    "say_points",
    "say_share",
    "say_skipped",
    "say_step",
    "say_unmet",
    "say_unscored",
    "say_where",
]

MOST, FAIR, ORDER = "Meiste Punkte", "Gerecht zwischen den Gruppen", "Nach Reihenfolge"
# What each list does, in one sentence.
MEANINGS = {
    MOST: "Unter allem, was in die Grenzen passt, die Auswahl mit den meisten Punkten zusammen.",
    FAIR: "Jede Gruppe verfügt über den gleichen Teil des Geldes und bezahlt damit gemeinsam mit "
    "anderen, was sie hoch bewertet.",
    ORDER: "Von den meisten Punkten abwärts; was nicht mehr passt, wird übersprungen.",
}
Names = Mapping[str, str]
# Writes an amount of a limit with its unit.
Amount = Callable[[str, Fraction], str]


NO_NEED = "Kein offener Bedarf."
# Whose judgement a severity comes from, by the word of `programme.behind.Behind`.
_JUDGED = {"entry": "Eintrag", "voices": "Stimmen"}


def say_need(severities: Sequence[int] | None, judged: Sequence[str], voices: int) -> str:
    """Say how severe a need is, who judged that, and how many speak for it.

    Args:
        severities: least and most, from 1 to 5; nothing where nobody judged.
        judged: "entry", "voices" or both.
        voices: number of independent voices.

    """
    said = {0: "keine Stimme", 1: "1 Stimme"}.get(voices, f"{voices} Stimmen")
    if not severities:
        return said
    by = " und ".join(_JUDGED[one] for one in judged)
    return f"Schwere {number_range(severities[0], severities[-1])} von 5 nach {by}, {said}"


def say_unscored(number: int) -> str:
    """Say how many candidates nobody scored, so that no list proposes them; at least one."""
    who = "Eine davon" if number == 1 else f"{number} davon"
    return f"{who} hat niemand bewertet; keine Liste schlägt sie vor."


def say_amount(resource: str, amount: Fraction) -> str:
    """Write an amount of a resource with its unit."""
    digits = 0 if amount.denominator == 1 else 2
    if resource == Resource.MONEY:
        return euro(float(amount), digits)
    return f"{number(float(amount), digits)} {UNITS[Resource.of(resource)]}"


def say_points(points: Fraction | None) -> str:
    """Write points of a candidate."""
    return "keine" if points is None else number(float(points), 1)


def say_where(chosen: Mapping[str, Collection[str]], key: str) -> str:
    """Say on which of the lists a candidate stands; "" where they agree.

    Args:
        chosen: keys of each list, by its name.
        key: the candidate.

    """
    on = [f"„{name}“" for name, keys in chosen.items() if key in keys]
    off = [f"„{name}“" for name, keys in chosen.items() if key not in keys]
    if not on or not off:
        return ""
    if len(on) == 1:
        return f"Nur in {on[0]}."
    return f"In {' und '.join(on)}, nicht in {off[0]}."


def say_change(change: Change, names: Names, amount: Amount) -> str:
    """Say what it would cost to decide about one candidate against the list of most points."""
    what = "Sie aufzunehmen" if change.forced else "Sie wegzulassen"
    if not change.selection.possible:
        why = say_obstacle(change.selection.obstacles[0], names, amount)
        return f"{what} geht nicht. {why}"
    loss = f"{number(float(change.loss), 1)} Punkte" if change.loss else "keine Punkte"
    said = [f"{what} kostet {loss}."]
    if change.leaves:
        leaving = listed(change.leaves, names, most=len(change.leaves))
        verb = "müsste" if len(change.leaves) == 1 else "müssten"
        said.append(f"Dafür {verb} {leaving} weichen.")
    if change.enters:
        coming = listed(change.enters, names, most=len(change.enters))
        verb = "käme" if len(change.enters) == 1 else "kämen"
        said.append(f"Dafür {verb} {coming} dazu.")
    return " ".join(said)


def say_obstacle(one: Obstacle, names: Names, amount: Amount) -> str:
    """Say why there is no choice."""
    about = listed(one.about, names, most=len(one.about))
    if one.kind == "limit":
        return (
            f"Was gesetzt ist, braucht {amount(one.about[0], one.wanted)}; für {about} gibt es "
            f"{amount(one.about[0], one.there)}."
        )
    if one.kind == "exclusion":
        return f"{about} sind gesetzt und schließen einander aus."
    if one.kind == "barred":
        return f"{about} ist gesetzt."
    if one.kind == "minimum":
        return (
            f"Aus {about} sollen es mindestens {number(float(one.wanted))} sein; möglich sind "
            f"höchstens {number(float(one.there))}."
        )
    return f"Das lässt sich nicht zusammen einhalten: {about}."


def say_skipped(one: Skipped, place: int, names: Names, amount: Amount) -> str:
    """Say why the order from the top passed over a candidate.

    Args:
        one: the reason.
        place: where it stands in the order, from 1.
        names: of candidates and limits.
        amount: writes an amount of a limit.

    """
    start = f"Steht auf Platz {place}."
    if one.kind == "exclusion":
        return f"{start} {listed(one.about, names)} schließt sie aus und steht weiter oben."
    if one.kind == "places":
        return f"{start} Alle Plätze sind vergeben."
    lacking = ", ".join(amount(name, missing) for name, missing in sorted(one.missing.items()))
    return f"{start} Es fehlen {lacking}."


def say_passed(
    why: Sequence[str], limits: Collection[str], names: Names, *, lacking: str = ""
) -> str:
    """Say why a candidate is not on the list that is fair between the groups.

    Args:
        why: what stood against it once it was paid for: keys of limits and candidates; empty if
            it was not paid for.
        limits: keys of all limits.
        names: of candidates and limits.
        lacking: how much those who want it lack to pay for it, with its unit; "" if not known.

    """
    if not why:
        return f"Wer sie will, hat dafür zu wenig übrig: Es fehlen {lacking}." if lacking else ""
    over = [named(key, names) for key in why if key in limits]
    others = [key for key in why if key not in limits]
    said = []
    if over:
        said.append(f"Bezahlt wäre sie, aber sie passt nicht in {' und '.join(over)}.")
    if others:
        said.append(f"Bezahlt wäre sie, aber {listed(others, names)} steht dagegen oder fehlt.")
    return " ".join(said)


def say_list(chosen: int, left: Mapping[str, Fraction], amount: Amount) -> str:
    """Say how long a list is and what it leaves."""
    rest = ", ".join(
        f"{amount(name, value)} übrig" if value >= 0 else f"{amount(name, -value)} zu viel"
        for name, value in left.items()
    )
    many = counted(chosen, "Maßnahme", "Maßnahmen")
    return f"{many}; {rest}." if rest else f"{many}."


def say_unmet(topics: Sequence[str], names: Names) -> str:
    """Say which least numbers of topics a choice misses; "" if none."""
    if not topics:
        return ""
    return f"Zu wenig aus: {listed(topics, names, most=len(topics))}."


def say_moved(enters: Collection[str], leaves: Collection[str], names: Names) -> str:
    """Say what is different from another choice."""
    said = []
    if enters:
        said.append(f"Neu dabei: {listed(list(enters), names, most=len(enters))}.")
    if leaves:
        said.append(f"Nicht mehr dabei: {listed(list(leaves), names, most=len(leaves))}.")
    return " ".join(said) or "Unverändert."


def say_step(chosen: int) -> str:
    """Say how long the first of several choices is."""
    return f"{counted(chosen, 'Maßnahme', 'Maßnahmen')}."


def say_share(times: int, of: int) -> tuple[str, str]:
    """Say in how many weightings a candidate is chosen, and what that means."""
    part = Fraction(times, of)
    for least, meaning in _SHARES:
        if part >= least:
            return number(times), meaning
    return number(times), "nie"


_SHARES = (
    (Fraction(1), "immer, wie man auch gewichtet"),
    (Fraction(9, 10), "fast immer"),
    (Fraction(1, 2), "meistens; hängt von den Gewichten ab"),
    (Fraction(1, 10), "manchmal; hängt von den Gewichten ab"),
    (Fraction(1, 1_000_000), "fast nie"),
)


# Three ways to make one order out of many, and what each does.
ORDERS = {
    "Plätze dahinter": "Borda: Für jede Maßnahme zählt, wie viele hinter ihr stehen.",
    "Größte Übereinstimmung": "Kemeny: Die Reihenfolge, der die meisten direkten Vergleiche "
    "der Gruppen zustimmen.",
    "Stärkste Vergleiche": "Schulze: Wer im direkten Vergleich gewinnt, auch über andere, steht "
    "weiter oben.",
}


def say_orders(winner: str | None, others: int | None, names: Names) -> tuple[str, ...]:
    """Say whether one candidate wins against all others, and how sure the order is."""
    who = named(winner, names) if winner is not None else "Keine Maßnahme"
    said = [
        "Drei Verfahren machen aus den Reihenfolgen eine; sie sagen nicht immer dasselbe.",
        f"{who} gewinnt jeden direkten Vergleich.",
    ]
    if others:
        many = (
            "Eine weitere Reihenfolge stimmt"
            if others == 1
            else (f"{number(others)} weitere Reihenfolgen stimmen")
        )
        said.append(f"{many} mit den Gruppen genauso gut überein wie die gezeigte.")
    return tuple(said)
