"""Geheimhaltung: kleine Zahlen verlassen das Haus nicht, auch nicht auf Umwegen."""

from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gelingen.analysis.disclosure.counts import Counts, CountTable, Dimension, Sums, cross_table
from gelingen.analysis.disclosure.protection import Rule, audit, protect, released
from gelingen.analysis.tables import TableError

PLACES, TOPICS = ("a", "b", "c"), ("arbeit", "sprache", "wohnen")
SEVERAL = settings(deadline=None, max_examples=15, derandomize=True)
MANY = settings(deadline=None, max_examples=100, derandomize=True)


def counted(rows, *, names=("place", "topic"), parents=None, **more):
    """Count a grid of numbers, with margins."""
    grid = np.array(rows)
    cells = [(*at, int(count)) for at, count in np.ndenumerate(grid)]
    values = [
        [f"{name}{n}" for n in range(size)] for name, size in zip(names, grid.shape, strict=True)
    ]
    records = pl.DataFrame(
        [[*(values[side][at] for side, at in enumerate(cell[:-1])), cell[-1]] for cell in cells],
        schema=[*names, "count"],
        orient="row",
    )
    sides = [Dimension(name, tuple(values[n]), parents or {}) for n, name in enumerate(names)]
    return cross_table(records, sides, **more)


def states(protected):
    return dict(protected.cells.frame.select("cell", "state").rows())


def reasons(protected):
    return dict(protected.cells.frame.select("cell", "reason").rows())


def shown(protected):
    return {cell: n for cell, n in protected.outside().rows() if n is not None}


def hidden(protected):
    return sorted(protected.table.values().keys() - shown(protected).keys())


