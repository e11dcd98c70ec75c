"""Two tenants in one installation: no page, no export and no address of one shows the other.

Walks the whole address table. A page with a new kind of number in its address has to name it in
`walk.NUMBERS`, and a new kind of record its builder in `seed`: otherwise a test here fails.
"""

import io
import re
import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db.models import CharField, TextField
from django.utils import timezone
from tests import world
from tests.web.walk import NUMBERS, OF_TENANT, PREFIX, addresses, foreign, keys, seat

from gelingen.access.invitations import invite
from gelingen.access.models import Membership, User
from gelingen.access.policy import OWNERS
from gelingen.access.queries import on_day
from gelingen.access.record import Record
from gelingen.desk.models import SavedView
from gelingen.findings.run import run_analyses
from gelingen.history.models import ChangeEvent
from gelingen.post.commands import post
from gelingen.post.letters import Letter
from gelingen.register.attachments import attach
from gelingen.register.models import Structure
from gelingen.register.sharing import end_share, share
from gelingen.reports import shelf
from gelingen.surveys.models import Invitation
from gelingen.terms.vocabulary import PaperFormat
from gelingen.transfer.exports import export

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
TODAY = date(2017, 6, 1)
AT = datetime(2017, 6, 1, 9, tzinfo=UTC)
OURS, THEIRS = "Mondstein", "Salamander"
TENANTS = {OURS: ("09473", "Landkreis Mondstein"), THEIRS: ("09463", "Stadt Salamander")}
PLACES = {OURS: "09473112", THEIRS: "09463000"}
# Pages that look at the form before they look for the record.
FORMS = {("view", 422), ("need-view", 422)}


