"""Who was asked whether their entries are still true, what they said, and what they propose.

Entries are named by their keys, as findings and papers do: what was asked outlives them.
"""

from typing import ClassVar

from django.db import models

from gelingen.access.record import Record
from gelingen.terms import term
from gelingen.terms.asking import ProposalKind, ProposalState

_KEPT = "90 Tage nach Ablauf der Bitte gelöscht"


class Request(models.Model):
    """Bitte um Bestätigung: one link to one organisation, for the entries below it.

    Of the link only the hash is kept. It opens until it expires, is answered or withdrawn.
    """

    personal: ClassVar[dict[str, str]] = {
        "mailbox": f"Postfach, kann auf eine Person schließen lassen; {_KEPT}",
    }

    tenant = models.ForeignKey(
        "access.Tenant", models.CASCADE, verbose_name="Mandant", related_name="+"
    )
    organisation = models.CharField("Kennung der Organisation", max_length=200)
    name = models.CharField("Organisation", max_length=250)
    mailbox = models.EmailField("Postfach")
    token_hash = models.CharField("Prüfsumme des Verweises", max_length=64, unique=True)
    asked = models.DateTimeField("Gefragt")
    expires = models.DateTimeField("Gilt bis")
    answered = models.DateTimeField("Beantwortet", null=True, blank=True)
    withdrawn = models.DateTimeField("Zurückgezogen", null=True, blank=True)
    mail = models.ForeignKey(
        "post.OutgoingMail",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="Nachricht",
        related_name="+",
    )

    class Meta:
        verbose_name = "Bitte um Bestätigung"
        verbose_name_plural = "Bitten um Bestätigung"
        ordering = ["-asked", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Asked(models.Model):
    """Gefragter Eintrag: one structure in a request, and what was answered."""

    personal: ClassVar[dict[str, str]] = {}

    request = models.ForeignKey(Request, models.CASCADE, related_name="entries")
    structure = models.CharField("Kennung der Struktur", max_length=200)
    # No choices: a new answer (terms.vocabulary.EntryAnswer) is no new form of the table.
    answer = models.CharField("Antwort", max_length=20, blank=True)
    # The undertaking that the answer was, so that another answer can take its place.
    batch = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = "gefragter Eintrag"
        verbose_name_plural = "gefragte Einträge"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "structure"], name="asked_once"),
        ]
        indexes = [models.Index(fields=["structure"], name="asked_structure")]

    def __str__(self) -> str:
        return self.structure


class Proposal(Record):
    """Vorschlag: other values for one entry, until somebody accepts or refuses them."""

    personal: ClassVar[dict[str, str]] = {
        "by_function": "Stelle, die vorschlägt; bis der Vorschlag gelöscht wird",
        "before": "kann die Funktion der Ansprechstelle nennen; bis der Vorschlag gelöscht wird",
        "after": "kann die Funktion der Ansprechstelle nennen; bis der Vorschlag gelöscht wird",
        "note": "freier Text der Organisation; bis der Vorschlag gelöscht wird",
    }

    subject = models.CharField("Eintrag", max_length=250, db_index=True)
    name = models.CharField("Bezeichnung", max_length=250)
    organisation = models.CharField("Kennung der Organisation", max_length=200)
    kind = models.CharField("Art", max_length=20, choices=ProposalKind.choices())
    # Texts by name of the column, as a form of the desk shows and reads them.
    before = models.JSONField("Bisher", default=dict, blank=True)
    after = models.JSONField("Vorgeschlagen", default=dict, blank=True)
    taken = models.JSONField("Übernommen", default=list, blank=True)
    by_function = models.CharField("Wer (Funktion)", max_length=200)
    day = models.DateField("Vorgeschlagen am")
    state = models.CharField(
        "Stand", max_length=20, choices=ProposalState.choices(), default=ProposalState.OPEN
    )
    decided = models.DateField("Entschieden am", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("proposal").one
        verbose_name_plural = term("proposal").many
        ordering = ["day", "name", "key"]
        indexes = [models.Index(fields=["tenant", "state"], name="proposal_open")]

    def __str__(self) -> str:
        return self.name
