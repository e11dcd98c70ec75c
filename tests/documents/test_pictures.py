"""Pictures: what is drawn is what the figures say, and stands in a table beside the picture."""

import re
from datetime import date
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gelingen.documents import Document, html_fragment, plain, write
from gelingen.documents.fonts import text_width
from gelingen.documents.pictures import (
    Bar,
    Node,
    Panel,
    Series,
    Stretch,
    Tie,
    matrix,
    network,
    panels,
    stacked,
    timeline,
    whole_years,
)
from gelingen.documents.pictures.drawing import PATTERNS, WIDTH, WORDS, shortened, wrapped
from gelingen.documents.pictures.matrix import STATES

EVIL = "<b>Träger & \"Sohn\"</b> url(#p-open) id='x'"
FIRST, LAST, ON = date(2016, 1, 1), date(2021, 1, 1), date(2017, 6, 1)


def over_time(*bars, ends=LAST):
    return timeline(bars, starts=FIRST, ends=ends, on=ON, horizon=LAST, title="Zeitstrahl")


def network_of(*names):
    nodes = [Node(str(at), name, "Verein", 0.1 + at / 9, 0.5) for at, name in enumerate(names)]
    return network(nodes, [Tie("0", "1", confirmed=True)], title="Netz")


def pictures(name):
    """Give one picture of each kind in which a name is written."""
    whole = (Stretch(FIRST, LAST, "secured"),)
    cells = {("a", "b"): ("gap", "covered")}
    return [
        *over_time(Bar(name, whole, records=("S-1",))),
        *matrix([("a", name)], [("b", name)], cells, title="M", halves=("heute", "später")),
        stacked([name, "2018"], [Series("applied", (1, 2))], title="S", unit="EUR"),
        panels([name, "2018"], [Panel(name, "VZÄ", (1, 2))], title="P"),
        network_of(name, "zwei"),
    ]


KINDS = range(len(pictures("x")))


def tree(picture):
    return etree.fromstring(picture.svg)


def said(picture):
    return [text.text for text in tree(picture).iter("{*}text")]


def shapes(picture, tag, **wanted):
    """Give the shapes of a kind outside the patterns, as dictionaries of numbers and text."""
    return [
        dict(shape.attrib)
        for shape in tree(picture).iter(f"{{*}}{tag}")
        if shape.getparent().tag.endswith("svg")
        and all(shape.get(name) == value for name, value in wanted.items())
    ]


def cells_of(table):
    return [tuple(plain(cell) for cell in row) for row in table.rows]


@pytest.mark.parametrize("kind", KINDS)
def test_fremde_namen_werden_nicht_zu_formen(kind):
    picture, harmless = pictures(EVIL)[kind], pictures("x")[kind]

    assert {e.tag for e in tree(picture).iter()} == {e.tag for e in tree(harmless).iter()}
    assert EVIL.split(maxsplit=1)[0] in " ".join(said(picture))


@pytest.mark.parametrize("kind", KINDS)
def test_jedes_bild_hat_seine_werte_als_tabelle_und_eine_beschreibung(kind):
    picture = pictures("Name")[kind]

    assert picture.alt
    assert picture.table.rows
    assert "Name" in str(cells_of(picture.table)) + str(picture.table.header)


@pytest.mark.parametrize("kind", KINDS)
def test_jedes_bild_bestimmt_nur_die_muster_die_es_verwendet(kind):
    svg = pictures("Name")[kind].svg

    defined = set(re.findall(r'<pattern id="p-(\w+)"', svg))
    assert defined == set(re.findall(r'"url\(#p-(\w+)\)"', svg))


@pytest.mark.parametrize("kind", KINDS)
def test_nichts_ragt_aus_dem_bild(kind):
    picture = pictures("Integrationsbeauftragte der Gemeinden " * 2)[kind]
    box = [float(value) for value in tree(picture).get("viewBox").split()]

    for shape in shapes(picture, "rect"):
        assert float(shape["x"]) + float(shape["width"]) <= box[2]
        assert float(shape["y"]) + float(shape["height"]) <= box[3]
    for text in tree(picture).iter("{*}text"):
        size, bold = float(text.get("font-size")), text.get("font-weight") == "600"
        wide = text_width(text.text, size, bold=bold)
        left = float(text.get("x")) - wide * (["start", "middle", "end"].index(
            text.get("text-anchor")) / 2)  # fmt: skip
        assert float(text.get("y")) <= box[3]
        if kind in (0, 1, 4):  # the labels of bars are years and months, as short as they come
            assert -1 <= left <= left + wide <= box[2] + 1


