"""Every page of the address table as it is answered in a full tenant and in an empty one.

Each page is opened with a few records of each kind, then with what its links add to its address,
then each form is sent empty. A new page that names a record says in `RECORDS` of which kind.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import lxml.html
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve, reverse
from tests import world
from tests.surveys import asking
from tests.web.full import PASSWORD, County
from tests.web.opened_site import addresses
from tests.web.walk import (
    NUMBERS,
    OF_TENANT,
    PARTS,
    PARTS_OF_RECORDS,
    PREFIX,
    RECORDS,
    SECTIONS,
    batches,
    pairs,
    patterns,
    seat,
)

from gelingen.access.models import Tenant, User
from gelingen.confirmations.models import Request
from gelingen.editing.records import KINDS
from gelingen.post.models import OutgoingMail
from gelingen.register.attachments import attach
from gelingen.register.bulk import Deed
from gelingen.register.models import Organisation, Structure
from gelingen.reports.shelf import documents
from gelingen.transfer.models import Upload

EACH = 2
TABLES = ["structure", "organisation", "funding", "responsibility", "cooperation"]
NONSENSE = "Unsinn?"


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: the name of its page, its address, and its HTML."""

    name: str
    url: str
    html: str
    status: int = 200


def whole(answer: HttpResponseBase) -> str:
    """Give the HTML of an answer; "" if it is a file, a way elsewhere or a part of a page."""
    # Files are read to their end, which closes them.
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    text = content.decode()
    return text if "<html" in text[:200].lower() else ""


def pages(county: County) -> list[Page]:
    """Open everything: each page, each way of showing it, each form refused, each error."""
    opened = [*_of_tenant(county), *_asking_for_more(county), *_of_account(county)]
    opened += [*_by_link(county), *_surveys(county), *_oparl(county)]
    opened += [_get(Client(), name, url) for name, url in addresses(county.tenant)]
    opened += _followed(county.desk, opened)
    return [*opened, *_refused(county.desk, opened), *errors()]


def _get(client, name, url):
    answer = client.get(url)
    return Page(name, url, whole(answer), answer.status_code)


# Pages of a tenant


def _of_tenant(county):
    empty = Tenant.objects.exclude(pk=county.tenant.pk).get()
    for name, path in OF_TENANT:
        for url in _addresses(name, path, county):
            yield _get(county.desk, name, url)
        if len(PARTS.findall(path)) == 1:
            yield _get(county.desk, name, "/" + path.replace("<key:tenant>", empty.pk))


def _addresses(name, path, county):
    path = "/" + path.replace("<key:tenant>", county.tenant.pk)
    if "<slug:kind>" in path and "<path:record>" in path:
        for kind in KINDS:
            of_kind = (key for one, key in pairs(county.tenant) if one == kind)
            for key in islice(of_kind, 1):
                yield path.replace("<slug:kind>", kind).replace("<path:record>", key)
        return
    if name in {"meeting-file", "remove-meeting-file"}:
        # A file is there below its own meeting only.
        files = apps.get_model("register.Attachment").objects.filter(tenant=county.tenant)
        for one in files.filter(subject__startswith="boards.Meeting:").order_by("key"):
            meeting = one.subject.partition(":")[2]
            yield path.replace("<path:record>", meeting).replace("<slug:file>", one.key)
        return
    found = [path]
    for converter, part in PARTS.findall(path):
        given = [str(one) for one in _values(county, name, part)]
        found = [url.replace(f"<{converter}:{part}>", one) for url in found for one in given]
    yield from found


