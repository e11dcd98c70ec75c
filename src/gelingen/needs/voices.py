"""Who says that a need is there: voices are kept one by one and counted by group.

The first voice of a need stands in the need itself (`Need.voice`, `voiced`, `voiced_where`), as it
comes with a workbook. It counts like the others, without a group, and is not stored a second time:
where a voice of the same function and the same day is there as a record, only the record counts.

Independent voices: of one speaker (an organisation under its name) all voices for a need are one,
in the group in which it spoke last. Of voices without a speaker nobody knows who they are; each
counts.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import F

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require, within
from gelingen.errors import UserError
from gelingen.history.recording import change
from gelingen.needs.models import Need, Voice
from gelingen.register.keys import free_keys, key_of
from gelingen.register.queries import organisations
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import fold

if TYPE_CHECKING:
    from gelingen.register.models import Organisation

STATEMENT = "statement:"
# Groups with the number of their independent voices, by name of the group.
Groups: TypeAlias = tuple[tuple[str, int], ...]


class UnknownSpeakerError(UserError):
    """There is no such organisation."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the voices of one need come to.

    Attributes:
        groups: independent voices by group; "" where no group is known.
        severities: what single voices say about how severe it is, ascending.

    """

    groups: Groups = ()
    severities: tuple[int, ...] = ()

    @property
    def number(self) -> int:
        """How many independent voices there are."""
        return sum(count for _, count in self.groups)


def add_voice(  # noqa: PLR0913 - what a voice consists of
    actor: Actor,
    need: Need,
    *,
    group: str,
    function: str,
    day: date | None,
    where: str,
    origin: str,
    speaker: str = "",
    severity: int | None = None,
    batch: str = "",
) -> Voice:
    """Add a voice to a need; one that is there already from the same origin is given back.

    Answers of an anonymous survey cannot be told apart, so each is a voice of its own.

    Args:
        actor: who writes it down.
        need: what is needed.
        group: which kind of actor says it.
        function: in which function; never a name.
        day: when it was said.
        where: on which occasion.
        origin: "survey:key", "statement:key", "workbook"; "": by hand.
        speaker: key of the organisation that speaks under its name; "": nobody knows.
        severity: how severe it is in this voice's eyes.
        batch: number of the undertaking to which it belongs.

    Raises:
        PermissionDenied: the actor may not change needs.
        UnknownSpeakerError: there is no such organisation.
        ValidationError: a value is broken; the messages are German.

    """
    require(actor, May.EDIT_NEEDS, need)
    of = _speaker(actor, need, speaker)
    found = Voice.objects.filter(need=need, origin=origin, speaker=of)
    same: Voice | None = found.order_by("pk").first()
    if same is not None and origin and (of is not None or origin.startswith(STATEMENT)):
        return same
    wished = key_of(need.key, group or function)
    (key,) = free_keys(Voice, need.tenant_id, [wished])
    made = Voice(tenant_id=need.tenant_id, key=key, need=need, speaker=of)
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        made.group, made.function, made.day = group.strip(), function.strip(), day
        made.where, made.origin, made.severity = where.strip(), origin, severity
    return made


def _speaker(actor: Actor, need: Need, key: str) -> "Organisation | None":
    if not key:
        return None
    found = organisations(actor, need.tenant).filter(key=key).first()
    if found is None:
        raise UnknownSpeakerError("Diese Organisation gibt es nicht mehr.")
    return found


def voices_of(actor: Actor, need: Need) -> list[Voice]:
    """Voices of a need, the latest first, without the first voice. One query."""
    found = within(actor, May.VIEW, Voice.objects.filter(need=need))
    return list(found.select_related("speaker").order_by(F("day").desc(nulls_last=True), "key"))


def said_of(actor: Actor, tenant: Tenant, *, key: str = "") -> dict[str, Said]:
    """Count the independent voices of all needs, or of one, by key of the need. One query.

    Needs without a voice are left out.
    """
    found = within(actor, May.VIEW, Need.objects.filter(tenant=tenant))
    if key:
        found = found.filter(key=key)
    rows = found.order_by(
        "key", F("voices__day").asc(nulls_first=True), "voices__key"
    ).values_list(
        "key", "voice", "voiced", "voices__key", "voices__speaker", "voices__group",
        "voices__function", "voices__day", "voices__severity",
    )  # fmt: skip
    said = {}
    for (need, voice, voiced), of in groupby(rows, key=itemgetter(0, 1, 2)):
        voices = [row[3:] for row in of if row[3] is not None]
        who: dict[object, str] = {
            speaker or f"voice {own}": group for own, speaker, group, *_ in voices
        }
        known = {(fold(function), on) for _, _, _, function, on, _ in voices}
        if voice and (fold(voice), voiced) not in known:
            who["first"] = ""
        if who:
            groups = tuple(sorted(Counter(who.values()).items()))
            severe = tuple(sorted(row[-1] for row in voices if row[-1] is not None))
            said[need] = Said(groups, severe)
    return said


def groups_of(said: Iterable[Said]) -> Groups:
    """Sum the voices of several needs by group."""
    total: Counter[str] = Counter()
    for one in said:
        total.update(dict(one.groups))
    return tuple(sorted(total.items()))
