"""What every page of the public site has: its tenant, language, day, edition, menu and addresses.

`public` turns a function that builds a page into a view for everybody: without session and cookie,
kept by browsers as long as nothing changed, in the language of its address.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property, wraps
from hashlib import sha256
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag, urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone
from django.views.decorators.http import require_safe

from gelingen.config.day import today
from gelingen.editions.published import Published, published
from gelingen.errors import NotFoundError
from gelingen.site.public import NoSiteError, Said, changed_at, site_of, texts_of
from gelingen.surveys.languages import direction_of
from gelingen.terms.site import SITE_LANGUAGES, SitePage
from gelingen.terms.surveys import OWN_NAMES, Language
from gelingen.web.shell import Link
from gelingen.web.site.hosts import site_address, site_path
from gelingen.web.site.words import FOOT, MENU

if TYPE_CHECKING:
    from gelingen.access.models import Tenant
    from gelingen.site.models import SiteSettings

# Every page with what a released edition says; nothing else is asked for it.
CACHED = "public, max-age=60"
_RELEASE = version("gelingen")
# Pages that templates name, `site.to.goals`, by the name in the address table.
_PAGES = {
    "home": "site",
    "chances": "site-chances",
    "contact": "site-contact",
    "data": "site-open-data",
    "documents": "site-documents",
    "easy": "site-easy",
    "feed": "site-feed",
    "figures": "site-figures",
    "form": "site-feedback",
    "goals": "site-goals",
    "measures": "site-measures",
    "news": "site-news",
    "timeline": "site-timeline",
}
_LOCALES = {
    Language.DE: "de_DE",
    Language.EASY: "de_DE",
    Language.EN: "en_GB",
    Language.TR: "tr_TR",
    Language.AR: "ar_AR",
    Language.UK: "uk_UA",
    Language.RU: "ru_RU",
}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to be rendered: its template and what stands in it."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Site:
    """The site of a tenant as one request sees it; what is asked of the database, is asked once.

    Attributes:
        request: the request.
        settings: what its frame says, with the tenant.
        language: of the frame.
        on: the day.
        name: name of the page in the address table.
        values: what else stands in its address.
        preview: whether somebody looks at it at the desk before it is out.

    """

    request: HttpRequest
    settings: "SiteSettings"
    language: Language
    on: date
    name: str
    values: Mapping[str, object]
    preview: bool = False

    @property
    def tenant(self) -> "Tenant":
        """Whose site it is."""
        return self.settings.tenant

    @property
    def title(self) -> str:
        """What the site is called."""
        return self.settings.title or str(self.tenant)

    @cached_property
    def edition(self) -> Published | None:
        """The newest released edition; None if there is none. One query."""
        return published(self.tenant)

    def rows(self, table: str) -> tuple[Row, ...]:
        """Give the rows of a table of the edition; none without an edition. One query."""
        return self.edition.tables[table] if self.edition else ()

    @cached_property
    def texts(self) -> Mapping[SitePage, Said]:
        """Own texts of the county by page, in the language or German. One query."""
        return texts_of(self.tenant, self.language, drafts=self.preview)

    def url(self, name: str, **values: object) -> str:
        """Address of a page of the site in its language; "" if there is no such page."""
        own = {"tenant": self.tenant.pk, **values}
        spoken = {} if self.language is Language.DE else {"language": self.language.value}
        for given in ({**own, **spoken}, own):
            try:
                path = reverse(name, kwargs=given)
            except NoReverseMatch:
                continue
            return self._at_desk(path) if self.preview else site_path(self.request, path)
        return ""

    def _at_desk(self, path: str) -> str:
        """Address of a page beforehand; what cannot be seen beforehand stands where it is."""
        if not hasattr(resolve(path).func, "build"):
            return site_path(self.request, path)
        where = path.removeprefix(f"/{self.tenant.pk}/")
        root = reverse("site-preview", kwargs={"tenant": self.tenant.pk})
        return f"{root}{where}"

    def whole(self, language: Language) -> str:
        """Give the one whole address of this page in a language."""
        spoken = {} if language is Language.DE else {"language": language.value}
        given = {"tenant": self.tenant.pk, **self.values, **spoken}
        return site_address(self.request, self.tenant.pk, reverse(self.name, kwargs=given))

    @property
    def here(self) -> str:
        """The one whole address of this page."""
        return self.whole(self.language)

    @property
    def card(self) -> str:
        """Whole address of the picture that other services show beside a shared link."""
        path = reverse("site-card", kwargs={"tenant": self.tenant.pk})
        return site_address(self.request, self.tenant.pk, path)

    @property
    def german(self) -> SafeString:
        """Attributes of what stands in German on a page in another language."""
        if self.language is Language.DE:
            return mark_safe("")
        return mark_safe(' lang="de" dir="ltr"')

    @property
    def locale(self) -> str:
        """Language and country, as services read them that show a page which somebody shared."""
        return _LOCALES[self.language]

    @property
    def direction(self) -> str:
        """Direction of the frame, as HTML knows it."""
        return direction_of(self.language)

    @property
    def foreign(self) -> bool:
        """Whether the frame speaks another language than the plan."""
        return self.language is not Language.DE

    @property
    def unchecked(self) -> bool:
        """Whether nobody has checked the language of the frame, which a machine wrote."""
        return self.foreign and self.language.value not in self.settings.checked_languages

    @cached_property
    def languages(self) -> list[Language]:
        """Languages in which the site is offered, German first."""
        chosen = {Language.DE.value, *self.settings.languages}
        return [one for one in SITE_LANGUAGES if one.value in chosen]

    def tongues(self) -> list[tuple[Language, str, str]]:
        """Ways to this page in each language: language, its own name, address."""
        asked = self.request.GET.urlencode()
        query = f"?{asked}" if asked else ""
        return [
            (one, OWN_NAMES[one], Site.url(self._in(one), self.name, **self.values) + query)
            for one in self.languages
        ]

    def _in(self, language: Language) -> "Site":
        return Site(
            self.request, self.settings, language, self.on, self.name, self.values, self.preview
        )

    def alternates(self) -> list[tuple[str, str]]:
        """Whole addresses of this page by code of the language, for search engines."""
        return [(one.value, self.whole(one)) for one in self.languages]

    def _links(self, entries: Mapping[str, object]) -> list[Link]:
        found = ((name, label, self.url(name)) for name, label in entries.items())
        return [Link(str(label), url, name == self.name) for name, label, url in found if url]

    def menu(self) -> list[Link]:
        """Pages of the site in the order of the menu."""
        return self._links(MENU)

    def foot(self) -> list[Link]:
        """Pages that are reached from the foot of every page."""
        return self._links(FOOT)

    @property
    def to(self) -> "Ways":
        """Ways to other pages, as templates name them: `site.to.goals`."""
        return Ways(self)

    @property
    def desk(self) -> str:
        """Where the site is led at the desk."""
        return reverse("site-desk", kwargs={"tenant": self.tenant.pk})

    def feedback(self) -> str:
        """Address under which something can be said about this page."""
        form = self.url("site-feedback")
        asked = urlencode({"seite": self.request.path})
        return f"{form}?{asked}" if form else self.url("site-contact")


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses of pages by the names that templates use."""

    site: Site

    def __getitem__(self, name: str) -> str:
        """Give an address; "" if there is no such page here."""
        return self.site.url(_PAGES[name])


