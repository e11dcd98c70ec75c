"""How a measure stands on a day: the gravest reason counts, and the record's age stands apart."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gelingen.analysis.progress import Aim, Facts, Step, Told, compute, how_fresh
from gelingen.terms.progress import MeasureState, Timeliness
from gelingen.terms.vocabulary import Maturity
from gelingen.wording.progress import say_fresh, say_state

ON = date(2017, 6, 1)
BEGUN, AFTER = date(2016, 1, 1), date(2019, 1, 1)
COURSE = Told(MeasureState.ON_COURSE, date(2017, 2, 1))


def running(**more):
    return Facts(starts=BEGUN, ends=AFTER, **more)


CASES = [
    ("im Plan", "Sie beginnt am 01.09.2017.", Facts(starts=date(2017, 9, 1))),
    ("nicht berichtet", "Seit dem Beginn am 01.01.2016 hat niemand berichtet.", running()),
    (
        "nicht berichtet",
        "Weder Zeitraum noch Meilensteine noch ein Bericht sind bekannt.",
        Facts(),
    ),
    (
        "im Plan",
        "Am 01.02.2017 wurde gemeldet, dass sie wie geplant läuft.",
        running(told=COURSE),
    ),
    (
        "verzögert",
        "Der Meilenstein „Raum gemietet“ war bis zum 30.04.2017 geplant und ist nicht erreicht.",
        running(told=COURSE, steps=(Step("Raum gemietet", date(2017, 5, 1)),)),
    ),
    (
        "stockt",
        "Der Meilenstein „Los“ war bis zum 30.04.2016 geplant und ist seit über einem Jahr offen.",
        running(told=COURSE, steps=(Step("Los", date(2016, 5, 1)),)),
    ),
    (
        "verzögert",
        "Am 01.02.2017 wurde gemeldet, dass sie langsamer läuft als geplant: Es fehlt Geld.",
        running(told=Told(MeasureState.LATE, date(2017, 2, 1), "Es fehlt Geld.")),
    ),
    (
        "stockt",
        "Gemeldet ist, dass sie nicht vorankommt.",
        running(told=Told(MeasureState.BLOCKED)),
    ),
    (
        "verzögert",
        "Sie sollte bis zum 31.12.2016 enden und ist nicht als abgeschlossen gemeldet.",
        Facts(starts=BEGUN, ends=date(2017, 1, 1), told=COURSE),
    ),
    (
        "abgeschlossen",
        "Alle Meilensteine sind erreicht, der letzte am 02.11.2016.",
        Facts(
            starts=BEGUN,
            ends=date(2017, 1, 1),
            steps=(Step("Start", BEGUN, BEGUN), Step("Abschluss", None, date(2016, 11, 2))),
        ),
    ),
    (
        "verzögert",
        "Sie sollte am 01.01.2016 beginnen und ist als noch nicht begonnen gemeldet.",
        running(told=Told(MeasureState.ON_COURSE, begun=False)),
    ),
    (
        "verzögert",
        "Die Kennzahl „Teilnehmende“ liegt am 31.12.2016 hinter ihrem Zielpfad.",
        running(told=COURSE, aims=(Aim("Teilnehmende", 9, 20, date(2016, 12, 31)),)),
    ),
    (
        "im Plan",
        "Der nächste Meilenstein „Zweiter Kurs“ ist bis zum 30.09.2017 geplant.",
        running(
            steps=(Step("Erster Kurs", BEGUN, BEGUN), Step("Zweiter Kurs", date(2017, 10, 1))),
        ),
    ),
    (
        "abgeschlossen",
        "Im Plan steht sie als abgeschlossen oder übergeben.",
        running(maturity=Maturity.HANDED_OVER, steps=(Step("Offen", BEGUN),)),
    ),
    (
        "eingestellt",
        "Im Plan steht sie als eingestellt.",
        running(maturity=Maturity.DROPPED, told=COURSE),
    ),
    (
        "eingestellt",
        "Am 01.02.2017 wurde gemeldet, dass sie nicht weitergeführt wird: Kein Bedarf mehr.",
        running(told=Told(MeasureState.DROPPED, date(2017, 2, 1), "Kein Bedarf mehr")),
    ),
]


@pytest.mark.parametrize(("state", "sentence", "facts"), CASES, ids=[case[1] for case in CASES])
def test_der_stand_folgt_aus_tagen_meilensteinen_zahlen_und_dem_letzten_bericht(
    state, sentence, facts
):
    found = compute(facts, on=ON)
    assert (found.state.label, say_state(found)) == (state, sentence)


def test_was_am_letzten_tag_der_frist_noch_offen_ist_ist_nicht_verzoegert():
    facts = running(told=COURSE, steps=(Step("Raum gemietet", ON),))
    assert compute(facts, on=ON - timedelta(days=1)).state is MeasureState.ON_COURSE
    assert compute(facts, on=ON).state is MeasureState.LATE


def test_wie_alt_der_bericht_ist_aendert_den_stand_nicht_und_steht_fuer_sich():
    old = running(told=Told(MeasureState.ON_COURSE, BEGUN), told_on=BEGUN)
    state = compute(old, on=ON).state
    assert state is MeasureState.ON_COURSE
    assert how_fresh(old, state, on=ON) is Timeliness.OVERDUE
    assert say_fresh(Timeliness.OVERDUE, BEGUN) == "zuletzt am 01.01.2016 berichtet"
    assert how_fresh(running(), MeasureState.UNKNOWN, on=ON) is Timeliness.NEVER
    coming = Facts(starts=AFTER)
    assert how_fresh(coming, compute(coming, on=ON).state, on=ON) is Timeliness.FRESH
    assert how_fresh(running(), MeasureState.DONE, on=ON) is Timeliness.FRESH


DAYS = st.dates(date(2015, 1, 1), date(2020, 1, 1))
MAYBE = st.none() | DAYS
FACTS = st.builds(
    Facts,
    starts=MAYBE,
    ends=MAYBE,
    maturity=st.sampled_from(Maturity),
    told=st.none() | st.builds(Told, st.sampled_from(MeasureState), MAYBE),
    told_on=MAYBE,
    steps=st.lists(st.builds(Step, st.just("Schritt"), MAYBE, MAYBE), max_size=3).map(tuple),
)


@given(FACTS, DAYS)
def test_jede_massnahme_hat_an_jedem_tag_einen_stand_und_einen_satz_dazu(facts, on):
    found = compute(facts, on=on)
    sentence = say_state(found)
    assert sentence.endswith(".")
    assert "None" not in sentence
    assert "  " not in sentence


@given(FACTS, DAYS)
def test_ein_weiterer_ueberfaelliger_meilenstein_bessert_den_stand_nie(facts, on):
    worse = [MeasureState.DROPPED, MeasureState.DONE, MeasureState.BLOCKED, MeasureState.LATE]
    missed = Facts(
        facts.starts, facts.ends, facts.maturity, facts.told, facts.told_on,
        (*facts.steps, Step("Offen", on - timedelta(days=1))),
    )  # fmt: skip
    assert compute(missed, on=on).state in worse


def test_ein_spaeter_erreichter_meilenstein_ist_an_dem_tag_noch_der_naechste():
    step = Step("Start", due=date(2017, 9, 1), done=date(2017, 8, 1))
    found = compute(Facts(steps=(step,), told=Told(MeasureState.ON_COURSE)), on=ON)
    assert say_state(found) == "Der nächste Meilenstein „Start“ ist bis zum 31.08.2017 geplant."
