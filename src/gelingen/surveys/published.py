"""What has left the desk: results as they were shown, and free texts that somebody released."""

from typing import ClassVar

from django.db import models

from gelingen.access.record import Record
from gelingen.terms import term


class Publication(Record):
    """Veröffentlichung: results that have left the desk, as they were shown.

    `shown` is what everybody may read for good:

        {"answers": 30, "columns": ["", group, …], "members": {group: [groups put together]},
         "questions": [{"key", "kind", "text", "steps": 5 or null,
                        "answered": {column: number or null},
                        "lines": [{"code", "label", "cells": {column: number or null},
                                   "means": {column: [number, mean] or null}}],
                        "means": {column: [number, mean] or null},
                        "spreads": {column: [number, low, high] or null}}, …]}

    The column "" is everybody; null is hidden. Early publications lack means and spreads.
    """

    personal: ClassVar[dict[str, str]] = {
        "by": "Funktion, die veröffentlicht hat; bis die Umfrage gelöscht wird",
    }

    survey = models.ForeignKey(
        "surveys.Survey",
        models.PROTECT,
        verbose_name=term("survey").one,
        related_name="publications",
    )
    day = models.DateField("Veröffentlicht am")
    by = models.CharField("Wer hat veröffentlicht (Funktion)", max_length=200)
    shown = models.JSONField("Was gezeigt wurde", default=dict)

    class Meta(Record.Meta):
        verbose_name = term("publication").one
        verbose_name_plural = term("publication").many
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return f"{self.survey}, {self.day:%d.%m.%Y}"


class PublishedCounts(models.Model):
    """What was counted for a publication, hidden numbers too, for the check of the next one.

    Each of `tables` is one table as `surveys.publishing` writes it. They go with the answers.
    """

    personal: ClassVar[dict[str, str]] = {
        "tables": "auch kleine Zahlen, die nicht gezeigt wurden; bis die Antworten gelöscht werden",
    }

    publication = models.OneToOneField(
        Publication, models.CASCADE, primary_key=True, related_name="counted"
    )
    tables = models.JSONField("Gezählt", default=list)

    class Meta:
        verbose_name = "Zählung zu einer Veröffentlichung"
        verbose_name_plural = "Zählungen zu Veröffentlichungen"

    def __str__(self) -> str:
        return "Zählung"


class TextRelease(Record):
    """Freigabe eines Textes: somebody has read it, and taken out who could be recognised."""

    personal: ClassVar[dict[str, str]] = {
        "text": "freigegebener Wortlaut ohne Namen; bis die Freigabe zurückgenommen wird",
        "by": "Funktion, die freigegeben hat; bis die Freigabe zurückgenommen wird",
    }

    survey = models.ForeignKey(
        "surveys.Survey",
        models.CASCADE,
        verbose_name=term("survey").one,
        related_name="released_texts",
    )
    question = models.CharField("Kennung der Frage", max_length=200)
    answer = models.CharField("Kennung der Antwort", max_length=40)
    text = models.TextField("Freigegebener Wortlaut")
    day = models.DateField("Freigegeben am")
    by = models.CharField("Wer hat freigegeben (Funktion)", max_length=200)

    class Meta(Record.Meta):
        verbose_name = term("textrelease").one
        verbose_name_plural = term("textrelease").many
        ordering = ["question", "pk"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["survey", "question", "answer"],
                name="text_released_once",
                violation_error_message="Dieser Text ist schon freigegeben.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
