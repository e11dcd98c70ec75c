"""Reports on a plan: their texts, what they conclude for goals and measures, the released files.

A draft reads its figures from the records. On release they are kept in `YearReport.content`, as
`reports.yearly` writes it, and in the files; from then on nothing of it changes.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from gelingen.access.record import Record, valid_period
from gelingen.history.recorded import Past
from gelingen.terms import term
from gelingen.terms.yearly import Chapter, ReportKind, ReportState, Verdict

_REPORT = term("yearreport").one
_KEPT = "bis der Bericht gelöscht wird"
FROZEN = (
    "Dieser Bericht ist freigegeben und bleibt, wie er ist. Was anders zu sagen ist, kommt in den "
    "nächsten."
)


class YearReport(Record):
    """Bericht über den Plan: what became of a plan in a period, and what follows from it."""

    personal: ClassVar[dict[str, str]] = {
        "released_by": f"Konto, das den Bericht freigegeben hat; {_KEPT}",
    }

    plan = models.ForeignKey(
        "plan.Plan", models.PROTECT, verbose_name=term("plan").one, related_name="reports"
    )
    kind = models.CharField(
        "Art", max_length=20, choices=ReportKind.choices(), default=ReportKind.YEARLY
    )
    title = models.CharField("Titel", max_length=250)
    starts = models.DateField("Beginn")
    ends = models.DateField("Ende", help_text="Erster Tag danach.")
    state = models.CharField(
        "Stand", max_length=20, choices=ReportState.choices(), default=ReportState.DRAFT
    )
    released = models.DateField("Freigegeben am", null=True, blank=True)
    released_by = models.CharField("Freigegeben von", max_length=150, blank=True)
    content = models.JSONField("Zahlen bei der Freigabe", default=dict, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("yearreport").one
        verbose_name_plural = term("yearreport").many
        ordering = ["-ends", "-starts", "key"]
        constraints = [
            *Record.Meta.constraints,
            valid_period("year_report_period"),
            models.CheckConstraint(
                name="year_report_released_on",
                condition=~Q(state=ReportState.RELEASED) | Q(released__isnull=False),
                violation_error_message="Bitte sagen, wann der Bericht freigegeben wurde.",
            ),
        ]

    def clean(self) -> None:
        """Refuse to change what is released."""
        super().clean()
        refuse_frozen([self.pk])

    def save(self, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        """Refuse to change what is released."""
        refuse_frozen([self.pk])
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401
        """Refuse to delete what is released."""
        refuse_frozen([self.pk])
        return super().delete(*args, **kwargs)

    @classmethod
    def keeps_its_present(cls, pasts: Sequence[Past]) -> Iterator[str]:
        """Refuse to bring back what a report was before its release by taking something back."""
        keys, tenants = [past.key for past in pasts], {past.tenant for past in pasts}
        found = cls._base_manager.filter(tenant__in=tenants, key__in=keys)
        if found.filter(state=ReportState.RELEASED).exists():
            yield FROZEN


def refuse_frozen(reports: Sequence[int | None]) -> None:
    """Refuse if one of the reports is released, as it is stored. One query."""
    known = [pk for pk in reports if pk is not None]
    stored = YearReport._base_manager.filter(pk__in=known, state=ReportState.RELEASED)
    if stored.exists():
        raise ValidationError(FROZEN)


class _Part(Record):
    """What belongs to a report, and changes as long as that does."""

    class Meta(Record.Meta):
        abstract = True

    def clean(self) -> None:
        """Refuse to change a part of what is released."""
        super().clean()
        self._refuse_frozen()

    def save(self, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        """Refuse to change a part of what is released."""
        self._refuse_frozen()
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401
        """Refuse to delete a part of what is released."""
        self._refuse_frozen()
        return super().delete(*args, **kwargs)

    def _refuse_frozen(self) -> None:
        refuse_frozen([getattr(self, "report_id", None)])

    @classmethod
    def keeps_its_present(cls, pasts: Sequence[Past]) -> Iterator[str]:
        """Refuse to take back a part of what is released."""
        keys, tenants = [past.key for past in pasts], {past.tenant for past in pasts}
        every: Any = cls._base_manager
        found = every.filter(tenant__in=tenants, key__in=keys)
        if found.filter(report__state=ReportState.RELEASED).exists():
            yield FROZEN


class ReportText(_Part):
    """Berichtstext: the county's own words for one chapter of a report, in Markdown."""

    personal: ClassVar[dict[str, str]] = {}

    report = models.ForeignKey(
        YearReport, models.CASCADE, verbose_name=_REPORT, related_name="texts"
    )
    chapter = models.CharField("Kapitel", max_length=40, choices=Chapter.choices())
    text = models.TextField("Text", blank=True)

    class Meta(Record.Meta):
        verbose_name = term("reporttext").one
        verbose_name_plural = term("reporttext").many
        ordering = ["report", "chapter"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["report", "chapter"],
                name="report_text_once",
                violation_error_message="Dieses Kapitel hat schon einen Text.",
            ),
        ]

    def __str__(self) -> str:
        return Chapter.of(self.chapter).label


class Conclusion(_Part):
    """Folgerung: what a report concludes for a goal or a measure.

    `thing` names the goal or the measure, such as "goal:w01" or "measure:m01".
    """

    personal: ClassVar[dict[str, str]] = {}

    report = models.ForeignKey(
        YearReport, models.CASCADE, verbose_name=_REPORT, related_name="conclusions"
    )
    thing = models.CharField("Wofür", max_length=250)
    verdict = models.CharField("Folgerung", max_length=20, choices=Verdict.choices())
    text = models.TextField("Begründung und Vorschlag", blank=True)

    class Meta(Record.Meta):
        verbose_name = term("conclusion").one
        verbose_name_plural = term("conclusion").many
        ordering = ["report", "thing"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["report", "thing"],
                name="conclusion_once",
                violation_error_message="Dafür gibt es schon eine Folgerung.",
            ),
        ]

    def __str__(self) -> str:
        return self.thing.partition(":")[2]


class ReportFile(_Part):
    """Datei eines Berichts: one form in which a report was released."""

    personal: ClassVar[dict[str, str]] = {}

    report = models.ForeignKey(
        YearReport, models.CASCADE, verbose_name=_REPORT, related_name="files"
    )
    format = models.CharField("Format", max_length=10)
    size = models.PositiveBigIntegerField("Größe in Byte")
    checksum = models.CharField("Prüfsumme (SHA-256)", max_length=64)
    file = models.FileField("Datei", upload_to="berichte", max_length=300)

    class Meta(Record.Meta):
        verbose_name = term("reportfile").one
        verbose_name_plural = term("reportfile").many
        ordering = ["report", "format"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["report", "format"],
                name="report_file_once",
                violation_error_message="In diesem Format liegt der Bericht schon vor.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bericht als {self.format.upper()}"