def _values(county, name, part):
    tenant = county.tenant
    if part == "survey":
        return apps.get_model("surveys.Survey").objects.filter(tenant=tenant).values_list(
            "key", flat=True
        )[:EACH]  # fmt: skip
    # Of two parts of an address the key comes first: a survey, and a number within it.
    if name in NUMBERS and not (part == "record" and name in RECORDS):
        found = [one.pk for one in NUMBERS[name](tenant).order_by("pk")[:EACH]]
        return TABLES if part == "kind" else found
    if part in {"candidate", "body"}:
        of_selection = {"candidate": "programme.Candidate", "body": "boards.Body"}[part]
        found = apps.get_model(of_selection)._default_manager.filter(tenant=tenant)
        scoring = found.filter(ballots__isnull=False).distinct() if part == "body" else found
        return scoring.order_by("key").values_list("key", flat=True)[:EACH]
    if part in {"station", "follow", "file"}:
        of_paper = apps.get_model(PARTS_OF_RECORDS[part])._default_manager.filter(tenant=tenant)
        if part == "file":
            of_paper = of_paper.filter(subject__startswith="papers.Paper:")
        return of_paper.order_by("key").values_list("key", flat=True)[:EACH]
    if part in {"record", "topic"}:
        of_kind = apps.get_model(RECORDS[name])._default_manager.filter(tenant=tenant)
        crossing = of_kind.filter(cross_cutting=True) if part == "topic" else of_kind
        return crossing.values_list("key", flat=True)[:EACH]
    fixed = {
        "kind": KINDS if name == "create" else TABLES,
        "beside": ["ziel"],
        "part": SECTIONS,
        "chapter": ["auftrag", "massnahmen"],
        "fmt": ["html", "pdf"],
        "deed": ["einreichen"],
        "where": ["massnahmen/"],
        "year": ["2016"],
    }
    return fixed[part] if part in fixed else list(_made(name, part, county))


def _made(name, part, county):
    match part:
        case "fmt":
            return ["docx"]
        case "paper":
            return [one.name for one in documents(county.person, county.tenant)]
        case "batch":
            return batches(county.tenant)
        case "key":
            tables = Q(state="figures")
            wanted = tables if name.startswith("figure-") else ~tables
            sent = Upload.objects.filter(wanted, tenant=county.tenant)
            return sent.values_list("key", flat=True)
    raise AssertionError(f"tests/web/opened.py kennt „{part}“ in Adressen nicht.")


def _asking_for_more(county):
    """Open pages that show nothing before something is chosen, or not to an officer."""
    desk, tenant = county.desk, county.tenant
    first, second = Structure.objects.filter(tenant=tenant).order_by("key")[:2]
    ties = reverse("ties", args=[tenant.pk])
    yield _get(desk, "ties", f"{ties}?organisation={first.organisation.key}")
    merging = reverse("merge-structure", args=[tenant.pk, first.key])
    yield _get(desk, "merge-structure", f"{merging}?mit={second.key}")
    for deed in Deed:
        url = reverse("bulk", args=[tenant.pk, "structure"])
        answer = desk.post(url, {"wahl": [first.key, second.key], "tat": deed.value})
        yield Page("bulk", url, whole(answer), answer.status_code)
    others = Organisation.objects.filter(tenant=tenant).exclude(pk=first.organisation.pk)
    partner = seat(world.person(role="partner", at=tenant, organisation=others[0]))
    yield _get(partner, "propose", reverse("propose", args=[tenant.pk, first.key]))


# Pages of an account, and those that a link opens


def _of_account(county):
    """Open what has no tenant: as an officer, a newcomer, halfway signed in, and as nobody."""
    newcomer = User.objects.create_user("ohne.rolle", "ohne@example.org", PASSWORD)
    fresh, signing, stranger = Client(), Client(), Client()
    for client, person in ((fresh, newcomer), (signing, county.person)):
        given = {"login": person.username, "password": PASSWORD}
        client.post(reverse("account_login"), given)
    fresh.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    names = [name for name, path in patterns() if not path.startswith(PREFIX) and "<" not in path]
    for client in (county.desk, fresh, signing, stranger):
        for name in names:
            yield _get(client, name, reverse(name))
    key = Authenticator.objects.get(type="webauthn").pk
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        yield _get(county.desk, name, reverse(name, args=[key]))
    yield _get(stranger, "openid_connect_login", reverse("openid_connect_login", args=["haus"]))
    overseer = User.objects.create_superuser("aufsicht", "aufsicht@example.org", PASSWORD)
    yield _get(seat(overseer), "gallery", reverse("gallery"))
    stranger.post(reverse("account_reset_password"), {"email": county.person.email})
    link = OutgoingMail.objects.latest("pk").link
    for url in (link, link.replace("/vergessen/", "/vergessen/9")):
        answer = stranger.get(url, follow=True)
        yield Page("account_reset_password_from_key", url, whole(answer), answer.status_code)


