"""What somebody from outside said about a public page."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gelingen.terms.feedback import FeedbackState

_KEPT = "365 Tage nach dem Eingang gelöscht"


class Feedback(models.Model):
    """Rückmeldung: a few words about one page, and what became of them.

    It is no record of the domain: who wrote it may be a private person, so nothing of it stays in
    versions or events. Its key comes from the form: who sends a form twice said it once.
    """

    personal: ClassVar[dict[str, str]] = {
        "message": f"freier Text von außen; {_KEPT}",
        "mailbox": "Postfach, wenn jemand eines nennt; 30 Tage nach der Erledigung gelöscht",
        "answer": f"freier Text; {_KEPT}",
        "handled_by": f"Name des Kontos, das geantwortet hat; {_KEPT}",
    }

    tenant = models.ForeignKey(
        "access.Tenant", models.CASCADE, verbose_name="Mandant", related_name="+"
    )
    key = models.CharField("Kennung", max_length=64)
    page = models.CharField("Seite", max_length=300, blank=True)
    message = models.TextField("Text")
    mailbox = models.EmailField("Postfach für die Antwort", blank=True)
    received = models.DateTimeField("Eingegangen")
    state = models.CharField(
        "Stand", max_length=20, choices=FeedbackState.choices(), default=FeedbackState.NEW
    )
    answer = models.TextField("Antwort oder Vermerk", blank=True)
    handled = models.DateTimeField("Erledigt", null=True, blank=True)
    handled_by = models.CharField("Erledigt von", max_length=200, blank=True)
    version = models.PositiveIntegerField("Fassung", default=1)

    class Meta:
        verbose_name = "Rückmeldung"
        verbose_name_plural = "Rückmeldungen"
        ordering = ["-received", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "key"],
                name="feedback_once",
                violation_error_message="Diese Rückmeldung ist schon da.",
            ),
            models.CheckConstraint(
                name="feedback_handled",
                condition=Q(state=FeedbackState.NEW, handled__isnull=True)
                | (~Q(state=FeedbackState.NEW) & Q(handled__isnull=False)),
                violation_error_message="Erledigt ist, was einen Tag der Erledigung hat.",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "state"], name="feedback_open")]

    def __str__(self) -> str:
        return f"Rückmeldung {self.pk}"
