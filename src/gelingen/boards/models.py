"""Bodies with their seats, and meetings with what was dealt with there.

A seat belongs to a body for good; who takes it for a time is a tenure. A seat without a tenure that
holds on a day is vacant on that day. What is not public is marked at the item of an agenda and at
what follows from it, and the queries of this room show it only to whom `May.VIEW_CLOSED` reaches.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gelingen.access.record import Record, between, valid_period
from gelingen.boards.fixed import Approved, Minuted
from gelingen.terms import term
from gelingen.terms.boards import (
    BodyKind,
    Cycle,
    ItemKind,
    MeetingState,
    NoticeKind,
    Presence,
    Quorum,
    Result,
    SeatKind,
    SeatOffice,
)

_BODY = term("body").one
_KEPT = "bis das Gremium gelöscht wird"


class Body(Record):
    """Gremium: steers, advises, works or decides."""

    personal: ClassVar[dict[str, str]] = {
        "mailbox": f"Postfach des Gremiums, keine Person; {_KEPT}"
    }

    name = models.CharField("Name", max_length=200)
    kind = models.CharField("Art", max_length=20, choices=BodyKind.choices())
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Gehört zu",
        related_name="children",
    )
    structure = models.ForeignKey(
        "register.Structure",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Im Bestand",
        related_name="bodies",
    )
    topics = models.ManyToManyField(
        "topics.Topic", blank=True, verbose_name=term("topic").many, related_name="bodies"
    )
    statute = models.TextField("Grundlage", blank=True)
    tasks = models.TextField("Aufgaben", blank=True)
    cycle = models.CharField("Wie oft", max_length=20, choices=Cycle.choices(), blank=True)
    quorum = models.CharField(
        "Beschlussfähig", max_length=20, choices=Quorum.choices(), default=Quorum.NONE
    )
    quorum_number = models.PositiveSmallIntegerField("Mindestens", null=True, blank=True)
    mailbox = models.EmailField("Funktionspostfach", blank=True)
    public = models.BooleanField("Öffentlich zeigen", default=False)
    starts = models.DateField("Beginn", null=True, blank=True)
    ends = models.DateField("Ende", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("body").one
        verbose_name_plural = term("body").many
        ordering = ["name", "key"]
        constraints = [
            *Record.Meta.constraints,
            valid_period("body_period"),
            models.CheckConstraint(
                name="body_quorum_number",
                condition=~Q(quorum=Quorum.NUMBER) | Q(quorum_number__gte=1),
                violation_error_message="Bitte sagen, wie viele Stimmberechtigte es sein müssen.",
            ),
        ]


class Seat(Record):
    """Sitz: a place in a body, with the right to vote or to advise."""

    personal: ClassVar[dict[str, str]] = {}
    instead: ClassVar[str] = (
        "Niederschriften nennen diesen Sitz. Statt ihn zu löschen, bitte sein Ende eintragen."
    )

    body = models.ForeignKey(Body, models.CASCADE, verbose_name=_BODY, related_name="seats")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    kind = models.CharField("Woher", max_length=20, choices=SeatKind.choices())
    organisation = models.ForeignKey(
        "register.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Entsendet von",
        related_name="seats",
    )
    sender = models.CharField("Gruppe oder Stelle, die entsendet", max_length=200, blank=True)
    office = models.CharField(
        "Amt", max_length=20, choices=SeatOffice.choices(), default=SeatOffice.MEMBER
    )
    advising = models.BooleanField("Nur beratend", default=False)
    # For whom a seat speaks is said by who sends; nothing is recorded about who takes it.
    speaks_for = models.ManyToManyField(
        "topics.TargetGroup", blank=True, verbose_name="Spricht für", related_name="seats"
    )
    starts = models.DateField("Beginn", null=True, blank=True)
    ends = models.DateField("Ende", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("seat").one
        verbose_name_plural = term("seat").many
        ordering = ["body", "order", "key"]
        constraints = [*Record.Meta.constraints, valid_period("seat_period")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, Sitz {self.order}"


class Tenure(Record):
    """Besetzung: who takes a seat for a time; by function, with a name only where it is known.

    A `person` with an account sees what is not public in this body, and leads it where the seat is
    that of the chair, the deputy or the secretary.
    """

    personal: ClassVar[dict[str, str]] = {
        "function": f"Funktion der Person auf dem Sitz; {_KEPT}",
        "holder": f"Name, wenn das Gremium öffentlich besetzt ist; {_KEPT}",
        "mailbox": f"Postfach für Einladungen, möglichst der Funktion; {_KEPT}",
        "person": f"Konto der Person auf dem Sitz; {_KEPT}",
    }

    seat = models.ForeignKey(
        Seat, models.CASCADE, verbose_name=term("seat").one, related_name="tenures"
    )
    function = models.CharField("Funktion", max_length=200)
    holder = models.CharField("Name", max_length=200, blank=True)
    mailbox = models.EmailField("Postfach", blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="Konto",
        related_name="+",
    )
    starts = models.DateField("Beginn", null=True, blank=True)
    ends = models.DateField("Ende", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("tenure").one
        verbose_name_plural = term("tenure").many
        ordering = ["seat", F("starts").asc(nulls_first=True), "key"]
        constraints = [*Record.Meta.constraints, valid_period("tenure_period")]

    def __str__(self) -> str:
        return self.function


class Meeting(Approved):
    """Sitzung: a body comes together on one day."""

    personal: ClassVar[dict[str, str]] = {
        "chair": f"Funktion der Sitzungsleitung; {_KEPT}",
        "secretary": f"Funktion, die das Protokoll führt; {_KEPT}",
        "guests": f"Funktionen der Gäste; {_KEPT}",
        "kept": f"Funktionen auf den Sitzen, wie sie genehmigt sind; {_KEPT}",
    }

    body = models.ForeignKey(Body, models.CASCADE, verbose_name=_BODY, related_name="meetings")
    title = models.CharField("Titel", max_length=200, blank=True)
    day = models.DateField("Tag")
    begins = models.TimeField("Von", null=True, blank=True)
    until = models.TimeField("Bis", null=True, blank=True)
    place = models.CharField("Ort", max_length=200, blank=True)
    state = models.CharField(
        "Stand", max_length=20, choices=MeetingState.choices(), default=MeetingState.PLANNED
    )
    # For calendars: the same meeting keeps its mark, and each letter about it counts one further.
    uid = models.CharField("Kalenderkennung", max_length=80, blank=True, editable=False)
    sequence = models.PositiveIntegerField("Kalenderfassung", default=0, editable=False)
    invited = models.DateField("Eingeladen am", null=True, blank=True)
    chair = models.CharField("Leitung (Funktion)", max_length=200, blank=True)
    secretary = models.CharField("Protokoll (Funktion)", max_length=200, blank=True)
    guests = models.TextField("Gäste (Funktionen)", blank=True)

    class Meta(Record.Meta):
        verbose_name = term("meeting").one
        verbose_name_plural = term("meeting").many
        ordering = ["-day", "key"]

    def __str__(self) -> str:
        return f"Sitzung am {self.day:%d.%m.%Y}"


class AgendaItem(Minuted):
    """Tagesordnungspunkt: what is dealt with in a meeting, and what came of it.

    Without a meeting it waits in the backlog of its body. `origin` names the record it comes from,
    such as "measure:m01", or "finding:17" by its number; `previous` is the item that it carries on.
    """

    personal: ClassVar[dict[str, str]] = {
        "responsible": f"Funktion, die einführt; {_KEPT}",
        "course": f"Verlauf der Beratung, kann auf Menschen schließen lassen; {_KEPT}",
        "dissent": f"abweichende Meinungen, nach Funktion; {_KEPT}",
    }

    body = models.ForeignKey(Body, models.CASCADE, verbose_name=_BODY, related_name="items")
    meeting = models.ForeignKey(
        Meeting,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=term("meeting").one,
        related_name="items",
    )
    order = models.PositiveSmallIntegerField("Nummer", default=1)
    title = models.CharField("Betreff", max_length=300)
    kind = models.CharField(
        "Wozu", max_length=20, choices=ItemKind.choices(), default=ItemKind.DISCUSSION
    )
    public = models.BooleanField("Öffentlich", default=True)
    duration = models.PositiveSmallIntegerField("Minuten", null=True, blank=True)
    responsible = models.CharField("Wer führt ein (Funktion)", max_length=200, blank=True)
    about = models.TextField("Worum es geht", blank=True)
    origin = models.CharField("Herkunft", max_length=250, blank=True)
    previous = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="Führt fort",
        related_name="following",
    )
    course = models.TextField("Verlauf", blank=True)
    resolution = models.TextField("Wortlaut des Beschlusses", blank=True)
    result = models.CharField("Ergebnis", max_length=20, choices=Result.choices(), blank=True)
    yes = models.PositiveSmallIntegerField("Ja", null=True, blank=True)
    no = models.PositiveSmallIntegerField("Nein", null=True, blank=True)
    abstain = models.PositiveSmallIntegerField("Enthaltung", null=True, blank=True)
    dissent = models.TextField("Abweichende Meinungen", blank=True)

    class Meta(Record.Meta):
        verbose_name = term("agendaitem").one
        verbose_name_plural = term("agendaitem").many
        ordering = [F("meeting__day").desc(nulls_last=True), "meeting__key", "order", "key"]
        constraints = [
            *Record.Meta.constraints,
            between("agenda_item_duration", "duration", 1, 600),
        ]

    def __str__(self) -> str:
        # The history, which more people read, names an item without what it is about.
        return f"Tagesordnungspunkt {self.order}"


class Attendance(Minuted):
    """Anwesenheit: whether a seat was represented in a meeting."""

    personal: ClassVar[dict[str, str]] = {
        "function": f"Funktion der anwesenden Person; {_KEPT}",
        "presence": f"ob sie da war; {_KEPT}",
    }

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name=term("meeting").one, related_name="attendances"
    )
    # Minutes go on telling who was there: a seat that they name ends and is not deleted.
    seat = models.ForeignKey(
        Seat, models.PROTECT, verbose_name=term("seat").one, related_name="attendances"
    )
    function = models.CharField("Funktion", max_length=200, blank=True)
    presence = models.CharField("Anwesenheit", max_length=20, choices=Presence.choices())

    class Meta(Record.Meta):
        verbose_name = term("attendance").one
        verbose_name_plural = term("attendance").many
        ordering = ["meeting", "seat"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                name="attendance_once",
                violation_error_message="Für diesen Sitz ist schon etwas eingetragen.",
            ),
        ]

    def __str__(self) -> str:
        return "Anwesenheit"


class ActionPoint(Minuted):
    """Auftrag: who does what until when; that it is done is confirmed by somebody else."""

    personal: ClassVar[dict[str, str]] = {
        "who": f"Funktion, die es tut; {_KEPT}",
        "person": f"Konto, das es tut; {_KEPT}",
        "done_by": f"Konto, das es als getan gemeldet hat; {_KEPT}",
        "confirmed_by": f"Konto, das es bestätigt hat; {_KEPT}",
    }

    body = models.ForeignKey(Body, models.CASCADE, verbose_name=_BODY, related_name="actions")
    item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=term("agendaitem").one,
        related_name="actions",
    )
    text = models.TextField("Auftrag")
    who = models.CharField("Wer (Funktion)", max_length=200, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="Konto",
        related_name="+",
    )
    due = models.DateField("Bis wann", null=True, blank=True, help_text="Erster Tag danach.")
    # As its item; what has no item is public.
    public = models.BooleanField("Öffentlich", default=True)
    done = models.DateField("Getan am", null=True, blank=True)
    done_by = models.CharField("Gemeldet von", max_length=150, blank=True)
    confirmed = models.DateField("Bestätigt am", null=True, blank=True)
    confirmed_by = models.CharField("Bestätigt von", max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("actionpoint").one
        verbose_name_plural = term("actionpoint").many
        ordering = [F("due").asc(nulls_last=True), "key"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="action_confirmed_by_another",
                condition=Q(confirmed__isnull=True) | ~Q(confirmed_by=models.F("done_by")),
                violation_error_message="Dass es getan ist, bestätigt jemand anderes.",
            ),
        ]

    def __str__(self) -> str:
        return "Auftrag"


class Notice(models.Model):
    """Rundschreiben: a letter about a meeting. What is sent stays sent, so this is no record.

    `mailboxes` are those, one a line, that have the meeting in their calendars since.
    """

    personal: ClassVar[dict[str, str]] = {
        "mailboxes": f"Postfächer, an die geschrieben wurde, für eine spätere Absage; {_KEPT}"
    }

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="notices")
    kind = models.CharField("Wozu", max_length=20, choices=NoticeKind.choices())
    sequence = models.PositiveIntegerField("Kalenderfassung")
    sent = models.DateField("Geschrieben am")
    letters = models.PositiveSmallIntegerField("Nachrichten")
    told = models.CharField("Mitgeteilt", max_length=300)
    mailboxes = models.TextField("Postfächer", blank=True)

    class Meta:
        verbose_name = "Rundschreiben"
        verbose_name_plural = "Rundschreiben"
        ordering = ["meeting", "sequence"]
        unique_together = [("meeting", "sequence")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} vom {self.sent:%d.%m.%Y}"


class CalendarLink(models.Model):
    """Kalenderverweis: whoever knows it reads the days of a body. Only its hash is kept."""

    personal: ClassVar[dict[str, str]] = {}

    body = models.OneToOneField(Body, models.CASCADE, related_name="calendar_link")
    token_hash = models.CharField("Prüfsumme des Verweises", max_length=64, unique=True)
    made = models.DateField("Vergeben am")

    class Meta:
        verbose_name = "Kalenderverweis"
        verbose_name_plural = "Kalenderverweise"

    def __str__(self) -> str:
        return f"Kalenderverweis vom {self.made:%d.%m.%Y}"
