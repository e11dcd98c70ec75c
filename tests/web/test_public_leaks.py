"""Was niemand öffentlich gemacht hat, steht auf keiner öffentlichen Seite und in keiner Datei.

Every text of every record carries a mark that names its field; then all that everybody may read is
fetched, from the first page on along every link. A mark that is found has to be of a public field.
"""

import io
import re
from datetime import date
from urllib.parse import unquote
from zipfile import ZipFile

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from tests import world
from tests.documents.reading import pdf_text
from tests.editions.test_tables import marked, seed

from gelingen.access.policy import Operator
from gelingen.editions.allowed import ALLOWED
from gelingen.feedback.models import Feedback
from gelingen.history.recording import change
from gelingen.post.models import OutgoingMail
from gelingen.reports.editions.writing import release_edition
from gelingen.reports.yearly import read_told, written_for_everybody
from gelingen.site.models import News, Occasion, PageText, SiteQuestion, SiteSettings
from gelingen.site.reports import show_report
from gelingen.terms.vocabulary import Verb
from gelingen.yearly.models import ReportText, YearReport

pytestmark = [
    pytest.mark.django_db, pytest.mark.usefixtures("fixed_day"), pytest.mark.once,
]  # fmt: skip
DAY = date(2017, 6, 1)
ROOT = "/09473/"
# As far as a mark goes: a text may be cut.
MARK = re.compile(r"§([a-z]+\.[A-Z]\w*(?:\.\w+)?)")
LINK = re.compile(r'(?:href|src|action)="([^"#]*)|<loc>http://testserver([^<]*)')
# What is written for the site itself, and what an edition is called.
OWN = {
    "site.SiteSettings": (
        "title lead mandate period partners partner_region support funder_notice contact_name "
        "contact_phone contact_address contact_hours imprint privacy barriers enforcement"
    ),
    "site.News": "key title text",
    "site.SiteQuestion": "title text",
    "site.Occasion": "title place text",
    "site.PageText": "text",
    "editions.Edition": "title resolution",
    "yearly.YearReport": "title",
}
# What a report tells everybody, in its own file alone.
REPORTED = {
    f"{label}.{name}"
    for label, names in {
        "yearly.ReportText": "text",
        "yearly.Conclusion": "text",
        "progress.ProgressReport": "effect next_step",
    }.items()
    for name in names.split()
}
PUBLIC = {f"{label}.{name}" for label, one in ALLOWED.items() for name in one.public} | {
    f"{label}.{name}" for label, names in OWN.items() for name in names.split()
}
STARTS = (
    "", "sitemap.xml", "neues.atom", "termine.ics", "dcat.jsonld", "api/v1/", "api/v1/openapi.json",
    "daten/", "einbetten/", "rueckmeldung/?seite=/09473/",
)  # fmt: skip


def public(model, **fields):
    """Let something that was made be seen by everybody."""
    for one in model.objects.all():
        with change(by=Operator(), verb=Verb.CHANGED, of=one):
            for name, value in fields.items():
                setattr(one, name, value)


@pytest.fixture
def county(settings, tmp_path):
    """Fill a tenant with marks, and make public all that can be."""
    settings.MEDIA_ROOT = tmp_path
    plan, _ = seed()
    public(SiteSettings, switched_on=True, embedding=True)
    for model in (News, SiteQuestion, Occasion, PageText):
        public(model, state="published")
    public(News, day=DAY)
    world.edition(**marked("editions.Edition", key="ausgabe-1", plan=plan, on=DAY))
    release_edition(Operator(day=DAY), world.tenant(), "ausgabe-1", on=DAY)
    _report()
    told = {"message": "§feedback.Feedback.message§", "answer": "§feedback.Feedback.answer§"}
    at = timezone.now()
    Feedback.objects.create(tenant=world.tenant(), key="a", received=at, **told)
    OutgoingMail.objects.create(
        tenant=world.tenant(), to="a@example.org", created=at, why="§post.OutgoingMail.why§",
        subject="§post.OutgoingMail.subject§", plain="§post.OutgoingMail.plain§", html="",
    )  # fmt: skip
    return plan


def _report():
    """Release the report and put it on the site, with a conclusion on a public measure."""
    report = ReportText.objects.get().report
    world.progress_report(
        **marked("progress.ProgressReport", key="stand"),
        measure=world.measure(
            public=True, maturity="running", title="§plan.Measure.title§",
            lead=world.organisation(key="stelle", name="Amt"),
        ),
        starts=report.starts, ends=report.ends,
    )  # fmt: skip
    lines = read_told(Operator(day=DAY), report, on=DAY).lines
    thing = next(one.measure.key for one in lines if one.measure.public and one.latest)
    given = marked("yearly.Conclusion", report=report, key="folge")
    world.conclusion(**given | {"thing": f"measure:{thing}"})
    public(YearReport, state="released", released=DAY)
    told = read_told(Operator(day=DAY), YearReport.objects.get(pk=report.pk), on=DAY)
    files = written_for_everybody(told)
    show_report(actor=Operator(day=DAY), report=told.report, files=files, on=DAY)


def everything():
    """Fetch all that links lead to; answers by address."""
    client, found = Client(), {}
    waiting = [ROOT + start for start in STARTS] + ["/robots.txt"]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        found[address] = (answer.status_code, content)
        if b"<" in content[:200]:
            links = (one or two for one, two in LINK.findall(content.decode(errors="replace")))
            waiting += [one.replace("&amp;", "&") for one in links if one.startswith(ROOT)]
        if "/api/v1/" in address and content.startswith(b"{"):
            waiting += re.findall(rf'"http://testserver({ROOT}api/v1/[^"]*)"', content.decode())
    return found


def words(content):
    """Give the text of a page or file, of a packed one that of all its parts."""
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as file:
            about = f"{file.open_metadata()} {list(file.docinfo.items())}"
        # Lines break within a mark; with a hyphen, too.
        return re.sub(r"[\s\u00ad\u2010-]", "", pdf_text(content)) + about
    if content.startswith(b"PK"):
        with ZipFile(io.BytesIO(content)) as packed:
            return " ".join(
                packed.read(name).decode(errors="replace") for name in packed.namelist()
            )
    return unquote(content.decode(errors="replace").replace("\r\n ", ""))


@pytest.mark.usefixtures("county")
def test_kein_wort_aus_einem_internen_feld_steht_irgendwo_draussen():
    found = everything()
    assert {one: status for one, (status, _) in found.items() if status != 200} == {}
    assert len(found) > 60
    leaks, seen, papers = {}, set(), {}
    for address, (_, content) in found.items():
        marks = set(MARK.findall(words(content)))
        seen |= marks
        told = PUBLIC | REPORTED if "/berichte/" in address else PUBLIC
        if "/berichte/" not in address:
            papers[address.rpartition(".")[2]] = marks
        leaks |= {one: address for one in marks if not any(p.startswith(one) for p in told)}
    assert leaks == {}
    # The walk reaches what is public, so it would have reached the rest.
    assert seen >= {
        "plan.Measure.title", "plan.ImpactGoal.title", "site.News.text",
        "register.Organisation.name", "process.Event.title", "boards.AgendaItem.title",
        "editions.Edition.resolution", "yearly.Conclusion.text", "yearly.ReportText.text",
        "progress.ProgressReport.effect",
    }  # fmt: skip
    # It looks into the papers, too.
    for kind in ("pdf", "docx", "html"):
        assert papers[kind] >= {"plan.Measure.title", "plan.ChapterText.text"}, kind