def _by_link(county):
    stranger = Client()
    for url in (county.invitation, county.invitation + "x/"):
        yield _get(stranger, "invitation", url)
    yield _get(county.desk, "invitation", county.invitation)
    yield _get(stranger, "link", county.link)
    yield _get(stranger, "link", county.link.replace("/bestaetigen/", "/bestaetigen/x"))
    yield _get(stranger, "link-thanks", reverse("link-thanks"))
    page = whole(county.desk.post(reverse("body-calendar", args=[county.tenant.pk, "ag_treffen"])))
    for feed in (re.findall(r"/kalender/[^<]+", page)[0], "/kalender/erfunden/"):
        yield _get(stranger, "calendar-feed", feed)
    told = OutgoingMail.objects.filter(link__contains="/sachstand/").latest("pk").link
    told = told.removeprefix("http://testserver")
    for name, way in (
        ("report-link", told),
        ("report-keep", f"{told}zwischenspeichern/"),
        ("report-sent", f"{told}danke/"),
        ("report-link", "/sachstand/erfunden/"),
    ):
        yield _get(stranger, name, way)
    entries = Request.objects.get().entries.values_list("pk", flat=True)
    for name, way in (("link-changed", "geaendert"), ("link-gone", "weg")):
        for entry in entries:
            yield _get(stranger, name, f"{county.link}{entry}/{way}/")


def _oparl(county):
    """Read the endpoint as a program does, without an account; one object is none."""
    root = reverse("oparl-system", args=[county.tenant.pk])
    forum = apps.get_model("boards.Body").objects.get(tenant=county.tenant, key="g_offen").pk
    paper = world.paper(tenant=county.tenant, state="released", released=date(2017, 5, 3))
    content = ContentFile(b"Anlage")
    annex = attach(
        actor=world.OPERATOR, to=paper, title="Anlage", name="a.txt", content=content, public=True
    ).pk
    for name, path in (
        ("oparl-system", ""),
        ("oparl-bodies", "body/"),
        ("oparl-body", f"body/{county.tenant.pk}/"),
        ("oparl-list", "organization/"),
        ("oparl-object", f"organization/{forum}/"),
        ("oparl-object", "meeting/999999999/"),
        ("oparl-body-meetings", f"organization/{forum}/meeting/"),
        ("oparl-file", f"file/{annex}/datei/"),
        ("oparl-download", f"file/{annex}/herunterladen/"),
    ):
        yield _get(Client(), name, root + path)


def _surveys(county):
    """Open what people see who answer a survey: known or unknown, before, within and after."""
    of, secret = (
        asking.survey(key=f"offen_{mode}", mode=mode, open_link=True, notice="Hinweise")
        for mode in ("named", "anonymous")
    )
    for kind in asking.SETTINGS:
        asking.question(of, kind, page=1 + (kind in {"ties", "missing"}), required=kind == "choice")
    asking.question(secret, "text")
    owner = Organisation.objects.filter(tenant=county.tenant).order_by("key")[0]
    invited, link = asking.invite(of, organisation=owner.key)
    _, hidden = asking.invite(secret)
    stranger = Client()
    yield _get(stranger, "survey-link", link)
    for number in (1, 2):
        yield _get(stranger, "survey-page", f"{link}seite/{number}/")
    stranger.post(f"{link}seite/2/", {"_stand": "0"})
    for name, way in (("overview", "uebersicht"), ("withdraw", "zurueckziehen"), ("sent", "danke")):
        yield _get(stranger, f"survey-{name}", f"{link}{way}/")
    yield _get(stranger, "survey-link", f"{link}?sprache=ar")
    for name, url in (("link", hidden), ("open", asking.open_link(secret))):
        yield _get(Client(), f"survey-{name}", url)
        for said in ({"_beginn": "1"}, {"_weiter": "1", "_seite": "1"}):
            answer = Client().post(f"{url}fragen/", said)
            asked = named(f"{url}fragen/")
            yield Page(asked, f"{url}fragen/", whole(answer), answer.status_code)
    yield _get(stranger, "survey-link", f"{link[:-2]}/")
    yield _get(stranger, "survey-earlier", f"{link}voriges/")
    names = {"tenant": county.tenant.pk, "survey": of.key, "invitation": invited.pk}
    yield _get(county.desk, "take-answer", reverse("take-answer", kwargs=names))
    other = names | {"invitation": asking.invite(of, name="Verein")[0].pk}
    take = reverse("take-answer", kwargs=other)
    county.desk.post(take, {"channel": "phone", "taken_by": "Integrationsstelle"})
    yield _get(county.desk, "take-page", f"{take}seite/1/")
    yield _get(county.desk, "take-sent", f"{take}fertig/")
    yield _get(county.desk, "take-overview", f"{take}uebersicht/")
    paper = reverse("take-paper", args=[county.tenant.pk, secret.key])
    yield _get(county.desk, "take-paper", paper)
    yield _get(county.desk, "take-paper-sent", f"{paper}fertig/")


