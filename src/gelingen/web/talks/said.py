"""What was said: add statements, change one, delete one."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.talks import commands, queries
from gelingen.talks.coding import coder_of
from gelingen.talks.hints import hint_of
from gelingen.talks.labels import read_labels
from gelingen.web.pages import REFUSALS, StaffRequest, address, done, page, sentence_of, staff, tell
from gelingen.web.shell import Link
from gelingen.web.talks.forms import (
    STALE,
    StatementForm,
    StatementsForm,
    seen_anew,
    values_of_statement,
)
from gelingen.web.talks.views import shown
from gelingen.web.talks.words import labels_in_words, many


@staff
@require_POST
def add(request: StaffRequest, record: str) -> HttpResponse:
    """Add statements to a talk, one or many."""
    found = queries.get_talk(request.user, request.tenant, record)
    form = StatementsForm(request.POST)
    if form.is_valid():
        batch = new_batch()
        try:
            made = commands.add_statements(
                actor=request.user, talk=found, batch=batch, **form.cleaned_data
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(
                request,
                f"Eingetragen: {many(len(made), 'eine Aussage', 'Aussagen')}.",
                undo=batch,
            )
            if hint := hint_of(*(one.text for one in made), made[0].speaker):
                messages.warning(request, hint)
            return HttpResponseRedirect(f"{address(request, 'talk', record=record)}?weiter#neu")
    return shown(request, found, form=form)


@staff
def statement(request: StaffRequest, record: str) -> HttpResponse:
    """Show a statement with its needs, and change it."""
    found = queries.get_statement(request.user, request.tenant, record)
    form = StatementForm(request.POST or None, initial=values_of_statement(found))
    if request.method == "POST" and form.is_valid():
        batch, given = new_batch(), dict(form.cleaned_data)
        try:
            commands.change_statement(
                actor=request.user, statement=found, version=given.pop("stand"), batch=batch,
                **given,
            )  # fmt: skip
        except LostUpdateError:
            now = queries.get_statement(request.user, request.tenant, record)
            form.add_error(None, f"{STALE} Dort steht jetzt: „{now.text}“")
            seen_anew(form, now.version)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            if hint := hint_of(found.text, found.speaker):
                messages.warning(request, hint)
            return done(
                request, f"Gespeichert: {found}.", to="talk", undo=batch, record=found.talk.key
            )
    talk = found.talk
    known = queries.codings_in(request.user, talk)
    idents = (
        known.counted(record) if known.opened else known.own(coder_of(request.user)).get(record)
    )
    needs = queries.needs_of(request.user, request.tenant, talk).get(record, [])
    return page(
        request,
        "talks/statement.html",
        form=form,
        statement=found,
        talk=talk,
        labels=labels_in_words(idents, read_labels(request.user, request.tenant).by_ident),
        opened=known.opened,
        needs=[Link(words, address(request, "need", record=key)) for key, words in needs],
    )


@staff
def remove(request: StaffRequest, record: str) -> HttpResponse:
    """Ask whether a statement is to be deleted, and delete it."""
    found = queries.get_statement(request.user, request.tenant, record)
    wrong = ""
    if request.method == "POST":
        batch = new_batch()
        try:
            commands.remove_statement(actor=request.user, statement=found, batch=batch)
        except REFUSALS as error:
            wrong = sentence_of(error)
        else:
            said = f"Gelöscht: {found}."
            return done(request, said, to="talk", undo=batch, record=found.talk.key)
    return page(
        request,
        "talks/remove.html",
        thing=found,
        words=found.text,
        back=address(request, "statement", record=record),
        going="Mit der Aussage gehen ihre Kodierungen. Bedarfe daraus bleiben.",
        refused=wrong,
    )
