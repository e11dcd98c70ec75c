"""Release an edition with its tables and documents, and withdraw one.

next_number(tenant) -> int, release(...), withdraw(...), missing(edition, rows) -> [sentence]
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db.models import Max

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.editions.ended import ENDED, ended
from gelingen.editions.models import Edition, EditionFile, EditionTable
from gelingen.editions.queries import Rows, last_released
from gelingen.editions.writing import EditionError, refuse_released
from gelingen.history.recording import change, new_batch
from gelingen.history.stored import whole
from gelingen.plan.continuing import adopt
from gelingen.register.attachments import keep_written
from gelingen.terms.editions import EditionFileKind, EditionState
from gelingen.terms.editions import EditionTableName as Name
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean_lines


@dataclass(frozen=True, slots=True)
class Written:
    """A document that was written for an edition.

    Attributes:
        kind: what it is.
        name: of the file, with its end.
        title: as people read it.
        media_type: as told to browsers.
        content: the file.

    """

    kind: EditionFileKind
    name: str
    title: str
    media_type: str
    content: bytes


def next_number(tenant: Tenant) -> int:
    """Give the number that the next edition gets; numbers of withdrawn ones do not come again."""
    last = Edition.objects.filter(tenant=tenant).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def missing(edition: Edition, rows: Rows) -> list[str]:
    """Say what has to be there before an edition is released, in German sentences."""
    told = []
    if not edition.resolution:
        told.append("Der Beschluss fehlt: Wer hat wann was beschlossen?")
    if not rows[Name.GOALS] and not rows[Name.MEASURES]:
        told.append("Es gibt weder Wirkungsziele noch öffentliche Maßnahmen.")
    return told


def hints(rows: Rows, hidden: int) -> list[str]:
    """Say what an edition will lack, though it can be released; in German sentences.

    Args:
        rows: its tables.
        hidden: how many measures are not public.

    """
    return list(_hints(rows, hidden))


def _hints(rows: Rows, hidden: int) -> Iterator[str]:
    measures, goals = rows[Name.MEASURES], rows[Name.GOALS]
    if hidden:
        yield _of(hidden, "Maßnahme wird", "Maßnahmen werden", "nicht veröffentlicht.")
    silent = sum(row["state"] == "unknown" for row in measures)
    if silent:
        yield _of(silent, "Maßnahme hat", "Maßnahmen haben", "keinen berichteten Stand.")
    leaderless = sum(not row["lead"] for row in measures)
    if leaderless:
        yield _of(leaderless, "Maßnahme nennt", "Maßnahmen nennen", "keine Federführung.")
    aimless = sum(not row["aim"] for row in goals)
    if aimless:
        yield _of(aimless, "Wirkungsziel hat", "Wirkungsziele haben", "keinen Zielwert.")
    if not any(row["html"] for row in rows[Name.TEXTS]):
        yield "Es gibt keine Kapiteltexte."
    if not rows[Name.INDICATORS]:
        yield "Es gibt keine Kennzahlen."


def _of(count: int, one: str, many: str, rest: str) -> str:
    return f"1 {one} {rest}" if count == 1 else f"{count} {many} {rest}"


def release(  # noqa: PLR0913 - what a release consists of
    *,
    actor: Actor,
    edition: Edition,
    number: int,
    tables: Rows,
    files: Sequence[Written],
    on: date,
    version: int | None = None,
) -> None:
    """Release an edition for everybody; from now on it does not change. All or nothing.

    Args:
        actor: who releases it.
        edition: a draft.
        number: the number that its documents tell.
        tables: its rows, as `queries.rows_of` gives them.
        files: its documents, written from these tables.
        on: the day.
        version: the version that the person saw.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        EditionError: it is released, something is missing, or another one took the number.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_PLAN, edition)
    refuse_released(edition)
    if lacking := missing(edition, tables):
        raise EditionError(" ".join(lacking))
    batch = new_batch()
    edition.version = edition.version if version is None else version
    with whole():
        _number(actor, edition, number, on, batch)
        adopt(actor=actor, plan=edition.plan, batch=batch)
        _keep_tables(actor, edition, tables, batch)
        for one in files:
            _keep_file(actor, edition, one, batch)


def _number(actor: Actor, edition: Edition, number: int, on: date, batch: str) -> None:
    """Give the edition its number; who was faster took it."""
    with change(by=actor, verb=Verb.SHARED, of=edition, batch=batch):
        if number != next_number(edition.tenant):
            raise EditionError("Inzwischen wurde eine andere Ausgabe freigegeben. Bitte noch mal.")
        edition.previous = last_released(edition.tenant)
        edition.number, edition.released_on = number, on
        edition.state, edition.released_by = EditionState.RELEASED, str(actor)[:150]


def _keep_tables(actor: Actor, edition: Edition, tables: Rows, batch: str) -> None:
    for name in Name:
        made = EditionTable(tenant=edition.tenant, key=f"{edition.key}.{name}", edition=edition)
        # How that ended which only earlier editions have, is not reckoned again afterwards.
        more = {ENDED: ended(edition, tables)} if name is Name.PLAN else {}
        with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
            made.name, made.rows = name.value, [{**row, **more} for row in tables[name]]


def _keep_file(actor: Actor, edition: Edition, one: Written, batch: str) -> None:
    # Whether everybody may read it is decided by the edition, also after it is withdrawn.
    kept = keep_written(
        actor=actor, to=edition, title=one.title, name=one.name, media_type=one.media_type,
        content=one.content, batch=batch,
    )  # fmt: skip
    made = EditionFile(tenant=edition.tenant, key=uuid4().hex, edition=edition, attachment=kept)
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        made.kind, made.name = one.kind.value, one.name


def withdraw(
    *, actor: Actor, edition: Edition, why: str, on: date, version: int | None = None
) -> None:
    """Take an edition off the site; in the house it stays as it is.

    Args:
        actor: who withdraws it.
        edition: a released one.
        why: reason, for the house.
        on: the day.
        version: the version that the person saw.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        EditionError: it is not released, or the reason is missing.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_PLAN, edition)
    if edition.state != EditionState.RELEASED:
        raise EditionError("Zurückgezogen wird, was freigegeben ist.")
    if not clean_lines(why):
        raise EditionError("Bitte sagen, warum die Ausgabe zurückgezogen wird.")
    edition.version = edition.version if version is None else version
    with change(by=actor, verb=Verb.WITHDRAWN, of=edition, reason=clean_lines(why)):
        edition.state, edition.withdrawn_on = EditionState.WITHDRAWN, on
        edition.withdrawn_why, edition.withdrawn_by = clean_lines(why), str(actor)[:150]


def places(tables: Mapping[str, Sequence[object]]) -> list[tuple[str, int]]:
    """Count the rows by the German name of their table, in the order of the tables."""
    return [(name.label, len(tables[name])) for name in Name]
