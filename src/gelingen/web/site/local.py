"""Pages of the public site that the county writes itself: news, questions, taking part, duties."""

from django.urls import reverse
from django.utils.translation import gettext as _

from gelingen.errors import NotFoundError
from gelingen.site.public import Said, news_of, occasions_of, questions_of, texts_of
from gelingen.surveys.links import open_to_everybody, open_token
from gelingen.terms.site import SitePage
from gelingen.terms.spelling import day
from gelingen.terms.surveys import Language
from gelingen.web.site.easy import easy_sentences
from gelingen.web.site.frame import Shown, Site, public
from gelingen.web.site.hosts import site_path
from gelingen.web.site.statement import statement
from gelingen.web.site.written import german_html, html_of, markdown, said_html


@public
def news(site: Site) -> Shown:
    """Show what is new, the latest first."""
    found = news_of(site.tenant, on=site.on, drafts=site.preview)
    return Shown("site/news.html", {"news": found})


@public
def news_entry(site: Site, record: str) -> Shown:
    """Show one piece of news."""
    found = news_of(site.tenant, on=site.on, drafts=site.preview)
    one = next((one for one in found if one.key == record), None)
    if one is None:
        raise NotFoundError(_("Diese Nachricht gibt es nicht oder nicht mehr."))
    return Shown("site/news_entry.html", {"one": one, "html": german_html(site, one.text)})


@public
def questions(site: Site) -> Shown:
    """Show frequent questions with their answers."""
    found = questions_of(site.tenant, drafts=site.preview)
    shown = [(one, german_html(site, one.text)) for one in found]
    return Shown("site/questions.html", {"questions": shown})


@public
def take_part(site: Site) -> Shown:
    """Show where people can take part: dates, and surveys that everybody may answer."""
    dates = occasions_of(site.tenant, on=site.on, drafts=site.preview)
    wanted = set(site.settings.surveys)
    surveys = [
        (one, reverse("survey-open", kwargs={"token": open_token(one)}),
         day(one.closes) if one.closes else "")
        for one in open_to_everybody(site.tenant, on=site.on)
        if one.key in wanted
    ]  # fmt: skip
    return Shown(
        "site/take_part.html",
        {
            "text": html_of(site, SitePage.TAKE_PART),
            "dates": [(one, german_html(site, one.text)) for one in dates],
            "surveys": surveys,
        },
    )


@public
def contact(site: Site) -> Shown:
    """Show whom to ask: a function, no person."""
    return Shown("site/contact.html", {"text": html_of(site, SitePage.CONTACT)})


@public
def privacy(site: Site) -> Shown:
    """Show what is known about visitors: nothing by default, and what the county adds."""
    return _written(site, _("Datenschutz"), site.settings.privacy, SitePage.PRIVACY)


@public
def imprint(site: Site) -> Shown:
    """Show who answers for the site."""
    return _written(site, _("Impressum"), site.settings.imprint, SitePage.IMPRINT)


def _written(site: Site, title: str, german: str, page: SitePage) -> Shown:
    """Show the text in the language of the frame if there is one, else the German one."""
    own = site.texts.get(page)
    html = said_html(site, own) if own else german_html(site, german)
    values = {"title": title, "html": html, "privacy": page is SitePage.PRIVACY}
    return Shown("site/written.html", values)


@public
def accessibility(site: Site) -> Shown:
    """Show the accessibility statement with all that it has to say."""
    path = site_path(site.request, reverse("site-contact", kwargs={"tenant": site.tenant.pk}))
    values = {
        "parts": statement(site.settings, site.title, contact=path),
        "text": html_of(site, SitePage.ACCESSIBILITY),
    }
    return Shown("site/statement.html", values)


@public
def easy(site: Site) -> Shown:
    """Show what the site is about in easy German: the county's own text, else a ready one."""
    own = texts_of(site.tenant, Language.EASY, drafts=site.preview)
    found: Said | None = own.get(SitePage.EASY)
    html = markdown(found.text) if found else ""
    values = {"html": html, "parts": [] if found else easy_sentences(site), "said": found}
    return Shown("site/easy.html", values)
