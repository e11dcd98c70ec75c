"""What integration work is about: topics, target groups and tasks, each with its own history."""

from typing import ClassVar

from django.db import models

from gelingen.access.record import Record, valid_period
from gelingen.terms import term


class Topic(Record):
    """Themenfeld: a chapter of the plan, or a theme that cuts across all of them."""

    personal: ClassVar[dict[str, str]] = {}

    name = models.CharField("Name", max_length=200)
    cross_cutting = models.BooleanField("Querschnittsthema", default=False)
    order = models.PositiveIntegerField("Reihenfolge", default=0)
    above = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="gehört zu",
        related_name="below",
    )
    starts = models.DateField("Gilt ab", null=True, blank=True)
    ends = models.DateField("Gilt bis", null=True, blank=True)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, verbose_name="Nachfolger", related_name="replaces"
    )

    class Meta(Record.Meta):
        verbose_name = term("topic").one
        verbose_name_plural = term("topic").many
        ordering = ["cross_cutting", "order", "key"]
        constraints = [*Record.Meta.constraints, valid_period("topic_period")]


class TargetGroup(Record):
    """Zielgruppe: people whom an offer addresses; groups may share people."""

    personal: ClassVar[dict[str, str]] = {}

    name = models.CharField("Name", max_length=200)
    order = models.PositiveIntegerField("Reihenfolge", default=0)
    overlaps = models.ManyToManyField("self", blank=True, verbose_name="überschneidet sich mit")

    class Meta(Record.Meta):
        verbose_name = term("targetgroup").one
        verbose_name_plural = term("targetgroup").many
        ordering = ["order", "key"]


class Task(Record):
    """Aufgabe: something that somebody has to be responsible for."""

    personal: ClassVar[dict[str, str]] = {}

    name = models.CharField("Name", max_length=200)

    class Meta(Record.Meta):
        verbose_name = term("task").one
        verbose_name_plural = term("task").many
        ordering = ["key"]
