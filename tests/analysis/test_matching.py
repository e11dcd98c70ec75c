"""Abgleich von Organisationen: dasselbe, vielleicht dasselbe, etwas anderes."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.specs import table

from gelingen.analysis.matching.candidates import candidates
from gelingen.analysis.matching.clustering import cluster, grouped_rows
from gelingen.analysis.matching.evaluation import evaluate
from gelingen.analysis.matching.matching import match
from gelingen.analysis.matching.preparing import prepare
from gelingen.analysis.matching.scoring import score
from gelingen.analysis.matching.tables import AGAINST, FOR, Decisions, Mentions
from gelingen.analysis.tables import TableError

ON = date(2026, 6, 1)
NONE = Mentions.empty()


def mentions(text):
    return table(Mentions, text)


def decisions(text):
    """Read decisions; a side without a key stays without."""
    head, *lines = [line.split("|") for line in text.splitlines()]
    given = [dict(zip(head, line, strict=True)) for line in lines]
    return Decisions.from_text({name: row.get(name) for name in Decisions.columns} for row in given)


def scored(text):
    prepared = prepare(mentions(text))
    return score(prepared, candidates(prepared)).frame


def pair(one, other, place="Hof"):
    """Compare two names at one place."""
    found = scored(f"record|name|place\na|{one}|{place}\nb|{other}|{place}")
    return found.row(0, named=True) if found.height else None


def groups(text, decided=None, column="cluster"):
    """Gather records: sets of keys."""
    prepared = prepare(mentions(text))
    found = cluster(prepared, score(prepared, candidates(prepared)), decisions=decided)
    return sorted("".join(part) for part in found.frame.group_by(column).agg(
        pl.col("record").sort())["record"].to_list())  # fmt: skip


# Zonen


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("AWO KV Hof", "awo kv hof", "same_name"),
        ("AWO KV Hof", "Arbeiterwohlfahrt Kreisverband Hof e.V.", "short_form"),
        ("Sprachwerkstatt Hof", "Sprachwekrstatt Hof", "slip"),
        ("VBN Hof", "Verein für Begegnung und Nachbarschaft Hof", "initials"),
    ],
)
def test_nur_anders_geschrieben_gilt_ohne_rueckfrage(one, other, code):
    found = pair(one, other)
    assert found["evidence"].split(";")[0] == code
    assert found["zone"] == ("suggestion" if code == "initials" else "automatic")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Jobcenter Hof", "Jobcenter Stadt Hof", id="für wen, steht nur einmal da"),
        pytest.param("Nähcafé Hof", "Nähcafé Königstraße Hof", id="einer sagt mehr"),
        pytest.param("TSV Hof", "TSV 1860 Hof", id="Zahl steht nur einmal da"),
    ],
)
def test_was_unsicher_ist_wird_vorgeschlagen(one, other):
    assert pair(one, other)["zone"] == "suggestion"


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("LRA Hof FB 21", "LRA Hof FB 22", "other_number"),
        ("LRA Hof, FB 21", "Landratsamt Hof", "part_of"),
        ("Jobcenter Stadt Hof", "Jobcenter Landkreis Hof", "other_scope"),
        ("AWO KV Hof", "AWO Ortsverein Hof", "other_level"),
        ("Caritas Hof", "MBE Caritas Hof", "part_of"),
        ("Landratsamt Hof", "Sozialamt Landkreis Hof", "part_of"),
    ],
)
@pytest.mark.parametrize("contact", ["", "09281 12345"])
def test_ein_widerspruch_trennt_was_auch_sonst_dafuer_spricht(one, other, code, contact):
    found = scored(f"record|name|place|phone\na|{one}|Hof|{contact}\nb|{other}|Hof|{contact}")
    assert found.select("zone", "apart").rows() == [("different", True)]
    assert code in found["evidence"].item().split(";")


def test_gleicher_name_an_einem_anderen_ort_ist_etwas_anderes():
    found = scored(
        "record|name|place|phone\na|Tafel Hof|Hof|09281 1234\nb|Tafel Selb|Selb|09281 1234"
    )
    assert found.select("zone", "evidence").rows()[0][0] == "different"
    assert "other_place" in found["evidence"].item()


def test_der_sitz_darf_ein_anderer_sein_als_der_ort_im_namen():
    found = scored(
        "record|name|place\na|AWO Kreisverband Hof|Selb\nb|AWO Kreisverband|Selb\nc|Tafel|Hof"
    )
    assert found.filter((pl.col("a") == "a") & (pl.col("b") == "b"))["apart"].to_list() == [False]


# Was für ein Paar spricht


def test_eine_gemeinsame_nummer_spricht_dafuer_in_jeder_schreibweise():
    found = scored(
        "record|name|place|phone\na|Nähtreff Hof|Hof|09281/12 34\n"
        "b|Stoffladen Hof|Hof|+49 9281 1234"
    )
    assert "same_phone" in found["evidence"].item().split(";")


def test_eine_andere_durchwahl_spricht_nicht_dagegen():
    lines = "record|name|place|phone\na|Tafel Hof|Hof|09281 123-17\nb|Tafel Hof|Hof|{}"
    assert scored(lines.format("09281 123-231"))["evidence"].item() == "same_name;other_phone"
    assert scored(lines.format("09281 123-25"))["evidence"].item() == "same_name"


def test_ein_postfach_das_sich_viele_orte_teilen_sagt_wenig():
    towns = ["Hof", "Selb", "Naila", "Rehau", "Küps", "Coburg", "Kronach", "Bamberg"]
    lines = [
        f"{town}{n}|{name} {town}|{town}|info@verband.de"
        for town in towns
        for n, name in enumerate(["Nähtreff", "Stoffladen"])
    ]
    many = scored("record|name|place|email\n" + "\n".join(lines))
    few = scored("record|name|place|email\n" + "\n".join(lines[:2]))
    both = many.filter((pl.col("a") == "Hof0") & (pl.col("b") == "Hof1"))
    assert both["weight"].item() < few["weight"].item()


def test_eine_postleitzahl_die_der_ganze_ort_hat_sagt_nichts():
    lines = "record|name|place|postcode\n" + "\n".join(
        f"{n}|{name} Hof|Hof|95028" for n, name in enumerate(["Tafel", "Tafel", "JC Stadt", "TSV"])
    )
    found = scored(lines).filter((pl.col("a") == "0") & (pl.col("b") == "1"))
    assert found["weight"].item() == pair("Tafel Hof", "Tafel Hof")["weight"]


def test_zwei_namen_die_an_mehreren_orten_eine_nummer_haben_meinen_dasselbe():
    towns = ["Hof", "Selb", "Naila", "Rehau", "Küps"]
    lines = ["record|name|place|phone"]
    for n, town in enumerate(towns):
        lines += [
            f"l{n}|Lernoase {town}|{town}|0928 {n}123",
            f"p{n}|Paukstube {town}|{town}|0928 {n}123",
        ]
    lines += ["lx|Lernoase Coburg|Coburg|", "px|Paukstube Coburg|Coburg|"]
    found = scored("\n".join(lines)).filter((pl.col("a") == "lx") & (pl.col("b") == "px"))
    assert found.select("evidence", "zone").rows() == [("learned", "suggestion")]


def test_ein_name_der_am_ort_mehreren_gehoert_gilt_nicht_ohne_rueckfrage():
    lines = ["record|name|place|phone"]
    for n, town in enumerate(["Hof", "Selb", "Naila", "Rehau", "Küps", "Coburg", "Kronach"]):
        lines += [f"{n}{k}|Kindergarten {town}|{town}|0928 {n}12{k}" for k in range(3)]
    lines += ["x|Kindergarten Marktredwitz|Marktredwitz|", "y|Kiga Marktredwitz|Marktredwitz|"]
    found = scored("\n".join(lines)).filter((pl.col("a") == "x") & (pl.col("b") == "y"))
    assert found["zone"].to_list() == ["suggestion"]


# Gruppen

TWO_JOBCENTERS = """record|name|place
a|Jobcenter Stadt Hof|Hof
b|JC Hof Stadt|Hof
c|Jobcenter Hof|Hof
d|Jobcenter Landkreis Hof|Hof
e|JC Hof-Land|Hof"""


def test_was_zu_beiden_passt_verbindet_sie_nicht():
    assert groups(TWO_JOBCENTERS) == ["abc", "de"]
    assert groups(TWO_JOBCENTERS, column="sure") == ["ab", "c", "de"]


def test_eine_kette_aehnlicher_namen_ist_keine_gruppe():
    chain = pl.DataFrame(
        [(n, n + 1, 3.0, False) for n in range(5)],
        schema=["a", "b", "weight", "apart"],
        orient="row",
    )
    _, likely = grouped_rows(6, chain, ([], []))
    assert max(likely.count(name) for name in likely) == 2


def test_eine_gruppe_haelt_nur_eine_der_bekannten():
    both = pl.DataFrame(
        [(0, 2, 6.0, False), (1, 2, 5.0, False)], schema=["a", "b", "weight", "apart"], orient="row"
    )
    assert grouped_rows(3, both, ([], []))[1] == [0, 0, 0]
    assert grouped_rows(3, both, ([], []), single={0, 1})[1] == [0, 1, 0]


def test_was_menschen_getrennt_haben_bleibt_getrennt():
    apart = decisions("a|b|same\na|b|nein")
    assert "ab" not in "".join(groups(TWO_JOBCENTERS, apart)).replace("abc", "x")
    assert all(not {"a", "b"} <= set(part) for part in groups(TWO_JOBCENTERS, apart))


def test_was_menschen_verbunden_haben_bleibt_verbunden_auch_gegen_einen_widerspruch():
    together = decisions("a|b|same\na|d|ja")
    for column in ("sure", "cluster"):
        assert any({"a", "d"} <= set(part) for part in groups(TWO_JOBCENTERS, together, column))


def test_eine_entscheidung_ueber_namen_gilt_fuer_alle_die_so_geschrieben_sind():
    text = "record|name|place\na|Lernoase Hof|Hof\nb|PAUKSTUBE HOF ?|Hof\nc|lernoase hof|Hof"
    assert groups(text) == ["ac", "b"]
    assert groups(text, decisions("name_a|name_b|same\nLernoase Hof|Paukstube Hof|ja")) == ["abc"]


@pytest.mark.parametrize("same", ["ja", "nein"])
def test_eine_entscheidung_sagt_welchen_eintrag_ein_name_meint(same):
    text = "record|name|place\na|Tafel Hof|Hof\nb|TAFEL HOF|Hof\nc|Lernoase Hof|Hof"
    meant = decisions(f"name_a|b|same\nTafel Hof|c|{same}")
    assert groups(text, meant) == (["abc"] if same == "ja" else ["ab", "c"])
    namesakes = decisions("name_a|b|same\nTafel Hof|b|nein")
    assert groups(text, namesakes) == ["a", "b", "c"]


def test_entscheidungen_die_sich_widersprechen_werden_gesagt():
    both = decisions("a|b|same\na|b|ja\nb|c|ja\na|c|nein")
    with pytest.raises(TableError, match="a und c"):
        groups(TWO_JOBCENTERS, both)


def test_eine_entscheidung_ueber_etwas_das_fehlt_stoert_nicht():
    assert groups(TWO_JOBCENTERS, decisions("a|b|same\na|gibtesnicht|ja")) == ["abc", "de"]


NAMES = st.sampled_from(
    ["Jobcenter Stadt Hof", "JC Hof", "Jobcenter Lkr. Hof", "AWO KV Hof", "AWO Hof", "AWO OV Hof",
     "Caritas Hof", "MBE Caritas Hof", "LRA Hof FB 21", "LRA Hof FB 22", "Tafel Hof", "Hofer Tafel",
     "Nähcafé Selb", "Nähcafe Rehau", "Nähcafé", "TSV"]
)  # fmt: skip
LISTS = st.lists(
    st.tuples(NAMES, st.sampled_from(["Hof", "Selb", None]),
              st.sampled_from([None, "0928 1111", "0928 2222"])), max_size=14
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(LISTS, st.randoms(use_true_random=False), st.data())
def test_gruppen_haengen_nicht_von_der_reihenfolge_ab_und_folgen_entscheidungen(
    lines, random, data
):
    rows = [
        (f"r{n:02}", name, place, None, phone, None) for n, (name, place, phone) in enumerate(lines)
    ]
    keys = [row[0] for row in rows]
    ruled = []
    if len(rows) > 1:
        one, other = data.draw(st.permutations(keys))[:2]
        ruled = [(one, other, None, None, data.draw(st.booleans()))]
    found = _gathered(rows, ruled)
    assert _gathered(random.sample(rows, len(rows)), ruled) == found
    for sure, likely in found.values():
        assert sure >= likely
    for one, other, _, _, same in ruled:
        assert [a == b for a, b in zip(found[one], found[other], strict=True)] == [same, same]


@settings(max_examples=40, deadline=None)
@given(LISTS, LISTS)
def test_jeder_grund_steht_in_der_liste_der_gruende(known, incoming):
    tables = [
        Mentions.from_rows(
            [
                (f"{side}{n}", name, at, None, phone, None)
                for n, (name, at, phone) in enumerate(lines)
            ]
        )
        for side, lines in (("k", known), ("n", incoming))
    ]
    found = match(*tables, on=ON).matches.frame
    codes = {code for text in found["evidence"] for code in text.split(";")}
    assert codes <= {*FOR, *AGAINST}


def _gathered(rows, ruled):
    prepared = prepare(Mentions.from_rows(rows))
    scores = score(prepared, candidates(prepared))
    mixed = type(scores)(scores.frame.sample(fraction=1.0, shuffle=True, seed=len(rows)))
    found = cluster(prepared, mixed, decisions=Decisions.from_rows(ruled))
    return {record: (sure, likely) for record, sure, likely in found.frame.rows()}


# Bestand und Liste

KNOWN = mentions(
    "record|name|place|phone\nk1|Jobcenter Stadt Hof|Hof|\nk2|Jobcenter Landkreis Hof|Hof|\n"
    "k3|Arbeiterwohlfahrt Kreisverband Hof e.V.|Hof|09281 77"
)


def matched(text, known=KNOWN, **more):
    return match(known, mentions(text), on=ON, **more)


def test_zu_jeder_zeile_steht_der_bekannte_eintrag_den_sie_meint():
    found = matched("record|name|place\n1|AWO KV Hof|Hof\n2|JC Hof-Land|Hof\n3|Tafel Hof|Hof")
    assert found.matches.frame.select("record", "known", "zone").rows() == [
        ("1", "k3", "automatic"),
        ("2", "k2", "automatic"),
    ]


def test_was_zu_zwei_bekannten_passt_wird_nur_vorgeschlagen():
    found = matched("record|name|place\n1|Jobcenter Hof|Hof").matches.frame
    assert found.select("rank", "known", "zone").rows() == [
        (1, "k1", "suggestion"),
        (2, "k2", "suggestion"),
    ]
    twice = Mentions(
        pl.concat([KNOWN.frame, KNOWN.frame.with_columns(record="x" + pl.col("record"))])
    )
    found = matched("record|name|place\n1|AWO KV Hof|Hof", known=twice).matches.frame
    assert found["zone"].to_list() == ["suggestion", "suggestion"]
    assert all("several_known" in text for text in found["evidence"])


def test_zwei_bekannte_kommen_nie_in_eine_gruppe_ueber_eine_zeile_dazwischen():
    twice = mentions("record|name|place\nk1|Tafel Hof|Hof\nk2|Hofer Tafel|Hof")
    found = matched("record|name|place\n1|Tafel Hof|Hof\n2|Tafel Hof e.V.|Hof", known=twice)
    best = found.matches.frame.filter(pl.col("rank") == 1)
    assert set(best["zone"]) == {"suggestion"}


def test_neue_zeilen_werden_auch_untereinander_verglichen():
    found = matched("record|name|place\n1|Tafel Hof|Hof\n2|Hofer Tafel|Hof\n3|AWO Hof|Hof")
    assert found.groups.frame.select("record", "sure").rows() == [
        ("1", "1"),
        ("2", "1"),
        ("3", "3"),
    ]


def test_entscheidungen_gelten_auch_beim_naechsten_abgleich():
    lines = "record|name|place\n1|AWO KV Hof|Hof\n2|Lernoase Hof|Hof"
    rules = decisions("a|b|same\n1|k3|nein\n2|k3|ja")
    found = matched(lines, decisions=rules).matches.frame
    assert found.select("record", "known", "probability", "zone").rows() == [
        ("2", "k3", 1.0, "automatic")
    ]


def test_eine_kennung_gehoert_in_eine_der_beiden_tabellen():
    with pytest.raises(TableError, match="k1 steht auch im Bestand"):
        matched("record|name\nk1|AWO Hof")


def test_leere_tabellen_ergeben_leere_tabellen():
    for known, incoming in ((NONE, NONE), (KNOWN, NONE), (NONE, KNOWN)):
        found = match(known, incoming, on=ON)
        assert (len(found.matches), len(found.groups)) == (0, len(incoming))


def test_das_ergebnis_nennt_seinen_grund():
    basis = matched("record|name\n1|AWO Hof").basis
    assert (basis.as_of, basis.method_version) == (ON, "matching 1")
    assert len(basis.inputs_hash) == 64


# Güte


def test_guete_wie_von_hand_gerechnet():
    truth = dict(zip("abcdef", "111222", strict=True))
    found = evaluate(dict(zip("abcdef", "xxyyzz", strict=True)), truth)
    # Found: ab, cd, ef; true: ab, ac, bc, de, df, ef. Adjusted Rand: (2-1.2)/(4.5-1.2).
    assert (found.precision, found.recall) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    assert found.f1 == pytest.approx(4 / 9)
    assert found.rand == pytest.approx(0.8 / 3.3)
    assert found.b_cubed == pytest.approx(2 * (5 / 6) * (5 / 9) / (5 / 6 + 5 / 9))


def test_guete_der_wahrheit_selbst_ist_voll():
    truth = {str(n): str(n * n % 7) for n in range(30)}
    assert set(vars_of(evaluate(truth, truth))) == {1.0}


def vars_of(agreement):
    return [getattr(agreement, name) for name in ("precision", "recall", "f1", "b_cubed", "rand")]
