"""What a person keeps at their own desk. None of it is a record of the county."""

from typing import ClassVar

from django.db import models

LONGEST = 300  # characters by which a form or a row is named
_PERSON = "gehört zu einem Konto; wird mit dem Konto gelöscht"


class Kept(models.Model):
    """Something that one person keeps in one tenant."""

    personal: ClassVar[dict[str, str]] = {"user": _PERSON}

    user = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    tenant = models.ForeignKey("access.Tenant", models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Draft(Kept):
    """What a person typed into a form and has not saved yet."""

    personal: ClassVar[dict[str, str]] = {
        "user": _PERSON,
        "texts": "Eingaben, die Personen nennen können; nach 60 Tagen gelöscht",
    }

    form = models.CharField(max_length=LONGEST)
    texts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "tenant", "form"], name="draft_once")
        ]


class SavedView(Kept):
    """Gespeicherte Ansicht: a list as a person likes to see it, perhaps for all of the tenant."""

    page = models.CharField(max_length=60)
    name = models.CharField("Name der Ansicht", max_length=80)
    query = models.TextField(blank=True)
    shared = models.BooleanField("für alle sichtbar", default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "tenant", "page", "name"],
                name="view_once",
                violation_error_message="Eine Ansicht mit diesem Namen haben Sie schon.",
            )
        ]


class Postponed(Kept):
    """A row of the worklist that a person has put off until a day."""

    row = models.CharField(max_length=LONGEST)
    until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "tenant", "row"], name="postponed_once")
        ]


class Visit(Kept):
    """Until when a person has seen what happened: the moment, and the installation's day then."""

    personal: ClassVar[dict[str, str]] = {
        "user": _PERSON,
        "at": "letzter Besuch; wird mit dem Konto gelöscht",
    }

    at = models.DateTimeField()
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "tenant"], name="visit_once")]


class DeadlineLink(Kept):
    """Fristenkalender: whoever knows the link reads a person's deadlines; its hash is kept."""

    token_hash = models.CharField("Prüfsumme des Verweises", max_length=64, unique=True)
    made = models.DateField("Vergeben am")

    class Meta:
        verbose_name = "Fristenkalender"
        verbose_name_plural = "Fristenkalender"
        constraints = [
            models.UniqueConstraint(fields=["user", "tenant"], name="deadline_link_once")
        ]
