"""Papers, what was kept of them, the bodies that deliberate on them and what follows.

What a paper says stands in its fields and is kept whole in `PaperVersion.content`, as
`papers.content.Content` writes it, by name of the field.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gelingen.access.record import Record, valid_range
from gelingen.terms import term
from gelingen.terms.boards import Result
from gelingen.terms.papers import (
    ConsequenceKind,
    DeliberationRole,
    PaperKind,
    PaperState,
    VersionOccasion,
)

_PAPER = term("paper").one
_BODY = term("body").one
_KEPT = "bis die Vorlage gelöscht wird"


class Paper(Record):
    """Vorlage: what a body is asked to decide or to take note of.

    Of money, `once` is spent one time, `year` every year; `follow_up`, `funding` and `own` are
    yearly too. Ranges go from `_low` to `_high`; an empty amount is not known, 0.00 is nothing.
    """

    personal: ClassVar[dict[str, str]] = {
        "submitter": f"Funktion, die die Vorlage einbringt; {_KEPT}",
        "clerk": f"Funktion, die sie bearbeitet; {_KEPT}",
        "written_by": f"Konto, das zuletzt daran geschrieben hat; {_KEPT}",
        "released_by": f"Konto, das sie freigegeben hat; {_KEPT}",
    }

    kind = models.CharField(
        "Art", max_length=20, choices=PaperKind.choices(), default=PaperKind.RESOLUTION
    )
    number = models.CharField("Nummer der Vorlage", max_length=60, blank=True)
    file_reference = models.CharField("Aktenzeichen", max_length=120, blank=True)
    subject = models.CharField("Betreff", max_length=300)
    public = models.BooleanField("Öffentlich", default=True)
    day = models.DateField("Datum", null=True, blank=True)
    body = models.ForeignKey(
        "boards.Body",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Eingebracht von (Gremium)",
        related_name="papers",
    )
    submitter = models.CharField("Eingebracht von (Funktion)", max_length=200, blank=True)
    lead = models.ForeignKey(
        "register.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Federführend",
        related_name="papers",
    )
    clerk = models.CharField("Bearbeitung (Funktion)", max_length=200, blank=True)
    facts = models.TextField("Sachdarstellung", blank=True)
    proposal = models.TextField("Beschlussvorschlag", blank=True)
    once_low = models.DecimalField(
        "Einmalige Kosten von", max_digits=14, decimal_places=2, null=True, blank=True
    )
    once_high = models.DecimalField(
        "Einmalige Kosten bis", max_digits=14, decimal_places=2, null=True, blank=True
    )
    year_low = models.DecimalField(
        "Laufende Kosten im Jahr von", max_digits=14, decimal_places=2, null=True, blank=True
    )
    year_high = models.DecimalField(
        "Laufende Kosten im Jahr bis", max_digits=14, decimal_places=2, null=True, blank=True
    )
    follow_up = models.DecimalField(
        "Folgekosten im Jahr", max_digits=14, decimal_places=2, null=True, blank=True
    )
    funding_low = models.DecimalField(
        "Förderung im Jahr von", max_digits=14, decimal_places=2, null=True, blank=True
    )
    funding_high = models.DecimalField(
        "Förderung im Jahr bis", max_digits=14, decimal_places=2, null=True, blank=True
    )
    own_low = models.DecimalField(
        "Eigenanteil im Jahr von", max_digits=14, decimal_places=2, null=True, blank=True
    )
    own_high = models.DecimalField(
        "Eigenanteil im Jahr bis", max_digits=14, decimal_places=2, null=True, blank=True
    )
    money_source = models.TextField("Woher die Zahlen stammen", blank=True)
    budget_line = models.CharField("Haushaltsstelle", max_length=200, blank=True)
    cover = models.TextField("Deckung", blank=True)
    fte = models.DecimalField(
        "Stellen (VZÄ)", max_digits=8, decimal_places=2, null=True, blank=True
    )
    posts = models.TextField("Stellenplan", blank=True)
    alternatives = models.TextField("Alternativen", blank=True)
    refusal = models.TextField("Auswirkungen bei Ablehnung", blank=True)
    measures = models.ManyToManyField(
        "plan.Measure", blank=True, verbose_name=term("measure").many, related_name="papers"
    )
    selection = models.ForeignKey(
        "programme.Selection",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=term("selection").one,
        related_name="papers",
    )
    state = models.CharField(
        "Stand", max_length=20, choices=PaperState.choices(), default=PaperState.DRAFT
    )
    written_by = models.CharField("Zuletzt geschrieben von", max_length=150, blank=True)
    released = models.DateField("Freigegeben am", null=True, blank=True)
    released_by = models.CharField("Freigegeben von", max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("paper").one
        verbose_name_plural = term("paper").many
        ordering = ["-pk"]
        constraints = [
            *Record.Meta.constraints,
            valid_range("paper_once", "once"),
            valid_range("paper_year", "year"),
            valid_range("paper_funding", "funding"),
            valid_range("paper_own", "own"),
            models.UniqueConstraint(
                fields=["tenant", "number"],
                name="paper_number_once",
                condition=~Q(number=""),
                violation_error_message="Diese Nummer hat schon eine andere Vorlage.",
            ),
            models.CheckConstraint(
                name="paper_released_on",
                condition=~Q(state__in=[PaperState.RELEASED, PaperState.DONE])
                | Q(released__isnull=False),
                violation_error_message="Bitte sagen, wann sie freigegeben wurde.",
            ),
        ]

    def __str__(self) -> str:
        # The history, which more people read, names a paper without what it is about.
        return f"Vorlage {self.number}" if self.number else "Vorlage"


class PaperVersion(Record):
    """Fassung einer Vorlage: a paper as it was on a day, whole in itself."""

    personal: ClassVar[dict[str, str]] = {
        "by": f"Konto, das die Fassung festgehalten hat; {_KEPT}",
        "content": f"Wortlaut der Vorlage mit Funktionen; {_KEPT}",
    }

    paper = models.ForeignKey(Paper, models.CASCADE, verbose_name=_PAPER, related_name="versions")
    order = models.PositiveSmallIntegerField("Nummer der Fassung", default=1)
    occasion = models.CharField("Anlass", max_length=20, choices=VersionOccasion.choices())
    day = models.DateField("Tag")
    by = models.CharField("Festgehalten von", max_length=150)
    changed = models.TextField("Was sich geändert hat", blank=True)
    content = models.JSONField("Inhalt", default=dict, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("paperversion").one
        verbose_name_plural = term("paperversion").many
        ordering = ["paper", "order", "key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["paper", "order"],
                name="paper_version_once",
                violation_error_message="Diese Fassung gibt es schon.",
            ),
        ]

    def __str__(self) -> str:
        return f"Fassung {self.order}"


class Deliberation(Record):
    """Station der Beratungsfolge: a body deals with a paper, and what came of it.

    Those without a result are to come; the first of them is where the paper is.
    """

    personal: ClassVar[dict[str, str]] = {}

    paper = models.ForeignKey(
        Paper, models.CASCADE, verbose_name=_PAPER, related_name="deliberations"
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    body = models.ForeignKey(
        "boards.Body", models.PROTECT, verbose_name=_BODY, related_name="deliberations"
    )
    role = models.CharField("Aufgabe", max_length=20, choices=DeliberationRole.choices())
    planned = models.DateField("Geplant für", null=True, blank=True)
    item = models.ForeignKey(
        "boards.AgendaItem",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=term("agendaitem").one,
        related_name="deliberations",
    )
    result = models.CharField("Ergebnis", max_length=20, choices=Result.choices(), blank=True)
    adopted = models.TextField("Wortlaut, wie beschlossen", blank=True)
    yes = models.PositiveSmallIntegerField("Ja", null=True, blank=True)
    no = models.PositiveSmallIntegerField("Nein", null=True, blank=True)
    abstain = models.PositiveSmallIntegerField("Enthaltung", null=True, blank=True)
    noted = models.DateField("Beraten am", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("deliberation").one
        verbose_name_plural = term("deliberation").many
        ordering = ["paper", "order", "key"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="deliberation_noted",
                condition=Q(result="") | Q(noted__isnull=False),
                violation_error_message="Bitte sagen, an welchem Tag beraten wurde.",
            ),
        ]

    def __str__(self) -> str:
        return f"Station {self.order}"


class Consequence(Record):
    """Folge eines Beschlusses: what comes into being, and who looks after it until when.

    `thing` names the record that came into being, such as "measure:m01"; empty until it has.
    """

    personal: ClassVar[dict[str, str]] = {
        "responsible": f"Funktion, die sich kümmert; {_KEPT}",
    }

    paper = models.ForeignKey(
        Paper, models.CASCADE, verbose_name=_PAPER, related_name="consequences"
    )
    kind = models.CharField("Art", max_length=20, choices=ConsequenceKind.choices())
    text = models.CharField("Was folgt", max_length=300)
    responsible = models.CharField("Wer kümmert sich (Funktion)", max_length=200, blank=True)
    due = models.DateField("Bis wann", null=True, blank=True, help_text="Erster Tag danach.")
    done = models.DateField("Erledigt am", null=True, blank=True)
    thing = models.CharField("Entstanden ist", max_length=250, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("consequence").one
        verbose_name_plural = term("consequence").many
        ordering = ["paper", "pk"]

    def __str__(self) -> str:
        return "Folge eines Beschlusses"


class PaperRules(Record):
    """Regeln für Vorlagen: what a house asks of its papers. A tenant has one, or the defaults."""

    personal: ClassVar[dict[str, str]] = {}

    second_person = models.BooleanField("Eine zweite Person gibt frei", default=True)
    # Key of the file (`register.Attachment`) that papers are filled into; empty: the built-in one.
    template = models.CharField("Dokumentvorlage", max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("paperrules").one
        verbose_name_plural = term("paperrules").many
        ordering = ["key"]

    def __str__(self) -> str:
        return "Regeln für Vorlagen"
