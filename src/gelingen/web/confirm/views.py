"""Pages that a link from a mail opens: no account, one column, each answer saved at once."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gelingen.access.tokens import UnknownLinkError
from gelingen.config.day import today
from gelingen.confirmations import answering
from gelingen.confirmations.entries import Entry, entries, known_texts
from gelingen.confirmations.links import ClosedLinkError, open_link
from gelingen.errors import UserError
from gelingen.terms.asking import EntryAnswer
from gelingen.terms.spelling import day
from gelingen.web import outside
from gelingen.web.confirm.forms import ChangeForm, GoneForm
from gelingen.web.pages import page
from gelingen.web.words import spelled

if TYPE_CHECKING:
    from gelingen.confirmations.models import Request

P = ParamSpec("P")
LANGUAGES = ("de", "en")


class LinkRequest(HttpRequest):
    """A request that comes through a link."""

    token: str
    asked: "Request"


def in_their_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer in the language that was asked for, or in that of the browser, or in German.

    Only these pages exist in other languages: who answers may read German less well than who asks.
    """

    @wraps(view)
    def spoken(request: HttpRequest, *given: object, **values: object) -> HttpResponse:
        language = outside.language_for(request, LANGUAGES)
        with translation.override(language):
            answer = view(request, *given, **values)
        chosen = request.GET.get(outside.LANGUAGE) == language
        return outside.remember(answer, language) if chosen else answer

    return spoken


def by_link(
    view: Callable[Concatenate[LinkRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let whoever has a good link reach a view, and nobody guess."""

    @wraps(view)
    @in_their_language
    def guarded(request: LinkRequest, token: str, **values: object) -> HttpResponse:
        try:
            request.asked = open_link(token, at=timezone.now())
        except UnknownLinkError:
            return outside.lost(request, _closed)
        except ClosedLinkError as error:
            return outside.private(_closed(request, error.closed.value, status=410))
        request.token = token
        # That the address table fits the view, no type can say.
        return outside.private(view(request, **values))  # type: ignore[arg-type, call-arg]

    return guarded


def _closed(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    return render(request, "confirm/closed.html", {"why": why}, status=status)


def _way(request: LinkRequest, name: str = "link", **values: object) -> str:
    return reverse(name, kwargs={"token": request.token, **values})


@by_link
@require_safe
def overview(request: LinkRequest) -> HttpResponse:
    """Show the entries, each with its three answers."""
    found = entries(request.asked)
    left = [one for one in found if one.answer is None]
    return page(
        request,
        "confirm/page.html",
        asked=request.asked,
        token=request.token,
        title=_question(len(found)),
        entries=found,
        left=len(left),
        all_label=_("Alle {} stimmen noch").format(_(spelled(len(left)))),
        true=(EntryAnswer.TRUE, _("Stimmt noch")),
        changed=(EntryAnswer.CHANGED, _("Hat sich geändert")),
        gone=(EntryAnswer.GONE, _("Gibt es nicht mehr")),
    )


def _question(number: int) -> str:
    if number == 1:
        return _("Stimmt Ihr Eintrag noch?")
    return _("Stimmen Ihre {} Einträge noch?").format(_(spelled(number)))


@by_link
@require_POST
def all_true(request: LinkRequest) -> HttpResponse:
    """Take what nobody has answered yet as true, and close."""
    answering.all_still_true(request.asked, on=today(), at=timezone.now())
    return _thank(request)


@by_link
@require_POST
def finish(request: LinkRequest) -> HttpResponse:
    """Take the answers as complete."""
    answering.close(request.asked, at=timezone.now())
    return _thank(request)


def _thank(request: LinkRequest) -> HttpResponse:
    given = [one.answer for one in entries(request.asked)]
    true = given.count(EntryAnswer.TRUE)
    other = len(given) - true - given.count(None)
    said = []
    if true:
        one, many = _("Ein Eintrag ist bestätigt."), _("{} Einträge sind bestätigt.")
        said.append(one if true == 1 else many.format(true))
    if other:
        county = request.asked.tenant.name
        one = _("Ein Vorschlag liegt jetzt bei der Integrationsstelle ({county}).")
        many = _("{other} Vorschläge liegen jetzt bei der Integrationsstelle ({county}).")
        said.append((one if other == 1 else many).format(other=other, county=county))
    messages.info(request, " ".join(said))
    return HttpResponseRedirect(reverse("link-thanks"))


@in_their_language
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank, and say what happens now."""
    return page(request, "confirm/thanks.html")


def _entry(request: LinkRequest, pk: int) -> Entry:
    asked = answering.get_asked(request.asked, pk)
    found = next((one for one in entries(request.asked) if one.pk == asked.pk), None)
    if found is None:
        raise answering.UnknownEntryError(_("Diesen Eintrag gibt es nicht mehr."))
    return found


def _next(request: LinkRequest, pk: int) -> HttpResponse:
    """Go on to the next entry that is not answered, or to the end of the page."""
    left = [one.pk for one in entries(request.asked) if one.answer is None]
    following = next((one for one in left if one > pk), left[0] if left else None)
    place = f"eintrag-{following}" if following is not None else "fertig"
    return HttpResponseRedirect(f"{_way(request)}#{place}")


@by_link
@require_POST
def still_true(request: LinkRequest, entry: int) -> HttpResponse:
    """Note that an entry is still true."""
    asked = answering.get_asked(request.asked, entry)
    answering.still_true(request.asked, asked, on=today(), at=timezone.now())
    return _next(request, entry)


@by_link
def changed(request: LinkRequest, entry: int) -> HttpResponse:
    """Ask what has changed, with what is known filled in."""
    asked = answering.get_asked(request.asked, entry)
    texts, unit = known_texts(request.asked, asked.structure)
    form = ChangeForm(
        unit=unit, data=request.POST if request.method == "POST" else None, initial=texts
    )

    def save() -> None:
        answering.changed(
            request.asked,
            asked,
            values=form.values(),
            remark=form.cleaned_data["remark"],
            on=today(),
            at=timezone.now(),
        )

    return _asked(request, entry, form, save, title=_("Was hat sich geändert?"))


@by_link
def gone(request: LinkRequest, entry: int) -> HttpResponse:
    """Ask until when there was such a thing."""
    asked = answering.get_asked(request.asked, entry)
    form = GoneForm(
        data=request.POST if request.method == "POST" else None, initial={"ends": day(today())}
    )

    def save() -> None:
        answering.gone(request.asked, asked, ends=form.day(), on=today(), at=timezone.now())

    return _asked(request, entry, form, save, title=_("Bis wann gab es das?"))


def _asked(
    request: LinkRequest, pk: int, form: BaseForm, save: Callable[[], None], *, title: str
) -> HttpResponse:
    if form.is_valid():
        try:
            save()
        except UserError as error:
            form.add_error(None, str(error))
        else:
            return _next(request, pk)
    return page(
        request,
        "confirm/entry.html",
        form=form,
        title=title,
        entry=_entry(request, pk),
        asked=request.asked,
        back=f"{_way(request)}#eintrag-{pk}",
    )
