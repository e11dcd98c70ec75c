"""News, questions, dates and texts of the site at the desk: write, publish, take down, remove."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in, require
from gelingen.config.day import today
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.site import commands
from gelingen.site.queries import entries as entries_of
from gelingen.site.queries import get_entry, new_entry
from gelingen.terms.spelling import day
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    done,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.site.desk import STALE
from gelingen.web.site.desk_forms import FORMS, StandForm
from gelingen.web.site.tabs import tabs

if TYPE_CHECKING:
    from gelingen.site.commands import Entry


@dataclass(frozen=True, slots=True)
class Kind:
    """Words about one kind of entry.

    Attributes:
        title: heading of its page.
        one: what one of them is called.
        answer: what they are for.
        empty: what to say where there are none.

    """

    title: str
    one: str
    answer: str
    empty: str


WORDS = {
    "nachrichten": Kind(
        "Nachrichten", "Nachricht", "Was auf der Webseite neu ist; auch als Feed.",
        "Eine Nachricht braucht eine Überschrift, einen Tag und zwei Sätze. Zum Beispiel: Der "
        "Kreistag hat die neue Ausgabe beschlossen.",
    ),
    "fragen": Kind(
        "Häufige Fragen", "Frage", "Was Menschen oft fragen, mit der Antwort.",
        "Gut beginnt es mit den drei Fragen, die am Telefon am häufigsten kommen.",
    ),
    "termine": Kind(
        "Termine", "Termin", "Wann und wo Menschen mitmachen können.",
        "Ein Termin steht bis zu seinem Tag unter „Mitmachen“, danach nicht mehr.",
    ),
    "texte": Kind(
        "Seitentexte", "Seitentext", "Eigene Worte am Anfang einer Seite, je Sprache.",
        "Ohne eigenen Text zeigt jede Seite, was in der Ausgabe steht. Am meisten hilft ein Text "
        "für „Das Projekt“ und einer in einfacher Sprache.",
    ),
}  # fmt: skip


@staff
def entries(request: StaffRequest, kind: str) -> HttpResponse:
    """Show the entries of a kind with their state."""
    words, found = WORDS[kind], entries_of(request.user, request.tenant, kind)
    columns = (Column(words.one, wide=True), Column("Stand"), Column("Tag"))
    return page(
        request,
        "site/entries.html",
        tabs=tabs(request, f"desk-{kind}"),
        words=words,
        listing=Listing(words.title, columns, [_row(request, kind, one) for one in found]),
        new=address(request, f"desk-{kind}-new"),
        may_edit=allowed_in(request.user, May.EDIT_PLAN, request.tenant),
    )


def _row(request: StaffRequest, kind: str, one: "Entry") -> Row:
    url = address(request, f"desk-{kind}-edit", record=one.key)
    state = "published" if one.out else "draft"
    dated = getattr(one, "day", None)
    said = Cell(one.get_state_display(), state=_SHAPES[state])
    return Cell(str(one), url=url), said, day(dated) if dated else "–"


# Shapes of `web.states` that say the same.
_SHAPES = {"published": "confirmed", "draft": "draft"}


@staff
def new(request: StaffRequest, kind: str) -> HttpResponse:
    """Write a new entry; it is a draft."""
    require(request.user, May.EDIT_PLAN, request.tenant)
    begin: dict[str, object] = {"day": day(today())}
    form = FORMS[kind](request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        entry = new_entry(request.tenant, kind)
        if batch := _written(request, form, entry):
            said = (
                f"Gespeichert als Entwurf: {entry}. Draußen steht es erst nach „Veröffentlichen“."
            )
            return done(request, said, to=f"desk-{kind}-edit", undo=batch, record=entry.key)
    return _form(request, kind, form, None)


@staff
def edit(request: StaffRequest, kind: str, record: str) -> HttpResponse:
    """Change an entry; one that is out changes for everybody at once."""
    entry = get_entry(request.user, request.tenant, kind, record)
    names = commands.FIELDS[type(entry)]
    begin = {name: getattr(entry, name) for name in names} | {"stand": entry.version}
    form = FORMS[kind](request.POST or None, initial=begin)
    if request.method == "POST":
        require(request.user, May.EDIT_PLAN, request.tenant)
        if form.is_valid() and (batch := _written(request, form, entry)):
            where = "Draußen steht jetzt die neue Fassung." if entry.out else ""
            said = f"Gespeichert: {entry}. {where}".strip()
            return done(request, said, to=f"desk-{kind}", undo=batch)
        # As it is stored, not as it was tried.
        entry = get_entry(request.user, request.tenant, kind, record)
    return _form(request, kind, form, entry)


def _form(request: StaffRequest, kind: str, form: StandForm, entry: "Entry | None") -> HttpResponse:
    words = WORDS[kind]
    name = f"desk-{kind}-{{}}"
    return page(
        request,
        "site/entry.html",
        words=words,
        entry=entry,
        title=str(entry) if entry else f"{words.one} schreiben",
        back=address(request, f"desk-{kind}"),
        turn=address(request, name.format("turn"), record=entry.key) if entry else "",
        remove=address(request, name.format("remove"), record=entry.key) if entry else "",
        may_edit=allowed_in(request.user, May.EDIT_PLAN, request.tenant),
        form=form,
    )


def _written(request: StaffRequest, form: StandForm, entry: "Entry") -> str:
    """Write; gives the undertaking, or "" if it was refused."""
    given = dict(form.cleaned_data)
    seen, batch, stored = given.pop("stand"), new_batch(), entry.version
    try:
        commands.write(actor=request.user, entry=entry, given=given, version=seen, batch=batch)
    except LostUpdateError:
        form.add_error(None, STALE)
        again = request.POST.copy()
        again["stand"] = str(stored)
        form.data = again
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
    else:
        return batch
    return ""


@staff
@require_POST
def turn(request: StaffRequest, kind: str, record: str) -> HttpResponse:
    """Publish an entry, or take it down: what the button said, not the opposite of what is."""
    entry = get_entry(request.user, request.tenant, kind, record)
    stand, batch = request.POST.get("stand", ""), new_batch()
    seen = int(stand) if stand.isdecimal() else None
    out = "herunter" not in request.POST
    command = commands.publish if out else commands.take_down
    try:
        command(actor=request.user, entry=entry, version=seen, batch=batch)
    except LostUpdateError:
        messages.warning(request, STALE)
    except REFUSALS as error:
        messages.warning(request, sentence_of(error))
    else:
        said = "Veröffentlicht" if out else "Heruntergenommen"
        tell(request, f"{said}: {entry}.", undo=batch)
    return HttpResponseRedirect(address(request, f"desk-{kind}-edit", record=record))


@staff
@require_POST
def remove(request: StaffRequest, kind: str, record: str) -> HttpResponse:
    """Delete a draft; it can be taken back."""
    entry = get_entry(request.user, request.tenant, kind, record)
    said = str(entry)
    try:
        batch = commands.remove_entry(actor=request.user, entry=entry, batch=new_batch())
    except REFUSALS as error:
        messages.warning(request, sentence_of(error))
        where = address(request, f"desk-{kind}-edit", record=record)
        return HttpResponseRedirect(where)
    return done(request, f"Entfernt: {said}.", to=f"desk-{kind}", undo=batch)
