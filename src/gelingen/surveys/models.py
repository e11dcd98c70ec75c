"""What is asked, who is invited, and what is answered.

A survey and its questions are records with a history. Answers have none: whoever answers may
correct and withdraw, and what is deleted is gone.

Two modes, two tables that no key connects: an answer of a named survey belongs to its invitation
(`Response`), one of an anonymous survey belongs to nothing but its survey (`AnonymousAnswer`).

Values of answers are one JSON object: the key of a question leads to what was answered. What is not
answered is absent. By kind of the question:

    choice, scale   "code" of the option; 1 to the number of steps
    several         ["code", …] in the order of the options
    number          {"low": "10", "high": "15"}, decimal numbers as text, equal for one number
    date            "2017-06-01"
    text            "…"
    topics          {"key of the topic": 1 to 5, …}
    entries         {"key of the structure": {"answer": "true" | "changed" | "gone",
                     "values": {column: text}, "ends": "2017-06-01", "remark": "…"}, …}
    ties            [{"organisation": key or "", "name": "…", "kind": code, "intensity": 1 to 3}, …]
    missing         [{"statement": "…", "topic": key, "target_group": key, "territory": key,
                     "starts": "2017-06-01" or "", "severity": 1 to 5 or null,
                     "quantity": {"low", "high"} or null, "unit": "…"}, …]
"""

import uuid
from collections.abc import Iterator, Sequence
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gelingen.access.record import Record, between
from gelingen.history.recorded import Past
from gelingen.surveys import published  # noqa: F401 - Django finds records through this module
from gelingen.surveys.fixed import past_of_questions, past_of_survey
from gelingen.terms import term
from gelingen.terms.surveys import Channel, Language, QuestionKind, SurveyMode, SurveyState

_KEPT = "bis zum Tag, an dem die Antworten der Umfrage gelöscht werden"


def only_german() -> list[str]:
    """Give the languages of a new survey."""
    return [Language.DE.value]


class Survey(Record):
    """Umfrage: questions to many, in [opens, closes).

    The mode is chosen before it opens and then fixed. `keep_until` is the first day on which raw
    answers and mailboxes are gone.
    """

    personal: ClassVar[dict[str, str]] = {
        "contact": "Funktion der Ansprechstelle; bis die Umfrage gelöscht wird",
    }

    title = models.CharField("Titel", max_length=200)
    mode = models.CharField(
        "Art", max_length=20, choices=SurveyMode.choices(), default=SurveyMode.NAMED
    )
    state = models.CharField(
        "Stand", max_length=20, choices=SurveyState.choices(), default=SurveyState.DRAFT
    )
    purpose = models.TextField("Wozu gefragt wird", blank=True)
    legal_basis = models.TextField("Rechtsgrundlage", blank=True)
    notice = models.TextField("Hinweise zum Datenschutz", blank=True)
    contact = models.CharField("Ansprechstelle (Funktion)", max_length=200, blank=True)
    languages = models.JSONField("Sprachen", default=only_german)
    # Title, purpose, basis and notice in other languages: {"tr": {"title": "…"}}.
    texts = models.JSONField("Texte in anderen Sprachen", default=dict, blank=True)
    opens = models.DateField("Offen ab", null=True, blank=True)
    closes = models.DateField("Offen bis", null=True, blank=True)
    keep_until = models.DateField("Antworten löschen am", null=True, blank=True)
    threshold = models.PositiveSmallIntegerField("Kleinste gezeigte Zahl", default=5)
    open_link = models.BooleanField("Offener Verweis (QR-Code)", default=False)
    # The question whose answer says to which group somebody belongs who came by the open link.
    group_question = models.CharField("Frage nach der Gruppe", max_length=200, blank=True)
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Vorige Runde",
        related_name="next_rounds",
    )

    class Meta(Record.Meta):
        verbose_name = term("survey").one
        verbose_name_plural = term("survey").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="survey_period",
                condition=Q(opens__isnull=True) | Q(closes__isnull=True) | Q(closes__gt=F("opens")),
                violation_error_message="Der letzte Tag darf nicht vor dem ersten liegen.",
            ),
            models.CheckConstraint(
                name="survey_kept",
                condition=Q(keep_until__isnull=True)
                | Q(closes__isnull=True)
                | Q(keep_until__gte=F("closes")),
                violation_error_message=(
                    "Die Antworten können erst gelöscht werden, wenn die Umfrage zu Ende ist."
                ),
            ),
            between("survey_threshold", "threshold", 3, 50),
        ]

    @classmethod
    def keeps_its_present(cls, pasts: Sequence[Past]) -> Iterator[str]:
        """Refuse to take back what invitations and answers rely on."""
        for past in pasts:
            for one in cls._base_manager.filter(tenant=past.tenant, key=past.key):
                if why := past_of_survey(one.state, past, relied_on=one.is_relied_on()):
                    yield why

    def is_relied_on(self) -> bool:
        """Whether somebody is invited or has answered, sent or not. At most four queries."""
        kinds = (self.invitations, self.responses, self.waiting, self.anonymous_answers)
        return any(rows.exists() for rows in kinds)


