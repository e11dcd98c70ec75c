"""What was decided on what people answered; the answers themselves stay with their survey."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gelingen.access.record import Record
from gelingen.terms import term
from gelingen.terms.asking import ReviewState


class Decision(Record):
    """Sichtung: what became of one thing that somebody answered.

    Nothing of the answer is repeated here: it is deleted with its survey, the decision stays.
    """

    personal: ClassVar[dict[str, str]] = {}

    subject = models.CharField("Gesichtet", max_length=250)
    state = models.CharField("Entschieden", max_length=20, choices=ReviewState.choices())
    # What came of it, as papers cite records: "need:key", "organisation:key".
    result = models.CharField("Daraus wurde", max_length=250, blank=True)
    reason = models.CharField("Begründung", max_length=300, blank=True)
    day = models.DateField("Tag")
    # The undertaking, so that what was answered anew can take its place.
    batch = models.CharField("Vorgang", max_length=32, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("decision").one
        verbose_name_plural = term("decision").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "subject"],
                name="decided_once",
                violation_error_message="Darüber ist schon entschieden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.result or self.subject}"


class SameName(Record):
    """Namensgleichheit: somebody decided which organisation a name means, or does not mean.

    Holds for the name wherever it is written, also in later surveys and imports.
    """

    personal: ClassVar[dict[str, str]] = {
        "written": "Name einer Organisation, wie er genannt wurde; bis die Entscheidung fällt",
    }

    written = models.CharField("Genannter Name", max_length=250)
    organisation = models.CharField("Kennung der Organisation", max_length=200)
    same = models.BooleanField("dieselbe")

    class Meta(Record.Meta):
        verbose_name = term("samename").one
        verbose_name_plural = term("samename").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "written", "organisation"],
                name="name_decided_once",
                violation_error_message="Darüber ist schon entschieden.",
            ),
            # A name means one organisation at most.
            models.UniqueConstraint(
                fields=["tenant", "written"],
                condition=Q(same=True),
                name="name_means_one",
                violation_error_message="Dieser Name steht schon für eine andere Organisation.",
            ),
        ]

    def __str__(self) -> str:
        return self.written
