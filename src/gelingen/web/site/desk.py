"""The site at the desk: whether it is open, what is missing, its settings, its statement."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpResponse

from gelingen.access.policy import May, allowed_in, require
from gelingen.config.day import today
from gelingen.editions.published import released
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.site.commands import SETTINGS, set_site
from gelingen.site.queries import settings_of, statement_is_old
from gelingen.surveys.links import open_to_everybody
from gelingen.terms.spelling import day
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    done,
    page,
    sentence_of,
    staff,
)
from gelingen.web.site.desk_forms import SettingsForm, StandForm, StatementForm
from gelingen.web.site.hosts import site_address
from gelingen.web.site.tabs import tabs

if TYPE_CHECKING:
    from gelingen.editions.models import Edition
    from gelingen.site.models import SiteSettings

STALE = "Inzwischen hat jemand das geändert. Bitte ansehen und noch einmal speichern."


@staff
def overview(request: StaffRequest) -> HttpResponse:
    """Show whether the site is open, where, what it shows, and what is missing."""
    found = settings_of(request.user, request.tenant)
    editions = released(request.tenant)
    where = site_address(request, request.tenant.pk, f"/{request.tenant.pk}/")
    return page(
        request,
        "site/desk.html",
        tabs=tabs(request, "site-desk"),
        settings=found,
        where=where,
        answer=_answer(found, editions),
        edition=editions[0] if editions else None,
        missing=_missing(request, found, editions),
        may_edit=allowed_in(request.user, May.EDIT_PLAN, request.tenant),
    )


def _answer(found: "SiteSettings", editions: "list[Edition]") -> str:
    on = "Eingeschaltet" if found.switched_on else "Ausgeschaltet: Niemand draußen sieht sie"
    if not editions:
        return f"{on}. Noch ist keine Ausgabe des Plans freigegeben."
    out = f", freigegeben am {day(editions[0].released_on)}" if editions[0].released_on else ""
    return f"{on}. Sie zeigt die {editions[0].number}. Ausgabe{out}."


def _missing(
    request: StaffRequest, found: "SiteSettings", editions: "list[Edition]"
) -> list[tuple[str, str]]:
    """List what is missing, each with the address at which it is mended."""
    settings, statement = address(request, "site-settings"), address(request, "site-statement")
    looked = (
        (bool(editions), "Eine freigegebene Ausgabe des Plans", address(request, "editions")),
        (bool(found.title), "Titel der Webseite", settings),
        (bool(found.lead), "Worum es geht, in zwei Sätzen", settings),
        (bool(found.contact_name and found.contact_email), "Ansprechstelle, Postfach", settings),
        (bool(found.imprint), "Impressum", settings),
        (bool(found.privacy), "Text zum Datenschutz", settings),
        (bool(found.conformity and found.check_method and found.enforcement),
         "Angaben für die Erklärung zur Barrierefreiheit", statement),
        (not statement_is_old(found, on=today()),
         "Die Erklärung zur Barrierefreiheit ist vor mehr als einem Jahr oder nie überprüft worden",
         statement),
    )  # fmt: skip
    return [(said, url) for there, said, url in looked if not there]


@staff
def settings(request: StaffRequest) -> HttpResponse:
    """Change what the frame of the site says, and whether there is one."""
    surveys = open_to_everybody(request.tenant, on=today())

    def form(*args: object, **given: object) -> StandForm:
        return SettingsForm(*args, surveys=surveys, **given)

    return _changed(request, form, "site-settings", "site/settings.html")


@staff
def accessibility(request: StaffRequest) -> HttpResponse:
    """Change what the accessibility statement says."""
    return _changed(request, StatementForm, "site-statement", "site/statement_desk.html")


def _changed(
    request: StaffRequest, make: Callable[..., StandForm], here: str, template: str
) -> HttpResponse:
    """Show a form about the settings; write what was sent, unless somebody wrote since."""
    found = settings_of(request.user, request.tenant)
    begin = {name: getattr(found, name) for name in SETTINGS} | {"stand": found.version}
    form = make(request.POST) if request.method == "POST" else make(initial=begin)
    if request.method == "POST":
        require(request.user, May.EDIT_PLAN, request.tenant)
        if form.is_valid() and (batch := _saved(request, form, found)):
            return done(request, "Gespeichert.", to=here, undo=batch)
    return page(
        request,
        template,
        tabs=tabs(request, here),
        settings=found,
        may_edit=allowed_in(request.user, May.EDIT_PLAN, request.tenant),
        form=form,
    )


def _saved(request: StaffRequest, form: StandForm, found: "SiteSettings") -> str:
    """Write; gives the undertaking, or "" if it was refused."""
    given = dict(form.cleaned_data)
    seen, batch, stored = given.pop("stand"), new_batch(), found.version
    try:
        set_site(actor=request.user, tenant=request.tenant, given=given, version=seen, batch=batch)
    except LostUpdateError:
        form.add_error(None, STALE)
        # What is sent again was sent in sight of what stands there now.
        again = request.POST.copy()
        again["stand"] = str(stored)
        form.data = again
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
    else:
        return batch
    return ""
