"""Each kind of question reads what a form sends, and fills the form again with what it read."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import world

from gelingen.surveys.kinds import AnswerError, kind_of
from gelingen.surveys.known import Known, KnownEntry, known_of
from gelingen.surveys.languages import Spoken
from gelingen.surveys.questions import Asked, Page, pages_of
from gelingen.terms.surveys import Language, QuestionKind

CODES = ("eins", "zwei", "drei")
KNOWN = Known(
    topics={"sprache": "Sprache", "arbeit": "Arbeit"},
    target_groups={"frauen": "Frauen"},
    territories={"09473112": "Coburg"},
    organisations={"vhs": "Volkshochschule", "amt": "Ausländeramt"},
    entries=(
        KnownEntry(
            "kurs", "Kurs", ("16 Plätze",), {"name": "Kurs", "ends": "31.12.2017", "capacity": "16"}
        ),
        KnownEntry("cafe", "Café", (), {"name": "Café", "ends": "", "capacity": ""}),
    ),
    has_entries=True,
)
SETTINGS = {
    QuestionKind.SEVERAL: {"most": 2},
    QuestionKind.SCALE: {"steps": 7},
    QuestionKind.NUMBER: {"range": True, "most": 900_000},
    QuestionKind.TEXT: {"long": True},
    QuestionKind.TIES: {"rows": 3},
}


def asked(kind, *, language=Language.DE, key="f", **fields):
    options = {code: Spoken(code.title()) for code in CODES}
    own = {
        "page": 1, "required": False, "text": Spoken("Frage?"), "help": Spoken(""),
        "options": options, "settings": SETTINGS.get(kind, {}), "condition": {},
        "german": "Frage?", **fields,
    }  # fmt: skip
    return Asked(key=key, kind=kind, language=language, **own)


def question(kind, **fields):
    return kind_of(asked(kind, **fields), KNOWN)


words = st.text(max_size=60)
days = st.dates(date(1900, 1, 1), date(2199, 12, 30))
steps = st.sampled_from(["", "1", "3", "5"])
numbers = st.decimals(0, 900_000, places=2, allow_nan=False).map(lambda n: str(n).replace(".", ","))


@st.composite
def rows(draw, **fields):
    """Draw three rows of a form, some of them empty."""
    return {
        f"f.{row}.{name.replace('_of_', '.')}": [draw(values)]
        for row in range(3)
        for name, values in fields.items()
    }


FORMS = {
    QuestionKind.CHOICE: st.builds(lambda v: {"f": [v]}, st.sampled_from(["", *CODES])),
    QuestionKind.SEVERAL: st.builds(
        lambda v: {"f": v}, st.lists(st.sampled_from(CODES), max_size=2, unique=True)
    ),
    QuestionKind.SCALE: st.builds(lambda v: {"f": [v]}, steps),
    QuestionKind.NUMBER: st.builds(lambda a, b: {"f.low": [a], "f.high": [b]}, numbers, numbers),
    QuestionKind.DATE: st.builds(lambda v: {"f": [v.isoformat()]}, days),
    QuestionKind.TEXT: st.builds(lambda v: {"f": [v]}, st.text(max_size=300)),
    QuestionKind.TOPICS: st.builds(lambda a, b: {"f.sprache": [a], "f.arbeit": [b]}, steps, steps),
    QuestionKind.ENTRIES: st.builds(
        lambda a, b, name, size, ends, until, remark: {
            "f.kurs": [a], "f.cafe": [b], "f.kurs.name": [name], "f.kurs.capacity": [size],
            "f.kurs.ends": [ends.strftime("%d.%m.%Y")], "f.kurs.remark": [remark],
            "f.cafe.until": [until.strftime("%d.%m.%Y")],
        },
        st.sampled_from(["", "true", "changed"]), st.sampled_from(["", "true", "gone"]),
        st.text("abc äß", min_size=1), st.sampled_from(["", "16", "16–20", "18"]),
        st.dates(date(2010, 1, 1), date(2150, 1, 1)), st.dates(date(2010, 1, 1), date(2150, 1, 1)),
        words,
    ),
    QuestionKind.TIES: rows(
        name=st.sampled_from(["", "Volkshochschule", "volkshochschule ", "Neuer Verein"]) | words,
        kind=st.sampled_from(["", "information", "staff"]),
        intensity=st.sampled_from(["", "1", "3"]),
    ),
    QuestionKind.MISSING: rows(
        statement=words, unit=st.sampled_from(["", "Plätze"]),
        topic=st.sampled_from(["", "sprache"]),
        target_group=st.sampled_from(["", "frauen"]), territory=st.sampled_from(["", "09473112"]),
        starts=st.sampled_from(["", "2017-06-01"]), severity=steps, quantity_of_low=numbers,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", QuestionKind)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_was_gelesen_wurde_fuellt_das_formular_und_liest_sich_wieder_so(kind, data):
    form = data.draw(FORMS[kind])
    one = question(kind)
    try:
        value = one.read(form)
    except AnswerError:
        return
    if value is None:
        return
    written = one.write(value)
    assert all(name == "f" or name.startswith("f.") for name in written)
    assert one.read(written) == value
    assert one.told(value)
    assert one.groups(written, {})


@pytest.mark.parametrize("kind", QuestionKind)
@given(junk=st.dictionaries(
    st.sampled_from(["f", "f.0.name", "f.low", "f.kurs", "f.0.statement", "f.99999.name", "f.x.y"]),
    st.lists(st.text(max_size=20), max_size=3),
))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_was_immer_gesendet_wird_ist_eine_antwort_oder_ein_satz(kind, junk):
    one = question(kind)
    try:
        value = one.read(junk)
    except AnswerError as error:
        assert str(error)  # noqa: PT017 - nothing, or a sentence
    else:
        assert value is None or one.read(one.write(value)) == value
    assert one.groups(junk, {})


@pytest.mark.parametrize(
    ("kind", "form", "value"),
    [
        (QuestionKind.CHOICE, {"f": ["zwei"]}, "zwei"),
        (QuestionKind.SEVERAL, {"f": ["drei", "eins"]}, ["eins", "drei"]),
        (QuestionKind.SCALE, {"f": ["4"]}, 4),
        (QuestionKind.NUMBER, {"f.low": ["10"], "f.high": ["15"]}, {"low": "10", "high": "15"}),
        (QuestionKind.NUMBER, {"f.low": ["1.500"]}, {"low": "1500", "high": "1500"}),
        (QuestionKind.NUMBER, {"f.high": ["٢٥"]}, {"low": "25", "high": "25"}),
        (QuestionKind.DATE, {"f": ["1.6.2017"]}, "2017-06-01"),
        (QuestionKind.TEXT, {"f": [" Mehr\r\nKurse "]}, "Mehr\nKurse"),
        (QuestionKind.TOPICS, {"f.sprache": ["5"], "f.arbeit": [""]}, {"sprache": 5}),
        (
            QuestionKind.ENTRIES,
            {
                "f.kurs": ["changed"], "f.kurs.name": ["Kurs"], "f.kurs.ends": ["31.12.2018"],
                "f.kurs.capacity": ["16"], "f.cafe": ["gone"], "f.cafe.until": ["31.05.2017"],
            },
            {
                "kurs": {"answer": "changed", "values": {"ends": "31.12.2018"}, "remark": ""},
                "cafe": {"answer": "gone", "ends": "2017-06-01"},
            },
        ),
        (
            QuestionKind.TIES,
            {"f.0.name": ["volkshochschule"], "f.0.intensity": ["2"], "f.2.name": ["Neuer Verein"]},
            [
                {"organisation": "vhs", "name": "Volkshochschule", "kind": "", "intensity": 2},
                {"organisation": "", "name": "Neuer Verein", "kind": "", "intensity": None},
            ],
        ),
        (
            QuestionKind.MISSING,
            {"f.1.statement": ["Abendkurs"], "f.1.topic": ["sprache"], "f.1.quantity.low": ["12"]},
            [
                {
                    "statement": "Abendkurs", "topic": "sprache", "target_group": "",
                    "territory": "", "starts": "", "severity": None, "unit": "",
                    "quantity": {"low": "12", "high": "12"},
                }
            ],
        ),
    ],
)  # fmt: skip
def test_antworten_haben_die_gestalt_die_im_modell_steht(kind, form, value):
    assert question(kind).read(form) == value


@pytest.mark.parametrize(
    ("kind", "form", "words"),
    [
        (QuestionKind.CHOICE, {"f": ["vier"]}, "Bitte eine der Antworten wählen."),
        (QuestionKind.SEVERAL, {"f": list(CODES)}, "Bitte höchstens 2 Antworten wählen."),
        (QuestionKind.SCALE, {"f": ["8"]}, "Bitte eine der Antworten wählen."),
        (QuestionKind.NUMBER, {"f.low": ["viele"]}, "Bitte nur eine Zahl schreiben."),
        (QuestionKind.NUMBER, {"f.low": ["5"], "f.high": ["3"]}, "Bitte zuerst die kleinere Zahl."),
        (QuestionKind.NUMBER, {"f.low": ["1000000"]}, "Bitte höchstens 900000."),
        (QuestionKind.DATE, {"f": ["2017"]}, "Bitte einen Tag angeben, zum Beispiel 31.12.2019."),
    ],
)
def test_was_keine_antwort_ist_bekommt_einen_satz(kind, form, words):
    with pytest.raises(AnswerError) as refused:
        question(kind).read(form)
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("kind", "form", "field"),
    [
        (
            QuestionKind.ENTRIES,
            {"f.kurs": ["changed"], "f.kurs.name": ["Kurs"], "f.kurs.ends": ["x"]},
            "f.kurs.ends",
        ),
        (QuestionKind.ENTRIES, {"f.cafe": ["gone"]}, "f.cafe.until"),
        (QuestionKind.ENTRIES, {"f.cafe": ["changed"], "f.cafe.name": ["Café"]}, "f.cafe"),
        (QuestionKind.MISSING, {"f.0.topic": ["sprache"]}, "f.0.statement"),
        (QuestionKind.MISSING, {"f.0.statement": ["x"], "f.0.severity": ["9"]}, "f.0.severity"),
        (QuestionKind.TIES, {"f.0.name": ["x"], "f.0.intensity": ["9"]}, "f.0.intensity"),
    ],
)  # fmt: skip
def test_ein_fehler_steht_an_seinem_feld(kind, form, field):
    one = question(kind)
    with pytest.raises(AnswerError) as refused:
        one.read(form)
    assert list(refused.value.wrong) == [field]
    shown = [f for group in one.groups(form, refused.value.wrong) for f in group.fields if f.error]
    assert [f.name for f in shown] == [field]


def test_ohne_letzten_tag_sagt_der_satz_was_fehlt_und_was_genuegt():
    with pytest.raises(AnswerError) as refused:
        question(QuestionKind.ENTRIES).read({"f.cafe": ["gone"]})
    assert refused.value.wrong == {
        "f.cafe.until": "Bitte angeben, bis wann es das Angebot gab; ungefähr genügt."
    }


def test_ein_punkt_vor_drei_ziffern_ist_nur_auf_deutsch_klar():
    form = {"f.low": ["1.500"]}
    with translation.override("en"), pytest.raises(AnswerError) as refused:
        question(QuestionKind.NUMBER, language=Language.EN).read(form)
    assert str(refused.value) == "Please write thousands without a sign: 1500."


def test_was_zellen_sagen_ist_deutsch_in_anderen_sprachen_hilft_der_hinweis():
    form = {"f.kurs": ["changed"], "f.kurs.name": ["Kurs"], "f.kurs.capacity": ["viele"]}
    with translation.override("en"), pytest.raises(AnswerError) as refused:
        question(QuestionKind.ENTRIES, language=Language.EN).read(form)
    assert "A number or a range" in refused.value.wrong["f.kurs.capacity"]


def test_ein_tag_den_kein_kalender_zeigt_bleibt_zum_verbessern_stehen():
    shown = [
        question(QuestionKind.DATE).groups({"f": [word]}, {})[0].fields[0]
        for word in ("", "2017-06-01", "bald")
    ]
    assert [(one.control.value, one.value) for one in shown] == [
        ("day", ""), ("day", "2017-06-01"), ("line", "bald"),
    ]  # fmt: skip


def test_eigene_eintraege_stehen_ausgefuellt_da():
    (kurs, _) = question(QuestionKind.ENTRIES).groups({}, {})
    assert kurs.lines == ("16 Plätze",)
    assert {f.name: f.value for f in kurs.fields}["f.kurs.ends"] == "31.12.2017"


def test_von_vielen_zeilen_ist_immer_eine_leer():
    form = {f"f.{row}.name": ["x"] for row in range(3)}
    assert len(question(QuestionKind.TIES).groups(form, {})) == 4
    first, second, *_ = question(QuestionKind.MISSING).groups({}, {})
    assert (first.folded, second.folded) == (False, True)


# Which questions are asked


def _if(question, code):
    return {"question": question, "is": [code]}


def test_bedingte_fragen_kommen_nur_wenn_es_passt_und_ketten_reissen_ab():
    first = asked(QuestionKind.CHOICE, key="a")
    second = asked(QuestionKind.CHOICE, key="b", page=2, condition=_if("a", "eins"))
    third = asked(QuestionKind.TEXT, key="c", page=3, condition=_if("b", "zwei"))
    every = [first, second, third]
    both = {"a": "eins", "b": "zwei"}
    assert pages_of(every, {}, KNOWN) == [Page(1, (first,))]
    assert [page.number for page in pages_of(every, both, KNOWN)] == [1, 2, 3]
    assert [page.number for page in pages_of(every, {"a": "drei", "b": "zwei"}, KNOWN)] == [1]


def test_fragen_nach_eintraegen_kommen_nur_wenn_es_welche_gibt():
    for condition in ({"register": "entries"}, {}):
        entries = asked(QuestionKind.ENTRIES, condition=condition)
        assert pages_of([entries], {}, KNOWN)
        assert pages_of([entries], {}, Known()) == []


# What there is to choose from


@pytest.mark.django_db
def test_als_ort_stehen_der_ganze_landkreis_und_seine_gemeinden_zur_wahl_er_zuerst():
    tenant = world.tenant()
    for key, name, kind in (
        ("09473112", "Ahorn", "municipality"),
        ("09473", "Landkreis Coburg", "county"),
        ("09", "Bayern", "state"),
        ("09464000", "Hof", "city"),
    ):
        world.territory(key=key, name=name, kind=kind, tenant=tenant)
    found = known_of(world.survey(), {QuestionKind.MISSING}, on=date(2017, 6, 1))
    assert list(found.territories.items()) == [
        ("09473", "Landkreis Coburg"),
        ("09473112", "Ahorn"),
    ]


def test_die_stufen_der_themen_fragen_wie_dringend_es_ist():
    for language, said in ((Language.DE, "5 = sehr dringend"), (Language.EN, "5 = very urgent")):
        with translation.override(language):
            (group,) = question(QuestionKind.TOPICS, language=language).groups({}, {})
        assert said in group.lines[0]
