"""Review of what people say is missing: one need, a voice for a known one, or set aside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.editing import offers, sheet_of, texts_of
from gelingen.history.recording import new_batch
from gelingen.review import needs as known
from gelingen.review.heard import Wish
from gelingen.review.wishes import Bundle, bundles, proposed, with_known
from gelingen.web.editing.forms import RecordForm
from gelingen.web.lists import chosen_page
from gelingen.web.needs.tabs import tabs
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.records import record_url
from gelingen.web.review.parts import parts

T = TypeVar("T")
PAGE_SIZE = 20
FIELDS = ("statement", "topic", "target_group", "territory", "quantity", "severity", "starts")
_SHEET = sheet_of("need").only(*FIELDS)


@dataclass(frozen=True, slots=True)
class Shown:
    """One group of statements as the page shows it.

    Attributes:
        ident: names it on the page.
        bundle: what waits.
        form: the need that would come of it.
        known: needs that say the same: key, statement and address.
        cell: topic, group and place in words.
        complete: whether it can become a need without a further word.
        wrong: what was refused just now; "" if nothing was.

    """

    ident: str
    bundle: Bundle
    form: RecordForm
    known: Sequence[tuple[str, str, str]]
    cell: str
    complete: bool
    wrong: str = ""


@staff
def review(request: StaffRequest) -> HttpResponse:
    """Show what waits, most voices first."""
    require(request.user, May.ASK, request.tenant)
    return _shown(request)


def _shown(
    request: StaffRequest,
    *,
    refused: Sequence[str] = (),
    wrong: str = "",
    form: RecordForm | None = None,
) -> HttpResponse:
    waiting = bundles(request.user, request.tenant)
    leaf = chosen_page(request, waiting, size=PAGE_SIZE)
    offered = offers(request.user, request.tenant, _SHEET) if waiting else {}
    seen = with_known(request.user, request.tenant, list(leaf.object_list))
    rows = [_row(request, one, offered) for one in seen]
    if refused:
        rows = [_with(one, refused, wrong, form) for one in rows]
    answer = page(
        request,
        "review/needs.html",
        answer=_answer(waiting),
        leaf=leaf,
        rows=rows,
        ticks=any(one.complete for one in rows),
        # What is refused stands at its group; there is none where somebody decided meanwhile.
        wrong="" if any(one.wrong for one in rows) else wrong,
        tabs=tabs(request, "review"),
        parts=parts(request, "review"),
    )
    if wrong:
        answer.status_code = 422
    return answer


def _with(one: Shown, refused: Sequence[str], wrong: str, form: RecordForm | None) -> Shown:
    """Keep at its group what was typed and what was wrong with it."""
    if not {wish.subject for wish in one.bundle.wishes} & set(refused):
        return one
    return Shown(one.ident, one.bundle, form or one.form, one.known, one.cell, one.complete, wrong)


def _answer(bundles: Sequence[Bundle]) -> str:
    if not bundles:
        return "Nichts wartet auf eine Entscheidung."
    said = sum(len(one.wishes) for one in bundles)
    if said == 1:
        return "Eine Aussage dazu, was fehlt, wartet auf eine Entscheidung."
    in_groups = f" in {len(bundles)} Gruppen" if 1 < len(bundles) < said else ""
    return f"{said} Aussagen dazu, was fehlt, warten{in_groups} auf eine Entscheidung."


def _row(request: StaffRequest, one: Bundle, offered: Mapping[str, list[tuple[str, str]]]) -> Shown:
    ident = one.wishes[0].subject.partition(":")[2][:12]
    values = proposed(one.wishes)
    form = RecordForm(
        _SHEET, dict(offered), initial=texts_of(_SHEET, values), prefix=ident, auto_id="%s"
    )
    return Shown(
        ident,
        one,
        form,
        [(key, text, record_url(request, "need", key)) for key, text in one.known],
        _cell(one.first, offered),
        all(values[name] for name in ("topic", "target_group", "territory")),
    )


def _cell(wish: Wish, offered: Mapping[str, list[tuple[str, str]]]) -> str:
    words = [
        dict(offered[name]).get(key, "")
        for name, key in zip(("topic", "target_group", "territory"), wish.cell, strict=True)
    ]
    return ", ".join(filter(None, words))


@staff
@require_POST
def accept(request: StaffRequest) -> HttpResponse:
    """Make needs: one of a group, with what was typed; or one each of the ticked groups."""
    require(request.user, May.ASK, request.tenant)
    groups = [one.split(" ") for one in request.POST.getlist("gruppe")]
    if groups or "feld" not in request.POST:  # sent from the bar above all groups
        return _decided(
            request,
            known.accept_groups,
            lambda n: f"{'Ein Bedarf' if n == 1 else f'{n} Bedarfe'} aufgenommen.",
            groups=groups,
        )
    subjects = request.POST.getlist("aussage")
    offered = offers(request.user, request.tenant, _SHEET)
    prefix = request.POST.get("feld", "")
    form = RecordForm(_SHEET, offered, data=request.POST, prefix=prefix, auto_id="%s")
    if not form.is_valid():
        return _shown(request, refused=subjects, wrong="Bitte die Angaben prüfen.", form=form)
    return _decided(
        request,
        known.accept,
        lambda need: f"Als Bedarf aufgenommen: {need}.",
        form=form,
        subjects=subjects,
        values=form.values(),
    )


@staff
@require_POST
def merge(request: StaffRequest) -> HttpResponse:
    """Add statements to a need that is known."""
    require(request.user, May.ASK, request.tenant)
    return _decided(
        request,
        known.merge,
        lambda need: f"Als Stimme dazugenommen: {need}.",
        subjects=request.POST.getlist("aussage"),
        need=request.POST.get("bedarf", ""),
    )


@staff
@require_POST
def decline(request: StaffRequest) -> HttpResponse:
    """Set statements aside."""
    require(request.user, May.ASK, request.tenant)
    groups = (one.split(" ") for one in request.POST.getlist("gruppe"))
    return _decided(
        request,
        known.decline,
        lambda n: f"{'Eine Aussage' if n == 1 else f'{n} Aussagen'} nicht aufgenommen.",
        subjects=[*request.POST.getlist("aussage"), *(one for group in groups for one in group)],
        reason=request.POST.get("grund", ""),
    )


def _decided(
    request: StaffRequest,
    command: Callable[..., T],
    message: Callable[[T], str],
    *,
    form: RecordForm | None = None,
    **given: Any,  # noqa: ANN401 - arguments of the command
) -> HttpResponse:
    """Try a decision; what it refuses stands at the group that it was about."""
    batch = new_batch()
    try:
        done = command(actor=request.user, tenant=request.tenant, on=today(), batch=batch, **given)
    except REFUSALS as error:
        refused = given.get("subjects", ())
        return _shown(request, refused=refused, wrong=sentence_of(error), form=form)
    tell(request, message(done), undo=batch)
    return HttpResponseRedirect(address(request, "review"))
