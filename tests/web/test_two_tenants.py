"""Two tenants in one installation: no page, no export and no address of one shows the other.

Walks the whole address table. A page with a new kind of number in its address has to name it in
`walk.NUMBERS`, and a new kind of record its builder in `seed`: otherwise a test here fails.
"""

import io
import re
import zipfile
from collections import Counter
from datetime import UTC, date, datetime

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
from gelingen.access.record import Record
from gelingen.desk.models import SavedView
from gelingen.history.models import ChangeEvent
from gelingen.post.commands import post
from gelingen.post.letters import Letter
from gelingen.register.attachments import attach
from gelingen.reports import shelf
from gelingen.terms.vocabulary import PaperFormat
from gelingen.transfer.exports import export

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
TODAY = date(2017, 6, 1)
AT = datetime(2017, 6, 1, 9, tzinfo=UTC)
OURS, THEIRS = "Mondstein", "Salamander"
TENANTS = {OURS: ("09473", "Landkreis Mondstein"), THEIRS: ("09463", "Stadt Salamander")}
PLACES = {OURS: "09473112", THEIRS: "09463000"}
# Pages that look at the form before they look for the record.
FORMS = {("view", 422)}


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
    world.responsibility(
        **texts("zustaendig", "register.Responsibility"), organisation=owner, task=task,
        kind="lead", **cell,
    )  # fmt: skip
    world.cooperation(**texts("zusammen", "register.Cooperation"), a=owner, b=office)
    need = world.need(**texts("bedarf", "needs.Need"), **cell)
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
    world.measure(
        **texts("massnahme", "plan.Measure"), topic=cell["topic"], goals=[goal], lead=owner
    )
    world.finding(
        tenant=tenant, key=f"gap:{low}", sentence=f"{word} Befund", topic=cell["topic"],
        evidence=[f"structure:{one.key}", f"need:{need.key}"], values={"type": "structural"},
    )  # fmt: skip
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


@pytest.fixture
def people():
    return {word: seed(word) for word in (OURS, THEIRS)}


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
                if says(text, theirs):
                    leaks.append(asked)
                if answer.status_code == 200 and says(text, ours):
                    seen.add(name)
    assert (leaks, broken) == ([], set())
    assert set(statuses) <= {200, 302, 403, 404, 405, 422}, statuses
    assert {"structures", "structure", "plan", "matrix", "findings", "workbook", "people"} <= seen


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
