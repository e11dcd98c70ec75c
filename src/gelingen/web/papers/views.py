"""Papers: the list, one with everything about it, its versions, its files, the document."""

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in
from gelingen.access.record import UnknownRecordError
from gelingen.boards.meetings import led
from gelingen.boards.queries import bodies
from gelingen.config.day import today
from gelingen.history.queries import events_of
from gelingen.history.trace import subject_of
from gelingen.papers.chain import dealt_with
from gelingen.papers.content import LABELS, compared, content_of
from gelingen.papers.following import resolution_of, undecided
from gelingen.papers.queries import (
    PaperLine,
    annexes,
    get_annex,
    get_paper,
    of_body,
    paper_lines,
    sheet,
)
from gelingen.papers.releasing import may_release, missing
from gelingen.papers.writing import add_annex
from gelingen.reports.papers import paper_document
from gelingen.terms.papers import PaperState
from gelingen.web.boards.tabs import tabs
from gelingen.web.documents.direct import hand_out_paper, require_format
from gelingen.web.lists import Column, Listing, chosen_page
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.papers.editing import to_write
from gelingen.web.papers.forms import ListForm
from gelingen.web.papers.house import hand_out_filled
from gelingen.web.papers.words import (
    COLUMNS,
    answer,
    deeds,
    facts_of,
    follows,
    list_answer,
    money_of,
    row,
    stations,
)
from gelingen.web.register.files import hand_out_file
from gelingen.web.register.forms import AttachForm

_COMPARED = (Column("Was"), Column("Vorher", wide=True), Column("Nachher", wide=True))


@staff
def papers(request: StaffRequest) -> HttpResponse:
    """List the papers that the person may see, the one made last first."""
    form = ListForm(request)
    form.offer("stand", PaperState.choices())
    known = bodies(request.user, request.tenant).order_by("name", "key")
    form.offer("gremium", list(known.values_list("key", "name")))
    every = paper_lines(request.user, request.tenant)
    leaf = chosen_page(request, _asked_for(request, form, every))
    return page(
        request,
        "papers/papers.html",
        tabs=tabs(request, "council-papers"),
        filters=form,
        listing=Listing("Vorlagen", COLUMNS, [row(request, one) for one in leaf]),
        leaf=leaf,
        any=bool(every),
        answer=list_answer(every),
        may_write=bool(led(request.user, request.tenant)),
        may_rule=allowed_in(request.user, May.EDIT_BOARDS, request.tenant),
    )


def _asked_for(request: StaffRequest, form: ListForm, every: list[PaperLine]) -> list[PaperLine]:
    """Keep the papers of a state, and those that a body submits or deals with."""
    state, body = form.text("stand"), form.text("gremium")
    kept = of_body(request.user, request.tenant, body) if body else None
    return [
        one
        for one in every
        if state in ("", one.paper.state) and (kept is None or one.paper.pk in kept)
    ]


@staff
def paper(request: StaffRequest, record: str) -> HttpResponse:
    """Show one paper."""
    return shown(request, record)


def shown(request: StaffRequest, record: str, file: AttachForm | None = None) -> HttpResponse:
    """Show one paper, perhaps with a file that was refused."""
    found = get_paper(request.user, request.tenant, record)
    read = sheet(request.user, found)
    may, at = read.may_edit, read.at
    adopted = resolution_of(found)
    facts, empty = facts_of(request, found)
    things = [found, *read.chain, *read.consequences]
    shown_page = page(
        request,
        "papers/paper.html",
        paper=found,
        read=read,
        title=found.subject,
        answer=answer(read),
        facts=facts,
        missing=empty,
        lacks=missing(found) if may and found.state in ("draft", "submitted") else [],
        money=money_of(found),
        deeds=deeds(request, found) if may else [],
        may_edit=may,
        may_release=may and may_release(request.user, found),
        is_draft=found.state in ("draft", "submitted"),
        stations=stations(request, read),
        minuted=dealt_with(request.user, at) if may and at else None,
        adopted=adopted,
        undecided=len(undecided(request.user, found)) if may and adopted else 0,
        measures=found.measures.order_by("order", "key"),
        files=annexes(request.user, found),
        file=file or AttachForm(),
        told_follows=follows(read, today()),
        may_undo=may,
        part_of=subject_of(found),
        history=events_of(request.tenant.pk, [subject_of(one) for one in things]) if may else [],
    )
    if file is not None:
        shown_page.status_code = 422
    return shown_page


@staff
def versions(request: StaffRequest, record: str) -> HttpResponse:
    """Compare two versions of a paper field by field; the second may be how it is now."""
    found = get_paper(request.user, request.tenant, record)
    read = sheet(request.user, found)
    orders = [one.order for one in read.versions]
    last = orders[0] if orders else 0
    before = _number(request, "von", orders[1] if len(orders) > 1 else last)
    after = _number(request, "bis", last)
    # How it is now is told only to who may see the draft.
    known = {one.order: one.content for one in read.versions}
    if read.may_edit:
        files = [one.title for one in annexes(request.user, found) if one.public]
        known[0] = content_of(found, read.chain, files=files)
    if known and not {before, after} <= set(known):
        raise UnknownRecordError("Diese Fassung gibt es nicht.")
    earlier, later = known.get(before, {}), known.get(after, {})
    differing = compared(earlier, later)
    return page(
        request,
        "papers/versions.html",
        paper=found,
        read=read,
        before=before,
        after=after,
        differing=Listing(
            "Unterschiede", _COMPARED,
            [(one.label, one.before or "–", one.after or "–") for one in differing],
        ),
        content=[(label, later.get(name, "")) for name, label in LABELS.items()],
        back=address(request, "council-paper", record=record),
    )  # fmt: skip


def _number(request: StaffRequest, name: str, otherwise: int) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 5 else otherwise  # noqa: PLR2004


@staff
@require_POST
def attach_file(request: StaffRequest, record: str) -> HttpResponse:
    """Take an annex of a paper."""
    found = to_write(request, record)
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            add_annex(actor=request.user, paper=found, **form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(request, "Anlage angehängt.")
            return HttpResponseRedirect(
                f"{address(request, 'council-paper', record=record)}#anlagen"
            )
    return shown(request, record, file=form)


@staff
def annex(request: StaffRequest, record: str, file: str) -> HttpResponseBase:
    """Hand out an annex, never to be shown inside a page."""
    found = get_annex(request.user, get_paper(request.user, request.tenant, record), file)
    return hand_out_file(found)


@staff
def document(request: StaffRequest, record: str, fmt: str) -> HttpResponse:
    """Hand out a paper as PDF, DOCX or HTML; "haus" is a DOCX on the template of the house."""
    found = get_paper(request.user, request.tenant, record)
    if fmt == "haus":
        return hand_out_filled(request, found)
    require_format(fmt)
    return hand_out_paper(paper_document(request.user, found, on=today()), fmt, name="vorlage")
