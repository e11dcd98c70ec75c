"""Data protection: what is kept about somebody, handed out, corrected, forgotten; the register."""

from dataclasses import asdict
from itertools import groupby

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.privacy.dating import Dated, dated
from gelingen.privacy.forgetting import forget as forget_for_good
from gelingen.privacy.held import Held, hand_out, held
from gelingen.register.queries import organisations
from gelingen.reports.information import information_paper
from gelingen.reports.processing import processing_register
from gelingen.terms.vocabulary import PaperFormat
from gelingen.web.documents.direct import hand_out_paper, require_format
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.people.tabs import tabs
from gelingen.web.privacy.forms import ForgetForm, SearchForm
from gelingen.web.records import record_url


@staff
def privacy(request: StaffRequest) -> HttpResponse:
    """Search what is kept about somebody.

    Searched is by POST: the name of who is looked for stands in no address, and so in no history
    of a browser and no log.
    """
    return _shown(request)


def _search(request: StaffRequest) -> SearchForm:
    require(request.user, May.PROTECT, request.tenant)
    known = organisations(request.user, request.tenant).values_list("key", "name")
    offered = sorted(known, key=lambda pair: pair[1].casefold())
    return SearchForm(request.POST if request.method == "POST" else None, offered=offered)


def _shown(request: StaffRequest, *, forgetting: ForgetForm | None = None) -> HttpResponse:
    form = _search(request)
    asked = form.is_valid()
    found = held(request.user, request.tenant, **_wanted(form)) if asked else []
    kinds = [(kind, list(rows)) for kind, rows in groupby(found, key=lambda one: one.kind)]
    answer = page(
        request,
        "privacy/privacy.html",
        search=form,
        asked=asked,
        found=found,
        kinds=[(kind, [(one, _url(request, one)) for one in rows]) for kind, rows in kinds],
        forgetting=forgetting or ForgetForm(),
        chosen=request.POST.getlist("angabe"),
        formats=list(PaperFormat),
        tabs=tabs(request, "privacy"),
    )
    if forgetting is not None or (form.is_bound and not asked):
        answer.status_code = 422
    return answer


def _wanted(form: SearchForm) -> dict[str, str]:
    return {
        "words": form.cleaned_data["wort"],
        "organisation": form.cleaned_data["organisation"],
    }


def _url(request: StaffRequest, one: Held) -> str:
    kind, _, key = one.cite.partition(":")
    return record_url(request, kind, key) if key else ""


@staff
@require_POST
def information(request: StaffRequest) -> HttpResponse:
    """Hand out what is found (Art. 15 and 20 GDPR): to be read, or for machines.

    "als" says in which format a sheet is wanted; without it the file for machines is given.
    """
    form = _search(request)
    if not form.is_valid():
        return _shown(request)
    fmt = request.POST.get("als", "")
    if fmt:
        require_format(fmt)  # before it is noted as handed out
    found = dated(request.tenant, hand_out(request.user, request.tenant, **_wanted(form)))
    if fmt:
        paper = information_paper(
            request.tenant,
            found,
            words=form.cleaned_data["wort"],
            organisation=_name(form),
            on=today(),
        )
        return hand_out_paper(paper, fmt, name="auskunft")
    return _for_machines(request, form, found)


def _name(form: SearchForm) -> str:
    """Name of the organisation that was chosen."""
    key = form.cleaned_data["organisation"]
    return dict(form.fields["organisation"].choices).get(key, key) if key else ""  # type: ignore[attr-defined]


def _for_machines(request: StaffRequest, form: SearchForm, found: list[Dated]) -> HttpResponse:
    answer = JsonResponse(
        {
            "mandant": request.tenant.name,
            "stand": today().isoformat(),
            "gesucht": form.cleaned_data,
            "angaben": [
                {
                    name: value
                    for name, value in asdict(one.held).items()
                    if name not in {"ident", "way"}
                }
                | {"since": one.since, "until": one.until}
                for one in found
            ],
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    answer["Content-Disposition"] = 'attachment; filename="auskunft.json"'
    return answer


@staff
@require_POST
def forget(request: StaffRequest) -> HttpResponse:
    """Forget what was ticked, for good."""
    form = ForgetForm(request.POST)
    if not form.is_valid():
        return _shown(request, forgetting=form)
    try:
        done = forget_for_good(
            request.user,
            request.tenant,
            request.POST.getlist("angabe"),
            reason=form.cleaned_data["grund"],
        )
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
        return _shown(request, forgetting=form)
    tell(request, f"Gelöscht: {done.fields} Angaben und {done.rows} ganze Datensätze.")
    return HttpResponseRedirect(address(request, "privacy"))


@staff
def register(request: StaffRequest, fmt: str) -> HttpResponse:
    """Hand out the register of processing as a file."""
    require_format(fmt)
    document = processing_register(request.user, request.tenant, on=today())
    name = f"verzeichnis-verarbeitung-{request.tenant.key}"
    return hand_out_paper(document, fmt, name=name)
