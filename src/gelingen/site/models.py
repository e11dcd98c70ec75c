"""What stands on the public site beside the released editions of the plan.

What is a draft is shown to nobody outside. Who may write here, decides what everybody reads: it is
the same right as for releasing an edition.
"""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from gelingen.access.record import Record
from gelingen.terms import term
from gelingen.terms.site import (
    SITE_LANGUAGES,
    CheckMethod,
    Conformity,
    PublicState,
    SitePage,
    TextOrigin,
)
from gelingen.terms.surveys import Language


class SiteSettings(Record):
    """Webseite: whether a tenant has a public site, and what its frame says. One or none.

    `languages` and `checked_languages` are lists of codes: in which the frame is offered beside
    German, and in which somebody has checked what a machine wrote.
    """

    personal: ClassVar[dict[str, str]] = {
        "contact_name": "Stelle, die Auskunft gibt, keine Person; bis sie gelöscht wird",
        "contact_email": "Postfach der Stelle; bis es gelöscht wird",
        "contact_phone": "Nummer der Stelle; bis sie gelöscht wird",
    }

    switched_on = models.BooleanField("Eingeschaltet", default=False)
    title = models.CharField("Titel der Webseite", max_length=150, blank=True)
    lead = models.TextField("Worum es geht", blank=True)
    mandate = models.TextField("Auftrag", blank=True)
    period = models.CharField("Zeitraum", max_length=150, blank=True)
    partners = models.TextField("Beteiligte", blank=True)
    partner_region = models.TextField("Partnerregion", blank=True)
    support = models.TextField("Wissenschaftliche Begleitung", blank=True)
    funder_notice = models.TextField("Hinweis der Förderung", blank=True)
    contact_name = models.CharField("Ansprechstelle (Funktion)", max_length=200, blank=True)
    contact_email = models.EmailField("Postfach der Stelle", blank=True)
    contact_phone = models.CharField("Telefon der Stelle", max_length=60, blank=True)
    contact_address = models.TextField("Anschrift", blank=True)
    contact_hours = models.CharField("Sprechzeiten", max_length=200, blank=True)
    imprint = models.TextField("Impressum", blank=True)
    privacy = models.TextField("Datenschutz", blank=True)
    languages = models.JSONField("Weitere Sprachen", default=list, blank=True)
    checked_languages = models.JSONField("Geprüfte Sprachen", default=list, blank=True)
    conformity = models.CharField(
        "Barrierefreiheit", max_length=10, choices=Conformity.choices(), blank=True
    )
    barriers = models.TextField("Was nicht barrierefrei ist und warum", blank=True)
    check_method = models.CharField(
        "Wie geprüft wurde", max_length=10, choices=CheckMethod.choices(), blank=True
    )
    statement_on = models.DateField("Erklärung erstellt am", null=True, blank=True)
    reviewed_on = models.DateField("Zuletzt überprüft am", null=True, blank=True)
    enforcement = models.TextField("Durchsetzungsstelle", blank=True)
    # Keys of surveys with an open link that are offered to everybody.
    surveys = models.JSONField("Umfragen zum Mitmachen", default=list, blank=True)
    # Pages of others may show the state of the goals in a frame.
    embedding = models.BooleanField("Einbetten erlauben", default=True)

    class Meta(Record.Meta):
        verbose_name = term("sitesettings").one
        verbose_name_plural = term("sitesettings").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant"],
                name="site_settings_once",
                violation_error_message="Diese Webseite gibt es schon.",
            ),
        ]

    def __str__(self) -> str:
        return self.title or "Webseite"

    def clean(self) -> None:
        """Refuse languages in which the site does not speak."""
        super().clean()
        known = {one.value for one in SITE_LANGUAGES}
        for name in ("languages", "checked_languages"):
            if not set(getattr(self, name)) <= known:
                raise ValidationError({name: "In dieser Sprache gibt es die Webseite nicht."})


