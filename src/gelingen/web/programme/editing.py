"""What holds for a selection, changed on a page of its own each: with version, draft and undo."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.boards.queries import bodies
from gelingen.boards.seen import earlier
from gelingen.history.recording import new_batch
from gelingen.programme.preparing import add_candidates, change_selection, set_limits
from gelingen.programme.queries import choosable, get_selection
from gelingen.programme.rules import (
    change_candidate,
    get_candidate,
    remove_candidate,
    set_criteria,
    set_minima,
)
from gelingen.topics.queries import topics as topics_of
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.programme.forms import (
    BothVersions,
    CandidateForm,
    MinimaForm,
    SelectionForm,
    Texts,
    candidate_values,
    link_values,
    minimum_values,
    selection_values,
)
from gelingen.web.programme.row_forms import (
    CriteriaForm,
    LimitsForm,
    RowsForm,
    criterion_values,
    limit_values,
)
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.access.record import Record
    from gelingen.plan.models import Measure
    from gelingen.programme.models import Selection

FORM = "programme/form.html"


def to_change(request: StaffRequest, record: str) -> "Selection":
    """Find a selection that the person leads.

    Raises:
        UnknownRecordError: there is none.
        PermissionDenied: the person does not lead it.

    """
    found = get_selection(request.user, request.tenant, record)
    require(request.user, May.CHOOSE, found)
    return found


def asked(  # noqa: PLR0913 - what the pages differ in
    request: StaffRequest,
    selection: "Selection",
    *,
    edited: BothVersions,
    form: forms.Form,
    save: Callable[[str], object],
    title: str,
    template: str = FORM,
    **context: object,
) -> HttpResponse:
    """Show a form, or save what was sent with it; `save` gets the undertaking's number."""
    back = address(request, "selection", record=selection.key)
    if edited.stale:
        return edited.versions(form, thing=f"{selection}: {title}", back=back)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            save(batch)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            tell(request, f"Gespeichert: {title}.", undo=batch)
            return HttpResponseRedirect(back)
    return page(
        request,
        template,
        form=form,
        draft=edited.draft,
        selection=selection,
        title=title,
        back=back,
        **context,
    )


@staff
def facts(request: StaffRequest, record: str) -> HttpResponse:
    """Change title, year, who selects, who scores, and when."""
    found = to_change(request, record)
    groups = found.groups.values_list("key", flat=True)

    def at(stand: str) -> Texts | None:
        before = earlier(found, stand)
        # Who scored before is not kept with the version; what differs is shown.
        return _without(selection_values(before, ()), "groups") if before else None

    edited = BothVersions(request, selection_values(found, groups), stand=str(found.version), at=at)
    form = SelectionForm(
        edited.data,
        initial=edited.initial(several=("groups",)),
        bodies=bodies(request.user, request.tenant),
    )

    def save(batch: str) -> None:
        change_selection(actor=request.user, selection=found, given=form.given(), batch=batch)

    return asked(request, found, edited=edited, form=form, save=save, title="Angaben")


def _without(texts: Texts, name: str) -> Texts:
    return {key: one for key, one in texts.items() if key != name}


# Rows


def stand_of(records: "Iterable[Record]") -> str:
    """Name the version of many records at once."""
    return ";".join(f"{one.key}:{one.version}" for one in records) or "0"


def _before(
    records: "Sequence[Any]", texts: Callable[[Any], Texts], stored: Texts
) -> Callable[[str], Texts | None]:
    """Give what rows said when a form was shown; what was not there said nothing."""

    def at(stand: str) -> Texts | None:
        seen = dict(one.rpartition(":")[::2] for one in stand.split(";"))
        then = [earlier(one, seen[one.key]) for one in records if one.key in seen]
        if None in then:
            return None
        return {**{name: [] for name in stored}, **texts(then)}

    return at


def _rows(  # noqa: PLR0913 - what the two pages differ in
    request: StaffRequest,
    selection: "Selection",
    kind: type[RowsForm],
    *,
    there: "Sequence[Any]",
    texts: Callable[[Any], Texts],
    save: Callable[[Any, str], object],
    title: str,
    answer: str,
) -> HttpResponse:
    stored = texts(there)
    at = _before(there, texts, stored)
    edited = BothVersions(request, stored, stand=stand_of(there), at=at)
    form = kind(edited.data, initial=edited.initial(), there=[one.key for one in there])
    return asked(
        request,
        selection,
        edited=edited,
        form=form,
        save=lambda batch: save(form, batch),
        title=title,
        template="programme/rows.html",
        answer=answer,
    )


@staff
def limits(request: StaffRequest, record: str) -> HttpResponse:
    """Say how much money, staff and hours there are."""
    found = to_change(request, record)

    def save(form: LimitsForm, batch: str) -> None:
        set_limits(actor=request.user, selection=found, wished=form.wished(), batch=batch)

    return _rows(
        request, found, LimitsForm, there=list(found.limits.all()), texts=limit_values, save=save,
        title="Grenzen",
        answer="Wie viel es im Jahr gibt. Aus der ersten Zeile mit Geld zahlen die Maßnahmen, wenn "
        "nichts anderes gesagt ist.",
    )  # fmt: skip


