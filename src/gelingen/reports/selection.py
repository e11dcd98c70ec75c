"""The year's selection as a paper for the body that decides: what, within which limits, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from gelingen.access.policy import Actor, May, require
from gelingen.documents import (
    Block,
    Document,
    Heading,
    Item,
    KeyValues,
    Note,
    NoteKind,
    Numbered,
    Paragraph,
    Table,
)
from gelingen.programme.deciding import LISTS, Frozen, FrozenLine, by_points, programme_of
from gelingen.programme.queries import whole
from gelingen.terms.programme import Basis, Counting, Showing, Voting
from gelingen.terms.spelling import day, last_day
from gelingen.wording.selection import (
    FAIR,
    MEANINGS,
    MOST,
    NO_NEED,
    ORDER,
    say_amount,
    say_need,
    say_points,
    say_unmet,
    say_unscored,
)

if TYPE_CHECKING:
    from gelingen.programme.models import Selection

NAMES = dict(zip(LISTS, (MOST, FAIR, ORDER), strict=True))


@dataclass(frozen=True, slots=True)
class _Paper:
    """What all sections are made of: nothing but the programme, so that a decided one stays."""

    selection: "Selection"
    kept: Frozen

    @property
    def chosen(self) -> list[FrozenLine]:
        """Give what was chosen, with the most points first."""
        return [one for one in self.ranked if one["chosen"]]

    @property
    def ranked(self) -> list[FrozenLine]:
        """Give all lines, with the most points first."""
        return by_points(self.kept)

    @property
    def tells_groups(self) -> bool:
        """Whether the paper, which goes to a whole body, says what single groups said."""
        return self.selection.showing != Showing.NEVER

    def amounts(self, line: FrozenLine) -> tuple[str, ...]:
        """Write what a measure takes of each limit."""
        given = line["amounts"]
        return tuple(
            say_amount(one["resource"], Fraction(given[one["key"]])) if one["key"] in given else "–"
            for one in self.kept["limits"]
        )


def selection_paper(actor: Actor, selection: "Selection", *, on: date) -> Document:
    """Write the paper of a selection; of a decided one as it was held fast.

    Args:
        actor: who asks; must lead the selection, as the paper says what every group said.
        selection: with at least one ballot sent.
        on: the day.

    Raises:
        PermissionDenied: the actor may not lead this selection.

    """
    require(actor, May.CHOOSE, selection)
    kept = programme_of(actor, whole(actor, selection), on=on)
    body = str(selection.body) if selection.body else selection.tenant.name
    return Document(
        title=f"Auswahl der Maßnahmen {selection.year}",
        subtitle=f"Vorlage für: {body}",
        author=selection.tenant.name,
        date_line=f"Stand {day(on)}",
        edition=f"Entschieden am {day(selection.decided)}" if selection.decided else "Entwurf",
        cover_page=False,
        blocks=tuple(_blocks(_Paper(selection, kept))),
    )


def _blocks(paper: _Paper) -> Iterator[Block]:
    yield from _proposal(paper)
    yield from _limits(paper)
    yield from _scoring(paper)
    yield from _candidates(paper)
    yield from _needs(paper)
    yield from _reasons(paper)
    if paper.tells_groups:
        yield from _groups(paper)
        yield from _comments(paper)


def _proposal(paper: _Paper) -> Iterator[Block]:
    decided, year = paper.selection.decided, paper.selection.year
    yield Heading("Beschluss" if decided else "Beschlussvorschlag")
    if not paper.chosen:
        yield Note(
            "Noch ist keine Maßnahme ausgewählt. Auf der Seite „Listen und Entscheidung“ ankreuzen "
            "und „Auswahl merken“.",
            NoteKind.MISSING,
            frame=True,
        )
        return
    yield Paragraph(f"Im Jahr {year} werden begonnen oder fortgesetzt:", frame=True)
    yield Numbered(
        tuple(
            Item(
                f"{one['title']} ({', '.join(text for text in paper.amounts(one) if text != '–')})"
                if one["amounts"]
                else one["title"],
                records=(f"measure:{one['measure']}",),
            )
            for one in paper.chosen
        )
    )
    if topics := paper.kept["unmet"]:
        yield Note(say_unmet(topics, {one: f"„{one}“" for one in topics}), NoteKind.MISSING)


def _limits(paper: _Paper) -> Iterator[Block]:
    yield Heading("Was zur Verfügung steht")
    rows = []
    for limit in paper.kept["limits"]:
        used = sum(
            (Fraction(one["amounts"].get(limit["key"]) or 0) for one in paper.chosen), Fraction(0)
        )
        most, resource = Fraction(limit["amount"]), limit["resource"]
        rows.append(
            (
                limit["name"],
                say_amount(resource, most),
                say_amount(resource, used),
                say_amount(resource, most - used),
            )
        )
    yield Table(
        "Grenzen des Jahres",
        ("Was", "Vorhanden", "Ausgewählt", "Bleibt"),
        tuple(rows),
        align="lrrr",
        records=tuple(f"limit:{one['key']}" for one in paper.kept["limits"]),
    )


def _scoring(paper: _Paper) -> Iterator[Block]:
    kept, selection = paper.kept, paper.selection
    yield Heading("Wie bewertet wurde")
    groups = ", ".join(sorted(kept["groups"].values())) or "keine"
    pairs = [
        ("Gruppen", f"{groups} ({len(kept['groups'])} von {kept['asked']})"),
        ("Es bewertet", Voting.of(selection.voting).label),
        ("Es zählt", Counting.of(selection.middle).label),
    ]
    if selection.starts and selection.ends:
        pairs.insert(1, ("Zeit", f"{day(selection.starts)} bis {day(last_day(selection.ends))}"))
    record = (f"selection:{selection.key}",)
    pairs.insert(1, ("Gruppen vergeben", Basis.of(selection.basis).label))
    yield KeyValues(tuple(pairs), records=record)
    if selection.basis == Basis.ORDER:
        yield Paragraph(
            "Punkte einer Maßnahme aus den Reihenfolgen: in jeder Gruppe 100, wenn sie vor allen "
            "anderen steht, 0, wenn sie hinter allen steht.",
            frame=True,
        )
        return
    yield Table(
        "Kriterien",
        ("Kriterium", "Woran man es erkennt", "Gewicht", "Punkte bis"),
        tuple(
            (one["name"], one["meaning"], str(one["weight"]), str(one["top"]))
            for one in kept["criteria"]
        ),
        align="llrr",
        records=tuple(f"criterion:{one['key']}" for one in kept["criteria"]),
    )
    yield Paragraph(
        "Punkte einer Maßnahme: jedes Kriterium als Teil seiner Höchstzahl, gewichtet, von 0 bis "
        "100. Wer sich enthält, zählt weder dafür noch dagegen.",
        frame=True,
    )


def _candidates(paper: _Paper) -> Iterator[Block]:
    yield Heading("Maßnahmen zur Wahl und drei Listen")
    heads = [one["name"] for one in paper.kept["limits"]]
    records = tuple(f"candidate:{one['key']}" for one in paper.ranked)
    yield Table(
        "Aufwand, Punkte und Listen",
        ("Maßnahme", *heads, "Punkte", *NAMES.values(), "Ausgewählt"),
        tuple(
            (
                one["title"],
                *paper.amounts(one),
                _points(one["points"]),
                *("ja" if name in one["lists"] else "nein" for name in LISTS),
                "ja" if one["chosen"] else "nein",
            )
            for one in paper.ranked
        ),
        align="l" + "r" * (len(heads) + 1),
        widths=(4, *(1.6 for _ in heads), 1.2, 1.3, 1.6, 1.7, 1.6),
        records=records,
        header_column=True,
    )
    if unscored := sum(not one["points"] and not one["lists"] for one in paper.ranked):
        yield Paragraph(say_unscored(unscored), frame=True)
    for name in NAMES.values():
        yield Paragraph(f"{name}: {MEANINGS[name]}", frame=True)


def _needs(paper: _Paper) -> Iterator[Block]:
    """Say what each candidate is for; what was decided before needs were kept says nothing."""
    rows, records = [], []
    for one in paper.ranked:
        needs = one.get("needs")
        if needs is None:
            return
        said = (
            f"{need['statement']} ({say_need(need['severities'], need['judged'], need['voices'])})"
            for need in needs
        )
        rows.append((one["title"], "; ".join(said) or NO_NEED))
        records += [f"need:{need['key']}" for need in needs]
    yield Heading("Welche Bedarfe dahinter stehen")
    yield Table(
        "Bedarfe hinter den Maßnahmen, die schwersten zuerst, mit unabhängigen Stimmen",
        ("Maßnahme", "Offene Bedarfe"),
        tuple(rows),
        widths=(1, 2.5),
        records=tuple(dict.fromkeys(records)),
    )


def _points(text: str | None) -> str:
    return say_points(Fraction(text) if text else None)


def _groups(paper: _Paper) -> Iterator[Block]:
    few = paper.kept.get("few", [])
    every = sorted(paper.kept["groups"].items(), key=lambda one: (one[1], one[0]))
    groups = [one for one in every if one[0] not in few]
    if few:
        named = ", ".join(name for key, name in every if key in few)
        yield Paragraph(
            f"Nicht für sich gezeigt: {named}. Dort haben weniger als drei Mitglieder bewertet; in "
            "die Listen geht es ein.",
            frame=True,
        )
    if not groups:
        return
    yield Table(
        "Punkte der Gruppen",
        ("Maßnahme", *(name for _, name in groups)),
        tuple(
            (one["title"], *(_points(one["by"].get(key)) for key, _ in groups))
            for one in paper.ranked
        ),
        align="l" + "r" * len(groups),
        records=tuple(f"ballot:{one}" for one in paper.kept["ballots"]),
        header_column=True,
    )


def _reasons(paper: _Paper) -> Iterator[Block]:
    given = [one for one in paper.ranked if one["reason"]]
    if given:
        yield Heading("Begründungen")
        yield KeyValues(
            tuple((one["title"], one["reason"]) for one in given),
            records=tuple(f"candidate:{one['key']}" for one in given),
            own_text=True,
        )


def _comments(paper: _Paper) -> Iterator[Block]:
    groups = paper.kept["groups"]
    rows = [
        (one["title"], groups[key], text)
        for one in paper.ranked
        for key, text in sorted(one["comments"].items(), key=lambda each: groups[each[0]])
    ]
    if rows:
        yield Heading("Bemerkungen der Gruppen")
        yield Table(
            "Bemerkungen",
            ("Maßnahme", "Gruppe", "Bemerkung"),
            tuple(rows),
            records=tuple(f"ballot:{one}" for one in paper.kept["ballots"]),
            own_text=True,
        )