class _Shown(Record):
    """What the county writes for the site: a draft until somebody publishes it."""

    state = models.CharField(
        "Stand", max_length=20, choices=PublicState.choices(), default=PublicState.DRAFT
    )

    class Meta(Record.Meta):
        abstract = True

    @property
    def out(self) -> bool:
        """Whether everybody may read it."""
        return self.state == PublicState.PUBLISHED


class News(_Shown):
    """Nachricht: what is new, with the day that stands above it; shown from that day on."""

    personal: ClassVar[dict[str, str]] = {}

    title = models.CharField("Überschrift", max_length=200)
    day = models.DateField("Tag")
    text = models.TextField("Text", blank=True)

    class Meta(_Shown.Meta):
        verbose_name = term("news").one
        verbose_name_plural = term("news").many
        ordering = ["-day", "-pk"]


class SiteQuestion(_Shown):
    """Häufige Frage: what people often ask, and the answer."""

    personal: ClassVar[dict[str, str]] = {}

    order = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    title = models.CharField("Frage", max_length=250)
    text = models.TextField("Antwort", blank=True)

    class Meta(_Shown.Meta):
        verbose_name = term("sitequestion").one
        verbose_name_plural = term("sitequestion").many
        ordering = ["order", "pk"]


class Occasion(_Shown):
    """Termin zum Mitmachen: when and where people can take part."""

    personal: ClassVar[dict[str, str]] = {}

    title = models.CharField("Was", max_length=200)
    day = models.DateField("Tag")
    begins = models.TimeField("Beginn", null=True, blank=True)
    place = models.CharField("Ort", max_length=200, blank=True)
    text = models.TextField("Text", blank=True)

    class Meta(_Shown.Meta):
        verbose_name = term("occasion").one
        verbose_name_plural = term("occasion").many
        ordering = ["day", "pk"]


class PageText(_Shown):
    """Seitentext: own words at the beginning of a page, in one language."""

    personal: ClassVar[dict[str, str]] = {}

    page = models.CharField("Seite", max_length=20, choices=SitePage.choices())
    language = models.CharField(
        "Sprache", max_length=12, choices=Language.choices(), default=Language.DE
    )
    text = models.TextField("Text")
    origin = models.CharField(
        "Herkunft", max_length=10, choices=TextOrigin.choices(), default=TextOrigin.PEOPLE
    )

    class Meta(_Shown.Meta):
        verbose_name = term("pagetext").one
        verbose_name_plural = term("pagetext").many
        ordering = ["page", "language"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "page", "language"],
                name="page_text_once",
                violation_error_message="Diese Seite hat in dieser Sprache schon einen Text.",
            ),
            models.CheckConstraint(
                name="page_text_machine",
                condition=~Q(language=Language.DE) | Q(origin=TextOrigin.PEOPLE),
                violation_error_message="Der deutsche Text ist keine Übersetzung.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_page_display()} ({self.get_language_display()})"


class SiteReport(Record):
    """Veröffentlichter Bericht: one form of the public version of a released report.

    What is there everybody may read; what is taken from the site is removed.
    """

    personal: ClassVar[dict[str, str]] = {}

    report = models.ForeignKey(
        "yearly.YearReport",
        models.PROTECT,
        verbose_name=term("yearreport").one,
        related_name="public_files",
    )
    day = models.DateField("Veröffentlicht am")
    format = models.CharField("Format", max_length=10)
    size = models.PositiveBigIntegerField("Größe in Byte")
    checksum = models.CharField("Prüfsumme (SHA-256)", max_length=64)
    file = models.FileField("Datei", upload_to="webseite", max_length=300)

    class Meta(Record.Meta):
        verbose_name = term("sitereport").one
        verbose_name_plural = term("sitereport").many
        ordering = ["report", "format"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["report", "format"],
                name="site_report_once",
                violation_error_message="In diesem Format steht er schon auf der Webseite.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.format.upper()})"