@staff
def criteria(request: StaffRequest, record: str) -> HttpResponse:
    """Say by what is scored."""
    found = to_change(request, record)

    def save(form: CriteriaForm, batch: str) -> None:
        set_criteria(actor=request.user, selection=found, wished=form.wished(), batch=batch)

    return _rows(
        request, found, CriteriaForm, there=list(found.criteria.all()), texts=criterion_values,
        save=save, title="Kriterien",
        answer="Mehr Punkte sind immer besser, auch beim Aufwand. Ein Gewicht von 2 zählt doppelt.",
    )  # fmt: skip


@staff
def minima(request: StaffRequest, record: str) -> HttpResponse:
    """Say how many measures of each topic are chosen at least."""
    found = to_change(request, record)
    there = list(found.minima.select_related("topic"))
    every = list(topics_of(request.user, request.tenant))
    stored = minimum_values(every, there)

    def texts(records: Any) -> Texts:  # noqa: ANN401 - least numbers of earlier
        return minimum_values(every, records)

    edited = BothVersions(request, stored, stand=stand_of(there), at=_before(there, texts, stored))
    counts = _by_topic(found)
    offered = [(one, counts.get(one.pk, 0)) for one in every]
    form = MinimaForm(edited.data, initial=edited.initial(), topics=offered)

    def save(batch: str) -> None:
        set_minima(actor=request.user, selection=found, wished=form.wished(), batch=batch)

    return asked(
        request, found, edited=edited, form=form, save=save, title="Mindestzahlen",
        answer="Wie viele Maßnahmen eines Themenfelds mindestens gewählt werden. Leer: keine "
        "Mindestzahl.",
    )  # fmt: skip


def _by_topic(selection: "Selection") -> Mapping[int, int]:
    found: dict[int, int] = {}
    for topic in selection.candidates.values_list("measure__topic", flat=True):
        found[topic] = found.get(topic, 0) + 1
    return found


# Candidates


@staff
def pick(request: StaffRequest, record: str) -> HttpResponse:
    """Offer the measures that could still stand for choice, by topic, and take those ticked."""
    found = to_change(request, record)
    wrong = ""
    if request.method == "POST":
        batch, ticked = new_batch(), request.POST.getlist("wahl")
        try:
            if not ticked:
                wrong = "Bitte mindestens eine Maßnahme ankreuzen."
            else:
                number = add_candidates(
                    actor=request.user, selection=found, measures=ticked, batch=batch
                )
                many = counted(number, "Maßnahme steht", "Maßnahmen stehen")
                tell(request, f"{many} jetzt zur Wahl.", undo=batch)
                return HttpResponseRedirect(address(request, "selection", record=record))
        except REFUSALS as error:
            wrong = sentence_of(error)
    answer = page(
        request,
        "programme/pick.html",
        selection=found,
        topics=_grouped(choosable(request.user, request.tenant, found)),
        ticked=request.POST.getlist("wahl"),
        back=address(request, "selection", record=record),
        wrong=wrong,
    )
    if wrong:
        answer.status_code = 422
    return answer


def _grouped(measures: "Iterable[Measure]") -> list[tuple[str, list["Measure"]]]:
    """Put measures under their topic; topics in the order in which they first come."""
    found: dict[str, list[Measure]] = {}
    for one in measures:
        found.setdefault(str(one.topic), []).append(one)
    return list(found.items())


@staff
def candidate(request: StaffRequest, record: str, candidate: str) -> HttpResponse:
    """Change what a measure takes, whether it is set, what it needs and excludes."""
    found = to_change(request, record)
    one = get_candidate(request.user, found, candidate)
    short = list(found.limits.all())
    others = found.candidates.exclude(pk=one.pk).select_related("measure").order_by("measure__key")

    def at(stand: str) -> Texts | None:
        before = earlier(one, stand)
        return candidate_values(before, short) if before else None

    stored = candidate_values(one, short) | (link_values(one) if others else {})
    edited = BothVersions(request, stored, stand=str(one.version), at=at)
    form = CandidateForm(
        edited.data, initial=edited.initial(several=("braucht", "ohne")),
        limits=short, others=others,
    )  # fmt: skip

    def save(batch: str) -> None:
        change_candidate(actor=request.user, candidate=one, given=form.given(), batch=batch)

    return asked(
        request, found, edited=edited, form=form, save=save, title=str(one.measure),
        template="programme/candidate.html", candidate=one, answer=str(one.measure.topic),
    )  # fmt: skip


@staff
@require_POST
def remove(request: StaffRequest, record: str, candidate: str) -> HttpResponse:
    """Take a measure out of the choice."""
    found = to_change(request, record)
    one = get_candidate(request.user, found, candidate)
    batch = new_batch()
    remove_candidate(actor=request.user, candidate=one, batch=batch)
    tell(request, f"Steht nicht mehr zur Wahl: {one.measure}.", undo=batch)
    return HttpResponseRedirect(address(request, "selection", record=record))