def grids(rows=(2, 3), columns=(2, 3), most=30):
    """Small tables in which small counts and zeros are common."""
    count = st.one_of(st.integers(0, 6), st.integers(0, most))
    return st.tuples(st.integers(*rows), st.integers(*columns)).flatmap(
        lambda size: st.lists(
            st.lists(count, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
        )
    )


def possible(unknown, equations, known, *, floor, most):
    """Try all whole numbers up to the most for the unknown inner cells: the oracle.

    Returns the values that each cell, inner or total, takes in some table that fits.
    """
    axes = np.meshgrid(*[np.arange(floor, most + 1)] * len(unknown), indexing="ij")
    tried = dict(zip(unknown, (axis.ravel() for axis in axes), strict=True))
    size = len(next(iter(tried.values()))) if tried else 1
    values = {cell: np.full(size, n) for cell, n in known.items()} | tried
    fits = np.ones(size, dtype=bool)
    for total, parts in equations:  # inner sums first
        added = sum(values[part] for part in parts)
        fits &= values.setdefault(total, added) == added
        if total not in known:
            fits &= added >= floor
    return {cell: set(values[cell][fits].tolist()) for cell in values}


def ordered(table):
    """Give the sums so that the parts of each come before it."""
    depth = {cell: cell.count("=") for cell in table.values()}
    return sorted(table.equations(), key=lambda one: -depth[one[0]])


def inner(table):
    totals = {total for total, _ in table.equations()}
    return [cell for cell in table.values() if cell not in totals]


# ---- The rule


def test_kleine_zahlen_sind_verborgen_und_nullen_nicht():
    protected = protect(counted([[1, 4, 0], [5, 20, 0], [30, 40, 0]]))
    assert {"place=place0;topic=topic0", "place=place0;topic=topic1"} <= set(hidden(protected))
    assert shown(protected)["place=place0;topic=topic2"] == 0


def test_die_erste_zahl_die_nicht_mehr_klein_ist_steht_da():
    assert hidden(protect(counted([[5, 5], [5, 5]]))) == []


def test_auf_wunsch_sind_auch_nullen_verborgen():
    protected = protect(counted([[0, 9], [20, 30]]), Rule(zeros=True))
    assert "place=place0;topic=topic0" in hidden(protected)


def test_von_aussen_sieht_man_nicht_welche_zahl_die_kleine_ist():
    protected = protect(counted([[2, 9], [20, 30]]))
    assert set(states(protected).values()) == {"shown", "primary", "secondary"}
    assert protected.outside().columns == ["cell", "count"]


def test_was_nicht_klein_ist_und_niemanden_verraet_steht_da():
    protected = protect(counted([[7, 9], [20, 30]]))
    assert hidden(protected) == []
    assert protected.audit.safe


def test_die_grenze_laesst_sich_verschieben():
    table = counted([[7, 9], [20, 30]])
    assert "place=place0;topic=topic0" in hidden(protect(table, Rule(threshold=10)))


# ---- Nobody can compute it


def test_eine_kleine_zahl_allein_waere_aus_den_summen_zu_errechnen():
    table = counted([[2, 9], [20, 30]])
    found = audit(table, {"place=place0;topic=topic0"})
    assert not found.safe
    row = found.findings.frame.row(0, named=True)
    assert (row["low"], row["high"], row["enough"]) == (2, 2, False)


def test_zu_einer_kleinen_zahl_werden_die_kleinsten_anderen_verborgen():
    protected = protect(counted([[2, 90, 9], [8, 50, 70], [60, 7, 80]]))
    assert protected.method == "optimal"
    assert hidden(protected) == [
        "place=place0;topic=topic0",
        "place=place0;topic=topic2",
        "place=place1;topic=topic0",
        "place=place1;topic=topic2",
    ]
    assert reasons(protected)["place=place1;topic=topic2"] == "sums"


def test_summen_bleiben_stehen_solange_es_ohne_sie_geht():
    protected = protect(counted([[2, 90, 9], [8, 50, 70], [60, 7, 80]]))
    assert {"", "place=place0", "topic=topic0"} <= shown(protected).keys()


@MANY
@given(grids((2, 4), (2, 4)), st.integers(1, 4), st.booleans(), st.booleans())
def test_keine_kleine_zahl_laesst_sich_genauer_errechnen_als_verlangt(grid, width, zeros, search):
    rule = Rule(width=width, zeros=zeros)
    table = counted(grid)
    protected = protect(table, rule, search=search)
    assert protected.method != "withheld"
    assert not [n for n in shown(protected).values() if rule.is_small(n)]
    again = audit(table, hidden(protected), rule)
    assert again.safe
    assert protected.audit.safe
    assert again.findings.frame.filter(pl.col("high") == pl.col("low")).is_empty()


@SEVERAL
@given(grids((2, 2), (2, 2), most=7), st.booleans())
def test_was_von_aussen_moeglich_ist_stimmt_mit_ausprobieren_ueberein(grid, knowing):
    rule = Rule(knowing=knowing)
    table = counted(grid)
    protected = protect(table, rule)
    assert_intervals(table, protected, rule)


def assert_intervals(table, protected, rule):
    unknown = [cell for cell in hidden(protected) if cell in inner(table)]
    assume(unknown)
    most = 1 + table.values()[""]
    tried = possible(unknown, ordered(table), shown(protected), floor=rule.floor(), most=most)
    for cell, low, high in protected.cells.frame.select("cell", "low", "high").rows():
        assert min(tried[cell]) == low
        assert high is None or max(tried[cell]) == high
        assert high is not None or max(tried[cell]) >= most


@SEVERAL
@given(st.lists(st.integers(0, 30), min_size=8, max_size=8))
def test_sind_bei_drei_seiten_nur_die_summen_bekannt_bleibt_eine_bewegung(numbers):
    # Was an einer Ecke dazukommt, muss an den benachbarten weg und an den nächsten wieder dazu.
    corners = np.array(numbers).reshape(2, 2, 2)
    even = np.indices((2, 2, 2)).sum(axis=0) % 2 == 0
    table = counted(corners, names=("group", "place", "topic"))
    found = audit(table, inner(table), Rule(knowing=False)).findings.frame
    up, down = int(corners[~even].min()), int(corners[even].min())
    for (group, place, topic), count in np.ndenumerate(corners):
        cell = f"group=group{group};place=place{place};topic=topic{topic}"
        row = found.row(by_predicate=pl.col("cell") == cell, named=True)
        more, less = (up, down) if even[group, place, topic] else (down, up)
        assert (row["low"], row["high"]) == (count - less, count + more)


@settings(deadline=None, max_examples=12, derandomize=True)
@given(grids((2, 3), (2, 3)), st.integers(1, 3))
def test_mit_weniger_oder_kleineren_zellen_ginge_es_nicht(grid, width):
    rule = Rule(width=width, totals_known=True)
    table = counted(grid)
    values = table.values()
    small = {cell for cell in inner(table) if rule.is_small(values[cell])}
    others = [cell for cell in inner(table) if values[cell] and cell not in small]
    assume(small and len(others) <= 6)
    enough = [
        (len(more), sum(values[cell] for cell in more))
        for size in range(len(others) + 1)
        for more in combinations(others, size)
        if audit(table, small | set(more), rule).safe
    ]
    protected = protect(table, rule)
    more = [cell for cell, state in states(protected).items() if state == "secondary"]
    if enough:
        assert (len(more), sum(values[cell] for cell in more)) == min(enough)
    else:
        assert protected.method == "withheld"


@SEVERAL
@given(grids((3, 4), (3, 4)))
def test_auch_ohne_suche_ist_es_sicher_und_nie_sparsamer_als_das_beste(grid):
    table = counted(grid)
    best, good = protect(table), protect(table, search=False)
    assert good.audit.safe
    if best.method == "optimal":
        totals = {total for total, _ in table.equations()}
        price = lambda one: (  # noqa: E731  # the order of merit, twice
            sum(cell in totals for cell in hidden(one)),
            len(hidden(one)),
        )
        assert price(best) <= price(good)


def test_sind_die_summen_bekannt_und_geht_es_nicht_wird_alles_zurueckgehalten():
    protected = protect(counted([[2, 0], [20, 30]]), Rule(totals_known=True))
    assert protected.method == "withheld"
    assert shown(protected) == {}
    assert set(reasons(protected).values()) == {"withheld"}
    assert set(protected.cells.frame["high"]) == {None}


def test_zweimal_gefragt_ist_zweimal_dasselbe():
    grid = [[2, 9, 4, 12], [8, 3, 70, 1], [6, 7, 3, 80]]
    first, second = protect(counted(grid)), protect(counted(grid))
    assert first.cells.frame.equals(second.cells.frame)


# ---- Groups within one side


def test_eine_gruppe_von_gemeinden_ist_eine_summe_wie_andere():
    table = counted(
        [[2, 9], [8, 11], [20, 30], [40, 50]],
        parents={"place0": "nord", "place1": "nord", "place2": "sued", "place3": "sued"},
    )
    assert table.values()["place=nord;topic=topic0"] == 10
    protected = protect(table)
    assert "place=place1;topic=topic0" in hidden(protected)
    assert "place=nord;topic=topic0" in shown(protected)


def test_gruppen_duerfen_verschieden_tief_sein():
    table = cross_table(
        pl.DataFrame({"place": ["a", "b", "b", "c", "c", "c"]}),
        [Dimension("place", PLACES, {"a": "innen", "b": "innen", "innen": "mitte", "c": "mitte"})],
    )
    assert table.values() == {
        "": 6, "place=a": 1, "place=b": 2, "place=c": 3, "place=innen": 3, "place=mitte": 6,
    }  # fmt: skip


# ---- Earlier publications


PAIRS = st.lists(st.integers(0, 7), min_size=2, max_size=2)


def quarter(counts, universe, **more):
    return counted(counts, universe=universe, names=("place",), **more)


def test_eine_zahl_die_um_eins_waechst_verraet_das_neue_nicht():
    first = protect(quarter([7, 20, 30], "1. Quartal"))
    assert hidden(first) == []
    half = quarter([8, 40, 60], "1. Halbjahr", contains=("1. Quartal",))
    assert hidden(protect(half)) == []
    second = protect(half, published=[first])
    assert reasons(second)["place=place0"] == "difference"
    assert second.audit.safe


def test_was_schon_draussen_ist_zaehlt_auch_wenn_es_anders_gewaehlt_wurde():
    first = released(quarter([3, 6, 9], "Q1"), {"place=place0", "place=place2"})
    assert first.audit.safe
    half = protect(quarter([3, 11, 14], "H1", contains=("Q1",)), published=[first])
    assert half.audit.safe
    told = half.audit.findings.frame.filter(universe="Q1")["cell"].to_list()
    assert told == ["place=place0", "place=place2"]


def test_eine_unsichere_wahl_faellt_auf():
    assert not released(quarter([3, 6, 9], "Q1"), {"place=place0"}).audit.safe
    with pytest.raises(TableError, match="fehlt"):
        audit(quarter([3, 6, 9], "Q1"), {"place=nirgends"})


def test_eine_gruppe_verraet_nicht_wer_nicht_dazu_gehoert():
    everybody = protect(quarter([10, 20, 30], "alle"))
    women = quarter([9, 11, 12], "Frauen", inside=("alle",))
    protected = protect(women, published=[everybody])
    assert reasons(protected)["place=place0"] == "difference"
    assert protected.audit.safe


def test_was_frueher_verborgen_wurde_zeigt_auch_eine_andere_tabelle_nicht():
    first = protect(quarter([3, 6, 40], "alle"))
    assert hidden(first) == ["place=place0", "place=place1"]
    second = protect(counted([[1, 2], [6, 0], [20, 20]]), published=[first])
    assert {"place=place0", "place=place1"} <= set(hidden(second))
    assert second.audit.safe


def test_hinter_einer_summe_die_schon_draussen_ist_laesst_sich_nichts_verstecken():
    first = protect(quarter([5, 50], "alle"))
    second = protect(counted([[2, 3], [20, 30]]), Rule(width=6), published=[first])
    assert second.method == "withheld"


def test_ueber_drei_veroeffentlichungen_bleibt_die_erste_geschuetzt():
    first = protect(quarter([3, 9, 40], "Q1"))
    second = protect(quarter([9, 15, 60], "Q1-2", contains=("Q1",)), published=[first])
    third = protect(quarter([15, 22, 90], "Q1-3", contains=("Q1", "Q1-2")), published=[second])
    assert third.audit.safe
    told = third.audit.findings.frame
    assert {"Q1", "Q1-2 ohne Q1"} <= set(told["universe"])


@SEVERAL
@given(
    st.lists(st.integers(0, 7), min_size=2, max_size=2),
    st.lists(st.integers(0, 5), min_size=2, max_size=2),
)
def test_der_unterschied_zweier_quartale_bleibt_offen_wie_ausprobiert(first, more):
    table = quarter(first, "Q1")
    half = quarter([a + b for a, b in zip(first, more, strict=True)], "H1", contains=("Q1",))
    rule = Rule(width=1, knowing=False)
    one = protect(table, rule)
    two = protect(half, rule, published=[one])
    equations = [(f"{u} ", (f"{u} 0", f"{u} 1")) for u in ("Q1", "neu")]
    equations += [(f"H1 {n}", (f"Q1 {n}", f"neu {n}")) for n in ("0", "1", "")]
    known = {f"Q1 {cell[-1:]}": n for cell, n in shown(one).items()}
    known |= {f"H1 {cell[-1:]}": n for cell, n in shown(two).items()}
    unknown = [f"{u} {n}" for u in ("Q1", "neu") for n in "01" if f"{u} {n}" not in known]
    tried = possible(unknown, equations, known, floor=0, most=sum(first) + sum(more))
    true = {f"Q1 {n}": first[n] for n in (0, 1)} | {f"neu {n}": more[n] for n in (0, 1)}
    assert [cell for cell, n in true.items() if 1 <= n < 5 and len(tried[cell]) < 2] == []


def test_dieselbe_grundgesamtheit_hat_nicht_ploetzlich_andere_zahlen():
    first = protect(quarter([7, 20], "alle"))
    with pytest.raises(TableError, match="früher"):
        protect(quarter([8, 20], "alle"), published=[first])


def test_ein_teil_ist_nicht_groesser_als_das_ganze():
    first = protect(quarter([7, 20], "Q1"))
    with pytest.raises(TableError, match="weniger"):
        protect(quarter([6, 20], "H1", contains=("Q1",)), published=[first])


# ---- Tables that are none


def test_eine_tabelle_muss_aufgehen():
    counts = Counts.from_rows([("", 9), ("place=a", 4), ("place=b", 4)])
    sums = Sums.from_rows([(0, "", "place=a"), (0, "", "place=b")])
    with pytest.raises(TableError, match="„alle“ ergeben nicht die Summe"):
        CountTable(counts, sums)


def test_unbekannte_werte_werden_genannt():
    with pytest.raises(TableError, match="„z“"):
        cross_table(pl.DataFrame({"place": ["a", "z"]}), [Dimension("place", PLACES)])


def test_auch_beliebige_summen_werden_geschuetzt():
    # x + y und y + z stehen da, y ist klein: wer nur y verbirgt, verrät es.
    counts = Counts.from_rows([("x", 9), ("y", 2), ("z", 8), ("x+y", 11), ("y+z", 10)])
    sums = [(0, "x+y", "x"), (0, "x+y", "y"), (1, "y+z", "y"), (1, "y+z", "z")]
    protected = protect(CountTable(counts, Sums.from_rows(sums)))
    assert hidden(protected) == ["x", "y", "z"]
