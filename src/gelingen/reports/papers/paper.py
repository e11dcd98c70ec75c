"""A paper as a document: head, proposal, facts, money, chain of deliberation, what was decided."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.policy import Actor
from gelingen.boards.published import is_told
from gelingen.documents import Block, Document, Heading, KeyValues, Note, NoteKind, Paragraph, Table
from gelingen.papers.content import LABELS, MONEY, Content, content_of
from gelingen.papers.published import shown_annexes, shown_deliberations
from gelingen.papers.queries import annexes, chain_of, get_paper
from gelingen.reports.boards.parts import paragraphs
from gelingen.terms.papers import PaperState
from gelingen.terms.spelling import day

if TYPE_CHECKING:
    from gelingen.papers.models import Deliberation, Paper

_HEAD = (
    "kind", "number", "file_reference", "day", "body", "submitter", "lead", "clerk", "public",
)  # fmt: skip
_REST = ("alternatives", "refusal")
_LINE = "_" * 50
# Who wrote a paper is known inside of the house.
_INNER = ("submitter", "clerk")


def paper_document(actor: Actor, paper: "Paper", *, on: date, outside: bool = False) -> Document:
    """Write a paper as it is now.

    Args:
        actor: who asks; must see the paper.
        paper: the paper.
        on: the day.
        outside: whether it goes to people who may see less: only public annexes are named.

    Raises:
        UnknownRecordError: the actor may not see it.

    """
    paper = get_paper(actor, paper.tenant, paper.key)
    chain = chain_of(paper)
    files = [one.title for one in annexes(actor, paper) if one.public or not outside]
    return _document(paper, content_of(paper, chain), chain, files, on=on)


def open_paper(paper: "Paper", *, on: date) -> Document:
    """Write a public paper as everybody may read it, without an account.

    It names public bodies and public files only, and nobody who wrote it; what came of it stands
    there once the minutes that say so are approved.

    Args:
        paper: public and released, with its body.
        on: the day.

    """
    chain = [_as_told(one) for one in shown_deliberations(paper.tenant).filter(paper=paper)]
    files = [one.title for _, one in shown_annexes(paper.tenant, [paper.pk])]
    said = content_of(paper, chain) | dict.fromkeys(_INNER, "")
    if paper.body is not None and not paper.body.public:
        said["body"] = ""
    return _document(paper, said, chain, sorted(files), on=on)


def _as_told(one: "Deliberation") -> "Deliberation":
    """Take the result from a station whose minutes are not for everybody, or not yet."""
    item = one.item
    if item is not None and not (item.body.public and is_told(item)):
        one.result = one.adopted = ""
        one.yes = one.no = one.abstain = one.noted = None
    return one


def _document(
    paper: "Paper", said: Content, chain: "list[Deliberation]", files: list[str], *, on: date
) -> Document:
    return Document(
        title=f"{said['kind']}{f' {paper.number}' if paper.number else ''}",
        subtitle=paper.subject,
        author=paper.tenant.name,
        date_line=f"Stand {day(on)}",
        edition=edition(paper),
        cover_page=False,
        blocks=tuple(_blocks(paper, said, chain, files)),
    )


def edition(paper: "Paper") -> str:
    """Say what kind of copy this is: a draft is no paper yet, and what is not public says so."""
    state = paper.get_state_display()
    known = "öffentlich" if paper.public else "nichtöffentlich"
    return f"{state[:1].upper()}{state[1:]}, {known}"


def _blocks(
    paper: "Paper", said: Content, chain: "list[Deliberation]", files: list[str]
) -> Iterator[Block]:
    if paper.state in (PaperState.DRAFT, PaperState.SUBMITTED):
        yield Note("Diese Vorlage ist noch nicht freigegeben; sie kann sich ändern.",
                   NoteKind.CAUTION, own_text=True)  # fmt: skip
    yield KeyValues(_pairs(said, _HEAD), own_text=True)
    yield from _chain(chain)
    yield Heading(LABELS["proposal"], 1, number="")
    yield from _text(said["proposal"], "Ein Beschlussvorschlag ist noch nicht eingetragen.")
    yield Heading("Sachdarstellung und Begründung", 1, number="")
    yield from _text(said["facts"], "Die Sachdarstellung fehlt noch.")
    yield from _money(said)
    yield from _staff(said)
    for name in _REST:
        if said[name]:
            yield Heading(LABELS[name], 1, number="")
            yield from paragraphs(said[name])
    yield from _annexes(files)
    yield from _decided(chain)
    yield from _signature()


def _pairs(said: Content, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((LABELS[name], said[name]) for name in names if said[name])


def _text(text: str, otherwise: str) -> Iterator[Block]:
    if text:
        yield from paragraphs(text)
    else:
        yield Note(otherwise, NoteKind.MISSING)


def _chain(chain: "list[Deliberation]") -> Iterator[Block]:
    yield Heading("Beratungsfolge", 1, number="")
    if not chain:
        yield Note("Die Beratungsfolge ist noch nicht eingetragen.", NoteKind.MISSING)
        return
    yield Table(
        "Beratungsfolge",
        ("Gremium", "Aufgabe", "Tag", "Ergebnis", "Stimmen"),
        tuple(
            (
                str(one.body),
                str(one.get_role_display()),
                day(one.noted or one.planned) if one.noted or one.planned else "–",
                str(one.get_result_display()) if one.result else "–",
                votes_of(one) or "–",
            )
            for one in chain
        ),
        widths=(3, 2, 2, 3, 3.4),
        own_text=True,
    )


def votes_of(one: "Deliberation") -> str:
    """Spell the votes of a station; "" where none were counted."""
    counts = (("Ja", one.yes), ("Nein", one.no), ("Enthaltung", one.abstain))
    return ", ".join(f"{name} {count}" for name, count in counts if count is not None)


def _money(said: Content) -> Iterator[Block]:
    yield Heading("Finanzielle Auswirkungen", 1, number="")
    if not any(said[name] for name in MONEY):
        yield Note("Angaben zu den Kosten liegen nicht vor.", NoteKind.MISSING)
    else:
        yield Table(
            "Kosten, Förderung und Eigenanteil",
            ("Was", "Betrag"),
            tuple((LABELS[name], said[name] or "nicht bekannt") for name in MONEY),
            align="lr",
            widths=(4, 4),
        )
    if pairs := _pairs(said, ("budget_line", "cover")):
        yield KeyValues(pairs, own_text=True)
    yield from paragraphs(said["money_source"], label=LABELS["money_source"])


def _staff(said: Content) -> Iterator[Block]:
    yield Heading("Personelle Auswirkungen", 1, number="")
    if not said["fte"] and not said["posts"]:
        yield Paragraph("Keine, oder noch nicht angegeben.", frame=True)
        return
    if said["fte"]:
        yield KeyValues(_pairs(said, ("fte",)))
    yield from paragraphs(said["posts"], label=LABELS["posts"])


def _annexes(files: list[str]) -> Iterator[Block]:
    if files:
        yield Heading("Anlagen", 1, number="")
        for place, title in enumerate(files, 1):
            yield Paragraph(f"Anlage {place}: {title}", own_text=True)


def _decided(chain: "list[Deliberation]") -> Iterator[Block]:
    for one in chain:
        if one.result and one.adopted:
            yield Heading(f"{one.body}: {one.get_result_display()}", 1, number="")
            yield from paragraphs(one.adopted, label=f"Wortlaut vom {day(one.noted)}")


def _signature() -> Iterator[Block]:
    # Room to sign above the line.
    yield Paragraph("\u00a0", frame=True)
    yield Paragraph(_LINE, frame=True)
    yield Paragraph("Ort, Tag, Unterschrift", frame=True)
