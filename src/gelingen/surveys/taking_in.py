"""Answers from outside become answers of a survey: all of a table or nothing, and back again.

They bear their own way (`Channel.OUTSIDE`), so everybody sees that they were not given here. Of a
named survey each gets the invitation of its organisation, or one that no link opens. Of an
anonymous survey neither the order of the lines nor a time is kept, and small groups lose their name
at once, so that none of them has to wait.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from gelingen.access.policy import Actor, May, require
from gelingen.errors import NotFoundError, UserError
from gelingen.register.queries import organisations
from gelingen.surveys import anonymous
from gelingen.surveys.inviting import standing, tell
from gelingen.surveys.models import AnonymousAnswer, Invitation, KnownColumns, Response, Survey
from gelingen.surveys.outside import NotTakenInError, Outside, Reading, require_taking
from gelingen.terms.surveys import Channel, Language, SurveyMode
from gelingen.workbook.folding import fold

# Begins what stands in place of the hash of a link where there is none.
_NO_LINK = "eingelesen:"


class UnknownImportError(NotFoundError):
    """Nothing was taken in then, or it is taken back already."""


class ChangedImportError(UserError):
    """What was taken in is not as many any more as somebody saw."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Answers that were taken in at once.

    Attributes:
        ident: names them within their survey.
        day: when.
        number: how many.

    """

    ident: str
    day: date
    number: int


def take_in(  # noqa: PLR0913 - what an import consists of
    *,
    actor: Actor,
    survey: Survey,
    reading: Reading,
    means: Mapping[str, str],
    on: date,
    at: datetime,
) -> int:
    """Take in every answer of a table, or none; gives how many.

    Args:
        actor: who does it.
        survey: read before.
        reading: as `outside.read_answers` gave it.
        means: what its columns meant, by folded head; remembered for the next table.
        on: the day.
        at: the moment; of an anonymous survey it is not kept.

    Raises:
        PermissionDenied: the actor may not ask.
        NotTakenInError: cells are wrong, there is no answer, too few for an anonymous survey, an
            organisation has answered already, this table was taken in already, or answers are
            deleted by now.

    """
    require(actor, May.ASK, survey)
    if reading.wrong:
        raise NotTakenInError("Zellen sind nicht zu lesen. Eingelesen wird alles oder nichts.")
    if not reading.answers:
        raise NotTakenInError("In dieser Tabelle steht keine Antwort.")
    with transaction.atomic():
        # Meanwhile the answers may have been deleted.
        require_taking(Survey.objects.select_for_update().get(pk=survey.pk), on=on)
        known = KnownColumns.objects.filter(survey=survey).first() or KnownColumns(survey=survey)
        if reading.once in known.used:
            raise NotTakenInError(
                "Diese Tabelle ist schon eingelesen. Soll sie noch einmal hinein, bitte die Datei "
                "noch einmal auswählen."
            )
        if survey.mode == SurveyMode.ANONYMOUS:
            _without_names(survey, reading.answers, on)
        else:
            _with_names(actor, survey, reading.answers, on, at)
        known.means = {**known.means, **means}
        known.used = [*known.used, reading.once]
        known.save()
        number = len(reading.answers)
        tell(actor, survey, f"{_many(number)} von außen eingelesen.")
    return number


def _many(number: int) -> str:
    return "Eine Antwort" if number == 1 else f"{number} Antworten"


def _without_names(survey: Survey, answers: Sequence[Outside], on: date) -> None:
    if len(answers) < survey.threshold:
        raise NotTakenInError(
            f"In eine anonyme Umfrage kommen Antworten von außen erst ab {survey.threshold} auf "
            "einmal: Weniger ließen sich einzeln erkennen."
        )
    anonymous.take_in(survey, [(one.group, one.values) for one in answers], on=on)


def _with_names(
    actor: Actor, survey: Survey, answers: Sequence[Outside], on: date, at: datetime
) -> None:
    invited = _invited(actor, survey, answers, on)
    Response.objects.bulk_create(
        Response(
            survey=survey,
            invitation=mine,
            group=one.group or (mine.group if mine else ""),
            language=Language.DE,
            channel=Channel.OUTSIDE,
            values=dict(one.values),
            started=at,
            changed=at,
            sent=at,
            version=1,
        )
        for one, mine in zip(answers, invited, strict=True)
    )


def _invited(
    actor: Actor, survey: Survey, answers: Sequence[Outside], on: date
) -> list[Invitation | None]:
    """Find the invitation of each organisation, or make one; both are used now."""
    who = [fold(one.who) for one in answers]
    _require_once(answers, who)
    keys = {fold(name): key for key, name in _names(actor, survey)}
    found = _standing(survey, answers, who, keys)
    new = [
        Invitation(
            survey=survey,
            organisation=keys.get(name, ""),
            name=one.who,
            group=one.group,
            invited=on,
            used=True,
            token_hash=f"{_NO_LINK}{token_hex(26)}",
        )
        for one, name, mine in zip(answers, who, found, strict=True)
        if name and mine is None
    ]
    made = iter(Invitation.objects.bulk_create(new))
    survey.invitations.filter(pk__in=[one.pk for one in found if one]).update(used=True)
    pairs = zip(who, found, strict=True)
    return [next(made) if name and mine is None else mine for name, mine in pairs]


def _require_once(answers: Sequence[Outside], who: Sequence[str]) -> None:
    """Refuse a table in which an organisation answers twice."""
    first: dict[str, str] = {}
    for one, name in zip(answers, who, strict=True):
        if name and name in first:
            raise NotTakenInError(f"In {first[name]} und {one.cell} antwortet dieselbe Stelle.")
        first[name] = one.cell


def _standing(
    survey: Survey, answers: Sequence[Outside], who: Sequence[str], keys: Mapping[str, str]
) -> list[Invitation | None]:
    """Find the invitations that stand; nobody has begun to answer with them yet."""
    there: dict[str, Invitation] = {}
    for one in standing(survey):
        there |= {fold(one.name): one} | ({one.organisation: one} if one.organisation else {})
    found = [there.get(keys.get(name, ""), there.get(name)) if name else None for name in who]
    begun = set(survey.responses.values_list("invitation", flat=True))
    cells: dict[int, str] = {}
    for said, mine in zip(answers, found, strict=True):
        if mine is None:
            continue
        if mine.pk in begun:
            raise NotTakenInError(f"{said.cell}: {mine.name} hat schon geantwortet.")
        # One may stand under the name of its invitation and under that of the register.
        if first := cells.get(mine.pk):
            raise NotTakenInError(f"In {first} und {said.cell} antwortet {mine.name}.")
        cells[mine.pk] = said.cell
    return found


def _names(actor: Actor, survey: Survey) -> list[tuple[str, str]]:
    return list(organisations(actor, survey.tenant).values_list("key", "name"))


def taken_in(actor: Actor, survey: Survey) -> list[TakenIn]:
    """Give what was taken in, the latest first. One query.

    Of an anonymous survey everything of one day counts as one.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey)
    if survey.mode == SurveyMode.ANONYMOUS:
        days = _mixed(survey).order_by().values_list("day", flat=True)
        counted = Counter(days)
        return [TakenIn(f"{day}", day, counted[day]) for day in sorted(counted, reverse=True)]
    moments = Counter(_named(survey).order_by().values_list("started", flat=True))
    return [
        TakenIn(one.isoformat(), localtime(one).date(), moments[one])
        for one in sorted(moments, reverse=True)
    ]


