"""Editions of the plan: what was released stays as it was, as tables and as documents.

Only drafts change. Of what is released nothing changes but that it is withdrawn; the models refuse
everything else, also to programs.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from gelingen.access.record import Record
from gelingen.history.recorded import Past, RecordedQuerySet
from gelingen.terms import term
from gelingen.terms.editions import EditionFileKind, EditionState, EditionTableName

_KEPT = "bis die Ausgabe gelöscht wird"
_EDITION = term("edition").one
FROZEN = (
    "Diese Ausgabe ist freigegeben und bleibt, wie sie ist. Was anders sein soll, kommt in die "
    "nächste; zurückziehen lässt sie sich."
)
# What may still change once an edition is released: that it is withdrawn.
_AFTERWARDS = frozenset({"version", "state", "withdrawn_on", "withdrawn_why", "withdrawn_by"})


class _Unchanging(RecordedQuerySet):
    """Rows that are written once: no statement changes or deletes them."""

    def _refuse(self, *_args: object, **_kwargs: object) -> Any:  # noqa: ANN401  never returns
        raise ValidationError(FROZEN)

    update = delete = bulk_update = _refuse


class Edition(Record):
    """Ausgabe: the plan as it is released on a day, with a number and the resolution behind it.

    `on` is the day of which it tells; `number` and `released_on` come with the release.
    """

    personal: ClassVar[dict[str, str]] = {
        "released_by": f"Konto, das sie freigegeben hat; {_KEPT}",
        "withdrawn_by": f"Konto, das sie zurückgezogen hat; {_KEPT}",
    }

    plan = models.ForeignKey(
        "plan.Plan", models.PROTECT, verbose_name=term("plan").one, related_name="editions"
    )
    number = models.PositiveSmallIntegerField("Nummer", null=True, blank=True)
    title = models.CharField("Titel", max_length=250)
    state = models.CharField(
        "Stand", max_length=20, choices=EditionState.choices(), default=EditionState.DRAFT
    )
    on = models.DateField("Stand der Angaben")
    released_on = models.DateField("Freigegeben am", null=True, blank=True)
    released_by = models.CharField("Freigegeben von", max_length=150, blank=True)
    resolution = models.TextField("Beschluss", blank=True)
    paper = models.ForeignKey(
        "papers.Paper",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=term("paper").one,
        related_name="editions",
    )
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Vorige Ausgabe",
        related_name="next_ones",
    )
    withdrawn_on = models.DateField("Zurückgezogen am", null=True, blank=True)
    withdrawn_by = models.CharField("Zurückgezogen von", max_length=150, blank=True)
    withdrawn_why = models.TextField("Warum zurückgezogen", blank=True)

    class Meta(Record.Meta):
        verbose_name = term("edition").one
        verbose_name_plural = term("edition").many
        ordering = ["-pk"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "number"],
                name="edition_number_once",
                violation_error_message="Diese Nummer hat schon eine andere Ausgabe.",
            ),
            models.CheckConstraint(
                name="edition_released",
                condition=Q(state=EditionState.DRAFT, number__isnull=True, released_on__isnull=True)
                | (
                    ~Q(state=EditionState.DRAFT)
                    & Q(number__isnull=False, released_on__isnull=False)
                ),
                violation_error_message="Nummer und Tag bekommt eine Ausgabe mit der Freigabe.",
            ),
            models.CheckConstraint(
                name="edition_withdrawn",
                condition=~Q(state=EditionState.WITHDRAWN) | Q(withdrawn_on__isnull=False),
                violation_error_message="Bitte sagen, wann sie zurückgezogen wurde.",
            ),
        ]

    def __str__(self) -> str:
        return f"Ausgabe {self.number}" if self.number else f"{self.title} (Entwurf)"

    def clean(self) -> None:
        """Refuse to change what is released, but for withdrawing it."""
        super().clean()
        self._refuse_frozen()

    def save(self, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        """Refuse to change what is released, but for withdrawing it."""
        self._refuse_frozen()
        super().save(**kwargs)

    def _refuse_frozen(self) -> None:
        """Compare with what is stored. One query."""
        stored = type(self)._base_manager.filter(pk=self.pk).values().first()
        if stored is None or stored["state"] == EditionState.DRAFT:
            return
        other = {name for name, value in stored.items() if getattr(self, name) != value}
        back = stored["state"] == EditionState.WITHDRAWN and bool(other - {"version"})
        if other - _AFTERWARDS or back or self.state == EditionState.DRAFT:
            raise ValidationError(FROZEN)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401
        """Refuse to delete what was released."""
        drafts = type(self)._base_manager.filter(pk=self.pk, state=EditionState.DRAFT)
        if not drafts.exists():
            raise ValidationError(FROZEN)
        return super().delete(*args, **kwargs)

    @classmethod
    def keeps_its_present(cls, pasts: Sequence[Past]) -> Iterator[str]:
        """Refuse to bring back what an edition was before its release by taking something back."""
        keys = [past.key for past in pasts]
        tenants = {past.tenant for past in pasts}
        found = cls._base_manager.filter(tenant__in=tenants, key__in=keys)
        if found.exclude(state=EditionState.DRAFT).exists():
            yield FROZEN


class _Part(Record):
    """What belongs to a released edition: written once with it, never changed or deleted."""

    objects = _Unchanging.as_manager()  # type: ignore[misc]  # the plugin knows one a model

    class Meta(Record.Meta):
        abstract = True

    def clean(self) -> None:
        """Refuse to change what is written."""
        super().clean()
        if not self._state.adding:
            raise ValidationError(FROZEN)

    def save(self, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        """Refuse to change what is written."""
        if not self._state.adding:
            raise ValidationError(FROZEN)
        super().save(**kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401
        """Refuse to delete what is written."""
        raise ValidationError(FROZEN)

    @classmethod
    def keeps_its_present(cls, pasts: Sequence[Past]) -> Iterator[str]:
        """Refuse to take back what was written with a release."""
        if pasts:
            yield FROZEN


class EditionTable(_Part):
    """Tabelle einer Ausgabe: its rows as they were at the release, as `editions.tables` says."""

    personal: ClassVar[dict[str, str]] = {}

    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name=_EDITION, related_name="tables"
    )
    name = models.CharField("Tabelle", max_length=20, choices=EditionTableName.choices())
    rows = models.JSONField("Zeilen", default=list, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("editiontable").one
        verbose_name_plural = term("editiontable").many
        ordering = ["edition", "name"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "name"],
                name="edition_table_once",
                violation_error_message="Diese Tabelle hat die Ausgabe schon.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()} ({self.edition})"


class EditionFile(_Part):
    """Datei einer Ausgabe: a document as it was written at the release."""

    personal: ClassVar[dict[str, str]] = {}

    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name=_EDITION, related_name="files"
    )
    kind = models.CharField("Art", max_length=20, choices=EditionFileKind.choices())
    name = models.CharField("Dateiname", max_length=120)
    attachment = models.ForeignKey(
        "register.Attachment",
        models.PROTECT,
        verbose_name=term("attachment").one,
        related_name="of_editions",
    )

    class Meta(Record.Meta):
        verbose_name = term("editionfile").one
        verbose_name_plural = term("editionfile").many
        ordering = ["edition", "kind", "name"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "name"],
                name="edition_file_once",
                violation_error_message="Diese Datei hat die Ausgabe schon.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def media_type(self) -> str:
        """Kind of the file, as told to browsers."""
        return self.attachment.media_type

    @property
    def size(self) -> int:
        """Bytes."""
        return self.attachment.size

    def read(self) -> bytes:
        """Give its content; the file is opened and closed again."""
        with self.attachment.file.open("rb") as file:
            return bytes(file.read())