def seed(word):
    """Make one record of every kind, in which every text holds the word of its tenant."""
    key, name = TENANTS[word]
    tenant = world.tenant(key, name)
    low = word.lower()

    def texts(label, model):
        fields = {
            field.name: f"{word} {label} {field.name}"
            for field in apps.get_model(model)._meta.concrete_fields
            if isinstance(field, CharField | TextField)
            and not field.choices
            and not field.unique
            and not field.validators[1:]
            and field.name not in {"key", "kind", "state", "chapter", "unit"}
            and (field.max_length or 99) > 60
        }
        return fields | {"tenant": tenant, "key": f"{low}_{label}"}

    cell = {
        "topic": world.topic(**texts("thema", "topics.Topic")),
        "target_group": world.target_group(**texts("gruppe", "topics.TargetGroup")),
        "territory": world.territory(
            tenant=tenant, key=PLACES[word], name=f"{word} Ort", kind="municipality"
        ),
    }
    task = world.task(**texts("aufgabe", "topics.Task"))
    owner = world.organisation(**texts("traeger", "register.Organisation"))
    office = world.organisation(**texts("amt", "register.Organisation"))
    one = world.structure(**texts("struktur", "register.Structure"), organisation=owner)
    world.reach(**texts("reichweite", "register.Reach"), structure=one, **cell)
    world.funding(**texts("geld", "register.Funding"), structure=one, ends=date(2018, 1, 1))
    world.share(**texts("freigabe", "register.Share"), structure=one, with_tenant=third())
    world.responsibility(
        **texts("zustaendig", "register.Responsibility"), organisation=owner, task=task,
        kind="lead", **cell,
    )  # fmt: skip
    world.cooperation(**texts("zusammen", "register.Cooperation"), a=owner, b=office)
    need = world.need(**texts("bedarf", "needs.Need"), **cell)
    world.voice(**texts("stimme", "needs.Voice"), need=need)
    world.inquiry(**texts("umfrage", "needs.Inquiry"), organisation=owner)
    world.figure(
        tenant=tenant, key=f"{low}_zahl", territory=cell["territory"], indicator=f"{word} Zahl"
    )
    plan = world.plan(**texts("plan", "plan.Plan"), horizon=date(2026, 1, 1))
    world.period(**texts("abschnitt", "plan.PlanningPeriod"), plan=plan)
    world.chapter(tenant=tenant, key=f"{low}_kapitel", plan=plan, text=f"{word} Kapiteltext")
    goal = world.goal(
        **texts("ziel", "plan.ImpactGoal"), plan=plan, topic=cell["topic"], needs=[need]
    )
    measure = world.measure(
        **texts("massnahme", "plan.Measure"), topic=cell["topic"], goals=[goal], lead=owner
    )
    world.finding(
        tenant=tenant, key=f"gap:{low}", sentence=f"{word} Befund", topic=cell["topic"],
        evidence=[f"structure:{one.key}", f"need:{need.key}"], values={"type": "structural"},
    )  # fmt: skip
    survey = world.survey(**texts("befragung", "surveys.Survey"))
    world.question(
        tenant=tenant, key=f"{low}_frage", survey=survey, texts={"de": {"text": f"{word} Frage"}}
    )
    Invitation.objects.create(
        survey=survey, name=f"{word} eingeladen", token_hash=low, invited=TODAY
    )
    world.language_release(**texts("sprache", "surveys.LanguageRelease"), language="tr")
    world.publication(tenant=tenant, key=f"{low}_veroeffentlicht", survey=survey, by=f"{word} Amt")
    world.text_release(
        tenant=tenant, key=f"{low}_text", survey=survey, question=f"{low}_frage",
        text=f"{word} Text",
    )  # fmt: skip
    talk = world.talk(**texts("gespraech", "talks.Talk"))
    said = world.statement(**texts("aussage", "talks.Statement"), talk=talk)
    code = world.code(**texts("code", "talks.Code"))
    world.coding(tenant=tenant, key=f"{low}_kodierung", statement=said, codes=[code])
    world.decision(**texts("sichtung", "review.Decision"))
    boards(texts, plan, owner, measure)
    # Who changed something is named by the history; the name holds the word too.
    person = User.objects.create_user(f"{low}.anna", f"anna@{low}.example.org")
    Membership.objects.create(user=person, tenant=tenant, role="officer")
    Membership.objects.create(user=person, tenant=tenant, role="partner", organisation=owner)
    attach(
        actor=person, to=one, title=f"{word} Datei", name="datei.txt",
        content=ContentFile(f"{word} Inhalt".encode()),
    )  # fmt: skip
    invite(
        actor=person, tenant=tenant, email=f"neu@{low}.example.org", role="reader",
        on=TODAY, at=timezone.now(),
    )  # fmt: skip
    post(
        tenant=tenant, to=f"post@{low}.example.org", why=f"{word} Anlass", at=AT,
        letter=Letter(f"{word} Betreff", [f"{word} Brief"]),
    )  # fmt: skip
    SavedView.objects.create(
        user=person, tenant=tenant, page="structures", name=f"{word} Ansicht", shared=True
    )
    return person


