"""Say something about a page of the public site: without account, cookie, script or a foreign host.

Against programs that fill in forms stand a field that people do not see, a signed mark that says
when the form was opened (not just now, not days ago; what comes again with it is the same
feedback), a limit for each address, and no more than two web addresses in a text. The form carries
no token against forgery: nobody is signed in here in whose name something could be forged.
"""

import re
from datetime import datetime, timedelta
from secrets import token_urlsafe

from allauth.core.internal import ratelimit  # the public one never limits reading
from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gelingen.config.day import today
from gelingen.feedback.commands import LONGEST, receive
from gelingen.site.public import site_of
from gelingen.terms.surveys import Language
from gelingen.web.site.frame import Site, missing

LIMIT = "public_feedback"  # see ACCOUNT_RATE_LIMITS in the settings
SOONEST, LATEST = timedelta(seconds=3), timedelta(hours=12)
MOST_LINKS = 2
PAGE, SENT = "seite", "danke"
_SALT = "gelingen.site.feedback"
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_KEPT = 300
_REFUSED, _OFTEN = 422, 429


class FeedbackForm(forms.Form):
    """Was jemand zu einer Seite sagt; `webseite` füllen nur Programme aus."""

    message = forms.CharField(
        label=_("Ihre Nachricht"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST,
    )
    mailbox = forms.EmailField(
        label=_("Ihre E-Mail-Adresse, wenn Sie eine Antwort möchten"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    seite = forms.CharField(required=False, widget=forms.HiddenInput)
    marke = forms.CharField(required=False, widget=forms.HiddenInput)
    webseite = forms.CharField(required=False)

    def clean_message(self) -> str:
        """Refuse what is mostly links."""
        said = str(self.cleaned_data["message"])
        if len(_LINK.findall(said)) > MOST_LINKS:
            raise forms.ValidationError(
                _("Bitte höchstens zwei Verweise; mit mehr kommt fast nur Werbung.")
            )
        return said


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, tenant: str, language: str = Language.DE.value) -> HttpResponse:
    """Ask what somebody wants to say, take it in, and thank."""
    settings = site_of(tenant)
    site = Site(request, settings, Language.of(language), today(), "site-feedback", {})
    if site.language not in site.languages:
        return missing(site)
    with translation.override(site.language.value):
        answer = _sent(site) if request.method == "POST" else _asked(site)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _asked(site: Site) -> HttpResponse:
    if SENT in site.request.GET:
        return render(site.request, "site/feedback_sent.html", {"site": site})
    return _form(site, FeedbackForm(initial={PAGE: path_in(site.request.GET.get(PAGE, ""))}))


def path_in(address: str) -> str:
    """Give the path of a page of ours; what stands behind it may say who reads. "" if it is none.

    Nobody at the desk is to be led elsewhere by what somebody wrote in.
    """
    path = address.partition("?")[0].partition("#")[0][:_KEPT]
    return path if path.startswith("/") and not path.startswith("//") else ""


def _form(site: Site, form: FeedbackForm, status: int = 200) -> HttpResponse:
    """Show the form with a mark of this moment."""
    fields = [form[name] for name in ("message", "mailbox")]
    values = {
        "site": site,
        "form": form,
        "fields": fields,
        "page": form[PAGE].value() or "",
        "mark": mark_of(site.tenant.pk, at=timezone.now()),
    }
    return render(site.request, "site/feedback.html", values, status=status)


def _sent(site: Site) -> HttpResponse:
    form = FeedbackForm(site.request.POST)
    if not form.is_valid():
        return _form(site, form, _REFUSED)
    given, now = form.cleaned_data, timezone.now()
    if given["webseite"]:
        # Whoever filled in what nobody sees is thanked as well: nothing tells a program why.
        return _thank(site)
    key = key_of(given["marke"], site.tenant.pk, at=now)
    if not key:
        form.add_error(
            None, _("Das Formular war zu kurz oder zu lange offen. Bitte noch einmal absenden.")
        )
        return _form(site, form, _REFUSED)
    if not ratelimit.consume(site.request, app="allauth.account", action=LIMIT):
        form.add_error(
            None, _("Von hier kamen gerade viele Nachrichten. Bitte später noch einmal.")
        )
        return _form(site, form, _OFTEN)
    receive(
        tenant=site.tenant,
        key=key,
        page=path_in(given[PAGE]),
        message=given["message"],
        mailbox=given["mailbox"],
        at=now,
    )
    return _thank(site)


def _thank(site: Site) -> HttpResponse:
    return HttpResponseRedirect(f"{site.url('site-feedback')}?{SENT}=1")


def mark_of(tenant: str, *, at: datetime) -> str:
    """Sign when a form was opened, and for whom, with a key that no other form has."""
    return signing.dumps([tenant, token_urlsafe(12), at.timestamp()], salt=_SALT)


def key_of(mark: str, tenant: str, *, at: datetime) -> str:
    """Give the key of a form that was opened a while ago; "" if the mark is none of ours."""
    try:
        whose, key, opened = signing.loads(mark, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return ""
    fits = whose == tenant and SOONEST.total_seconds() <= at.timestamp() - opened
    return str(key) if fits and at.timestamp() - opened <= LATEST.total_seconds() else ""
