"""A paper on the template of a house: which placeholders there are, and what fills them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gelingen.access.policy import Actor
from gelingen.documents.house import blank, check, fill
from gelingen.papers.content import LABELS, content_of
from gelingen.papers.queries import annexes, chain_of, get_paper
from gelingen.reports.papers.paper import votes_of
from gelingen.terms.spelling import day

if TYPE_CHECKING:
    from gelingen.papers.models import Deliberation, Paper

# Placeholder, and what of `papers.content.LABELS` fills it.
TEXTS: Mapping[str, str] = {
    "art": "kind",
    "nummer": "number",
    "aktenzeichen": "file_reference",
    "betreff": "subject",
    "oeffentlich": "public",
    "datum": "day",
    "gremium": "body",
    "einreicher": "submitter",
    "federfuehrend": "lead",
    "bearbeitung": "clerk",
    "beschlussvorschlag": "proposal",
    "sachdarstellung": "facts",
    "einmalige_kosten": "once",
    "laufende_kosten": "year",
    "folgekosten": "follow_up",
    "foerderung": "funding",
    "eigenanteil": "own",
    "quelle_der_zahlen": "money_source",
    "haushaltsstelle": "budget_line",
    "deckung": "cover",
    "stellen": "fte",
    "stellenplan": "posts",
    "alternativen": "alternatives",
    "bei_ablehnung": "refusal",
}
# Of each station of `beratungsfolge`.
STATION = ("gremium", "aufgabe", "tag", "ergebnis", "stimmen", "wortlaut")
# Of each entry of `massnahmen` and `anlagen`.
ENTRY = ("nummer", "titel")


def filled_from(actor: Actor, paper: "Paper", template: bytes) -> bytes:
    """Fill a template with a paper as it is now.

    Raises:
        UnknownRecordError: the actor may not see it.
        BrokenTemplateError: the template cannot be filled.

    """
    paper = get_paper(actor, paper.tenant, paper.key)
    chain = chain_of(paper)
    said = content_of(paper, chain)
    values: dict[str, object] = {name: said[key] for name, key in TEXTS.items()}
    values |= {
        "landkreis": paper.tenant.name,
        "stand": paper.get_state_display(),
        "beratungsfolge": [_station(one) for one in chain],
        "massnahmen": _entries(
            list(paper.measures.order_by("order", "key").values_list("title", flat=True))
        ),
        "anlagen": _entries([one.title for one in annexes(actor, paper)]),
    }
    return fill(template, values)


def _station(one: "Deliberation") -> dict[str, str]:
    when = one.noted or one.planned
    texts = (
        str(one.body), str(one.get_role_display()), day(when) if when else "",
        str(one.get_result_display()) if one.result else "", votes_of(one), one.adopted,
    )  # fmt: skip
    return dict(zip(STATION, texts, strict=True))


def _entries(titles: list[str]) -> list[dict[str, str]]:
    return [{"nummer": str(place), "titel": title} for place, title in enumerate(titles, 1)]


def sample() -> dict[str, object]:
    """Give an example in which everything is said: what a template is checked with."""
    values: dict[str, object] = {name: LABELS[key] for name, key in TEXTS.items()}
    entries = [dict.fromkeys(ENTRY, "Beispiel")]
    return values | {
        "landkreis": "Landkreis",
        "stand": "freigegeben",
        "beratungsfolge": [dict.fromkeys(STATION, "Beispiel")],
        "massnahmen": entries,
        "anlagen": entries,
    }


def check_template(template: bytes) -> None:
    """Refuse a template that could not be filled.

    Raises:
        BrokenTemplateError: it is no DOCX, or a placeholder is unknown or wrongly written; the
            message names it and the paragraph.

    """
    check(template, sample())


def example_template() -> bytes:
    """Write a template that has every placeholder, to begin with."""
    money = (
        "einmalige_kosten", "laufende_kosten", "folgekosten", "foerderung", "eigenanteil",
        "haushaltsstelle", "deckung", "quelle_der_zahlen",
    )  # fmt: skip
    head = (
        "nummer", "aktenzeichen", "datum", "oeffentlich", "gremium", "einreicher",
        "federfuehrend", "bearbeitung", "stand",
    )  # fmt: skip
    paragraphs = [
        ("Normal", "{{ landkreis }}"),
        ("Title", "{{ art }} {{ nummer }}"),
        ("Heading 1", "{{ betreff }}"),
        *(("Normal", f"{_label(name)}: {{{{ {name} }}}}") for name in head),
        ("Heading 1", "Beratungsfolge"),
        ("Normal", "[Tabelle]"),
        ("Heading 1", "Beschlussvorschlag"),
        ("Normal", "{{ beschlussvorschlag }}"),
        ("Heading 1", "Sachdarstellung"),
        ("Normal", "{{ sachdarstellung }}"),
        ("Heading 1", "Maßnahmen"),
        ("Normal", "{%p for massnahme in massnahmen %}"),
        ("Normal", "{{ massnahme.nummer }}. {{ massnahme.titel }}"),
        ("Normal", "{%p endfor %}"),
        ("Heading 1", "Finanzielle Auswirkungen"),
        *(("Normal", f"{_label(name)}: {{{{ {name} }}}}") for name in money),
        ("Heading 1", "Personelle Auswirkungen"),
        ("Normal", "Stellen (VZÄ): {{ stellen }}"),
        ("Normal", "{{ stellenplan }}"),
        *_maybe("alternativen", "Alternativen"),
        *_maybe("bei_ablehnung", "Auswirkungen bei Ablehnung"),
        ("Heading 1", "Anlagen"),
        ("Normal", "{%p for anlage in anlagen %}"),
        ("Normal", "Anlage {{ anlage.nummer }}: {{ anlage.titel }}"),
        ("Normal", "{%p endfor %}"),
    ]
    columns = [(name[:1].upper() + name[1:], f"{{{{ station.{name} }}}}") for name in STATION[:-1]]
    return blank(paragraphs, columns)


def _label(name: str) -> str:
    return LABELS[TEXTS[name]] if name in TEXTS else "Stand"


def _maybe(name: str, title: str) -> list[tuple[str, str]]:
    return [
        ("Normal", f"{{%p if {name} %}}"),
        ("Heading 1", title),
        ("Normal", f"{{{{ {name} }}}}"),
        ("Normal", "{%p endif %}"),
    ]
