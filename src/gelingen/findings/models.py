"""What the analyses found, since when, and what people decided about it."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from gelingen.access.record import Record
from gelingen.terms import term
from gelingen.terms.vocabulary import Decision, FindingKind


class Finding(Record):
    """Befund: a result of the analyses with a key that survives the next run."""

    personal: ClassVar[dict[str, str]] = {}

    kind = models.CharField("Art", max_length=30, choices=FindingKind.choices())
    sentence = models.TextField("Befund")
    values = models.JSONField("Werte", encoder=DjangoJSONEncoder, default=dict)
    evidence = models.JSONField("Grundlage", default=list)
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, blank=True, verbose_name=term("topic").one
    )
    weight = models.FloatField("Gewicht", default=0)
    first_seen = models.DateField("Zuerst festgestellt")
    last_seen = models.DateField("Zuletzt festgestellt")
    resolved = models.DateField("Nicht mehr festgestellt seit", null=True, blank=True)
    reappeared = models.DateField("Erneut festgestellt am", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("finding").one
        verbose_name_plural = term("finding").many
        ordering = ["-weight", "key"]

    def __str__(self) -> str:
        return self.sentence


class Verdict(Record):
    """Bewertung: what people decided about a finding; it holds until it is replaced."""

    personal: ClassVar[dict[str, str]] = {
        "by_function": "Funktion, die bewertet hat; bis der Befund gelöscht wird",
    }

    finding = models.ForeignKey(
        Finding, models.CASCADE, verbose_name=term("finding").one, related_name="verdicts"
    )
    decision = models.CharField("Bewertung", max_length=20, choices=Decision.choices())
    reason = models.TextField("Begründung")
    by_function = models.CharField("Wer (Funktion)", max_length=200)
    day = models.DateField("Tag")
    measure = models.ForeignKey(
        "plan.Measure",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=term("measure").one,
        related_name="verdicts",
    )

    class Meta(Record.Meta):
        verbose_name = term("verdict").one
        verbose_name_plural = term("verdict").many
        ordering = ["day", "pk"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="verdict_names_its_measure",
                condition=~models.Q(decision="to_solve") | models.Q(measure__isnull=False),
                violation_error_message="Bitte die Maßnahme angeben, die den Befund löst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.reason}"
