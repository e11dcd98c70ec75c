"""Was herauskam: je Frage gezählt und geschützt, für alle zusammen und nach Gruppen."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import world
from tests.surveys.answered import ON, answer, answers, counts, question, survey

from gelingen.analysis.disclosure.protection import Rule, audit
from gelingen.surveys.columns import REST
from gelingen.surveys.languages import Spoken
from gelingen.surveys.measures import mean_is_safe
from gelingen.surveys.protecting import Earlier, protect_survey
from gelingen.surveys.questions import Asked
from gelingen.surveys.results import results
from gelingen.surveys.said import Answer
from gelingen.surveys.tallies import tally
from gelingen.terms.surveys import Language, QuestionKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return world.person()


# What is counted


def test_namentlich_sehen_die_beauftragten_jede_zahl(officer):
    of = survey()
    question(of, "a")
    answers(of, 2, "kurse", a="ja")
    answers(of, 1, "vereine", a="nein")
    found = results(officer, of, public=False, on=ON)
    assert counts(found) == {"ja": 2, "nein": 1}
    assert counts(found, name="kurse") == {"ja": 2, "nein": 0}
    assert found.questions[0].answered[""].of == 3


def test_anteile_zaehlen_die_die_geantwortet_haben_mit_spanne_und_aus_wenigen_nichts(officer):
    of = survey()
    question(of, "a")
    answers(of, 15, a="ja")
    answers(of, 10, a="nein")
    answers(of, 5)
    share = results(officer, of, public=False, on=ON).questions[0].lines[0].cells[""].share
    assert (share.count, share.asked, share.interpretable) == (15, 25, True)
    assert share.estimate.low == pytest.approx(0.407, abs=0.001)
    few = survey(key="wenige")
    question(few, "a")
    answers(few, 9, a="ja")
    found = results(officer, few, public=False, on=ON).questions[0].lines[0].cells[""].share
    assert not found.interpretable


def test_stufen_haben_mittel_und_median_themen_stehen_nach_mittel(officer):
    for key in ("wohnen", "arbeit"):
        world.topic(key=key, name=key.title())
    of = survey()
    question(of, "s", "scale", {"low": "schlecht", "high": "gut"}, steps=5)
    question(of, "t", "topics", topics=["wohnen", "arbeit"])
    answers(of, 2, s=2, t={"wohnen": 2})
    answers(of, 1, s=5, t={"wohnen": 3, "arbeit": 5})
    scale, rated = results(officer, of, public=False, on=ON).questions
    assert (scale.means[""].mean, scale.means[""].median) == (3, 2)
    assert [line.label for line in scale.lines] == ["1 (schlecht)", "2", "3", "4", "5 (gut)"]
    assert [(one.label, one.means[""].number) for one in rated.lines] == [
        ("Arbeit", 1), ("Wohnen", 3),
    ]  # fmt: skip


def test_zahlen_stehen_als_bereich_der_mittleren_haelfte(officer):
    of = survey()
    question(of, "n", "number")
    for low, high in ((10, 15), (20, 20), (30, 40), (1, 500)):
        answer(of, n={"low": str(low), "high": str(high)})
    spread = results(officer, of, public=False, on=ON).questions[0].spreads[""]
    assert (spread.number, spread.low, spread.high) == (4, 7.75, 155)


def test_zusammenarbeit_fehlendes_und_eintraege_werden_je_antwort_gezaehlt(officer):
    world.topic(key="sprache", name="Sprache")
    of = survey()
    question(of, "z", "ties")
    question(of, "f", "missing")
    question(of, "e", "entries")
    twice = [{"name": "A", "kind": "staff"}, {"name": "B", "kind": "staff"}]
    entries = {"x": {"answer": "true"}, "y": {"answer": "gone"}}
    answers(of, 2, z=twice, f=[{"statement": "x", "topic": "sprache"}], e=entries)
    found = results(officer, of, public=False, on=ON)
    assert counts(found, 0)["staff"] == 2
    assert counts(found, 1) == {"sprache": 2}
    assert counts(found, 2) == {"true": 2, "changed": 0, "gone": 2}


# What is hidden


def test_anonym_steht_unter_der_schwelle_nichts(officer):
    of = survey("anonymous")
    question(of, "a")
    answers(of, 4, a="ja")
    found = results(officer, of, public=False, on=ON)
    assert found.too_few
    assert not found.questions


def test_anonym_sind_kleine_zahlen_auch_innen_verborgen_mit_grund(officer):
    of = survey("anonymous")
    question(of, "a", options={"ja": "ja", "nein": "nein", "teils": "teils"})
    answers(of, 12, a="ja")
    answers(of, 9, a="teils")
    answers(of, 2, a="nein")
    found = results(officer, of, public=False, on=ON)
    cells = {line.code: line.cells[""] for line in found.questions[0].lines}
    assert cells["nein"].count is None
    assert cells["nein"].hidden == "small"
    # The smallest of the others, so that the sum does not tell the small one.
    assert cells["teils"].hidden == "sums"
    assert cells["ja"].count == 12


def test_was_nach_aussen_geht_ist_auch_namentlich_geschuetzt(officer):
    of = survey()
    question(of, "a")
    answers(of, 12, a="ja")
    answers(of, 2, a="nein")
    assert counts(results(officer, of, public=False, on=ON)) == {"ja": 12, "nein": 2}
    assert counts(results(officer, of, public=True, on=ON)) == {"ja": None, "nein": None}


def test_kleine_gruppen_sind_zusammengefasst(officer):
    of = survey()
    question(of, "a")
    answers(of, 9, "kurse", a="ja")
    answers(of, 3, "vereine", a="ja")
    answers(of, 3, "kirchen", a="ja")
    found = results(officer, of, public=True, on=ON)
    assert found.sizes == {"": 15, "kurse": 9, REST: 6}
    assert found.columns.members[REST] == ("kirchen", "vereine")


def test_sind_sich_alle_einer_gruppe_einig_steht_die_frage_nicht_nach_gruppen(officer):
    of = survey()
    for name in ("a", "b"):
        question(of, name)
    answers(of, 9, "kurse", a="ja", b="ja")
    answers(of, 6, "vereine", a="ja", b="ja")
    answers(of, 6, "vereine", a="nein", b="ja")
    answers(of, 8, "kurse", a="ja", b="nein")
    found = results(officer, of, public=True, on=ON)
    assert counts(found) == {"ja": 23, "nein": 6}
    assert counts(found, name="kurse") == {"ja": None, "nein": None}
    assert counts(found, name="vereine") == {"ja": None, "nein": None}
    hidden = {line.cells[name].hidden for line in found.questions[0].lines for name in ("kurse",)}
    assert hidden == {"alike"}
    assert found.questions[0].answered["kurse"].count is None
    # To the second question all associations said yes.
    assert counts(found, at=1, name="kurse") == {"ja": None, "nein": None}
    assert counts(results(officer, of, public=False, on=ON), name="kurse") == {"ja": 17, "nein": 0}


def test_sind_sich_in_keiner_gruppe_alle_einig_steht_sie_nach_gruppen(officer):
    of = survey()
    question(of, "a")
    for group in ("kurse", "vereine"):
        answers(of, 6, group, a="ja")
        answers(of, 7, group, a="nein")
    found = results(officer, of, public=True, on=ON)
    assert counts(found, name="kurse") == {"ja": 6, "nein": 7}


def test_nennen_alle_einer_gruppe_dasselbe_neben_anderem_steht_auch_das_nicht(officer):
    of = survey()
    question(of, "a", "several", {"kurs": "Kurse", "bus": "Busse"})
    answers(of, 6, "kurse", a=["kurs", "bus"])
    answers(of, 7, "kurse", a=["kurs"])
    answers(of, 6, "vereine", a=["bus"])
    answers(of, 7, "vereine", a=["kurs", "bus"])
    found = results(officer, of, public=True, on=ON)
    assert counts(found, name="kurse") == {"kurs": None, "bus": None}
    assert counts(found) == {"kurs": 20, "bus": 19}


def test_alle_zusammen_zeigen_dasselbe_mit_und_ohne_gruppen(officer):
    of = survey("anonymous")
    question(of, "a")
    answers(of, 9, "kurse", a="ja")
    answers(of, 7, "kurse", a="nein")
    answers(of, 2, "vereine", a="ja")
    answers(of, 6, "vereine", a="nein")
    shown = {"public": False, "on": ON}
    both = [counts(results(officer, of, groups=groups, **shown)) for groups in (True, False)]
    assert both[0] == both[1] == {"ja": 11, "nein": 13}


def test_ein_mittel_neben_verborgenen_stufen_fehlt(officer):
    of = survey()
    question(of, "s", "scale", {}, steps=3)
    for step, many in ((1, 8), (2, 2), (3, 9)):
        answers(of, many, s=step)
    assert results(officer, of, public=True, on=ON).questions[0].means[""] is None
    assert results(officer, of, public=False, on=ON).questions[0].means[""].number == 19


@pytest.mark.parametrize(
    ("steps", "safe"),
    [
        ({1: 9, 2: 1}, False),  # sum 11 of 10: one chose 2
        ({5: 10}, True),  # no count is small
        ({1: 2, 2: 4, 3: 6, 4: 4, 5: 3}, True),
        ({4: 2, 5: 8}, False),
    ],
)
def test_ein_mittel_wird_nur_gezeigt_wenn_es_keine_kleine_zahl_verraet(steps, safe):
    assert mean_is_safe(steps, 5, 5) is safe


# Random small surveys: nothing small can be computed from what is shown


def asked(kind, **more):
    options = {code: Spoken(code) for code in "abc"}
    words = {"text": Spoken("?"), "help": Spoken(""), "language": Language.DE, "german": "?"}
    return Asked(
        key="u.q", kind=kind, page=1, required=False, options=options, settings=more,
        condition={}, **words,
    )  # fmt: skip


@st.composite
def small_surveys(draw):
    kind = draw(st.sampled_from([QuestionKind.CHOICE, QuestionKind.SEVERAL]))
    one = st.sampled_from("abc") if kind is QuestionKind.CHOICE else st.lists(
        st.sampled_from("abc"), unique=True, max_size=3
    )  # fmt: skip
    said = st.tuples(st.sampled_from(["x", "y", "z"]), st.one_of(st.none(), one))
    rows = draw(st.lists(said, min_size=5, max_size=20))
    found = [
        Answer(str(at), group, {} if value is None else {"u.q": value})
        for at, (group, value) in enumerate(rows)
    ]
    return tally(asked(kind), found, {}), found


@settings(deadline=None, max_examples=15, derandomize=True)
@given(small_surveys())
def test_aus_dem_gezeigten_laesst_sich_keine_kleine_zahl_errechnen(made):
    counted, found = made
    protected = protect_survey(found, [counted], survey="u", threshold=5, earlier=Earlier())
    tables = protected.tables["u.q"]
    for at, one in enumerate(tables):
        hidden = [key for key, count in one.outside().rows() if count is None]
        # Where all is kept back, a hidden number may be 0 as well.
        rule = Rule(threshold=5, knowing=one.method != "withheld")
        before = [protected.base, *tables[:at]]
        proof = audit(one.table, hidden, rule, published=before)
        assert proof.safe
        small = {key for key, count in one.table.values().items() if 1 <= count < 5}
        assert small <= set(hidden)
    sizes = Counter(protected.columns.of)
    assert min(sizes.values()) >= 5


@pytest.mark.parametrize("many", [1, 3])
def test_anonym_kosten_mehr_antworten_und_fragen_keine_abfrage_mehr(
    officer, django_assert_num_queries, many
):
    of = survey("anonymous")
    for number in range(many):
        question(of, f"a{number}")
    answers(of, 6 * many, **{f"a{number}": "ja" for number in range(many)})
    with django_assert_num_queries(10):
        results(officer, of, public=True, on=ON)
