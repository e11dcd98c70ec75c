"""Geld: welcher Teil einer Struktur an einem Tag getragen wird."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.specs import rows, structures, table

from gelingen.analysis.money import effective_share, funding_timeline, money_assumptions
from gelingen.analysis.schema import Structures, Tranches
from gelingen.terms.vocabulary import Scenario

ON = date(2019, 6, 1)
SECURED, EXPECTED, OPTIMISTIC = Scenario


def shares(tranches, *, kept=None, scenario=SECURED, on=ON):
    kept = structures("s", permanence="project") if kept is None else kept
    found = effective_share(table(Tranches, tranches), kept, on=on, scenario=scenario)
    return found.frame.select("share", "band").rows()


NO_MONEY = "structure | share"


@pytest.mark.parametrize(
    ("permanence", "share", "band"),
    [
        ("standing", 1.0, "standing"),
        ("volunteer", 1.0, "volunteer"),
        ("project", None, "unknown"),
        ("fixed_term", None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_ohne_angabe_zum_geld_traegt_sich_nur_die_regelaufgabe_und_das_ehrenamt(
    permanence, share, band
):
    assert shares(NO_MONEY, kept=structures("s", permanence=permanence)) == [(share, band)]


def test_auch_eine_regelaufgabe_mit_eingetragenem_geld_haengt_an_diesem_geld():
    money = """
        structure | share | ends
        s         | 0.5   |
        """
    assert shares(money, kept=structures("s", permanence="standing")) == [(0.5, "secured")]


def test_mehrere_geldgeber_tragen_zusammen_hoechstens_das_ganze():
    money = """
        structure | share
        s         | 0.66
        s         | 0.25
        s         | 0.3
        """
    assert shares(money) == [(1.0, "secured")]


def test_ohne_angabe_des_anteils_traegt_das_geld_das_ganze():
    assert shares("structure | share\ns | ") == [(1.0, "secured")]


@pytest.mark.parametrize(
    ("scenario", "share"), [(SECURED, 0.5), (EXPECTED, 0.62), (OPTIMISTIC, 1.0)]
)
def test_beantragtes_zaehlt_nach_der_geldannahme_geplantes_nur_in_der_optimistischen(
    scenario, share
):
    money = """
        structure | state    | share | probability
        s         | approved | 0.5   |
        s         | applied  | 0.4   | 0.3
        s         | planned  | 0.1   | 0.9
        """
    assert shares(money, scenario=scenario) == [(pytest.approx(share), "secured")]


def test_ein_antrag_ohne_angabe_der_aussicht_zaehlt_in_der_erwarteten_rechnung_nicht():
    money = """
        structure | state
        s         | applied
        """
    assert shares(money, scenario=EXPECTED) == [(0.0, "none")]
    sentences = money_assumptions(
        table(Tranches, money), structures("s", permanence="project"), scenario=EXPECTED
    )
    assert sentences == (
        "Finanzierungen ohne Ende: 1; sie gelten als weiterlaufend.",
        "Anträge ohne Angabe der Aussicht: 1; sie zählen hier nicht als Geld.",
    )


def test_geld_mit_unbekanntem_stand_macht_den_anteil_unbekannt_nicht_null():
    assert shares("structure | state\ns | unknown") == [(None, "unknown")]


def test_neben_bewilligtem_geld_aendert_geld_mit_unbekanntem_stand_nichts():
    money = """
        structure | state    | share
        s         | approved | 0.4
        s         | unknown  | 0.6
        """
    assert shares(money) == [(0.4, "secured")]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2018, 12, 31), (0.0, "none")),
        (date(2019, 1, 1), (1.0, "secured")),
        (date(2019, 12, 31), (1.0, "secured")),
        (date(2020, 1, 1), (0.0, "none")),
    ],
)
def test_geld_gilt_vom_ersten_bis_zum_letzten_tag(on, expected):
    money = """
        structure | starts     | ends
        s         | 2019-01-01 | 2020-01-01
        """
    assert shares(money, on=on) == [expected]


@pytest.mark.parametrize("permanence", ["standing", "volunteer", "project"])
def test_ausserhalb_ihrer_laufzeit_wird_eine_struktur_nicht_getragen(permanence):
    ended = structures("s", permanence=permanence, ends=ON)
    assert shares(NO_MONEY, kept=ended) == [(0.0, "none")]
    assert shares("structure | share\ns | 1", kept=ended) == [(0.0, "none")]


def test_betraege_werden_mit_der_aussicht_gewichtet_und_ohne_angabe_nicht_null():
    money = """
        structure | state    | probability | eur_per_year
        s         | approved |             | 60000
        s         | applied  | 0.25        | 20000
        t         | approved |             |
        """
    spans = funding_timeline(
        table(Tranches, money),
        structures("s", "t", permanence="project"),
        starts=ON,
        ends=ON + timedelta(days=1),
        scenario=EXPECTED,
    )
    assert rows(spans, "structure", "eur_per_year") == [("s", 65000.0), ("t", None)]


# Few values each: equal days and touching periods have to meet often.
FIRST = date(2024, 1, 1)
days = st.integers(0, 4).map(lambda n: FIRST + timedelta(days=n))
periods = st.tuples(st.none() | days, st.none() | days).filter(lambda p: None in p or p[0] < p[1])
tranches_ = st.lists(
    st.tuples(
        st.sampled_from(["s0", "s1"]),
        st.sampled_from(["approved", "applied", "planned", "unknown"]),
        st.sampled_from([None, 0.25, 0.5, 1.0]),
        st.sampled_from([None, 0.0, 0.5, 1.0]),
        periods,
    ),
    max_size=4,
).map(
    lambda rows: Tranches.from_rows(
        [
            (f"f{n}", s, "Land", state, share, chance, 100.0, *period)
            for n, (s, state, share, chance, period) in enumerate(rows)
        ]
    )
)
structures_ = st.tuples(
    *[st.tuples(st.sampled_from([None, "standing", "volunteer", "project", "fixed_term"]), periods)]
    * 2
).map(
    lambda rows: Structures.from_rows(
        [
            (f"s{n}", "o", "delivers", permanence, None, None, None, None, None, *period)
            for n, (permanence, period) in enumerate(rows)
        ]
    )
)


def holds(starts, ends, on):
    return (starts is None or starts <= on) and (ends is None or on < ends)


def defined(structure, money, on, scenario):
    """Read the rule row by row."""
    key, _, _, permanence, *_, starts, ends = structure
    own = [row for row in money if row[1] == key]
    if not holds(starts, ends, on):
        return 0.0, "none"
    if not own:
        known = permanence in ("standing", "volunteer")
        return (1.0, permanence) if known else (None, "unknown")
    weights = {
        "approved": lambda _: 1.0,
        "applied": lambda p: {SECURED: 0.0, EXPECTED: p or 0.0, OPTIMISTIC: 1.0}[scenario],
        "planned": lambda _: float(scenario is OPTIMISTIC),
        "unknown": lambda _: 0.0,
    }
    runs = [row for row in own if holds(*row[-2:], on)]
    paid = sum((1.0 if row[4] is None else row[4]) * weights[row[3]](row[5]) for row in runs)
    if paid > 0:
        return min(1.0, paid), "secured"
    if any(row[3] == "unknown" for row in runs):
        return None, "unknown"
    return 0.0, "none"


@settings(max_examples=150, deadline=None)
@given(tranches_, structures_, days, st.sampled_from(list(Scenario)))
def test_stimmt_mit_der_zeilenweise_gelesenen_regel_ueberein(money, kept, on, scenario):
    found = effective_share(money, kept, on=on, scenario=scenario)

    expected = [
        (row[0], *defined(row, money.frame.rows(), on, scenario)) for row in kept.frame.rows()
    ]
    assert found.frame.rows() == expected


@settings(max_examples=60, deadline=None)
@given(tranches_, structures_, st.sampled_from(list(Scenario)))
def test_der_zeitverlauf_sagt_an_jedem_tag_dasselbe_wie_der_stichtag(money, kept, scenario):
    ends = FIRST + timedelta(days=5)
    spans = funding_timeline(money, kept, starts=FIRST, ends=ends, scenario=scenario).frame
    for n in range(5):
        on = FIRST + timedelta(days=n)
        on_day = [
            (s, share, band)
            for s, starts, end, _, share, band, _ in spans.rows()
            if starts <= on < end
        ]
        assert on_day == effective_share(money, kept, on=on, scenario=scenario).frame.rows()


@settings(max_examples=60, deadline=None)
@given(tranches_, structures_, days)
def test_wer_mehr_geld_erwartet_sieht_nie_weniger_getragen(money, kept, on):
    known = [
        [share or 0.0 for share in effective_share(money, kept, on=on, scenario=s).frame["share"]]
        for s in Scenario
    ]
    assert known[0] <= known[1] <= known[2]
    assert all(a <= b <= c for a, b, c in zip(*known, strict=True))