def test_zwei_bilder_auf_einer_seite_teilen_keine_kennung_und_treffen_ihr_muster():
    shown = Document(title="T", blocks=(*pictures("x"), *pictures("y")))

    for page in (write(shown, "html").decode(), html_fragment(shown)):
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        used = set(re.findall(r'"url\(#([^)]+)\)"', page))
        assert used
        assert used <= set(ids)


def test_ein_name_der_wie_eine_kennung_aussieht_bleibt_im_html_wie_er_ist():
    page = html_fragment(Document(title="T", blocks=tuple(network_of("url(#p-open)", "b")
                                                          for _ in range(2))))  # fmt: skip

    assert page.count(">url(#p-open)</text>") == 2


def test_jeder_zeitraum_ist_ein_balken_von_seinem_ersten_bis_zu_seinem_letzten_tag():
    (picture,) = over_time(
        Bar("a", (Stretch(date(2016, 1, 1), date(2018, 7, 2), "secured"),)),
        Bar("b", (Stretch(None, None, "standing"), Stretch(date(2030, 1, 1), None, "open"))),
    )

    bars = [b for b in shapes(picture, "rect") if float(b["width"]) > 18]  # not the legend
    whole = float(bars[1]["width"])
    assert len(bars) == 2
    assert isclose(float(bars[0]["width"]) / whole, 0.5, abs_tol=0.01)
    assert bars[0]["x"] == bars[1]["x"]
    assert float(bars[1]["x"]) + whole == pytest.approx(WIDTH - 8)


def test_die_legende_nennt_nur_was_im_bild_vorkommt():
    (picture,) = over_time(Bar("a", (Stretch(None, ON, "secured"), Stretch(ON, None, "unknown"))))

    assert set(said(picture)) & set(WORDS.values()) == {"gesichert", "unbekannt"}


def test_gesichertes_geld_ist_eine_flaeche_ohne_muster():
    (picture,) = over_time(Bar("a", (Stretch(None, None, "secured"),)))

    assert "url(#" not in picture.svg
    assert "secured" not in PATTERNS


def test_ein_langer_name_steht_ganz_in_zwei_zeilen():
    name = "Kommunale Koordination der Bildungsangebote für Neuzugewanderte"

    (picture,) = over_time(Bar(name, ()), Bar("kurz", ()))

    first, second = [text for text in said(picture) if text in name]
    assert f"{first} {second}" == name


@pytest.mark.parametrize(
    ("many", "wanted"), [(16, [16]), (36, [12, 12, 12]), (53, [14, 13, 13, 13])]
)
def test_viele_balken_werden_auf_gleich_hohe_bilder_verteilt_und_keiner_fehlt(many, wanted):
    names = [f"Struktur {number}" for number in range(many)]

    parts = over_time(*(Bar(name, ()) for name in names))

    shown = [[text for text in said(part) if text in names] for part in parts]
    assert [name for part in shown for name in part] == names
    assert [len(part) for part in shown] == wanted
    titles = [f"Zeitstrahl (Teil {at + 1} von {len(wanted)})" for at in range(len(wanted))]
    assert [part.title for part in parts] == (titles if len(wanted) > 1 else ["Zeitstrahl"])


def test_das_bekannte_ende_ist_markiert_wenn_es_im_bild_liegt():
    red = {"stroke": "#c31c13", "stroke-width": "3"}
    (inside,) = over_time(Bar("a", (), ends=date(2018, 1, 1)))
    (outside,) = over_time(Bar("a", (), ends=date(2028, 1, 1)))

    assert len(shapes(inside, "line", **red)) == 1
    assert shapes(outside, "line", **red) == []


def test_die_tabelle_des_zeitstrahls_nennt_zeitraum_und_geld():
    (picture,) = over_time(Bar("a", (Stretch(FIRST, ON, "applied"),), records=("S-1", "F-1")))

    assert cells_of(picture.table) == [("a", "01.01.2016 bis 31.05.2017", "beantragt")]
    assert picture.table.row_records == (("S-1", "F-1"),)


def test_der_zeitstrahl_umfasst_ganze_jahre():
    assert whole_years(date(2017, 6, 1), date(2020, 1, 1)) == (date(2017, 1, 1), date(2020, 1, 1))
    assert whole_years(date(2017, 6, 1), date(2020, 1, 2)) == (date(2017, 1, 1), date(2021, 1, 1))


