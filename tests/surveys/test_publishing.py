"""Was das Haus verlässt: festgehalten, gegen Früheres geprüft, verglichen; Texte einzeln frei."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests import world
from tests.surveys.answered import BY, ON, answer, answers, counts, question, survey

from gelingen.surveys import anonymous, publishing
from gelingen.surveys.clearing import clear_due
from gelingen.surveys.columns import REST, safe_columns
from gelingen.surveys.protecting import ProtectionError
from gelingen.surveys.published import Publication, PublishedCounts
from gelingen.surveys.publishing import NotPublishableError, publish
from gelingen.surveys.releasing import TextReleaseError, free_texts, release_text, take_back_text
from gelingen.surveys.results import results
from gelingen.surveys.rounds import FEW, HIDDEN, NOT_ASKED, OTHER_ANSWERS, compare_rounds
from gelingen.surveys.said import Answer

pytestmark = pytest.mark.django_db
BEFORE = date(2017, 5, 20)


@pytest.fixture
def officer():
    return world.person()


def test_eine_veroeffentlichung_haelt_fest_was_gezeigt_wurde_und_dieselbe_nur_einmal(officer):
    of = survey()
    question(of, "a")
    answers(of, 12, a="ja")
    answers(of, 2, a="nein")
    for _ in range(2):
        publish(actor=officer, survey=of, by=BY, on=ON)
    made = Publication.objects.get()
    assert (made.day, made.by, made.shown["answers"]) == (ON, BY, 14)
    (line,) = [one for one in made.shown["questions"][0]["lines"] if one["code"] == "nein"]
    assert line["cells"] == {"": None}


def test_veroeffentlicht_wird_erst_wenn_die_umfrage_zu_ist(officer):
    of = survey(state="open")
    question(of, "a")
    answers(of, 12, a="ja")
    with pytest.raises(NotPublishableError, match="geschlossen"):
        publish(actor=officer, survey=of, by=BY, on=BEFORE)


def test_zwei_antworten_mehr_lassen_sich_nicht_aus_dem_unterschied_errechnen(officer):
    of = survey()
    question(of, "a")
    answers(of, 12, a="ja")
    answers(of, 9, a="nein")
    publish(actor=officer, survey=of, by=BY, on=ON)
    answers(of, 2, a="nein")
    with pytest.raises(ProtectionError, match="weniger als 5 Antworten"):
        publish(actor=officer, survey=of, by=BY, on=ON)
    # Six more, but only one of them says yes: the difference would tell that one.
    answers(of, 3, a="nein")
    answers(of, 1, a="ja")
    again = publish(actor=officer, survey=of, by=BY, on=ON)
    assert again.sizes[""] == 27
    assert counts(again) == {"ja": None, "nein": None}
    assert Publication.objects.count() == 2


def test_wer_seine_antwort_aendert_verraet_sich_nicht_durch_eine_zweite_veroeffentlichung(officer):
    of = survey()
    question(of, "a")
    found = answers(of, 12, a="ja") + answers(of, 9, a="nein")
    publish(actor=officer, survey=of, by=BY, on=ON)
    found[0].values = {"umfrage.a": "nein"}
    found[0].save()
    with pytest.raises(ProtectionError, match="geändert"):
        publish(actor=officer, survey=of, by=BY, on=ON)


def test_was_zusammengefasst_war_bleibt_es_auch_wenn_eine_gruppe_gewachsen_ist():
    small = [Answer(str(n), "ab"[n % 2], {}) for n in range(6)] + [
        Answer(f"c{n}", "c", {}) for n in range(9)
    ]
    first = safe_columns(small, 5)
    grown = [*small, *(Answer(f"x{n}", "a", {}) for n in range(7))]
    assert first.members == {"c": ("c",), REST: ("a", "b")}
    assert safe_columns(grown, 5).members != first.members
    assert safe_columns(grown, 5, first.members).members[REST] == ("a", "b")


def test_mit_den_antworten_gehen_die_verborgenen_zahlen_und_das_gezeigte_bleibt(officer):
    of = survey(keep_until=date(2017, 6, 2))
    question(of, "a")
    answers(of, 12, a="ja")
    publish(actor=officer, survey=of, by=BY, on=ON)
    clear_due(on=date(2017, 6, 2))
    of.refresh_from_db()
    assert not PublishedCounts.objects.exists()
    assert Publication.objects.get().shown["answers"] == 12
    assert publishing.why_not_published(of, on=date(2017, 6, 2)).startswith("Die Antworten sind")
    assert not results(officer, of, public=False, on=ON).questions


# Anonymous surveys


def anonymous_open(**more):
    of = survey("anonymous", state="open", **more)
    question(of, "a")
    return of


def test_beim_veroeffentlichen_kommen_die_wartenden_antworten_zuerst_dazu(officer):
    of = anonymous_open()
    for group, many in (("kurse", 9), ("vereine", 2)):
        for _ in range(many):
            anonymous.send(of, {"umfrage.a": "ja"}, group=group, on=BEFORE)
    assert of.waiting.count() == 6
    found = publish(actor=officer, survey=of, by=BY, on=ON)
    assert found.sizes == {"": 11}
    assert not of.waiting.exists()


def test_auch_die_ergebnisse_am_ende_haben_alle_antworten(officer):
    of = anonymous_open()
    for _ in range(6):
        anonymous.send(of, {"umfrage.a": "ja"}, group="kurse", on=BEFORE)
    for _ in range(4):
        anonymous.send(of, {"umfrage.a": "nein"}, group="vereine", on=BEFORE)
    assert results(officer, of, public=False, on=ON).sizes == {"": 10}


def test_solange_eine_anonyme_umfrage_offen_ist_steht_nur_die_zahl_der_antworten_da(officer):
    of = anonymous_open()
    answers(of, 4, a="ja")
    few = results(officer, of, public=False, on=BEFORE)
    assert (few.running, few.sizes, few.questions) == (True, {"": 0}, ())
    answers(of, 4, a="ja")
    for public in (False, True):
        found = results(officer, of, public=public, on=BEFORE)
        assert (found.running, found.sizes, found.questions) == (True, {"": 8}, ())
    assert counts(results(officer, of, public=False, on=ON)) == {"ja": 8, "nein": 0}


def test_warten_zu_wenige_sagt_das_ende_zu_wenige(officer):
    of = anonymous_open()
    anonymous.send(of, {"umfrage.a": "ja"}, on=BEFORE)
    assert results(officer, of, public=False, on=ON).too_few


def test_nach_einer_veroeffentlichung_ist_auch_die_innere_ansicht_gegen_sie_geschuetzt(officer):
    of = survey("anonymous")
    question(of, "a")
    answers(of, 12, a="ja")
    answers(of, 9, a="nein")
    publish(actor=officer, survey=of, by=BY, on=ON)
    answers(of, 2, a="nein")
    with pytest.raises(ProtectionError, match="weniger als 5 Antworten"):
        results(officer, of, public=False, on=ON)
    answers(of, 3, a="nein")
    answers(of, 1, a="ja")
    assert counts(results(officer, of, public=False, on=ON)) == {"ja": None, "nein": None}


# Two rounds


def rounds(officer, now, before, **options):
    old = survey(key="runde1")
    question(old, "a", text="Läuft es?", options=options or None)
    for value, many in before.items():
        answers(old, many, a=value)
    publish(actor=officer, survey=old, by=BY, on=ON)
    new = survey(key="runde2", previous=old)
    question(new, "a", text="Läuft es?")
    for value, many in now.items():
        answers(new, many, a=value)
    return compare_rounds(results(officer, new, public=True, on=ON))


def test_zwei_runden_zeigen_die_veraenderung_mit_bereich(officer):
    found = rounds(officer, {"ja": 45, "nein": 15}, {"ja": 20, "nein": 40})
    yes, _ = found.questions[0].changes
    assert (yes.before.count, yes.now.count) == (20, 45)
    assert yes.difference.mid == pytest.approx(0.417, abs=0.001)
    assert yes.difference.low == pytest.approx(0.242, abs=0.005)
    assert yes.moved


def test_unter_zwanzig_antworten_ist_nichts_vergleichbar(officer):
    found = rounds(officer, {"ja": 8, "nein": 7}, {"ja": 20, "nein": 40})
    assert {one.why_not for one in found.questions[0].changes} == {FEW}


def test_verborgenes_ist_nicht_vergleichbar(officer):
    found = rounds(officer, {"ja": 30, "nein": 2}, {"ja": 20, "nein": 40})
    assert {one.why_not for one in found.questions[0].changes} == {HIDDEN}


def test_andere_antworten_oder_andere_fragen_sind_nicht_vergleichbar(officer):
    found = rounds(
        officer, {"ja": 30, "nein": 20}, {"ja": 20, "nie": 40}, ja="ja", nie="nie"
    )  # fmt: skip
    assert found.questions[0].why_not == OTHER_ANSWERS
    new = survey(key="runde3", previous=world.survey.model.objects.get(key="runde1"))
    question(new, "b", text="Etwas ganz anderes?")
    answers(new, 20, b="ja")
    other = compare_rounds(results(officer, new, public=True, on=ON))
    assert other.questions[0].why_not == NOT_ASKED


def test_ohne_vorige_runde_gibt_es_keinen_vergleich(officer):
    of = survey()
    question(of, "a")
    answers(of, 6, a="ja")
    assert compare_rounds(results(officer, of, public=True, on=ON)) is None


# Free texts


def test_texte_werden_einzeln_freigegeben_und_ohne_namen(officer):
    of = survey()
    question(of, "t", "text")
    answer(of, t="Frau Muster soll bleiben")
    answer(of, t="Mehr Kurse")
    (found,) = free_texts(officer, of)
    assert found.waiting == 2
    one = next(text for text in found.texts if "Muster" in text.text)
    which = {"actor": officer, "survey": of, "question": "umfrage.t", "answer": one.answer}
    release_text(**which, text="[Name] soll bleiben", by=BY, on=ON)
    (found,) = free_texts(officer, of)
    assert [text.released.text for text in found.texts if text.released] == ["[Name] soll bleiben"]
    with pytest.raises(TextReleaseError, match="schon"):
        release_text(**which, text="noch einmal", by=BY, on=ON)
    take_back_text(**which)
    assert free_texts(officer, of)[0].waiting == 2


def test_leer_oder_unbekannt_laesst_sich_nichts_freigeben(officer):
    of = survey()
    question(of, "t", "text")
    one = answer(of, t="Mehr Kurse")
    which = {"actor": officer, "survey": of, "question": "umfrage.t", "by": BY, "on": ON}
    with pytest.raises(TextReleaseError, match="kein Wort"):
        release_text(**which, answer=f"r{one.pk}", text=" ")
    with pytest.raises(TextReleaseError, match="gibt es nicht"):
        release_text(**which, answer="r0", text="x")


def test_anonym_stehen_texte_erst_ab_genug_antworten_da(officer):
    of = survey("anonymous")
    question(of, "t", "text")
    answers(of, 4, t="x")
    assert not free_texts(officer, of)[0].texts
    answer(of, t="y")
    assert len(free_texts(officer, of)[0].texts) == 5


def test_ergebnisse_sieht_nur_wer_umfragen_fuehrt():
    of = survey()
    reader = world.person(role="reader")
    with pytest.raises(PermissionDenied):
        results(reader, of, public=True, on=ON)
    with pytest.raises(PermissionDenied):
        publish(actor=reader, survey=of, by=BY, on=ON)
    with pytest.raises(PermissionDenied):
        free_texts(reader, of)
    with pytest.raises(PermissionDenied):
        publishing.publications(reader, of)