def _mixed(survey: Survey) -> QuerySet[AnonymousAnswer]:
    return AnonymousAnswer.objects.filter(survey=survey, channel=Channel.OUTSIDE)


def _named(survey: Survey) -> QuerySet[Response]:
    return Response.objects.filter(survey=survey, channel=Channel.OUTSIDE)


def take_back(*, actor: Actor, survey: Survey, ident: str, number: int) -> int:
    """Remove what was taken in at once, all of it; gives how many answers. What was decided stays.

    Args:
        actor: who does it.
        survey: read before.
        ident: as `taken_in` gave it.
        number: as `taken_in` gave it; what came to it since was not meant.

    Raises:
        PermissionDenied: the actor may not ask.
        UnknownImportError: there is nothing of it.
        ChangedImportError: it is not as many any more.

    """
    with transaction.atomic():
        Survey.objects.select_for_update().get(pk=survey.pk)
        found = {one.ident: one for one in taken_in(actor, survey)}.get(ident)
        if found is None:
            raise UnknownImportError("Diese Antworten sind nicht (mehr) da.")
        if found.number != number:
            raise ChangedImportError(
                f"Inzwischen sind es nicht mehr {number}, sondern {found.number}. Bitte ansehen "
                "und noch einmal entfernen."
            )
        if survey.mode == SurveyMode.ANONYMOUS:
            _mixed(survey).filter(day=found.day).delete()
        else:
            moment = {"started": datetime.fromisoformat(ident), "channel": Channel.OUTSIDE}
            invited = survey.invitations.filter(**{f"response__{k}": v for k, v in moment.items()})
            invited.filter(token_hash__startswith=_NO_LINK).delete()
            invited.update(used=False)
            survey.responses.filter(**moment).delete()
        tell(actor, survey, f"{_many(found.number)} von außen wieder entfernt.")
    return found.number