def test_eine_zelle_ist_geteilt_wenn_sie_sich_aendert():
    cells = {("r", "a"): ("covered", "gap"), ("r", "b"): ("several", "several")}

    (picture,) = matrix(
        [("r", "Zeile")], [("a", "A"), ("b", "B")], cells, title="M", halves=("heute", "später")
    )

    heights = [float(shape["height"]) for shape in shapes(picture, "rect")]
    assert len(heights) == 3
    assert heights[0] == heights[1] < heights[2]
    assert [t for t in said(picture) if t in {s.word for s in STATES.values()}] == [
        "gedeckt", "Lücke", "mehrfach",
    ]  # fmt: skip
    assert cells_of(picture.table) == [
        ("Zeile", "A", "gedeckt", "Lücke"),
        ("Zeile", "B", "mehrfach", "mehrfach"),
    ]


@pytest.mark.parametrize("state", STATES)
def test_jeder_zustand_hat_sein_wort_und_seine_form(state):
    def drawn(key):
        (picture,) = matrix(
            [("r", "R")], [("c", "C")], {("r", "c"): (key, key)}, title="M", halves=("a", "b")
        )
        signs = [(e.tag, e.get("r"), e.get("stroke-dasharray"), e.get("d"), e.get("fill") == "none")
                 for e in tree(picture).iter("{*}circle", "{*}path")]  # fmt: skip
        return signs, said(picture)

    others = [drawn(other)[0] for other in STATES if STATES[other].shape != STATES[state].shape]

    assert STATES[state].word in drawn(state)[1]
    assert drawn(state)[0] not in others


def test_viele_spalten_stehen_in_mehreren_bildern_jede_genau_einmal():
    columns = [(f"k{number}", f"Zielgruppe {number}") for number in range(22)]
    cells = {("r", key): ("gap", "gap") for key, _ in columns} | {("nur", "k0"): ("gap", "gap")}

    parts = matrix(
        [("r", "Zeile"), ("nur", "Nur vorn")], columns, cells, title="M", halves=("a", "b")
    )

    shown = [key for part in parts for _, key, *_ in cells_of(part.table)]
    assert sorted(shown) == sorted([name for _, name in columns] + ["Zielgruppe 0"])
    assert [len(part.table.rows) for part in parts] == [7, 6, 5, 5]
    assert "Nur" not in " ".join(said(parts[1]))
    assert parts[3].title == "M (Teil 4 von 4)"


def test_lange_woerter_am_rand_der_matrix_bleiben_ganz():
    name = "Behördenzusammenarbeit, Interkulturelle Öffnung"
    cells = {("r", "c"): ("gap", "gap")}

    (picture,) = matrix([("r", name)], [("c", "C")], cells, title="M", halves=("a", "b"))

    assert "Behördenzusammenarbeit," in said(picture)[1]


values = st.lists(st.integers(0, 90_000), min_size=1, max_size=6)


@given(values, values)
def test_saeulenteile_sind_so_hoch_wie_ihre_werte_und_stehen_aufeinander(below, above):
    size = min(len(below), len(above))
    below, above = below[:size], above[:size]
    labels = [str(2017 + at) for at in range(size)]

    picture = stacked(
        labels, [Series("secured", tuple(below)), Series("planned", tuple(above))], title="S",
        unit="EUR",
    )  # fmt: skip

    drawn = shapes(picture, "rect")[:-2]  # the legend has two
    wanted = [value for pair in zip(below, above, strict=True) for value in pair if value]
    assert len(drawn) == len(wanted)
    heights = [float(shape["height"]) for shape in drawn]
    for high, value in zip(heights, wanted, strict=True):
        assert isclose(high / max(heights), value / max(wanted), abs_tol=0.2)
    ground = max(float(s["y"]) + float(s["height"]) for s in drawn) if drawn else 0
    for at in range(size):
        if below[at] and above[at]:
            left = drawn[sum(bool(v) for v in (*below[:at], *above[:at]))]
            right = next(s for s in drawn if s["x"] == left["x"] and s is not left)
            assert isclose(float(left["y"]) + float(left["height"]), ground, abs_tol=0.11)
            assert isclose(
                float(right["y"]) + float(right["height"]), float(left["y"]), abs_tol=0.11
            )


def test_saeulen_messen_sich_an_der_achse():
    picture = stacked(["2017"], [Series("secured", (200.0,))], title="S", unit="EUR")

    (bar,) = shapes(picture, "rect")[:1]
    ticks = {
        text.text: float(text.get("y")) - 4
        for text in tree(picture).iter("{*}text")
        if text.get("text-anchor") == "end"
    }
    assert ticks["200"] == pytest.approx(float(bar["y"]), abs=0.1)
    assert ticks["0"] == pytest.approx(float(bar["y"]) + float(bar["height"]), abs=0.1)
    assert cells_of(picture.table) == [("2017", "200", "200")]