class Question(Record):
    """Frage: one thing that is asked, on one page of a survey.

    `texts` by language: {"de": {"text": "…", "help": "…", "options": {"code": "…"}}}; German is
    always there, others fall back to it visibly. "of" beside them has the German from which they
    were made, where that was changed: {"tr": {"text": "…", "of": {"option:code": "…"}}}.
    `settings` by kind:

        choice, several  {"options": ["code", …], "most": 3}
        scale            {"steps": 5}, the words of both ends as options "low" and "high"
        number           {"range": true, "unit": "Personen", "least": 0, "most": 10000}
        text             {"long": true}
        topics           {"topics": [key, …]}, none: all that are valid
        entries          {}
        ties, missing    {"rows": 5}, so many at first

    `condition` {"question": key, "is": [code, …]}: asked only if one of these was answered before;
    {"register": "entries"}: only if the asked organisation has entries; empty: always.
    """

    personal: ClassVar[dict[str, str]] = {}

    survey = models.ForeignKey(
        Survey, models.CASCADE, verbose_name=term("survey").one, related_name="questions"
    )
    kind = models.CharField("Art", max_length=20, choices=QuestionKind.choices())
    page = models.PositiveSmallIntegerField("Seite", default=1)
    order = models.PositiveIntegerField("Reihenfolge", default=0)
    required = models.BooleanField("Pflichtfrage", default=False)
    texts = models.JSONField("Texte", default=dict)
    settings = models.JSONField("Einstellungen", default=dict, blank=True)
    condition = models.JSONField("Bedingung", default=dict, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("question").one
        verbose_name_plural = term("question").many
        ordering = ["page", "order", "key"]

    @classmethod
    def keeps_its_present(cls, pasts: Sequence[Past]) -> Iterator[str]:
        """Refuse to take back anything but a translation once the survey was opened."""
        return past_of_questions(cls._base_manager.all(), Survey._base_manager.all(), pasts)

    def __str__(self) -> str:
        return str(self.texts.get(Language.DE, {}).get("text", "")) or self.key


class LanguageRelease(Record):
    """Freigabe einer Sprache: somebody has checked the texts that a machine had written."""

    personal: ClassVar[dict[str, str]] = {
        "by": "Funktion, die geprüft hat; bis die Freigabe zurückgenommen wird",
    }

    language = models.CharField("Sprache", max_length=20, choices=Language.choices())
    day = models.DateField("Freigegeben am")
    by = models.CharField("Wer hat geprüft (Funktion)", max_length=200)

    class Meta(Record.Meta):
        verbose_name = term("languagerelease").one
        verbose_name_plural = term("languagerelease").many
        ordering = ["language"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "language"],
                name="language_released_once",
                violation_error_message="Diese Sprache ist schon freigegeben.",
            ),
        ]


class Invitation(models.Model):
    """Einladung: one personal link, good for one answer. Of the link only the hash is kept.

    `used` says whether it was answered, and nothing says when: for an anonymous survey that is all
    that is known.
    """

    personal: ClassVar[dict[str, str]] = {
        "mailbox": f"Postfach, kann auf eine Person schließen lassen; {_KEPT}",
        "name": f"Organisation, bei einer Person allein auf sie beziehbar; {_KEPT}",
    }

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    organisation = models.CharField("Kennung der Organisation", max_length=200, blank=True)
    name = models.CharField("Eingeladen", max_length=250)
    mailbox = models.EmailField("Postfach", blank=True)
    group = models.CharField("Gruppe", max_length=120, blank=True)
    language = models.CharField(
        "Sprache", max_length=20, choices=Language.choices(), default=Language.DE
    )
    token_hash = models.CharField("Prüfsumme des Verweises", max_length=64, unique=True)
    invited = models.DateField("Eingeladen am")
    reminded = models.DateField("Zuletzt erinnert am", null=True, blank=True)
    used = models.BooleanField("Beantwortet", default=False)
    withdrawn = models.BooleanField("Zurückgezogen", default=False)
    mail = models.ForeignKey(
        "post.OutgoingMail",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="Nachricht",
        related_name="+",
    )

    class Meta:
        verbose_name = "Einladung zur Umfrage"
        verbose_name_plural = "Einladungen zur Umfrage"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "organisation"],
                condition=~Q(organisation="") & Q(withdrawn=False),
                name="invited_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Answers(models.Model):
    """What both kinds of answers have."""

    group = models.CharField("Gruppe", max_length=120, blank=True)
    language = models.CharField(
        "Sprache", max_length=20, choices=Language.choices(), default=Language.DE
    )
    channel = models.CharField(
        "Weg", max_length=20, choices=Channel.choices(), default=Channel.LINK
    )
    values = models.JSONField("Antworten", default=dict)

    class Meta:
        abstract = True