# What stands behind links and forms of pages that are open


def _followed(client, opened):
    """Open what links and filters of pages add to addresses, once for each way."""
    seen = set()
    for page in opened:
        for url in _ways(page):
            name, query = named(url), urlsplit(url).query
            way = (name, *sorted(dict(parse_qsl(query, keep_blank_values=True))))
            if name and query and way not in seen:
                seen.add(way)
                yield _get(_again(client), name, url)


def _ways(page):
    if not page.html:
        return
    tree = lxml.html.document_fromstring(page.html)
    for link in tree.xpath("//a/@href"):
        yield urljoin(page.url, link)
    for form in tree.forms:
        if form.method == "GET":
            target = urljoin(page.url, form.get("action") or "")
            yield f"{target}?{urlencode(_entered(form, NONSENSE), doseq=True)}"


def _entered(form, word):
    """Fill in a form: hidden fields as they stand, in all others a word."""
    given = {}
    for field in form.inputs:
        kind = field.get("type", "") if field.tag == "input" else field.tag
        if not field.name or kind in {"checkbox", "radio", "file"}:
            continue
        given[field.name] = (field.get("value") or "") if kind == "hidden" else word
    for button in form.xpath(".//button[@name]")[:1]:
        given[button.get("name")] = button.get("value", "")
    return given


def named(url):
    """Name of the page that an address leads to; "" if it is none of ours."""
    try:
        return resolve(urlsplit(url).path).url_name
    except Resolver404:
        return ""


def _refused(desk, opened):
    """Send every form empty and full of nonsense; what it changes is taken back.

    Forms with the same fields to fill in are sent once; those without any by where they lead.
    The login of the house would have to answer itself, which tests/web/test_house_login.py lets it.
    """
    seen = set()
    for page in opened:
        for form in _forms(page):
            url = urljoin(page.url, form.get("action") or "")
            way = _fields(form) or (named(url),)
            if form.method == "POST" and way not in seen and named(url) != "openid_connect_login":
                seen.add(way)
                for word in ("", NONSENSE):
                    yield _sent(desk, url, _entered(form, word))


def _forms(page):
    """Forms of a page; those of an English version are the same as in German."""
    if not page.html:
        return []
    tree = lxml.html.document_fromstring(page.html)
    return tree.forms if tree.get("lang") == "de" else []


def _fields(form):
    shown = (one.name for one in form.inputs if one.name and one.get("type") != "hidden")
    return tuple(sorted({re.sub(r"\d+", "0", name) for name in shown}))


def _again(client):
    """Give the same person a browser of its own, so that nothing chosen there stays."""
    other = Client(raise_request_exception=False)
    other.cookies.load({name: one.value for name, one in client.cookies.items()})
    return other


def _sent(desk, url, given):
    client = _again(desk)
    with transaction.atomic():
        answer = client.post(url, given)
        if answer.status_code == 302:  # what was done is said on the next page; this one is light
            answer = client.get(reverse("own-rights", args=["09473"]))
        transaction.set_rollback(True)
    return Page(f"{named(url)}, abgeschickt", url, whole(answer), answer.status_code)


# Errors


def errors() -> list[Page]:
    """Each page that says what went wrong, as its template stands."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    context = {"sentence": "So geht es nicht.", "exception": "Befunde beurteilen"}
    names = (
        "400",
        "403",
        "403_csrf",
        "404",
        "422",
        "429",
        "500",
        "socialaccount/authentication_error",
    )
    return [
        Page(name, f"/{name}", render_to_string(f"{name}.html", context, request)) for name in names
    ]
