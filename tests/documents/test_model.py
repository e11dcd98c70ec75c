"""Tracing, evidence, numbering, Markdown, German formats: what no format decides."""

import json
from datetime import date

import pytest
import typst

from gelingen.documents import (
    Bullets,
    Document,
    Heading,
    Item,
    Link,
    Note,
    NoteKind,
    Paragraph,
    Ref,
    Strong,
    Table,
    from_markdown,
    plain,
    statements,
    untraced,
)
from gelingen.documents.evidence import compact
from gelingen.documents.fonts import font_folder, text_width
from gelingen.documents.layout import lay_out
from gelingen.documents.printed import HeadingLine
from gelingen.documents.widths import column_widths
from gelingen.terms.spelling import (
    day,
    euro,
    euro_range,
    last_day,
    number,
    number_range,
    percent,
    period,
)


def document(*blocks):
    return Document(title="T", blocks=blocks)


def test_eine_aussage_ohne_datensatz_und_quelle_wird_gemeldet():
    said = untraced(document(Heading("Bestand"), Paragraph("Es gibt 12 Angebote.")))

    assert [(s.chapter, s.kind, s.text) for s in said] == [
        ("Bestand", "Absatz", "Es gibt 12 Angebote.")
    ]


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("a", records=("S-1",)),
        Paragraph("a", sources=("Erhebung",)),
        Paragraph(("a ", Ref("S-1"))),
        Paragraph("a", own_text=True),
        Paragraph("a", frame=True),
        Note("Es fehlt etwas.", kind=NoteKind.MISSING),
        Bullets(("a", Item("b")), records=("S-1",)),
        Table("c", ("a",), (("1",), ("2",)), row_records=(("S-1",), ("S-2",))),
    ],
)
def test_belegte_eigene_und_feste_texte_werden_nicht_gemeldet(block):
    assert untraced(document(block)) == []


def test_jede_tabellenzeile_ist_eine_aussage_mit_ihren_eigenen_belegen():
    table = Table(
        "c", ("a", "b"), ((Ref("S-1").key, "x"), ("y", (Ref("S-2"),))), row_records=(("S-1",), ())
    )

    assert [s.records for s in statements(document(table))] == [("S-1",), ("S-2",)]


def test_eine_zeile_ohne_beleg_faellt_auf_auch_wenn_die_anderen_welche_haben():
    table = Table("c", ("a",), (("1",), ("2",)), row_records=(("S-1",), ()))

    assert [s.text for s in untraced(document(table))] == ["2"]


def test_aufeinander_folgende_kennungen_werden_zusammengefasst():
    keys = ("S-003", "S-001", "S-002", "B-9", "B-10", "B-11", "S-005", "ohne")

    assert compact(keys) == ("B-9 bis B-11", "S-001 bis S-003", "S-005", "ohne")


def test_zwei_kennungen_werden_einzeln_genannt():
    assert compact(("S-1", "S-2")) == ("S-1", "S-2")


def test_lange_beleglisten_stehen_vollstaendig_im_anhang():
    keys = tuple(f"S-{n:03d}" for n in range(0, 40, 2))

    printed = lay_out(document(Paragraph("a", records=keys)))

    assert printed.body[0].evidence.records == "Beleg 1"
    assert plain_of(printed.annex[1]) == f"Beleg 1: {'; '.join(keys)}"


def plain_of(line):
    return "".join(part.text for part in line.parts)


def test_ueberschriften_werden_gezaehlt_und_anlagen_tragen_buchstaben():
    printed = lay_out(
        document(
            Heading("Vorwort", number=""),
            Heading("eins"),
            Heading("eins eins", 2),
            Heading("zwei"),
            Heading("zwei eins", 2),
            Heading("Anlage", number="A"),
            Heading("a eins", 2),
            Heading("unter Vorwort", number=""),
            Heading("ohne", 2),
        )
    )

    numbers = [line.number for line in printed.body]
    assert numbers == ["", "1", "1.1", "2", "2.1", "A", "A.1", "", ""]


def test_keine_ueberschrift_ueberspringt_eine_ebene():
    printed = lay_out(document(Heading("a", 3), Heading("b", 4)))

    levels = [line.level for line in printed.body if isinstance(line, HeadingLine)]
    assert levels == [1, 2]


def test_markdown_wird_zu_bausteinen_und_als_eigener_text_gekennzeichnet():
    blocks = from_markdown("# Ziel\n\nWir **wollen** [mehr](https://a.de).\n\n- a\n- b", 2)

    assert blocks == (
        Heading("Ziel", 2),
        Paragraph(
            ("Wir ", Strong("wollen"), " ", Link("mehr", "https://a.de"), "."), own_text=True
        ),
        Bullets((Item(("a",), own_text=True), Item(("b",), own_text=True)), own_text=True),
    )