class Response(Answers):
    """Antwort einer Organisation: page by page, until it is sent; then corrected or withdrawn."""

    personal: ClassVar[dict[str, str]] = {
        "values": f"Antworten der Organisation, mit freiem Text; {_KEPT}",
        "taken_by": f"Funktion, die eine Antwort aufgenommen hat; {_KEPT}",
    }

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    invitation = models.OneToOneField(
        Invitation, models.CASCADE, null=True, blank=True, related_name="response"
    )
    started = models.DateTimeField("Begonnen")
    changed = models.DateTimeField("Zuletzt gespeichert")
    sent = models.DateTimeField("Abgeschickt", null=True, blank=True)
    page = models.PositiveSmallIntegerField("Weiteste Seite", default=0)
    taken_by = models.CharField("Aufgenommen von (Funktion)", max_length=200, blank=True)
    # Two devices with the same link: the later one is told, and nothing is overwritten.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = term("response").one
        verbose_name_plural = term("response").many
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.invitation or 'Antwort'}"


class Anonymous(Answers):
    """What an anonymous answer has: a random key that says nothing about when it came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class WaitingAnswer(Anonymous):
    """Anonyme Antwort, die wartet, bis genug andere da sind; then all move at once, shuffled."""

    personal: ClassVar[dict[str, str]] = {
        "values": "anonyme Antwort mit freiem Text; bis sie mit anderen gemischt ist",
    }

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="waiting")

    class Meta:
        verbose_name = "wartende Antwort"
        verbose_name_plural = "wartende Antworten"
        ordering = ["id"]

    def __str__(self) -> str:
        return "Antwort"


class AnonymousAnswer(Anonymous):
    """Anonyme Antwort: written with others in one go, in random order; only the day is known."""

    personal: ClassVar[dict[str, str]] = {
        "values": f"anonyme Antwort, freier Text kann auf Menschen schließen lassen; {_KEPT}",
    }

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="anonymous_answers")
    day = models.DateField("Tag")

    class Meta:
        verbose_name = "anonyme Antwort"
        verbose_name_plural = "anonyme Antworten"
        ordering = ["id"]

    def __str__(self) -> str:
        return "Antwort"


class PageCount(models.Model):
    """Wie oft eine Seite erreicht wurde: a number, for nobody in particular."""

    personal: ClassVar[dict[str, str]] = {}

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="page_counts")
    page = models.PositiveSmallIntegerField("Seite")
    reached = models.PositiveIntegerField("Erreicht", default=0)

    class Meta:
        verbose_name = "erreichte Seite"
        verbose_name_plural = "erreichte Seiten"
        ordering = ["page"]
        constraints = [models.UniqueConstraint(fields=["survey", "page"], name="page_counted_once")]

    def __str__(self) -> str:
        return f"Seite {self.page}"


class KnownColumns(models.Model):
    """Spalten eingelesener Antworten: what people said the heads of such tables mean."""

    personal: ClassVar[dict[str, str]] = {}

    survey = models.OneToOneField(Survey, models.CASCADE, related_name="known_columns")
    # By folded head what it means, see `outside_columns.Meaning`; "" is not read.
    means = models.JSONField("Bedeutung der Spalten", default=dict)
    # Random numbers of the tables that were taken in: each is taken in once.
    used = models.JSONField("Eingelesene Tabellen", default=list)

    class Meta:
        verbose_name = "Zuordnung der Spalten von Antworten"
        verbose_name_plural = "Zuordnungen der Spalten von Antworten"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.survey}"
