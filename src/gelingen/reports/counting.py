"""Numbers in sentences: one structure, two structures, and the verb that goes with them."""

from collections.abc import Sequence

from gelingen.terms.spelling import number


def counted(amount: int, one: str, many: str) -> str:
    """Write a number with its noun: "1 Struktur", "2 Strukturen", "0 Strukturen"."""
    return f"{number(amount)} {one if amount == 1 else many}"


def agree(amount: int, one: str, many: str) -> str:
    """Choose the word that agrees with a number: "steht" for 1, else "stehen"."""
    return one if amount == 1 else many


def listed(names: Sequence[str], *, most: int | None = None) -> str:
    """Join names: "A, B und C"; beyond `most` the rest is only counted: "A, B und 3 weitere".

    Where a name has a comma of its own, as offices with their departments, semicolons part them.
    """
    shown = list(names)
    if most is not None and len(shown) > most:
        rest = len(shown) - most
        shown = [*shown[:most], f"{number(rest)} weitere"]
    if len(shown) < 2:  # noqa: PLR2004  (two are joined by "und")
        return "".join(shown)
    between = "; " if any(", " in one for one in shown) else ", "
    return f"{between.join(shown[:-1])} und {shown[-1]}"


def capital(sentence: str) -> str:
    """Begin a sentence with a capital letter."""
    return sentence[:1].upper() + sentence[1:]


def shortened(text: str, most: int) -> str:
    """Cut a text at a word so that it has at most `most` signs, with "…" where it was cut."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut} …"