def boards(texts, plan, owner, measure):
    """Make one record of every kind of bodies and of the process."""
    body = world.body(**texts("gremium", "boards.Body"))
    place = world.seat(**texts("sitz", "boards.Seat"), body=body)
    world.tenure(**texts("besetzung", "boards.Tenure"), seat=place)
    meeting = world.meeting(**texts("sitzung", "boards.Meeting"), body=body)
    item = world.agenda_item(**texts("punkt", "boards.AgendaItem"), body=body, meeting=meeting)
    world.attendance(**texts("anwesend", "boards.Attendance"), meeting=meeting, seat=place)
    world.action_point(**texts("auftrag", "boards.ActionPoint"), body=body, item=item)
    chosen = world.selection(**texts("auswahl", "programme.Selection"), body=body)
    world.criterion(**texts("kriterium", "programme.Criterion"), selection=chosen)
    world.limit(**texts("grenze", "programme.Limit"), selection=chosen)
    world.topic_minimum(
        **texts("mindestzahl", "programme.TopicMinimum"), selection=chosen, topic=measure.topic
    )
    world.candidate(**texts("vorschlag", "programme.Candidate"), selection=chosen, measure=measure)
    world.ballot(**texts("bewertung", "programme.Ballot"), selection=chosen, body=body)
    paper = world.paper(**texts("vorlage", "papers.Paper"), body=body, measures=[measure])
    world.paper_version(**texts("fassung", "papers.PaperVersion"), paper=paper)
    world.deliberation(**texts("station", "papers.Deliberation"), paper=paper, body=body)
    world.consequence(**texts("folge", "papers.Consequence"), paper=paper)
    world.paper_rules(**texts("regeln", "papers.PaperRules") | {"template": ""})
    sheet = world.indicator(**texts("indikator", "indicators.Indicator"))
    for name in ("denominator_rule", "indicator_break", "indicator_target", "collection_plan"):
        kind = "indicators." + "".join(part.capitalize() for part in name.split("_"))
        getattr(world, name)(**texts(name, kind), indicator=sheet)
    world.progress_report(**texts("sachstand", "progress.ProgressReport"), measure=measure)
    world.state_override(**texts("festgelegt", "progress.StateOverride"), measure=measure)
    world.progress_round(**texts("runde", "progress.ProgressRound"))
    report = world.year_report(**texts("bericht", "yearly.YearReport"), plan=plan)
    world.report_text(**texts("berichtstext", "yearly.ReportText"), report=report)
    world.conclusion(
        **texts("folgerung", "yearly.Conclusion") | {"thing": f"measure:{measure.key}"},
        report=report,
    )
    world.report_file(**texts("berichtsdatei", "yearly.ReportFile"), report=report)
    edition = world.edition(**texts("ausgabe", "editions.Edition"), plan=plan)
    world.edition_table(**texts("tabelle", "editions.EditionTable"), edition=edition)
    world.edition_file(**texts("papier", "editions.EditionFile"), edition=edition)
    world.site_settings(**texts("webseite", "site.SiteSettings"))
    world.news(**texts("nachricht", "site.News"))
    world.site_question(**texts("haeufig", "site.SiteQuestion"))
    world.occasion(**texts("termin", "site.Occasion"))
    world.page_text(**texts("seitentext", "site.PageText"))
    world.site_report(**texts("draussen", "site.SiteReport"), report=report)
    idea = world.proposal(**texts("idee", "proposals.Proposal"), body=body, topics=[measure.topic])
    world.supporter(**texts("stuetze", "proposals.Supporter"), proposal=idea, body=body)
    world.station(
        **texts("station", "proposals.Station"), proposal=idea, body=body, sender=body, item=item
    )
    world.endpoint(**texts("schnittstelle", "oparl.Endpoint"))
    world.legislative_term(**texts("wahlperiode", "oparl.LegislativeTerm"))
    phase = world.phase(**texts("phase", "process.Phase"), plan=plan)
    world.event(**texts("ereignis", "process.Event"), phase=phase)
    world.step(**texts("schritt", "process.Step"), phase=phase)
    world.support(**texts("begleitung", "process.Support"), organisation=owner)
    world.same_name(**texts("namensgleichheit", "review.SameName"))


@pytest.fixture
def people():
    return {word: seed(word) for word in (OURS, THEIRS)}


def third():
    """Give a tenant that has nothing but what is shown to it."""
    return world.tenant("09464", "Stadt Hof")


def offered(text, name):
    """Take the names out by which one chooses to whom a structure is shown: they are no secret."""
    if name not in {"structure", "share-structure"}:
        return text
    return re.sub(r"<option value=\"\d+\">[^<]*</option>", "", text)


def tenant_of(word):
    return world.tenant(*TENANTS[word])


def shown(answer):
    """Give everything readable of an answer; what is packed is unpacked."""
    # Not closed by hand: outside the client that ends the request, and with it the connection.
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return unpacked(content) + str(dict(answer.headers))


