"""Files that people have sent for import, and what they said about their heads."""

from typing import ClassVar

from django.db import models


class Upload(models.Model):
    """Hochgeladene Arbeitsmappe: on its way from the first look to the import."""

    personal: ClassVar[dict[str, str]] = {
        "user": "gehört zu einem Konto; nach 30 Tagen gelöscht, spätestens mit dem Konto",
        "name": "Name der Datei, kann eine Person nennen; nach 30 Tagen gelöscht, mit der Datei",
        "complaint": "Fehlertext, kann Inhalte der Datei nennen; nach 30 Tagen gelöscht",
    }

    key = models.CharField(max_length=32, primary_key=True)
    tenant = models.ForeignKey("access.Tenant", models.CASCADE, related_name="+")
    user = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    name = models.CharField("Name der Datei", max_length=120)
    # No choices: a new state (terms.desk.UploadState) is no new form of the table.
    state = models.CharField("Stand", max_length=20)
    at = models.DateTimeField("hochgeladen")
    expires = models.DateTimeField("wird gelöscht")
    # Since when it is being checked or written; who works on it knows the file by this moment.
    begun = models.DateTimeField("wird bearbeitet seit", null=True, blank=True)
    lines = models.PositiveIntegerField("Zeilen", default=0)
    # Which preview lies beside the file; empty: none so far.
    digest = models.CharField(max_length=64, blank=True)
    # The undertaking that wrote it; empty: not written.
    batch = models.CharField(max_length=32, blank=True, db_index=True)
    complaint = models.TextField("Grund des Abbruchs", blank=True)

    class Meta:
        verbose_name = "hochgeladene Arbeitsmappe"
        verbose_name_plural = "hochgeladene Arbeitsmappen"
        ordering = ["-at", "key"]

    def __str__(self) -> str:
        return self.name


class HeadMapping(models.Model):
    """Zuordnung: a list that people have mapped, see `workbook.sources.Source`."""

    personal: ClassVar[dict[str, str]] = {}

    tenant = models.ForeignKey("access.Tenant", models.CASCADE, related_name="+")
    title = models.CharField("Blatt der Datei", max_length=300, blank=True)
    heads = models.JSONField("Spaltenköpfe", default=list)
    sheet = models.CharField("Blatt der Arbeitsmappe", max_length=40, blank=True)
    columns = models.JSONField("Spalten", default=dict)
    at = models.DateTimeField("zugeordnet")

    class Meta:
        verbose_name = "Zuordnung"
        verbose_name_plural = "Zuordnungen"
        # What was said last counts first.
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.title}: {self.sheet}"


class FigureMapping(models.Model):
    """Zuordnung amtlicher Tabellen: what the series and territories of one form are here.

    One for each tenant and form of table (`official.Shape`); see `figures.mapping.Answers`.
    """

    personal: ClassVar[dict[str, str]] = {}

    tenant = models.ForeignKey("access.Tenant", models.CASCADE, related_name="+")
    # No choices: a new form is no new form of the database.
    shape = models.CharField("Form der Tabelle", max_length=20)
    series = models.JSONField("Merkmale", default=dict)
    places = models.JSONField("Gebiete", default=dict)
    sources = models.JSONField("Quellen", default=dict)
    at = models.DateTimeField("zugeordnet")

    class Meta:
        verbose_name = "Zuordnung amtlicher Tabellen"
        verbose_name_plural = "Zuordnungen amtlicher Tabellen"
        ordering = ["shape"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "shape"], name="figure_mapping_once")
        ]

    def __str__(self) -> str:
        return self.shape