def test_html_in_markdown_bleibt_text():
    (block,) = from_markdown("<script>alert(1)</script> und <b>fett</b>")

    assert plain(block.content) == "<script>alert(1)</script> und <b>fett</b>"


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "file:///etc/x"])
def test_andere_verweise_als_http_und_mailto_werden_text(target):
    printed = lay_out(document(Paragraph((Link("hier", target),), own_text=True)))

    assert [(p.text, p.style) for p in printed.body[0].parts] == [("hier", "text")]


def test_zahlen_stehen_in_deutscher_form():
    assert number(1234.5, 1) == "1.234,5"
    assert number(0.125, 2) == "0,13"
    assert number(-1234567) == "−1.234.567"
    assert number(-0.2) == "0"
    assert number(None) == "nicht bekannt"
    assert euro(8550) == "8.550 EUR"
    assert euro_range(4000, 6000) == "4.000 bis 6.000 EUR"
    assert percent(0.125, 1) == "12,5 %"


def test_spannen_nennen_beide_grenzen_oder_die_eine():
    assert number_range(4000, 6000) == "4.000 bis 6.000"
    assert number_range(5, 5) == "5"
    assert number_range(5, None) == "mindestens 5"
    assert number_range(None, 7) == "höchstens 7"
    assert number_range(None, None) == "nicht bekannt"


def test_zeitraeume_nennen_den_letzten_tag():
    starts, ends = date(2017, 1, 1), date(2020, 1, 1)

    assert last_day(ends) == date(2019, 12, 31)
    assert day(last_day(ends)) == "31.12.2019"
    assert period(starts, ends) == "01.01.2017 bis 31.12.2019"
    assert period(starts, None) == "ab 01.01.2017"
    assert period(None, ends) == "bis 31.12.2019"
    assert period(None, None) == "nicht bekannt"


MM = 25.4 / 72
LONGEST = "Zusammenarbeit"


def widths(table, room=170.0):
    (grid,) = lay_out(document(table)).body
    return [share * room for share in column_widths(grid, room)]


def test_jede_spalte_traegt_ihr_laengstes_wort_auch_gegen_den_wunsch_des_verfassers():
    table = Table("c", ("Name", LONGEST, "c"), (("x " * 90, "1", "2"),), widths=(100, 1, 1))

    assert widths(table)[1] > text_width(LONGEST, 8.5 * MM, bold=True)


def test_breiten_des_verfassers_gelten_wo_platz_ist():
    table = Table("c", ("a", "b", "c"), (("1", "2", "3"),), widths=(5, 3, 2))

    assert widths(table) == pytest.approx([85, 51, 34])


def test_spalten_mit_langen_texten_werden_breiter_als_solche_mit_kurzen():
    table = Table("c", ("Tag", "Text"), (("31.12.2019", "Sprachkurs mit Betreuung " * 5),) * 3)

    day_, text = widths(table)

    assert text_width("31.12.2019", 8.5 * MM, bold=True) < day_ < text / 2


def test_die_spalte_der_belege_ist_so_breit_wie_ihr_inhalt():
    def last(*keys):
        table = Table("c", ("a", "b"), (("1", "2"),), widths=(1, 1), row_records=(keys,))
        return widths(table)[-1]

    assert text_width("S-001; S-003", 8.5 * MM) < last("S-001", "S-003") < 30
    assert last("m1") > text_width("Beleg", 8.5 * MM, bold=True)


def test_im_querformat_steht_auf_einer_zeile_was_hochkant_mehrere_braucht():
    text = "Sprachkurs mit Betreuung im Haus am Markt"
    row = (LONGEST, LONGEST, text, text, text)
    table = Table("c", tuple("abcde"), (row,), header_column=False)
    line = text_width(text, 8.5 * MM)

    assert min(widths(table, 257.0)[2:]) > line > max(widths(table, 170.0)[2:])
    assert sum(widths(table, 257.0)) == pytest.approx(257)


def test_breiten_sind_positiv_und_je_spalte_eine():
    for given in ((1,), (1, 0), (1, -1)):
        with pytest.raises(ValueError, match="2 positive widths"):
            Table("c", ("a", "b"), (), widths=given)


def test_schriftbreiten_sind_die_des_setzprogramms():
    text = "Zusammenarbeit, Öffnung 2017 – „x“"
    source = (
        '#set text(font: "Fira Sans", size: 10pt, kerning: false, ligatures: false)\n'
        f"#let shown(weight) = text(weight: weight, {json.dumps(text, ensure_ascii=False)})\n"
        "#let text-of(weight) = measure(shown(weight)).width.pt()\n"
        "#context [#metadata((text-of(400), text-of(600))) <found>]"
    )

    found = typst.query(
        source.encode(), "<found>", field="value", one=True,
        font_paths=[str(font_folder())], ignore_system_fonts=True,
    )  # fmt: skip

    assert json.loads(found) == pytest.approx(
        [text_width(text, 10), text_width(text, 10, bold=True)]
    )