def test_die_tabelle_der_saeulen_nennt_teile_und_summe():
    picture = stacked(
        ["2017", "2018"], [Series("secured", (1000, 0)), Series("open", (500, 20))], title="S",
        unit="EUR", records=("F-1",),
    )  # fmt: skip

    assert picture.table.header == ("", "gesichert", "offen", "zusammen")
    assert cells_of(picture.table) == [("2017", "1.000", "500", "1.500"), ("2018", "0", "20", "20")]
    assert picture.table.records == ("F-1",)


def test_felder_untereinander_haben_je_ihre_achse_und_ihre_zahlen():
    picture = panels(
        ["2017", "2018"],
        [Panel("Geld", "EUR", (4000, 0)), Panel("Personal", "VZÄ", (0.5, 1.5), digits=1)],
        title="P",
    )

    bars = shapes(picture, "rect")
    assert len(bars) == 3
    assert {"4.000", "0,5", "1,5", "Geld (EUR)", "Personal (VZÄ)"} <= set(said(picture))
    assert float(bars[1]["height"]) == pytest.approx(float(bars[2]["height"]) / 3, abs=0.1)
    assert cells_of(picture.table) == [("2017", "4.000", "0,5"), ("2018", "0", "1,5")]


def test_beschriftungen_die_sich_beruehrten_werden_ausgelassen():
    months = [f"{month:02d}.20{year}" for year in (17, 18, 19) for month in range(1, 13)]

    picture = panels(months, [Panel("Geld", "EUR", (1,) * 36)], title="P")

    shown = [text for text in said(picture) if text in months]
    assert shown[0] == "01.2017"
    assert len(shown) * text_width("01.2017", 11) < WIDTH


def test_jede_verbindung_ist_eine_linie_und_unbestaetigte_sind_gestrichelt():
    nodes = [Node(key, key.upper(), "Amt" if key == "a" else "Verein", 0.1 + at / 3, at / 3)
             for at, key in enumerate("abc")]  # fmt: skip
    ties = [Tie("a", "b", confirmed=True), Tie("b", "c", confirmed=False)]

    picture = network(nodes, ties, title="Netz", records=("Z-1",))

    lines = shapes(picture, "line")
    assert [("stroke-dasharray" in shape) for shape in lines] == [False, True]
    assert len(shapes(picture, "circle")) == 1 + 1  # one node, one in the legend
    assert len(shapes(picture, "rect")) == 2 + 1
    assert {"A", "B", "C", "Amt", "Verein"} <= set(said(picture))
    assert cells_of(picture.table) == [("A", "B", "bestätigt"), ("B", "C", "einseitig genannt")]


def test_namen_im_netz_liegen_nie_aufeinander():
    nodes = [Node(str(at), f"Organisation Nummer {at}", "Verein", 0.5, 0.5 + at / 500)
             for at in range(12)]  # fmt: skip

    picture = network(nodes, [], title="Netz")

    frames = []
    for text in tree(picture).iter("{*}text"):
        if text.text.startswith("Organisation"):
            wide = text_width(text.text, 9.5)
            x = float(text.get("x")) - wide * (
                ["start", "middle", "end"].index(text.get("text-anchor")) / 2
            )
            frames.append((x, x + wide, float(text.get("y"))))
    assert 1 <= len(frames) < 12  # the others stand in the table
    for at, (left, right, y) in enumerate(frames):
        for other_left, other_right, other_y in frames[:at]:
            assert right <= other_left or other_right <= left or abs(y - other_y) >= 9


def test_viele_arten_von_akteuren_brechen_die_legende_um():
    sectors = [f"Art der Organisation mit langem Namen {at}" for at in range(7)]
    nodes = [Node(str(at), "n", sector, 0.1, at / 9) for at, sector in enumerate(sectors)]

    picture = network(nodes, [], title="Netz")

    for text in tree(picture).iter("{*}text"):
        assert float(text.get("x")) + text_width(text.text, 11) <= WIDTH
    assert "übrige: Ring" in said(picture)


@given(st.text(st.sampled_from("aäß —WMil"), max_size=60), st.integers(20, 200))
def test_gekuerztes_passt_und_passendes_bleibt(text, width):
    short = shortened(text, width, 11)

    assert text_width(short, 11) <= width
    assert (short == text) == (text_width(text, 11) <= width)


def test_umgebrochenes_verliert_kein_wort_solange_die_zeilen_reichen():
    text = "Zentrale Koordination der Flüchtlingshilfe im Landkreis"

    assert " ".join(wrapped(text, 120, 11)) == text
    assert wrapped(text, 120, 11, most=2)[1].endswith("…")
    assert wrapped("", 120) == []
