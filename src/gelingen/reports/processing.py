"""The register of processing (Art. 30 GDPR) as a draft: what is kept, why, of whom, how long.

What is kept comes from the declarations of the models, what is asked from the surveys themselves.
Purposes and persons are ours to say; the legal ground is the tenant's to check.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.documents import (
    Block,
    Document,
    Heading,
    KeyValues,
    Note,
    NoteKind,
    Paragraph,
    Table,
)
from gelingen.history.redaction import KEPT_DAYS
from gelingen.privacy.kinds import german
from gelingen.reports.phrases import NOT_STATED
from gelingen.surveys.queries import surveys
from gelingen.terms.spelling import day, last_day
from gelingen.terms.surveys import SurveyMode, SurveyState

BASIS = "Art. 6 Abs. 1 Buchst. e DSGVO mit dem Landesrecht; von der Behörde zu prüfen"


@dataclass(frozen=True, slots=True)
class Activity:
    """One kind of processing.

    Attributes:
        title: its name.
        purpose: why.
        persons: of whom something is kept.
        receivers: who gets to see it.
        apps: whose models hold it.

    """

    title: str
    purpose: str
    persons: str
    receivers: str
    apps: tuple[str, ...]


ACTIVITIES = (
    Activity(
        "Bestand und Plan",
        "Angebote, Stellen und Zuständigkeiten der Integrationsarbeit kennen und planen",
        "Ansprechstellen von Organisationen, als Funktion; mittelbar, wer eine Einzelstelle hat",
        "Personen mit einer Rolle im Mandanten; veröffentlicht wird nur, was freigegeben ist",
        (
            "register",
            "plan",
            "needs",
            "findings",
            "topics",
            "places",
            "review",
            "process",
            "programme",
            "progress",
            "indicators",
            "editions",
            "yearly",
            "site",
        ),
    ),
    Activity(
        "Gremien",
        "Sitzungen und Vorlagen vorbereiten und protokollieren, Beschlüsse umsetzen",
        "Mitglieder, Anwesende und Gäste, als Funktion; mit Namen, wer öffentlich benannt ist",
        "Personen mit einer Rolle im Mandanten; Nichtöffentliches nur mit eigenem Recht",
        ("boards", "oparl", "papers"),
    ),
    Activity(
        "Bestätigen per Verweis",
        "Einträge jährlich durch die Organisationen bestätigen lassen",
        "Inhaberinnen und Inhaber von Funktionspostfächern",
        "Integrationsstelle des Mandanten",
        ("confirmations", "post"),
    ),
    Activity(
        "Rückmeldungen zur Webseite",
        "Fragen und Hinweise zu öffentlichen Seiten beantworten",
        "Wer schreibt; ein Postfach nur, wenn eine Antwort gewünscht ist",
        "Integrationsstelle des Mandanten",
        ("feedback",),
    ),
    Activity(
        "Umfragen",
        "Bedarfe und Einschätzungen der Akteure und der Teilnehmenden erheben",
        "Organisationen und ihre Ansprechstellen; bei anonymen Umfragen niemand Bestimmbares",
        "Integrationsstelle des Mandanten; veröffentlicht werden nur geschützte Zahlen",
        ("surveys",),
    ),
    Activity(
        "Gespräche",
        "Moderierte Gespräche auswerten",
        "Teilnehmende, als Funktion",
        "Integrationsstelle des Mandanten und wer kodiert",
        ("talks",),
    ),
    Activity(
        "Konten und Arbeitsplatz",
        "Anmelden, Rechte vergeben, begonnene Arbeit behalten",
        "Beschäftigte und Partner mit einem Konto",
        "Wer Personen verwaltet; Betrieb der Installation",
        ("access", "desk", "transfer"),
    ),
    Activity(
        "Verlauf",
        "Nachweisen, wer wann was geändert hat; Fehler zurücknehmen",
        "Beschäftigte und Partner mit einem Konto; wer in früheren Ständen stand",
        "Personen mit einer Rolle im Mandanten",
        ("history",),
    ),
)


def processing_register(actor: Actor, tenant: Tenant, *, on: date) -> Document:
    """Draft the register of processing of a tenant.

    Args:
        actor: who asks.
        tenant: the authority that answers for the data.
        on: the day.

    Raises:
        PermissionDenied: the actor may not.

    """
    require(actor, May.PROTECT, tenant)
    return Document(
        title="Verzeichnis der Verarbeitungstätigkeiten",
        subtitle="Steuerung der Integration mit Gelingen (Entwurf nach Art. 30 DSGVO)",
        author=tenant.name,
        date_line=f"Stand {day(on)}",
        edition="Entwurf",
        cover_page=False,
        blocks=tuple(_blocks(actor, tenant)),
    )


def _blocks(actor: Actor, tenant: Tenant) -> Iterator[Block]:
    yield KeyValues(
        (
            ("Verantwortlich", tenant.name),
            ("Datenschutzbeauftragte Stelle", "von der Behörde einzutragen"),
            ("Betrieb der Installation", "von der Behörde einzutragen"),
        ),
        frame=True,
    )
    yield Paragraph(
        "Gelingen führt keine Daten über einzelne Migrantinnen und Migranten. Ansprechstellen "
        "stehen als Funktion da, Namen sind nicht vorgesehen.",
        frame=True,
    )
    for activity in ACTIVITIES:
        yield from _activity(activity)
        if "surveys" in activity.apps:
            yield from _surveys(actor, tenant)
    yield Heading("Schutz und Löschung")
    yield Paragraph(
        "Zugriff nur mit Anmeldung und Rolle; Verbindungen verschlüsselt; keine fremden Dienste "
        "auf den Seiten. Der tägliche Auftrag löscht, was seine Frist erreicht hat. "
        f"Personenbezogene Angaben verschwinden nach {KEPT_DAYS} Tagen auch aus früheren Ständen, "
        "auf Verlangen sofort.",
        frame=True,
    )


def _activity(activity: Activity) -> Iterator[Block]:
    yield Heading(activity.title)
    yield KeyValues(
        (
            ("Zweck", activity.purpose),
            ("Rechtsgrundlage", BASIS),
            ("Betroffene", activity.persons),
            ("Wer sieht es", activity.receivers),
        ),
        frame=True,
    )
    if rows := tuple(_fields(activity)):
        yield Table(
            f"{activity.title}: was gespeichert wird",
            ("Datensatz", "Angabe", "Was und wie lange"),
            rows,
            frame=True,
        )


def _fields(activity: Activity) -> Iterator[tuple[str, str, str]]:
    # Any: Django's type of a model does not know our declaration `personal`.
    models: list[Any] = sorted(apps.get_models(), key=lambda model: model._meta.label)
    for model in models:
        own = model.__module__.startswith("gelingen.") and not hasattr(model, "instance_type")
        if own and model._meta.app_label in activity.apps:
            for name, kept in sorted(model.personal.items()):
                names = (model._meta.verbose_name, model._meta.get_field(name).verbose_name)
                kind, field = (german(one) for one in names)
                yield kind, field, kept


def _surveys(actor: Actor, tenant: Tenant) -> Iterator[Block]:
    found = [one for one in surveys(actor, tenant) if one.state != SurveyState.DRAFT]
    if not found:
        yield Note("Bisher wurde keine Umfrage geöffnet.", NoteKind.INFO, frame=True)
        return
    yield Table(
        "Umfragen dieses Mandanten",
        ("Umfrage", "Art", "Zweck", "Rechtsgrundlage", "Offen bis", "Antworten gelöscht am"),
        tuple(
            (
                one.title,
                SurveyMode.of(one.mode).label,
                one.purpose or NOT_STATED,
                one.legal_basis or NOT_STATED,
                day(last_day(one.closes)) if one.closes else NOT_STATED,
                day(one.keep_until) if one.keep_until else NOT_STATED,
            )
            for one in found
        ),
        row_records=tuple((one.key,) for one in found),
    )
