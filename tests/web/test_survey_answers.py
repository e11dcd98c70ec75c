"""Wer in einer Umfrage mit Namen was geantwortet hat."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.surveys.answered import AT, answer, answers, question, survey
from tests.web.desk import DESK, sit_down, text

from gelingen.surveys.models import Response
from gelingen.surveys.named import get_named_answer, named_answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
ONE = f"{DESK}bedarfe/umfragen/umfrage/"
LIST = f"{ONE}antworten/"


def asked(mode="named", **more):
    of = survey(mode, state="open", **more)
    question(of, "a", text="Läuft es?")
    question(of, "b", kind="text", text="Was fehlt?")
    return of


def by_open_link(of, **values):
    given = {f"{of.key}.{name}": value for name, value in values.items()}
    return Response.objects.create(
        survey=of, channel="open-link", started=AT, changed=AT, sent=AT, values=given
    )


def test_die_liste_nennt_wer_ueber_den_verweis_geantwortet_hat(client):
    of = asked()
    found = answer(of, "kurse", a="ja")
    unsent = answer(of, "vereine", a="nein")
    Response.objects.filter(pk=unsent.pk).update(sent=None)
    sit_down(client)
    page = text(client.get(LIST))
    assert "1 Antwort ist abgeschickt" in page
    assert f'href="{LIST}{found.pk}/"' in page
    assert "umfrage 0" in page
    assert "kurse" in page
    assert "20.05.2017" in page
    assert "umfrage 1" not in page
    assert f'href="{LIST}"' in text(client.get(f"{ONE}ruecklauf/"))


def test_eine_antwort_steht_ganz_da_frage_fuer_frage(client):
    of = asked()
    found = answer(of, "kurse", a="ja", b="Ein Bus\nam Abend")
    sit_down(client)
    page = text(client.get(f"{LIST}{found.pk}/"))
    assert "<h1" in page
    assert "umfrage 0" in page
    for words in ("Läuft es?", "ja", "Was fehlt?", "Ein Bus\nam Abend"):
        assert words in page
    assert "Ansehen und ändern" not in page


def test_was_am_telefon_aufgenommen_ist_laesst_sich_von_dort_aendern(client):
    found = answer(asked(), "kurse", a="ja")
    Response.objects.filter(pk=found.pk).update(channel="phone", taken_by="Sachbearbeitung")
    sit_down(client)
    assert "aufgenommen von: Sachbearbeitung" in text(client.get(LIST))
    page = text(client.get(f"{LIST}{found.pk}/"))
    way = f"{DESK}bedarfe/antworten/umfrage/{found.invitation_id}/uebersicht/"
    assert f'href="{way}"' in page


def test_antworten_ueber_den_offenen_verweis_stehen_ohne_namen_am_ende(client):
    of = asked(open_link=True)
    unnamed = by_open_link(of, b="Kinderbetreuung")
    answer(of, "kurse", a="ja")
    sit_down(client)
    page = text(client.get(LIST))
    assert page.index("umfrage 1") < page.index("ohne Namen, über den offenen Verweis")
    assert "Kinderbetreuung" in text(client.get(f"{LIST}{unnamed.pk}/"))


def test_bei_freien_texten_steht_wer_sie_geschrieben_hat(client):
    of = asked(open_link=True)
    found = answer(of, "kurse", b="Ein Bus am Abend")
    by_open_link(of, b="Kinderbetreuung")
    sit_down(client)
    page = text(client.get(f"{ONE}ergebnisse/texte/"))
    after = page[page.index("„Ein Bus am Abend“") :]
    assert f'<a href="{LIST}{found.pk}/">umfrage 0</a>' in after[: after.index("</p>", 30)]
    unnamed = page[page.index("„Kinderbetreuung“") :]
    assert "ohne Namen, über den offenen Verweis" in unnamed[:200]


def test_anonym_nennt_keine_seite_wer_geantwortet_hat(client):
    of = asked("anonymous")
    answers(of, 6, b="Ein Bus am Abend")
    # Even if a row with a name were there, it would not be shown.
    named = Response.objects.create(survey=of, started=AT, changed=AT, sent=AT, values={})
    sit_down(client)
    page = text(client.get(LIST))
    assert "Niemand weiß, wer was geantwortet hat" in page
    assert "Ein Bus am Abend" not in page
    assert client.get(f"{LIST}{named.pk}/").status_code == 404
    texts = text(client.get(f"{ONE}ergebnisse/texte/"))
    assert "Von:" not in texts
    assert "ohne Namen" not in texts


def test_ohne_antwort_steht_da_wo_wer_noch_fehlt(client):
    asked()
    sit_down(client)
    page = text(client.get(LIST))
    assert "Noch hat niemand geantwortet" in page
    assert f'href="{ONE}ruecklauf/"' in page


def test_geloeschte_antworten_sagen_es(client):
    survey(state="cleared")
    sit_down(client)
    assert "Die Antworten sind gelöscht" in text(client.get(LIST))


def test_eine_fremde_umfrage_gibt_ihre_antworten_nicht_unter_dieser_her(client):
    asked()
    other = asked(key="andere")
    found = answer(other, b="geheim")
    sit_down(client)
    assert client.get(f"{LIST}{found.pk}/").status_code == 404


def test_nur_wer_fragen_darf_sieht_antworten(client):
    of = asked()
    found = answer(of, b="geheim")
    reader = world.person(role="reader")
    for read in (lambda: named_answers(reader, of), lambda: get_named_answer(reader, of, found.pk)):
        with pytest.raises(PermissionDenied):
            read()
    client.force_login(reader)
    for way in (LIST, f"{LIST}{found.pk}/"):
        page = client.get(way)
        assert page.status_code == 404
        assert "umfrage 0" not in text(page)


@pytest.mark.parametrize("number", [1, 3])
def test_die_liste_kostet_fuer_eine_und_drei_antworten_dasselbe(client, number):
    answers(asked(keep_until=date(2018, 1, 1)), number, "kurse", a="ja")
    sit_down(client)
    with CaptureQueriesContext(connection) as asked_:
        client.get(LIST)
    assert len(asked_) == 7