class Build(Protocol):
    """A function that builds a page of the site, or answers by itself."""

    def __call__(self, site: Site, **values: Any) -> Shown | HttpResponseBase:  # noqa: ANN401  parts of addresses
        """Build it from a site and what stands in its address."""


def public(build: Callable[..., Shown | HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let everybody see what a function builds: `site`, then what stands in the address.

    Two queries; neither what a browser still has is built again nor what this process wrote before.
    """

    @require_safe
    @wraps(build)
    def shown(
        request: HttpRequest,
        tenant: str,
        language: str = Language.DE.value,
        **values: Any,  # noqa: ANN401  parts of addresses
    ) -> HttpResponseBase:
        try:
            settings = site_of(tenant)
        except NoSiteError as error:
            return render(request, "site/none.html", {"sentence": str(error)}, status=404)
        name = request.resolver_match.url_name if request.resolver_match else ""
        site = Site(request, settings, Language.of(language), today(), name or "site", values)
        if site.language not in site.languages:
            return missing(site)
        mark, modified = _stamp(site)
        kept = get_conditional_response(request, etag=mark, last_modified=modified)
        answer = kept if isinstance(kept, HttpResponse) else _once(mark, site, build)
        return _keep(answer, mark, modified)

    shown.build = build  # type: ignore[attr-defined]  # the preview at the desk asks for it
    return shown


def _once(
    mark: str, site: Site, build: Callable[..., Shown | HttpResponseBase]
) -> HttpResponseBase:
    """Give a page as it was written under this mark, or write it; files are not kept."""
    pages = caches["pages"]
    if written := pages.get(mark):
        content, media_type = written
        return HttpResponse(content, content_type=media_type)
    answer = filled(site, build)
    if (
        isinstance(answer, HttpResponse)
        and answer.status_code == HTTPStatus.OK
        and {*answer.headers} == {"Content-Type"}
    ):
        pages.set(mark, (answer.content, answer["Content-Type"]))
    return answer


def filled(site: Site, build: Callable[..., Shown | HttpResponseBase]) -> HttpResponseBase:
    """Build and render a page in its language; what is not there is said in the same frame."""
    with translation.override(site.language.value):
        try:
            found = build(site, **site.values)
        except NotFoundError as error:
            return missing(site, str(error))
        if isinstance(found, HttpResponseBase):
            return found
        return render(site.request, found.template, {"site": site, **found.values})


def missing(site: Site, sentence: str = "") -> HttpResponse:
    """Say that there is no such page."""
    with translation.override(site.language.value):
        values = {"site": site, "sentence": sentence}
        return render(site.request, "site/missing.html", values, status=404)


def _stamp(site: Site) -> tuple[str, int]:
    """Tell what a page depends on: a mark of it all, and since when it is so. One query."""
    changed = changed_at(site.tenant)
    parts = (
        _RELEASE, site.request.build_absolute_uri(), str(site.on), str(changed.number),
        str(site.settings.version), str(site.tenant),
    )  # fmt: skip
    mark = quote_etag(sha256("\n".join(parts).encode()).hexdigest()[:32])
    midnight = datetime.combine(site.on, time(), tzinfo=get_current_timezone())
    return mark, int(max(changed.at, midnight).timestamp())


def _keep(answer: HttpResponseBase, mark: str, modified: int) -> HttpResponseBase:
    if answer.status_code in {200, 304}:
        answer["ETag"], answer["Last-Modified"] = mark, http_date(modified)
        answer["Cache-Control"] = CACHED
    return answer
