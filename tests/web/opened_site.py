"""The pages that everybody may read, opened as all others are: each in German and in Arabic."""

import re
from datetime import date

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from tests import world
from tests.opendata.shown import SERIES
from tests.web.walk import patterns

from gelingen.editions.published import published
from gelingen.history.recording import change
from gelingen.site.models import SiteSettings
from gelingen.terms.vocabulary import Verb

_SITE = "<key:tenant>/"
_PART = re.compile(r"<(\w+):(\w+)>")
DAY = date(2017, 6, 1)


def addresses(tenant):
    """Give each public address with its name, once there is something behind all of them."""
    _open(tenant)
    edition = published(tenant)
    known = {
        "tongue": ["ar"],
        "opentable": ["measures"],
        "openending": ["csv", "json"],
        "openresource": ["measures"],
        "openkey": [edition.tables["measures"][0]["key"]],
        "int": ["1"],
        "str": [published(tenant, 1).files[0].name],
    }
    records = {
        "site-measure": edition.tables["measures"][0]["key"],
        "site-figure": SERIES["key"],
        "site-news-entry": "webseite_neu",
        "site-report": _report(tenant),
    }
    for name, path in patterns():
        if not path.startswith(_SITE):
            continue
        found = [f"/{tenant.pk}/{path.removeprefix(_SITE)}"]
        for kind, part in _PART.findall(path.removeprefix(_SITE)):
            given = (
                [records[name]]
                if kind == "path" or (name == "site-report" and kind == "str")
                else known[kind]
            )
            found = [one.replace(f"<{kind}:{part}>", to) for one in found for to in given]
        yield from ((name, url) for url in found)
    yield "site-feedback", f"/{tenant.pk}/rueckmeldung/?danke=1"


def _report(tenant):
    """Put a report on the site; gives what its address ends in."""
    report = apps.get_model("yearly.YearReport").objects.filter(tenant=tenant).first()
    name = default_storage.save("webseite/bericht.html", ContentFile(b"<!doctype html>"))
    world.site_report(tenant=tenant, report=report, format="html", file=name)
    return f"{report.key}.html"


def _open(tenant):
    settings = SiteSettings.objects.filter(tenant=tenant).first()
    settings = settings or world.site_settings(tenant=tenant, key="webseite")
    with change(by=world.OPERATOR, verb=Verb.CHANGED, of=settings):
        settings.switched_on, settings.languages = True, ["ar", "en"]
    world.news(tenant=tenant, key="webseite_neu", title="Neu", day=DAY, state="published")
    first = published(tenant)
    edition = world.edition(
        key="ausgabe_oeffentlich", tenant=tenant, plan=first.edition.plan, number=9, on=DAY,
        state="released", released_on=DAY, resolution="Kreistag", previous=first.edition,
    )  # fmt: skip
    for name, rows in (dict(first.tables) | {"indicators": [SERIES]}).items():
        world.edition_table(
            key=f"oeffentlich_{name}", tenant=tenant, edition=edition, name=name, rows=list(rows)
        )


def say(tenant):
    """Let somebody say something: what waits, what is answered, what is done without an answer."""
    feedback = apps.get_model("feedback.Feedback").objects
    at = f"{DAY}T10:00:00Z"
    given = {"tenant": tenant, "page": f"/{tenant.pk}/ziele/", "message": "Hier fehlt etwas."}
    feedback.create(key="a", received=at, mailbox="frau@example.org", **given)
    done = {"received": at, "handled": at, "handled_by": "Muster", "answer": "Behoben."}
    feedback.create(key="b", state="closed", **given, **done)
    feedback.create(key="c", state="answered", mailbox="mann@example.org", **given, **done)
