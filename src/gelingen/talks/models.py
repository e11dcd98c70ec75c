"""What was said in moderated talks, and how several people coded it.

A talk has statements; a statement has at most one coding of each coder, and at most one that all
agreed on (its `coder` is empty). A coding without any label says: none of these fits; a statement
without a coding has not been coded.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.db import models

from gelingen.access.record import Record, between
from gelingen.history.recorded import Past
from gelingen.talks import blindness
from gelingen.talks.imported import number_of
from gelingen.terms import term
from gelingen.terms.talks import TalkState

_KEPT = "bis das Gespräch gelöscht wird"


class Talk(Record):
    """Gespräch: a moderated talk on one day; who took part is told by functions only.

    `planned` says how many code it without seeing each other, and `finished` names those who are
    done: until so many are, and everybody who began, nobody sees what others have coded. From then
    on `uncovered` names them for good: nobody else codes, however the talk changes.
    """

    personal: ClassVar[dict[str, str]] = {
        "participants": f"Funktionen der Teilnehmenden, nie Namen; {_KEPT}",
        "moderator": f"Funktion der Gesprächsleitung, nie ein Name; {_KEPT}",
        "finished": f"Konten, die fertig kodiert haben; {_KEPT}",
        "uncovered": f"Konten, deren Kodierungen aufgedeckt sind; {_KEPT}",
    }

    title = models.CharField("Titel", max_length=200)
    day = models.DateField("Tag")
    territory = models.ForeignKey(
        "places.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=term("territory").one,
        related_name="+",
    )
    participants = models.TextField("Teilnehmende (Funktionen)", blank=True)
    moderator = models.CharField("Gesprächsleitung (Funktion)", max_length=200, blank=True)
    state = models.CharField(
        "Stand", max_length=20, choices=TalkState.choices(), default=TalkState.OPEN
    )
    planned = models.PositiveSmallIntegerField("Wie viele kodieren", default=1)
    finished = models.JSONField("Fertig kodiert", default=list, blank=True)
    uncovered = models.JSONField("Aufgedeckt", default=list, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("talk").one
        verbose_name_plural = term("talk").many
        ordering = ["-day", "key"]
        constraints = [*Record.Meta.constraints, between("talk_planned", "planned", 1, 9)]

    @classmethod
    def keeps_its_present(cls, pasts: Sequence[Past]) -> Iterator[str]:
        """Refuse to cover again what people have seen."""
        for past in pasts:
            # A new talk has no values before; it goes with all that was coded in it.
            if past.changed.keys() & blindness.FIELDS:
                for one in cls._base_manager.filter(tenant=past.tenant, key=past.key):
                    if blindness.covers_again(one, past):
                        yield blindness.SEEN


class Code(Record):
    """Code: a free word for what statements have in common and no topic says."""

    personal: ClassVar[dict[str, str]] = {}

    label = models.CharField("Wort", max_length=200)
    meaning = models.CharField("Bedeutung", max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("code").one
        verbose_name_plural = term("code").many
        ordering = ["label", "key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "label"],
                name="code_label_once",
                violation_error_message="Diesen Code gibt es schon.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Statement(Record):
    """Aussage: one thing said in a talk, in its order."""

    personal: ClassVar[dict[str, str]] = {
        "text": f"Wortlaut, kann auf Menschen schließen lassen; {_KEPT}",
        "speaker": f"Funktion der sprechenden Person, nie ein Name; {_KEPT}",
    }

    talk = models.ForeignKey(
        Talk, models.CASCADE, verbose_name=term("talk").one, related_name="statements"
    )
    order = models.PositiveIntegerField("Nummer", default=1)
    text = models.TextField("Wortlaut")
    speaker = models.CharField("Wer sagt es (Funktion)", max_length=200, blank=True)
    needs = models.ManyToManyField(
        "needs.Need", blank=True, verbose_name=term("need").many, related_name="statements"
    )

    class Meta(Record.Meta):
        verbose_name = term("statement").one
        verbose_name_plural = term("statement").many
        ordering = ["talk", "order", "key"]

    def __str__(self) -> str:
        # The history, which more people read, names a statement without what was said.
        return f"Aussage {self.order}"


class Coding(Record):
    """Kodierung: what one coder finds in a statement; without a coder, what all agreed on."""

    personal: ClassVar[dict[str, str]] = {"coder": f"Konto, das kodiert hat; {_KEPT}"}

    statement = models.ForeignKey(
        Statement, models.CASCADE, verbose_name=term("statement").one, related_name="codings"
    )
    coder = models.CharField("Wer kodiert", max_length=150, blank=True)
    topics = models.ManyToManyField(
        "topics.Topic", blank=True, verbose_name=term("topic").many, related_name="+"
    )
    target_groups = models.ManyToManyField(
        "topics.TargetGroup", blank=True, verbose_name=term("targetgroup").many, related_name="+"
    )
    territories = models.ManyToManyField(
        "places.Territory", blank=True, verbose_name=term("territory").many, related_name="+"
    )
    codes = models.ManyToManyField(
        Code, blank=True, verbose_name=term("code").many, related_name="codings"
    )

    class Meta(Record.Meta):
        verbose_name = term("coding").one
        verbose_name_plural = term("coding").many
        ordering = ["statement", "coder"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["statement", "coder"],
                name="coded_once",
                violation_error_message="Diese Aussage ist so schon kodiert.",
            ),
        ]

    @classmethod
    def keeps_its_present(cls, pasts: Sequence[Past]) -> Iterator[str]:
        """Refuse to take back what somebody coded who is done: others rely on it."""
        rows = cls._base_manager.filter(key__in=[one.key for one in pasts])
        live = {key: told for key, *told in rows.values_list("key", "coder", "statement")}
        told = [(one, *live.get(one.key, _before(one))) for one in pasts]
        said = Statement._base_manager.filter(pk__in={statement for _, _, statement in told})
        finished = dict(said.values_list("pk", "talk__finished"))
        for past, coder, statement in told:
            done = coder in finished.get(statement, ()) and not number_of(coder)
            if done and not blindness.lost_a_label(cls, past):
                yield blindness.DONE

    def __str__(self) -> str:
        return "Kodierung"


def _before(past: Past) -> list[Any]:
    """Say who coded which statement in a coding that is gone."""
    return [past.changed.get(name, [None])[0] for name in ("coder", "statement_id")]