def unpacked(content):
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def says(text, word):
    return word.lower() in text.lower()


def records(word):
    """Versions of all records of a tenant and the number of its events."""
    versions = {
        label: sorted(
            apps.get_model(label)
            ._default_manager.filter(tenant=tenant_of(word))
            .values_list("key", "version")
        )
        for label in OWNERS
    }
    return versions, ChangeEvent.objects.filter(tenant=tenant_of(word).pk).count()


# The tests themselves: is everything seeded, is everything walked?


@pytest.mark.usefixtures("people")
def test_jede_art_von_eintrag_gibt_es_bei_beiden():
    empty = {
        label
        for label in OWNERS
        for word in TENANTS
        if not apps.get_model(label)._default_manager.filter(tenant=tenant_of(word)).exists()
    }
    assert empty == WITHOUT
    assert all(issubclass(apps.get_model(label), Record) for label in OWNERS)


# Kinds that no seed makes yet; they stand on pages of records that are seeded.
WITHOUT = {
    "register.Post",
    "register.Agreement",
    "plan.GuidingGoal",
    "plan.Milestone",
    "plan.Chance",
    "plan.OtherPlan",
    "findings.Verdict",
    "confirmations.Proposal",
} & set(OWNERS)


def test_jede_seite_mit_nummer_sagt_was_die_nummer_zaehlt():
    numbered = {name for name, path in OF_TENANT if "<int:" in path}
    assert numbered == set(NUMBERS)


# What one sees


def test_keine_seite_zeigt_etwas_vom_anderen_mandanten(people):
    ours, theirs = OURS, THEIRS
    client, statuses, leaks, seen = seat(people[ours]), Counter(), [], set()
    broken = set()
    for name, path in OF_TENANT:
        for url in addresses(name, path, key=tenant_of(ours).pk, of=tenant_of(ours)):
            searched = [] if foreign(path) else [f"{url}?q={theirs[:5]}&suche={theirs[:5]}"]
            for asked in (url, *searched):
                answer = client.get(asked)
                statuses[answer.status_code] += 1
                if answer.status_code >= 500:
                    broken.add(name)
                text = shown(answer)
                if says(offered(text, name), theirs):
                    leaks.append(asked)
                if answer.status_code == 200 and says(text, ours):
                    seen.add(name)
    assert (leaks, broken) == ([], set())
    assert set(statuses) <= {200, 302, 403, 404, 405, 422}, statuses
    assert {"structures", "structure", "plan", "matrix", "findings", "workbook", "people"} <= seen


@pytest.mark.once
def test_jede_fremde_kennung_in_einer_adresse_fuehrt_zu_nichts(people):
    ours, theirs = OURS, THEIRS
    client, before, wrong = seat(people[ours]), records(theirs), []
    for name, path in OF_TENANT:
        if not foreign(path):
            continue
        for url in addresses(name, path, key=tenant_of(ours).pk, of=tenant_of(theirs)):
            for ask in (client.get, client.post):
                answer = ask(url)
                # A form that is refused before anything is looked up says nothing either.
                refused = answer.status_code in {404, 405} or (name, answer.status_code) in FORMS
                # An address may hold a foreign key; nothing else of the other tenant may come.
                rest = re.sub(re.escape(theirs) + r"_\w+", "", shown(answer), flags=re.IGNORECASE)
                if not refused or says(rest, theirs):
                    wrong.append((name, url, answer.status_code))
    assert sorted({(name, status) for name, _, status in wrong}) == []
    assert records(theirs) == before


@pytest.mark.once
def test_unter_dem_schluessel_des_anderen_mandanten_gibt_es_keine_seite(people):
    ours, theirs = OURS, THEIRS
    client, before, wrong = seat(people[ours]), records(theirs), []
    for name, path in OF_TENANT:
        for url in addresses(name, path, key=tenant_of(theirs).pk, of=tenant_of(theirs))[:3]:
            for ask in (client.get, client.post):
                answer = ask(url)
                if answer.status_code not in {404, 405} or says(
                    shown(answer).replace(url, ""), TENANTS[theirs][1]
                ):
                    wrong.append((name, answer.status_code))
    assert sorted(set(wrong)) == []
    assert records(theirs) == before


