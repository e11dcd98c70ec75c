"""What a paper says, whole in itself: kept as a version, compared, printed and filled in.

content_of(paper) -> Content, compared(before, after) -> [Difference]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from gelingen.terms.spelling import day, euro_range, number

if TYPE_CHECKING:
    from gelingen.papers.models import Deliberation, Paper

# Name and German label of everything a paper says, in the order in which it is printed. A value is
# text as Germans write it; "" where nothing is said.
LABELS: Mapping[str, str] = {
    "kind": "Art",
    "number": "Nummer der Vorlage",
    "file_reference": "Aktenzeichen",
    "subject": "Betreff",
    "public": "Öffentlich",
    "day": "Datum",
    "body": "Eingebracht von (Gremium)",
    "submitter": "Eingebracht von (Funktion)",
    "lead": "Federführend",
    "clerk": "Bearbeitung (Funktion)",
    "proposal": "Beschlussvorschlag",
    "facts": "Sachdarstellung",
    "once": "Einmalige Kosten",
    "year": "Laufende Kosten im Jahr",
    "follow_up": "Folgekosten im Jahr",
    "funding": "Förderung im Jahr",
    "own": "Eigenanteil im Jahr",
    "money_source": "Woher die Zahlen stammen",
    "budget_line": "Haushaltsstelle",
    "cover": "Deckung",
    "fte": "Stellen (VZÄ)",
    "posts": "Stellenplan",
    "alternatives": "Alternativen",
    "refusal": "Auswirkungen bei Ablehnung",
    "measures": "Maßnahmen",
    "selection": "Jahresauswahl",
    "chain": "Beratungsfolge",
    "annexes": "Öffentliche Anlagen",
}
MONEY = ("once", "year", "follow_up", "funding", "own")
Content: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two versions of a paper differ."""

    label: str
    before: str
    after: str


def amount(low: Decimal | None, high: Decimal | None) -> str:
    """Write an amount or a range; "" where it is not known."""
    if low is None and high is None:
        return ""
    return euro_range(*(None if one is None else float(one) for one in (low, high)))


def content_of(
    paper: "Paper",
    chain: Sequence["Deliberation"] | None = None,
    *,
    files: Sequence[str] = (),
) -> Content:
    """Write down what a paper says now; one query for the chain and one for the measures.

    Args:
        paper: with body, lead and selection.
        chain: its deliberations with their bodies, if they were read.
        files: titles of its public annexes.

    """
    stations = paper.deliberations.select_related("body") if chain is None else chain
    values: dict[str, Any] = {
        name: getattr(paper, name)
        for name in (
            "number", "file_reference", "subject", "submitter", "clerk", "proposal", "facts",
            "money_source", "budget_line", "cover", "posts", "alternatives", "refusal",
        )
    }  # fmt: skip
    values |= {
        "kind": paper.get_kind_display(),
        "public": "ja" if paper.public else "nein",
        "day": day(paper.day) if paper.day else "",
        **{name: str(getattr(paper, name) or "") for name in ("body", "lead", "selection")},
        **{
            name: amount(getattr(paper, f"{name}_low"), getattr(paper, f"{name}_high"))
            for name in ("once", "year", "funding", "own")
        },
        "follow_up": amount(paper.follow_up, paper.follow_up),
        "fte": "" if paper.fte is None else number(float(paper.fte), 2),
        "measures": "\n".join(one.title for one in paper.measures.order_by("order", "key")),
        "chain": "\n".join(planned(one) for one in stations),
        "annexes": "\n".join(files),
    }
    return {name: str(values[name]) for name in LABELS}


def planned(station: "Deliberation") -> str:
    """Write one station of the chain: "Kreistag, Entscheidung, geplant für 01.07.2017"."""
    when = f", geplant für {day(station.planned)}" if station.planned else ""
    return f"{station.body}, {station.get_role_display()}{when}"


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """List in what two versions differ, in the order of the paper.

    What a version of earlier does not know yet was not said.
    """
    return [
        Difference(label, before.get(name, ""), after.get(name, ""))
        for name, label in LABELS.items()
        if before.get(name, "") != after.get(name, "")
    ]
