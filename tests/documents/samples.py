"""Documents for the tests: one with everything in it, and Hypothesis strategies for small ones."""

from datetime import date

from hypothesis import strategies as st

from gelingen.documents import (
    Bullets,
    Document,
    Emphasis,
    Heading,
    Item,
    KeyValues,
    Landscape,
    Link,
    Note,
    NoteKind,
    Numbered,
    PageBreak,
    Paragraph,
    Ref,
    SourceLine,
    Strong,
    Table,
)
from gelingen.documents.pictures import Bar, Stretch, timeline

HOSTILE = (
    '#set page(width: 1cm) *a* $x$ @ref <label> "quoted" \\ {{ x }} </w:t> ]]> '
    "<script>alert(1)</script> &amp; %s nul\x00 bell\x07 \u202eumgedreht\u202c العربية 中文 😀 "
    + "x"
    * 2000
)


def picture():
    stretches = (
        Stretch(date(2017, 1, 1), date(2019, 1, 1), "secured"),
        Stretch(date(2019, 1, 1), None, "applied"),
    )
    return timeline(
        [Bar("Sprachcafé <Rödental>", stretches, records=("S-001",))],
        starts=date(2016, 1, 1),
        ends=date(2021, 1, 1),
        on=date(2017, 6, 1),
        horizon=date(2020, 12, 31),
        title="Zeitstrahl",
    )[0]


def everything():
    return Document(
        title="Masterplan Musterland",
        subtitle="Fortschreibung",
        author="Landratsamt Musterland",
        date_line="Stand 01.06.2017",
        edition="Entwurf",
        cover=(("Beschlussfassung", "Kreistag"),),
        blocks=(
            Heading("Vorwort", number=""),
            Paragraph("Vorangestelltes Wort", own_text=True),
            Heading("Auftrag", key="auftrag"),
            Paragraph(
                ("Anfangs ", Strong("gewichtig"), " und ", Emphasis("betont"), Ref("B-012")),
                records=("S-003",),
                sources=("Kreistagsprotokoll",),
            ),
            Bullets(
                (
                    "Aufzählung",
                    Item("Unterpunkt", records=("S-007",), below=Numbered(("erstens", "zweitens"))),
                ),
                records=("S-008",),
            ),
            Heading("Bestand", key="bestand"),
            Heading("Ebenen", level=2),
            Table(
                "Strukturliste",
                ("Struktur", "Betrag"),
                (("Beratungsstelle", "1.234,50"), (("Lotsin ", Ref("S-002")), "99,00")),
                align="lr",
                notes="Anmerkungstext",
                sources=("Erhebungsbogen",),
                row_records=(("S-001",), ("S-002",)),
            ),
            picture(),
            Note("Einzutragendes", kind=NoteKind.MISSING),
            KeyValues((("Federführung", ("Fachbereich ", Link("Kapitel", "#auftrag"))),)),
            SourceLine("Amtsblatt"),
            PageBreak(),
            Landscape((Table("Querliegendes", ("Links", "Rechts"), (("eins", "zwei"),)),)),
            Heading("Anlage", number="A"),
            Heading("Glossar", level=2),
            Paragraph(("Siehe ", Link("Bundesamt", "https://www.bamf.de")), frame=True),
        ),
    )


words = st.text(
    st.sampled_from("aäß <>&#*_[]\\\"'$@{}%\x00\x1b\u202e\u00ad\u200b\n\tع中😀\ufffe"), max_size=12
)
keys = st.sampled_from(["", "k1", "k2"])
inlines = st.one_of(
    words,
    st.builds(Strong, words),
    st.builds(Emphasis, words),
    st.builds(Ref, words, words),
    st.builds(Link, words, st.sampled_from(["#k1", "#k2", "https://a.de/x", "javascript:x", ""])),
)
contents = st.one_of(words, st.lists(inlines, max_size=3).map(tuple))
records = st.lists(st.sampled_from(["S-1", "S-2", "S-3", "S-04", "x"]), max_size=4).map(tuple)


@st.composite
def tables(draw):
    columns = draw(st.integers(1, 3))
    row = st.tuples(*[contents] * columns)
    rows = tuple(draw(st.lists(row, max_size=3)))
    traced = draw(st.booleans())
    return Table(
        draw(words),
        draw(st.tuples(*[words] * columns)),
        rows,
        total=draw(st.booleans()),
        header_column=draw(st.booleans()),
        records=draw(records),
        row_records=tuple(draw(records) for _ in rows) if traced else (),
    )


items = st.one_of(contents, st.builds(Item, content=contents, records=records))
lists = st.one_of(
    st.builds(Bullets, st.lists(items, max_size=3).map(tuple)),
    st.builds(Numbered, st.lists(items, max_size=3).map(tuple)),
)
simple = st.one_of(
    st.builds(Heading, words, st.integers(1, 4), keys, st.sampled_from([None, None, "", "A"])),
    st.builds(Paragraph, contents, records=records),
    lists,
    tables(),
    st.builds(Note, contents, st.sampled_from(NoteKind), words),
    st.builds(KeyValues, st.lists(st.tuples(words, contents), max_size=2).map(tuple)),
    st.builds(SourceLine, words),
    st.just(PageBreak()),
    st.builds(picture),
)
blocks = st.one_of(
    simple, st.lists(simple, max_size=2).map(lambda inside: Landscape(tuple(inside)))
)
documents = st.builds(
    Document,
    title=words.map(lambda text: f"T{text}"),
    blocks=st.lists(blocks, max_size=5).map(tuple),
    subtitle=words,
    author=words,
    cover_page=st.booleans(),
)