@pytest.mark.once
def test_fremde_kennungen_in_formularen_aendern_beim_anderen_nichts(people):
    client, before, broken = seat(people[OURS]), records(THEIRS), set()
    strange = keys(tenant_of(THEIRS))
    rows = [f"{kind}:{key}" for key in strange for kind in ("structure", "funding", "gap")]
    given = {
        "wahl": strange,
        "row": rows[:1],
        "zeile": strange[:1],
        "partner": strange,
        "measure": strange,
        "unit": strange[:1],
        "others": strange,
        "to": strange[:1],
        "topics": strange,
        "tie": strange,
        "organisation": strange[:1],
        "structure": strange[:1],
    }
    for name, path in OF_TENANT:
        for url in addresses(name, path, key=tenant_of(OURS).pk, of=tenant_of(OURS))[:2]:
            answer = client.post(url, given)
            shown(answer)  # reads files to their end, which closes them
            if answer.status_code >= 500:
                broken.add(name)
    assert records(THEIRS) == before
    assert broken == set()


# Exports that no page gives at once


@pytest.mark.parametrize("ours", [OURS, THEIRS])
def test_arbeitsmappe_und_masterplan_enthalten_nur_den_eigenen_mandanten(people, ours, tmp_path):
    theirs = {OURS: THEIRS, THEIRS: OURS}[ours]
    person, tenant = people[ours], tenant_of(ours)
    export(person, tmp_path / "mappe.xlsx", tenant=tenant)
    shelf.write_masterplan(
        person, tenant, on=TODAY, horizon=date(2026, 1, 1), folder=tmp_path,
        formats=[PaperFormat.DOCX, PaperFormat.HTML],
    )  # fmt: skip
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    texts = {path.name: unpacked(path.read_bytes()) for path in written}
    assert len(texts) >= 3
    assert [name for name, text in texts.items() if says(text, theirs)] == []
    assert [name for name, text in texts.items() if not says(text, ours)] == []


# The other rights within one tenant


@pytest.mark.usefixtures("people")
@pytest.mark.once
def test_wer_nur_konten_verwaltet_sieht_keine_eintraege():
    person = world.person(role="administrator", at=tenant_of(OURS))
    client, leaks = seat(person), set()
    for name, path in OF_TENANT:
        if path.startswith(f"{PREFIX}verwaltung/"):
            continue
        for url in addresses(name, path, key=tenant_of(OURS).pk, of=tenant_of(OURS)):
            text = shown(client.get(url)).replace(TENANTS[OURS][1], "")
            text = re.sub(re.escape(OURS) + r"_\w+", "", text, flags=re.IGNORECASE)
            if says(text, OURS):
                leaks.add(name)
    assert leaks == set()


# What one tenant shows to the other


def give(people, *, word, to):
    """Let a tenant show its structure to another, whose places it serves too."""
    tenant, one = tenant_of(word), Structure.objects.get(key=f"{word.lower()}_struktur")
    # Same names and the same place: so it counts among what meets needs there.
    world.reach(
        tenant=tenant, key=f"{word.lower()}_dort", structure=one,
        topic=world.topic(tenant=tenant, key="dort", name=f"{to} thema name"),
        target_group=world.target_group(tenant=tenant, key="dort", name=f"{to} gruppe name"),
        territory=world.territory(tenant=tenant, key=PLACES[to], name=f"{to} Ort"),
    )  # fmt: skip
    return share(
        actor=on_day(people[word], on=TODAY), structure=one, with_tenant=tenant_of(to).pk,
        starts=TODAY, note=f"{word} Freigabe",
    )  # fmt: skip


