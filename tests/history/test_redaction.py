"""What is personal is forgotten when its time is over, and not before."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone
from tests import world

from gelingen.access.models import User
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import change, remove
from gelingen.history.redaction import Redacted, redact, redact_all
from gelingen.history.undo import undo
from gelingen.register.attachments import attach
from gelingen.register.models import Attachment, Organisation, Post
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
DAY = date(2020, 1, 1)
LATER = date(2999, 1, 1)


def altered(thing, **values):
    with change(by="Leitung", verb=Verb.CHANGED, of=thing):
        for name, value in values.items():
            setattr(thing, name, value)


def traces(model):
    """Everything that versions and events of a model say."""
    versions = list(model.history.values())
    events = ChangeEvent.objects.filter(subject__startswith=f"{model._meta.label}:")
    return str(versions) + str(list(events.values("label", "changed")))


def test_geloeschtes_wird_nach_der_frist_vergessen_und_vorher_nicht():
    organisation = world.organisation(contact="Leitung Büro Nord", mailbox="nord@example.org")
    remove(by="Leitung", of=organisation)

    redact(Organisation, before=DAY)
    assert "Büro Nord" in traces(Organisation)
    redact(Organisation, before=LATER)

    assert "Büro Nord" not in traces(Organisation)
    assert "nord@example.org" not in traces(Organisation)
    assert organisation.name in traces(Organisation)


def test_was_ein_eintrag_heute_sagt_bleibt_was_er_frueher_sagte_nicht():
    organisation = world.organisation(contact="Leitung Büro Nord")
    altered(organisation, contact="Leitung Büro Süd")

    assert redact(Organisation, before=LATER) == Redacted(versions=1, events=1)

    assert "Büro Nord" not in traces(Organisation)
    assert organisation.history.first().contact == "Leitung Büro Süd"
    assert Organisation.objects.get().contact == "Leitung Büro Süd"


def test_die_bezeichnung_eines_anderen_mandanten_bleibt_auch_bei_gleicher_kennung():
    town = world.tenant("09463", "Stadt Coburg")
    for of, function in ((world.tenant(), "Lotsin Nord"), (town, "Lotsin Süd")):
        owner = world.organisation(tenant=of)
        post = Post(tenant=of, key="p", organisation=owner, function=function)
        with change(by="Leitung", verb=Verb.CREATED, of=post):
            pass
    # What one tenant's record says may be the harmless label of another's.
    ChangeEvent.objects.filter(tenant=town.pk, subject="register.Post:p").update(
        label="Lotsin Nord"
    )
    redact(Post, before=LATER)
    labels = dict(
        ChangeEvent.objects.filter(subject="register.Post:p").values_list("tenant", "label")
    )
    assert labels == {"09473": "Stelle", town.pk: "Lotsin Nord"}


def test_noch_einmal_vergessen_aendert_nichts():
    organisation = world.organisation(contact="Leitung Büro Nord")
    remove(by="Leitung", of=organisation)
    redact(Organisation, before=LATER)
    assert redact(Organisation, before=LATER) == Redacted()


def test_eine_bezeichnung_die_selbst_personenbezogen_ist_wird_zur_art_des_eintrags():
    organisation = world.organisation()
    post = Post(
        tenant=organisation.tenant, key="p", organisation=organisation, function="Lotsin Nord"
    )
    with change(by="Leitung", verb=Verb.CREATED, of=post):
        pass
    remove(by="Leitung", of=post)

    redact(Post, before=LATER)

    assert "Lotsin" not in traces(Post)
    assert set(ChangeEvent.objects.filter(subject="register.Post:p").values_list("label")) == {
        ("Stelle",)
    }


def test_was_vergessen_ist_kommt_beim_wiederherstellen_nicht_zurueck_das_andere_schon():
    organisation = world.organisation(name="Büro", contact="Leitung Nord")
    remove(by="Leitung", of=organisation)
    event = ChangeEvent.objects.latest("pk")
    redact(Organisation, before=LATER)

    event.refresh_from_db()
    undo(event, by="Leitung")

    assert [(o.name, o.contact) for o in Organisation.objects.all()] == [("Büro", "")]


def test_die_datei_einer_geloeschten_anlage_verschwindet_mit_der_frist(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    attachment = attach(
        actor=world.OPERATOR, to=world.structure(), title="Vertrag", name="a.txt",
        content=ContentFile(b"Text"),
    )  # fmt: skip
    remove(by="Leitung", of=attachment)

    with django_capture_on_commit_callbacks(execute=True):
        redact(Attachment, before=DAY)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] != []
    with django_capture_on_commit_callbacks(execute=True):
        redact(Attachment, before=LATER)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_auch_der_verlauf_von_konten_wird_vergessen():
    ChangeEvent.objects.create(
        by="x", verb="changed", tenant="09473", subject="access.User:1", label="anna",
        changed={"email": ["", "anna@example.org"], "is_staff": [False, True]},
        at=timezone.now() - timedelta(days=400),
    )  # fmt: skip
    redact(User, before=LATER)
    event = ChangeEvent.objects.get()
    assert event.changed == {"is_staff": [False, True]}
    assert event.label == "Benutzer"


def test_alles_auf_einmal_erfasst_jedes_modell_mit_personenbezogenen_feldern():
    organisation = world.organisation(contact="Leitung Büro Nord")
    remove(by="Leitung", of=organisation)
    declared = [m for m in apps.get_models() if getattr(m, "personal", {})]

    assert Organisation in declared
    assert redact_all(before=LATER) == Redacted(versions=2, events=1)
