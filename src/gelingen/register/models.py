"""The inventory: who works on integration with what, for whom, until when, paid by whom."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gelingen.access.record import Record, between, valid_period, valid_range
from gelingen.register.given import Share  # noqa: F401 - Django finds the models of an app here
from gelingen.terms import term
from gelingen.terms.vocabulary import (
    Afterwards,
    AgreementState,
    Basis,
    CooperationKind,
    Duty,
    EndKind,
    Function,
    FundingState,
    Level,
    OrganisationKind,
    Permanence,
    ReportedBy,
    ResponsibilityKind,
    StructureKind,
)

_TOPIC = term("topic").one
_GROUP = term("targetgroup").one
_PLACE = term("territory").one


class Organisation(Record):
    """Organisation: an authority, association or company, or a unit of one."""

    personal: ClassVar[dict[str, str]] = {
        "contact": "Funktion der Ansprechstelle; wird mit der Organisation gelöscht",
        "mailbox": (
            "Funktionspostfach, kann auf eine Person schließen lassen; "
            "wird mit der Organisation gelöscht"
        ),
    }

    name = models.CharField("Name", max_length=250)
    kind = models.CharField("Art", max_length=20, choices=OrganisationKind.choices(), blank=True)
    level = models.CharField("Ebene", max_length=20, choices=Level.choices(), blank=True)
    above = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="gehört zu",
        related_name="units",
    )
    seat = models.ForeignKey(
        "places.Territory", models.PROTECT, null=True, blank=True, verbose_name="Sitz"
    )
    website = models.URLField("Internetseite", max_length=300, blank=True)
    contact = models.CharField("Ansprechstelle (Funktion)", max_length=200, blank=True)
    mailbox = models.EmailField("Funktionspostfach", blank=True)
    ends = models.DateField("Bestand bis", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("organisation").one
        verbose_name_plural = term("organisation").many
        ordering = ["key"]


class Structure(Record):
    """Struktur: an office, post, service, board, network or project."""

    personal: ClassVar[dict[str, str]] = {}

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Träger", related_name="structures"
    )
    name = models.CharField("Name", max_length=250)
    kind = models.CharField("Art", max_length=20, choices=StructureKind.choices(), blank=True)
    level = models.CharField("Ebene", max_length=20, choices=Level.choices(), blank=True)
    function = models.CharField("Funktion", max_length=20, choices=Function.choices())
    duty = models.CharField("Pflicht", max_length=20, choices=Duty.choices(), blank=True)
    permanence = models.CharField(
        "Dauerhaftigkeit", max_length=20, choices=Permanence.choices(), blank=True
    )
    capacity_low = models.DecimalField(
        "Kapazität von", max_digits=12, decimal_places=2, null=True, blank=True
    )
    capacity_high = models.DecimalField(
        "Kapazität bis", max_digits=12, decimal_places=2, null=True, blank=True
    )
    capacity_unit = models.CharField("Einheit der Kapazität", max_length=80, blank=True)
    fte = models.DecimalField("VZÄ", max_digits=7, decimal_places=2, null=True, blank=True)
    languages = models.CharField("Sprachen", max_length=200, blank=True)
    starts = models.DateField("Beginn", null=True, blank=True)
    ends = models.DateField("Ende", null=True, blank=True)
    ends_kind = models.CharField(
        "Angabe zum Ende", max_length=20, choices=EndKind.choices(), default=EndKind.UNKNOWN
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Nachfolger",
        related_name="predecessors",
    )
    last_confirmed = models.DateField("Zuletzt bestätigt", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("structure").one
        verbose_name_plural = term("structure").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            valid_period("structure_period"),
            valid_range("structure_capacity", "capacity"),
        ]


class Post(Record):
    """Stelle: which share of a post works on which task."""

    personal: ClassVar[dict[str, str]] = {
        "function": (
            "Funktion der Stelle, bei Einzelstellen auf eine Person beziehbar; "
            "bis die Stelle gelöscht wird"
        ),
    }

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=term("organisation").one, related_name="posts"
    )
    function = models.CharField("Funktion der Stelle", max_length=200)
    task = models.ForeignKey(
        "topics.Task", models.PROTECT, null=True, blank=True, verbose_name=term("task").one
    )
    structure = models.ForeignKey(
        Structure,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Struktur",
        related_name="posts",
    )
    percent = models.DecimalField(
        "Anteil für die Aufgabe in Prozent", max_digits=5, decimal_places=2, null=True, blank=True
    )
    fte = models.DecimalField(
        "VZÄ der Stelle", max_digits=6, decimal_places=2, null=True, blank=True
    )
    starts = models.DateField("Beginn", null=True, blank=True)
    ends = models.DateField("Ende", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("post").one
        verbose_name_plural = term("post").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            valid_period("post_period"),
            between("post_percent", "percent", 0, 100),
        ]

    def __str__(self) -> str:
        return self.function


class Reach(Record):
    """Reichweite: what a structure works on, for whom and where."""

    personal: ClassVar[dict[str, str]] = {}

    structure = models.ForeignKey(
        Structure, models.CASCADE, verbose_name="Struktur", related_name="reach"
    )
    topic = models.ForeignKey("topics.Topic", models.PROTECT, verbose_name=_TOPIC)
    target_group = models.ForeignKey("topics.TargetGroup", models.PROTECT, verbose_name=_GROUP)
    territory = models.ForeignKey("places.Territory", models.PROTECT, verbose_name=_PLACE)

    class Meta(Record.Meta):
        verbose_name = term("reach").one
        verbose_name_plural = term("reach").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["structure", "topic", "target_group", "territory"],
                name="reach_once",
                violation_error_message="Diese Reichweite ist schon eingetragen.",
            ),
        ]


class Funding(Record):
    """Finanzierung: money from one source for one period [starts, ends)."""

    personal: ClassVar[dict[str, str]] = {}

    structure = models.ForeignKey(
        Structure, models.CASCADE, verbose_name="Struktur", related_name="fundings"
    )
    programme = models.CharField("Programm", max_length=250, blank=True)
    funder = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Geldgeber",
        related_name="gives",
    )
    funder_level = models.CharField(
        "Ebene des Geldgebers", max_length=20, choices=Level.choices(), blank=True
    )
    share_percent = models.DecimalField(
        "Anteil in Prozent", max_digits=5, decimal_places=2, null=True, blank=True
    )
    eur_per_year = models.DecimalField(
        "EUR im Jahr", max_digits=14, decimal_places=2, null=True, blank=True
    )
    eur_total = models.DecimalField(
        "EUR insgesamt", max_digits=14, decimal_places=2, null=True, blank=True
    )
    starts = models.DateField("Beginn", null=True, blank=True)
    ends = models.DateField("Ende", null=True, blank=True)
    ends_kind = models.CharField(
        "Angabe zum Ende", max_length=20, choices=EndKind.choices(), default=EndKind.UNKNOWN
    )
    state = models.CharField(
        "Stand", max_length=20, choices=FundingState.choices(), default=FundingState.UNKNOWN
    )
    probability = models.DecimalField(
        "Wahrscheinlichkeit in Prozent", max_digits=5, decimal_places=2, null=True, blank=True
    )
    deadline = models.DateField("Antragsfrist", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("funding").one
        verbose_name_plural = term("funding").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            valid_period("funding_period"),
            between("funding_share", "share_percent", 0, 100),
            between("funding_probability", "probability", 0, 100),
        ]

    def __str__(self) -> str:
        return self.programme or (self.funder.name if self.funder else self.key)


class Responsibility(Record):
    """Zuständigkeit: which unit does which task for whom and where, and on what basis."""

    personal: ClassVar[dict[str, str]] = {}

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=term("organisation").one,
        related_name="responsibilities",
    )
    task = models.ForeignKey("topics.Task", models.PROTECT, verbose_name=term("task").one)
    topic = models.ForeignKey("topics.Topic", models.PROTECT, verbose_name=_TOPIC)
    target_group = models.ForeignKey("topics.TargetGroup", models.PROTECT, verbose_name=_GROUP)
    territory = models.ForeignKey("places.Territory", models.PROTECT, verbose_name=_PLACE)
    level = models.CharField("Ebene", max_length=20, choices=Level.choices(), blank=True)
    kind = models.CharField("Art", max_length=20, choices=ResponsibilityKind.choices())
    basis = models.CharField("Grundlage", max_length=20, choices=Basis.choices(), blank=True)
    starts = models.DateField("Beginn", null=True, blank=True)
    ends = models.DateField("Ende", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("responsibility").one
        verbose_name_plural = term("responsibility").many
        ordering = ["key"]
        constraints = [*Record.Meta.constraints, valid_period("responsibility_period")]


class Cooperation(Record):
    """Zusammenarbeit: two organisations that work together, and who says so."""

    personal: ClassVar[dict[str, str]] = {}

    a = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Organisation", related_name="ties_from"
    )
    b = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="arbeitet zusammen mit", related_name="ties_to"
    )
    kind = models.CharField("Art", max_length=20, choices=CooperationKind.choices(), blank=True)
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, blank=True, verbose_name=_TOPIC
    )
    intensity = models.PositiveSmallIntegerField("Stärke (0 bis 3)", null=True, blank=True)
    reported_by = models.CharField(
        "Genannt von", max_length=10, choices=ReportedBy.choices(), default=ReportedBy.THIRD
    )
    starts = models.DateField("Beginn", null=True, blank=True)
    ends = models.DateField("Ende", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("cooperation").one
        verbose_name_plural = term("cooperation").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            valid_period("cooperation_period"),
            between("cooperation_intensity", "intensity", 0, 3),
            models.CheckConstraint(
                name="cooperation_of_two",
                condition=~Q(a=F("b")),
                violation_error_message="Zusammenarbeit braucht zwei verschiedene Organisationen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a} – {self.b}"


class Attachment(Record):
    """Datei: a paper that belongs to a record, for the desk only or for the public too."""

    personal: ClassVar[dict[str, str]] = {
        "file": "Inhalt kann Personen nennen; bis die Datei gelöscht wird",
        "title": "Titel kann Personen nennen; bis die Datei gelöscht wird",
    }

    subject = models.CharField("Gehört zu", max_length=250, db_index=True)
    title = models.CharField("Titel", max_length=200)
    file = models.FileField("Datei", upload_to="%Y/%m", max_length=300)
    media_type = models.CharField("Dateiart", max_length=100)
    size = models.PositiveBigIntegerField("Größe in Byte")
    public = models.BooleanField("öffentlich", default=False)

    class Meta(Record.Meta):
        verbose_name = term("attachment").one
        verbose_name_plural = term("attachment").many
        ordering = ["key"]


class Agreement(Record):
    """Vereinbarung: which of several units leads a task from a day on, once all have agreed.

    `consents` holds one entry for each unit that has agreed: its key, the day and the function.
    """

    personal: ClassVar[dict[str, str]] = {
        "proposed_by": (
            "Kennung der Person, die vorgeschlagen hat; wird mit der Vereinbarung gelöscht"
        ),
        "consents": (
            "Funktion, die bestätigt hat, bei Einzelstellen auf eine Person beziehbar; "
            "wird mit der Vereinbarung gelöscht"
        ),
    }

    task = models.ForeignKey("topics.Task", models.PROTECT, verbose_name=term("task").one)
    topic = models.ForeignKey("topics.Topic", models.PROTECT, verbose_name=_TOPIC)
    target_group = models.ForeignKey("topics.TargetGroup", models.PROTECT, verbose_name=_GROUP)
    territory = models.ForeignKey("places.Territory", models.PROTECT, verbose_name=_PLACE)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Federführung", related_name="agreed_leads"
    )
    others = models.ManyToManyField(
        Organisation, blank=True, verbose_name="Beteiligte", related_name="agreements"
    )
    afterwards = models.CharField(
        "Die anderen", max_length=20, choices=Afterwards.choices(), default=Afterwards.PARTICIPATE
    )
    starts = models.DateField("Gilt ab")
    basis = models.CharField("Grundlage", max_length=20, choices=Basis.choices())
    proposed_by = models.CharField("Vorgeschlagen von", max_length=150)
    consents = models.JSONField("Bestätigungen", default=list, blank=True)
    state = models.CharField(
        "Stand", max_length=20, choices=AgreementState.choices(), default=AgreementState.OPEN
    )

    class Meta(Record.Meta):
        verbose_name = term("agreement").one
        verbose_name_plural = term("agreement").many
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.task}: {self.lead}"