def meant(text, *words):
    """Take out of a text what the other tenant means to show."""
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(re.escape(word), "", text, flags=re.IGNORECASE)
    return text


def walk(client, word):
    """Read every page of a tenant, and those on which received structures stand."""
    key = tenant_of(word).pk
    yield from (
        (url, offered(shown(client.get(url)), name))
        for name, path in OF_TENANT
        for url in addresses(name, path, key=key, of=tenant_of(word))
    )
    for url in RECEIVING:
        yield url, shown(client.get(f"/intern/{key}/{url}"))


STRUCTURE = f"@{TENANTS[THEIRS][0]}:{THEIRS.lower()}_struktur"
RECEIVING = [
    f"bestand/strukturen/{STRUCTURE}/",
    "bestand/?quelle=auch&zeigen=alle&spalten=traeger,art,eur,vzae,geld,quelle,kennung",
    "bestand/ausgabe/structure/?quelle=auch",
    f"suche/?q={THEIRS}",
]
OPEN = (
    TENANTS[THEIRS][1], STRUCTURE, quote(STRUCTURE), f"{THEIRS} struktur name",
    f"{THEIRS} thema name", f"{THEIRS} gruppe name", f"{THEIRS} Ort", f"q={THEIRS}",
    f"„{THEIRS}“", f'value="{THEIRS}"', f"{THEIRS}: Suche",
)  # fmt: skip


@pytest.mark.once
def test_von_der_freigegebenen_zeigt_keine_seite_mehr_als_vereinbart(people):
    give(people, word=THEIRS, to=OURS)
    run_analyses(actor=on_day(people[OURS], on=TODAY), tenant=tenant_of(OURS), on=TODAY)
    client, leaks, seen = seat(people[OURS]), [], set()
    for url, text in walk(client, OURS):
        if says(meant(text, *OPEN), THEIRS):
            leaks.append(url)
        if says(text, f"{THEIRS} struktur name"):
            seen.add(url.split("?")[0])
    assert leaks == []
    assert {"bestand/", RECEIVING[0], "suche/"} <= seen
    assert RECEIVING[2].split("?")[0] not in seen


@pytest.mark.once
def test_nach_dem_ende_der_freigabe_zeigt_keine_seite_noch_etwas_von_ihr(people):
    made = give(people, word=THEIRS, to=OURS)
    run_analyses(actor=on_day(people[OURS], on=TODAY), tenant=tenant_of(OURS), on=TODAY)
    end_share(actor=on_day(people[THEIRS], on=TODAY), share=made, on=TODAY)
    client = seat(people[OURS])
    # What was found stays, and that it was found together with somebody; not with what.
    kept = TENANTS[THEIRS][1], *OPEN[-4:]
    found = [url for url, text in walk(client, OURS) if says(meant(text, *kept), THEIRS)]
    assert found == []
    assert client.get(f"/intern/{tenant_of(OURS).pk}/{RECEIVING[0]}").status_code == 404


def test_arbeitsmappe_ohne_und_masterplan_mit_der_freigegebenen_und_ihrer_quelle(people, tmp_path):
    give(people, word=THEIRS, to=OURS)
    person, tenant = on_day(people[OURS], on=TODAY), tenant_of(OURS)
    export(person, tmp_path / "mappe.xlsx", tenant=tenant)
    shelf.write_masterplan(
        person, tenant, on=TODAY, horizon=date(2026, 1, 1), folder=tmp_path,
        formats=[PaperFormat.HTML],
    )  # fmt: skip
    told = {path.suffix: unpacked(path.read_bytes()) for path in tmp_path.rglob("*.*")}
    assert not says(told[".xlsx"], THEIRS)
    assert says(told[".html"], f"{THEIRS} struktur name")
    assert says(told[".html"], TENANTS[THEIRS][1])
    assert not says(meant(told[".html"], *OPEN), THEIRS)
