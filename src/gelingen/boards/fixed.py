"""What is fixed once minutes are approved, also against taking back what was done before.

The records of this room that stand in minutes, and meetings themselves, are built on what is here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import models

from gelingen.access.record import Record
from gelingen.history.recorded import Past
from gelingen.terms.boards import MinutesState

FIXED = (
    "Die Niederschrift ist genehmigt und fest. Wer sie berichtigen will, öffnet sie zuerst wieder "
    "und sagt, warum."
)
OPENED = (
    "Seit die Niederschrift wieder offen ist, wurde sie geändert. Genehmigt wird sie deshalb in "
    "einer Sitzung."
)
# What minutes say of an action point; that it is done or confirmed comes later.
_TOLD = frozenset({"text", "who", "due", "public", "item_id"})
_APPROVAL = frozenset({"minutes", "approved_in_id"})
_PARTS = ("AgendaItem", "Attendance", "ActionPoint")


class Minuted(Record):
    """What stands in the minutes of a meeting, by its field `meeting` or that of its `item`."""

    class Meta(Record.Meta):
        abstract = True

    @classmethod
    def keeps_its_present(cls, pasts: Sequence[Past]) -> Iterator[str]:
        """Refuse to change approved minutes by taking something back."""
        mine = {field.name for field in cls._meta.concrete_fields}
        name = "meeting" if "meeting" in mine else "item"
        kind: Any = cls._meta.get_field(name).related_model
        state = "minutes" if name == "meeting" else "meeting__minutes"
        for past in pasts:
            # Nothing is said of a new record: it goes with everything.
            if name == "item" and past.changed and not past.changed.keys() & _TOLD:
                continue
            stored = cls._base_manager.filter(tenant=past.tenant, key=past.key).order_by()
            own = {*stored.values_list(name, flat=True), *past.changed.get(f"{name}_id", ())}
            approved = {state: MinutesState.APPROVED, "pk__in": own - {None}}
            if kind._base_manager.filter(**approved).exists():
                yield FIXED
                return


class Approved(Record):
    """What a meeting says of its minutes: whether they are approved, and what was kept by that."""

    minutes = models.CharField(
        "Niederschrift", max_length=20, choices=MinutesState.choices(), default=MinutesState.NONE
    )
    approved_in = models.ForeignKey(
        "boards.Meeting",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="Genehmigt in",
        related_name="approves",
    )
    # The rule by which it can decide, from when it is closed; the seats, from when it is approved.
    kept = models.JSONField("Festgehalten", default=dict, blank=True, editable=False)

    class Meta(Record.Meta):
        abstract = True

    @classmethod
    def keeps_its_present(cls, pasts: Sequence[Past]) -> Iterator[str]:
        """Refuse to change approved minutes by taking something back."""
        for past in pasts:
            for one in cls._base_manager.filter(tenant=past.tenant, key=past.key):
                if why := _refused(one, past):
                    yield why


def _refused(one: Approved, past: Past) -> str:
    """Say why the past of a meeting cannot be brought back; "" if it can.

    An approval can be taken back as a whole; what was approved comes back as a whole too, as long
    as nothing was changed since.
    """
    before, after = past.changed.get("minutes", [None, None])
    whole = past.changed.keys() >= _APPROVAL
    if one.minutes == MinutesState.APPROVED:
        return "" if whole and before and after == MinutesState.APPROVED else FIXED
    if before == MinutesState.APPROVED:
        return "" if whole and _untouched(one) else OPENED
    return ""


def _untouched(one: Approved) -> bool:
    """Whether neither a meeting nor what stands in its minutes was changed since it was opened."""
    versions: Any = one.history  # made by the history, unknown to the types
    approved = versions.filter(minutes=MinutesState.APPROVED).order_by("-version").first()
    opened = versions.filter(version=one.version).order_by("history_id").last()
    if approved is None or opened is None or one.version != approved.version + 1:
        return False
    items: Any = apps.get_model("boards", _PARTS[0])
    in_it: Mapping[str, Any] = {"meeting": one.pk}
    of_it: Mapping[str, Any] = {"item__in": items.history.filter(**in_it).order_by().values("id")}
    for label in _PARTS:
        past: Any = apps.get_model("boards", label).history
        ever = past.filter(**(of_it if label == "ActionPoint" else in_it)).order_by().values("id")
        if past.filter(id__in=ever, history_date__gt=opened.history_date).exists():
            return False
    return True
