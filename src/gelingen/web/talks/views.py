"""Talks: the list, one talk with what was said in it, and what is told about it."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in, require
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.register.attachments import attach, attachments_of
from gelingen.talks import commands, queries
from gelingen.talks.coding import coder_of
from gelingen.talks.comparing import mean_agreement
from gelingen.talks.hints import hint_of
from gelingen.talks.labels import Labels, read_labels
from gelingen.talks.queries import Codings
from gelingen.terms.spelling import day, percent
from gelingen.terms.talks import TalkState
from gelingen.web.lists import Cell, Column, Listing, chosen_order, chosen_page, in_order
from gelingen.web.needs.tabs import tabs
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    attempt,
    done,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.register.forms import AttachForm
from gelingen.web.talks.forms import STALE, StatementsForm, TalkForm, seen_anew, values_of
from gelingen.web.talks.words import alpha_in_words, begun, coding_state, labels_in_words, many

if TYPE_CHECKING:
    from django.forms import BaseForm

    from gelingen.talks.models import Statement, Talk

COLUMNS = (
    Column("Gespräch", "titel", cut=True),
    Column("Tag", "tag"),
    Column("Ort", "ort"),
    Column("Aussagen", "aussagen", number=True),
    Column(
        "Kodiert", "kodiert", number=True, meaning="Anteil der Aussagen, die jemand kodiert hat"
    ),
    Column("Kodierung", "stand"),
    Column("Übereinstimmung", meaning="Wie einig sich die Kodierenden sind, 1 ist ganz einig"),
)
_SAID = (
    Column("Aussage", wide=True),
    Column("Nr.", number=True),
    Column("Wer"),
    Column("Merkmale", wide=True),
    Column("Bedarf", wide=True),
)


@staff
def talks(request: StaffRequest) -> HttpResponse:
    """List the talks."""
    require(request.user, May.ASK, request.tenant)
    found = list(queries.talks(request.user, request.tenant))
    codings = queries.codings_of(request.user, request.tenant, found)
    counts = queries.statement_counts(request.user, request.tenant)
    order = chosen_order(request, COLUMNS, default="-tag")
    rows = in_order(
        [(one, codings[one.key], counts.get(one.key, 0)) for one in found],
        order,
        {
            "titel": lambda row: row[0].title.casefold(),
            "tag": lambda row: (row[0].day, row[0].key),
            "ort": lambda row: str(row[0].territory or ""),
            "aussagen": lambda row: row[2],
            "kodiert": lambda row: len(row[1].touched) / (row[2] or 1),
            "stand": lambda row: coding_state(row[0], row[1]),
        },
    )
    leaf = chosen_page(request, rows)
    cells = [_row(request, *row) for row in leaf.object_list]
    return page(
        request,
        "talks/talks.html",
        tabs=tabs(request, "talks"),
        answer=f"{begun(many(len(found), 'ein Gespräch', 'Gespräche'))}." if found else "",
        listing=Listing("Gespräche", COLUMNS, cells),
        leaf=leaf,
        order=order,
    )


def _row(request: StaffRequest, one: "Talk", known: Codings, said: int) -> list[Cell | str]:
    mean = mean_agreement(known)
    return [
        Cell(one.title, url=address(request, "talk", record=one.key)),
        day(one.day),
        str(one.territory or ""),
        str(said),
        percent(len(known.touched) / said) if said else "–",
        f"{coding_state(one, known)}{', abgeschlossen' if one.state == TalkState.CLOSED else ''}",
        alpha_in_words(mean.alpha) if len(known.compared) > 1 else "–",
    ]


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Enter a talk."""
    require(request.user, May.ASK, request.tenant)
    labels = read_labels(request.user, request.tenant)
    form = TalkForm(request.POST or None, labels=labels)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            made = commands.new_talk(
                actor=request.user, tenant=request.tenant, given=form.given(), batch=batch
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            _hint(request, made)
            return done(request, f"Angelegt: {made}.", to="talk", undo=batch, record=made.key)
    return page(request, "talks/edit.html", form=form, title="Gespräch eintragen")


def _hint(request: StaffRequest, talk: "Talk") -> None:
    if hint := hint_of(talk.title, talk.participants, talk.moderator, talk.note):
        messages.warning(request, hint)


@staff
def edit(request: StaffRequest, record: str) -> HttpResponse:
    """Change what is told about a talk."""
    found = queries.get_talk(request.user, request.tenant, record)
    labels = read_labels(request.user, request.tenant)
    form = TalkForm(request.POST or None, labels=labels, initial=values_of(found))
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            commands.change_talk(
                actor=request.user, talk=found, given=form.given(), batch=batch,
                version=form.cleaned_data["stand"],
            )  # fmt: skip
        except LostUpdateError:
            form.add_error(None, STALE)
            seen_anew(form, queries.version_of(found))
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            _hint(request, found)
            return done(request, f"Gespeichert: {found}.", to="talk", undo=batch, record=record)
    return page(request, "talks/edit.html", form=form, talk=found, title=f"{found}: Angaben")


@staff
def talk(request: StaffRequest, record: str) -> HttpResponse:
    """Show a talk: what was said, how far it is coded, what became of it."""
    return shown(request, queries.get_talk(request.user, request.tenant, record))


def shown(
    request: StaffRequest, found: "Talk", *, form: "BaseForm | None" = None,
    file: AttachForm | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a talk, perhaps with a form that was refused."""
    said = list(queries.statements(request.user, request.tenant).filter(talk=found))
    known = queries.codings_in(request.user, found)
    labels = read_labels(request.user, request.tenant)
    coder = coder_of(request.user)
    refused = [one for one in (form, file) if one is not None]
    answer = page(
        request,
        "talks/talk.html",
        talk=found,
        answer=_answer(found, said, known),
        listing=_listing(request, found, said, known, labels) if said else None,
        known=known,
        begun=coder in known.coders,
        finished=coder in known.finished,
        may_resume=coder in known.finished and not (known.opened and len(known.coders) > 1),
        closed=found.state == TalkState.CLOSED,
        adding=form or StatementsForm(),
        file=file or AttachForm(),
        files=attachments_of(request.user, found),
        facts=_facts(found),
        may_need=allowed_in(request.user, May.EDIT_NEEDS, request.tenant),
    )
    if refused:
        answer.status_code = 422
    return answer


def _answer(found: "Talk", said: "list[Statement]", known: Codings) -> str:
    place = f", {found.territory}" if found.territory else ""
    coded = f"{len(known.touched)} davon kodiert" if known.touched else "noch keine kodiert"
    words = f"{begun(many(len(said), 'eine Aussage', 'Aussagen'))}, {coded}." if said else ""
    return f"{day(found.day)}{place}. {words}".strip()


def _facts(found: "Talk") -> list[tuple[str, object]]:
    return [
        ("Tag", day(found.day)),
        ("Ort", found.territory),
        ("Wer war dabei", found.participants),
        ("Leitung", found.moderator),
        ("Kodieren sollen", found.planned),
        ("Anmerkung", found.note),
    ]


def _listing(
    request: StaffRequest, found: "Talk", said: "list[Statement]", known: Codings, labels: Labels
) -> Listing:
    needs = queries.needs_of(request.user, request.tenant, found)
    names = labels.by_ident
    own = known.own(coder_of(request.user))
    rows: list[list[Cell | str]] = []
    for one in said:
        # Before all are done, everybody sees what they have found themselves.
        idents = known.counted(one.key) if known.opened else own.get(one.key)
        coded = known.opened and one.key not in known.touched
        of = needs.get(one.key, [])
        rows.append(
            [
                Cell(one.text, url=address(request, "statement", record=one.key)),
                str(one.order),
                one.speaker,
                "" if coded else labels_in_words(idents, names),
                Cell(of[0][1], url=address(request, "need", record=of[0][0]), below=_more(of))
                if of
                else "",
            ]
        )
    ticks = [(one.key, f"Aussage {one.order}") for one in said]
    return Listing("Aussagen", _SAID, rows, ticks, "auswahl")


def _more(needs: list[tuple[str, str]]) -> str:
    return f"und {len(needs) - 1} weitere" if len(needs) > 1 else ""


@staff
@require_POST
def attach_file(request: StaffRequest, record: str) -> HttpResponse:
    """Take a file for a talk."""
    found = queries.get_talk(request.user, request.tenant, record)
    form = AttachForm(request.POST, request.FILES)
    if attempt(form, attach, actor=request.user, to=found):
        return done(request, f"{found}: Datei angehängt.", to="talk", record=record)
    return shown(request, found, file=form)


@staff
@require_POST
def close(request: StaffRequest, record: str) -> HttpResponse:
    """Close a talk, or open it again."""
    found = queries.get_talk(request.user, request.tenant, record)
    # What the button said, not the opposite of what is: two people may press it at once.
    closed = "oeffnen" not in request.POST
    said = "Abgeschlossen" if closed else "Wieder geöffnet"
    if closed == (found.state == TalkState.CLOSED):
        return done(request, f"Schon {said.lower()}: {found}.", to="talk", record=record)
    batch = new_batch()
    commands.close_talk(actor=request.user, talk=found, closed=closed, batch=batch)
    return done(request, f"{said}: {found}.", to="talk", undo=batch, record=record)


@staff
def remove(request: StaffRequest, record: str) -> HttpResponse:
    """Ask whether a talk is to be deleted, and delete it."""
    found = queries.get_talk(request.user, request.tenant, record)
    if request.method == "POST":
        batch = new_batch()
        commands.remove_talk(actor=request.user, talk=found, batch=batch)
        tell(request, f"Gelöscht: {found}.", undo=batch)
        return HttpResponseRedirect(address(request, "talks"))
    return page(
        request,
        "talks/remove.html",
        thing=found,
        back=address(request, "talk", record=record),
        going="Mit dem Gespräch gehen Aussagen, Kodierungen und Dateien. Bedarfe daraus bleiben.",
    )
