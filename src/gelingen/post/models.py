"""The outbox: what leaves the house by mail, before and after it is sent."""

from typing import ClassVar

from django.db import models

KEPT = "nach 90 Tagen gelöscht"


class OutgoingMail(models.Model):
    """Nachricht: one mail to one mailbox.

    A link that opens something stands apart from the words, which have a mark in its place. It is
    forgotten as soon as the mail is sent.
    """

    personal: ClassVar[dict[str, str]] = {
        "to": f"Postfach, kann auf eine Person schließen lassen; {KEPT}",
        "subject": f"freier Text; {KEPT}",
        "plain": f"freier Text; {KEPT}",
        "html": f"freier Text; {KEPT}",
        "link": "Verweis, der ohne Konto öffnet; nach dem Versand gelöscht",
    }

    tenant = models.ForeignKey(
        "access.Tenant", models.CASCADE, verbose_name="Mandant", related_name="+"
    )
    to = models.EmailField("An")
    subject = models.CharField("Betreff", max_length=200)
    plain = models.TextField("Text")
    html = models.TextField("Text als HTML")
    link = models.URLField("Verweis", max_length=500, blank=True)
    # Without a mail server the link may be tried by whoever may see the outbox; not this one.
    addressee_only = models.BooleanField("Verweis nur für die Person", default=False)
    why = models.CharField("Anlass", max_length=200)
    created = models.DateTimeField("Geschrieben")
    # Without a mail server it waits until somebody releases it.
    held = models.BooleanField("Zurückgehalten", default=False)
    sent = models.DateTimeField("Gesendet", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    tried = models.DateTimeField("Letzter Versuch", null=True, blank=True)
    error = models.CharField("Fehler", max_length=300, blank=True)

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"
        ordering = ["-created", "-pk"]
        indexes = [models.Index(fields=["sent", "held"], name="mail_unsent")]

    def __str__(self) -> str:
        return self.subject


class Attachment(models.Model):
    """Anlage: a file that goes with a mail, and is forgotten with it."""

    personal: ClassVar[dict[str, str]] = {"content": f"Datei der Nachricht; {KEPT}"}

    mail = models.ForeignKey(OutgoingMail, models.CASCADE, related_name="attachments")
    name = models.CharField("Dateiname", max_length=200)
    # With the parameters that it needs: "text/calendar; method=REQUEST".
    media_type = models.CharField("Dateiart", max_length=120)
    content = models.BinaryField("Inhalt")

    class Meta:
        verbose_name = "Anlage"
        verbose_name_plural = "Anlagen"
        ordering = ["mail", "pk"]

    def __str__(self) -> str:
        return self.name
