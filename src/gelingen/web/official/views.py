"""Read a table of statistics in: send it, say what it holds, look at it, write it or leave it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.errors import UserError
from gelingen.terms.spelling import number
from gelingen.transfer.figures.mapping import ask, remember
from gelingen.transfer.figures.planning import plan_figures
from gelingen.transfer.figures.uploads import (
    drop_table,
    get_table,
    keep_table,
    settle_table,
    table_of,
    tables,
)
from gelingen.transfer.figures.writing import write_figures
from gelingen.transfer.uploads import KEPT
from gelingen.web.official import words
from gelingen.web.official.forms import MOST_SERIES, FigureMappingForm, TableForm
from gelingen.web.pages import StaffRequest, address, done, page, staff

STAMP = "stempel"
_OTHERWISE = (
    "Inzwischen hat sich etwas geändert. Nichts wurde geschrieben; bitte die neue Vorschau ansehen."
)


@staff
def start(request: StaffRequest) -> HttpResponse:
    """Take a table; list those that are on their way."""
    require(request.user, May.EDIT_BASICS, request.tenant)
    form = TableForm()
    if request.method == "POST":
        form = TableForm(request.POST, request.FILES)
        answer = _received(request, form)
        if answer is not None:
            return answer
    waiting = words.waiting(request, tables(request.user, request.tenant))
    return page(request, "official/start.html", form=form, waiting=waiting, kept=KEPT.days)


def _received(request: StaffRequest, form: TableForm) -> HttpResponse | None:
    """Keep the table and go on to what it needs next; None if it is refused."""
    if not form.is_valid():
        return None
    try:
        kept, table = keep_table(
            request.user, request.tenant, form.cleaned_data["datei"], at=timezone.now()
        )
    except UserError as error:
        form.add_error("datei", str(error))
        return None
    open_ = ask(request.user, request.tenant, table).open
    to = "figure-mapping" if open_ else "figure-table"
    return HttpResponseRedirect(address(request, to, key=kept.key))


@staff
def mapping(request: StaffRequest, key: str) -> HttpResponse:
    """Ask what series and territories are here, and keep the answers for next time."""
    kept = get_table(request.user, request.tenant, key)
    table = table_of(kept)
    asked = ask(request.user, request.tenant, table)
    form = FigureMappingForm(table, asked, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        remember(request.user, request.tenant, table, form.answers(), at=timezone.now())
        return HttpResponseRedirect(address(request, "figure-table", key=key))
    return page(
        request,
        "official/mapping.html",
        upload=kept,
        table=table,
        form=form,
        more=max(len(table.series) - MOST_SERIES, 0),
        far=len(asked.unknown) - len(form.places),
        indicators=asked.indicators,
    )


@staff
def preview(request: StaffRequest, key: str) -> HttpResponse:
    """Show what writing a table would do."""
    kept = get_table(request.user, request.tenant, key)
    table = table_of(kept)
    asked = ask(request.user, request.tenant, table)
    plan = plan_figures(request.user, request.tenant, table, asked.answers)
    return page(
        request,
        "official/preview.html",
        upload=kept,
        table=table,
        plan=plan,
        answer=words.answer(plan),
        ready=not plan.problems and not plan.empty,
        button=f"Übernehmen: {words.values(len(plan.new) + len(plan.changed))}",
        left_out=words.left_out(plan),
        series=words.series(plan),
        changes=words.changes(plan),
        new_places=words.new_places(plan),
        places=words.places(plan),
        shown=words.SHOWN,
        more_changes=max(len(plan.changed) - words.SHOWN, 0),
        more_places=max(len(plan.skipped) - words.SHOWN, 0),
        lines=number(kept.lines),
    )


@staff
@require_POST
def write(request: StaffRequest, key: str) -> HttpResponse:
    """Write a table as its preview says; if it would do something else by now, show that."""
    kept = get_table(request.user, request.tenant, key)
    here = HttpResponseRedirect(address(request, "figure-table", key=key))
    table = table_of(kept)
    asked = ask(request.user, request.tenant, table)
    plan = plan_figures(request.user, request.tenant, table, asked.answers)
    if request.POST.get(STAMP) != plan.stamp or plan.empty:
        messages.warning(request, _OTHERWISE)
        return here
    try:
        batch = write_figures(request.user, plan, file=kept.name)
    except UserError as error:
        messages.warning(request, str(error))
        return here
    settle_table(kept, batch=batch)
    return done(request, f"Übernommen: {words.written(plan)}.", to="figure-tables", undo=batch)


@staff
@require_POST
def discard(request: StaffRequest, key: str) -> HttpResponse:
    """Delete a table that was sent; no record changes."""
    kept = get_table(request.user, request.tenant, key)
    drop_table(request.user, kept)
    return done(request, f"Verworfen: {kept.name}. Nichts wurde geschrieben.", to="figure-tables")
