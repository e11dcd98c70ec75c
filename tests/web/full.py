"""A tenant full of records: the example county, and at its desk a little of everything done.

To the example's records come an import on its way, a request to a partner and its answers, an
agreement, an invitation and whatever else makes a page show more than its frame.
"""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import xlsxwriter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2 import webauthn
from fido2.cose import ES256
from tests import world
from tests.surveys.answered import AT
from tests.web.desk import DESK, TODAY
from tests.web.opened_site import say

from gelingen.access.invitations import invite, token_of
from gelingen.access.models import Membership, Tenant, User
from gelingen.access.policy import Operator
from gelingen.boards.enclosed import add_file
from gelingen.confirmations.models import Request
from gelingen.desk.models import SavedView
from gelingen.editions.queries import rows_of
from gelingen.editions.releasing import Written, release
from gelingen.findings.commands import judge
from gelingen.findings.models import Finding
from gelingen.findings.run import run_analyses
from gelingen.history.recording import change
from gelingen.places.models import Territory
from gelingen.plan.models import Measure
from gelingen.post.models import OutgoingMail
from gelingen.register.attachments import attach
from gelingen.register.models import Responsibility, Structure
from gelingen.reports import shelf
from gelingen.reports.papers.filling import example_template
from gelingen.surveys.models import Response, Survey
from gelingen.talks.coding import code, finish
from gelingen.talks.models import Talk
from gelingen.terms.editions import EditionFileKind
from gelingen.terms.vocabulary import Decision, PaperFormat, Verb
from gelingen.topics.models import TargetGroup, Topic
from gelingen.transfer.imports import apply_import, preview_import, tenant_of

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "coburg" / "landkreis"
PASSWORD = "Zimtstern-Ahorn-47"  # noqa: S105  made up for these tests
ARRANGED = {
    "task": "vollzug_asylbewerberleistungsgesetz",
    "topic": "behoerden_ikoe",
    "target_group": "asylbewerber",
    "territory": "09473",
    "lead": "lra_fb21",
    "others": ["stelle_vhs"],
    "afterwards": "participate",
    "starts": "01.01.2018",
    "basis": "contract",
}


@dataclass(frozen=True, slots=True)
class County:
    """Who works at the desk of which tenant, and the links that were sent to others."""

    tenant: Tenant
    person: User
    desk: Client
    link: str
    invitation: str


def fill() -> County:
    """Load the example and do, at its desk, a little of everything."""
    preview = preview_import(world.OPERATOR, EXAMPLE, tenant=tenant_of(EXAMPLE))
    apply_import(world.OPERATOR, preview)
    tenant = preview.tenant
    person = User.objects.create_user("m.muster", "m.muster@example.org", PASSWORD)
    for house in (tenant, world.tenant("09463", "Stadt Coburg")):
        Membership.objects.create(user=person, tenant=house, role="officer")
    desk = Client(raise_request_exception=False)
    desk.post(reverse("account_login"), {"login": "m.muster", "password": PASSWORD})
    desk.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    link = _asked(desk)
    desk.post(reverse("refresh-findings", args=[tenant.key]))
    run_analyses(actor=person, tenant=tenant, on=TODAY)
    _decided(person, tenant, desk)
    _surveyed(desk)
    _uploaded(desk)
    _secured(person)
    _talked(person, tenant)
    _seated(tenant)
    _published(tenant)
    say(tenant)
    _met(person)
    _gone_on()
    _chosen(tenant)
    _proposed(tenant)
    _written(tenant, desk)
    _released(tenant)
    _reported(tenant)
    _told(tenant, desk)
    _measured(tenant)
    _on_site(tenant)
    desk.post(
        reverse("invitations", args=[tenant.key]),
        {"email": "neu@example.org", "role": "reader", "ends": "31.12.2099"},
    )
    invited = invite(
        actor=person,
        tenant=tenant,
        email="mia@example.org",
        role="planner",
        on=TODAY,
        at=timezone.now(),
    )
    shelf.write_masterplan(
        person, tenant, on=TODAY, horizon=TODAY.replace(year=2026), formats=[PaperFormat.HTML]
    )
    return County(tenant, person, desk, link, reverse("invitation", args=[token_of(invited)]))


def _asked(desk: Client) -> str:
    """Ask an organisation about four entries by mail; three are answered, each in its way."""
    owner = world.organisation(key="stelle_vhs", name="Volkshochschule", mailbox="vhs@example.org")
    for number in range(4):
        one = world.structure(key=f"kurs_{number}", name=f"Kurs {number}", organisation=owner)
        world.funding(structure=one, programme=f"Landesmittel {number}")
    given = {"wahl": ["stelle_vhs"], "subject": "Stimmt es noch?", "text": "Guten Tag,"}
    desk.post(f"{DESK}bestand/vorschlaege/bitten/", given)
    link = OutgoingMail.objects.latest("pk").link.removeprefix("http://testserver")
    entries = Request.objects.get().entries
    partner = Client()
    first, second, third = (entries.get(structure=f"kurs_{number}").pk for number in range(3))
    partner.post(f"{link}{first}/stimmt/")
    partner.post(f"{link}{second}/geaendert/", {"name": "Kurs 1", "ends": "31.07.2018"})
    partner.post(f"{link}{third}/weg/", {"ends": "31.03.2017"})
    return link


def _told(tenant: Tenant, desk: Client) -> None:
    """Ask two leads for the progress of their measures; one reports, one state is set by hand."""
    lead = world.organisation(key="stelle_amt", name="Fachstelle", mailbox="amt@example.org")
    for key, title in (("um_kurs", "Kurs am Abend"), ("um_cafe", "Sprachcafé am Markt")):
        one = world.measure(
            key=key, title=title, lead=lead, starts=date(2016, 1, 1), funding_ends=date(2018, 1, 1)
        )
        world.milestone(key=f"{key}_start", measure=one, title="Erster Abend", due=TODAY)
        world.progress_report(
            key=f"{key}_2015", measure=one, starts=date(2015, 1, 1), ends=date(2016, 1, 1)
        )
    world.state_override(key="um_stand", measure=one)
    world.progress_round(
        key="um_runde", asks_from=TODAY, first_reminder=date(2017, 6, 15),
        second_reminder=date(2017, 6, 29), closes=date(2017, 7, 13),
    )  # fmt: skip
    asking = reverse("ask-round", args=[tenant.pk, "2016"])
    desk.post(asking, {"wahl": ["um_kurs", "um_cafe"]})
    link = OutgoingMail.objects.latest("pk").link.removeprefix("http://testserver")
    Client().post(link, {"assessment": "late", "obstacles": "Es fehlt ein Raum.", "stand": "0"})


def _measured(tenant: Tenant) -> None:
    """Give a figure of the example a sheet, with a break, a target and a planned collection."""
    of = {"tenant": tenant}
    one = world.indicator(key="anteil", **of)
    for number, year in enumerate((2014, 2015, 2016)):
        world.figure(
            key=f"anteil_{year}", indicator=one.figure, reference=date(year, 12, 31),
            value_low=4 + number, value_high=4 + number, unit=one.unit,
            territory=Territory.objects.get(key="09473", **of), **of,
        )  # fmt: skip
    for build in (
        world.denominator_rule, world.indicator_break, world.indicator_target,
        world.collection_plan,
    ):  # fmt: skip
        build(key=f"anteil_{build.__name__}", indicator=one, **of)


def _on_site(tenant: Tenant) -> None:
    """Write for the public site: what is out, and a draft."""
    world.site_settings(
        key="webseite", tenant=tenant, switched_on=True, contact_name="Integrationsstelle",
        contact_email="integration@example.org", imprint="Landratsamt", privacy="Landratsamt",
    )  # fmt: skip
    world.news(key="ws_kurs", tenant=tenant, state="published")
    world.news(key="ws_entwurf", tenant=tenant, title="Noch ein Entwurf")
    world.site_question(key="ws_frage", tenant=tenant, state="published")
    world.occasion(key="ws_termin", tenant=tenant, state="published")
    world.page_text(key="ws_text", tenant=tenant, state="published")


def _gone_on() -> None:
    """Begin one phase, let another rest, accompanied from outside."""
    runs = world.phase(
        key="ph_laeuft", name="Bestandsaufnahme", aim="Wissen, was da ist", starts=date(2017, 3, 1),
        planned_ends=date(2017, 6, 1), responsible="Integrationsbeauftragte",
    )  # fmt: skip
    world.phase(
        key="ph_ruht", name="Rahmenkonzept", order=2, starts=date(2017, 1, 1),
        resting_since=date(2017, 4, 1), resting_why="Stelle nicht besetzt",
    )  # fmt: skip
    world.phase(key="ph_kommt", name="Umsetzung", order=3, planned_starts=date(2018, 1, 1))
    world.step(key="ph_offen", phase=runs, title="Liste abstimmen", who="Sozialamt", due=TODAY)
    world.step(key="ph_getan", phase=runs, title="Ämter fragen", done=date(2017, 4, 1))
    world.event(key="ph_auftakt", phase=runs, title="Auftakt", day=date(2017, 3, 14), public=True)
    world.event(key="ph_konferenz", title="Konferenz", planned=date(2017, 6, 20), place="Aula")
    world.support(
        key="ph_hilfe", starts=date(2017, 1, 1), ends=date(2017, 8, 1), cost=9000, contract="V 3",
    )  # fmt: skip


def _met(person: User) -> None:
    """Hold a meeting of a group, prepare the next one, leave something in the backlog."""
    group = world.body(key="ag_treffen", name="AG Treffpunkte", quorum="majority", cycle="monthly")
    chair = world.seat(key="ag_vorsitz", body=group, office="chair")
    world.tenure(key="ag_besetzung", seat=chair, function="Leitung Jugendamt", person=person)
    held = world.meeting(
        key="ag_mai", body=group, day=date(2017, 5, 9), begins=time(14), state="held",
        minutes="draft", place="Saal", guests="Jugendamt",
    )  # fmt: skip
    world.attendance(key="ag_da", meeting=held, seat=chair)
    done = world.agenda_item(
        key="ag_punkt", meeting=held, title="Räume", kind="vote", result="majority", yes=3, no=1,
        abstain=0, course="Es wurde beraten.", resolution="Wird gemacht.", dissent="Zu spät.",
        responsible="Jugendamt", about="Wo man sich trifft", duration=20,
    )  # fmt: skip
    world.action_point(
        key="ag_auftrag", body=group, item=done, person=person, who="Jugendamt", due=TODAY
    )
    world.action_point(key="ag_getan", body=group, item=done, done=TODAY, done_by="k.beispiel")
    coming = world.meeting(key="ag_juni", body=group, day=date(2017, 6, 13), begins=time(14))
    world.agenda_item(key="ag_offen", meeting=coming, previous=done, title="Räume", duration=30)
    world.agenda_item(key="ag_zu", meeting=coming, title="Personal", public=False)
    world.agenda_item(key="ag_speicher", body=group, title="Fahrdienst")
    for to, title, public in ((coming, "Anfahrt", True), (held, "Vermerk", False)):
        add_file(
            actor=Operator(day=TODAY), to=to, title=title, name="d.txt", public=public,
            content=SimpleUploadedFile("d.txt", b"Text"),
        )  # fmt: skip


def _chosen(tenant: Tenant) -> None:
    """Let two groups score measures of the plan: one has sent its ballot; begin the next year."""
    made = world.selection(
        key="auswahl_2018", tenant=tenant, state="scoring", starts=date(2017, 5, 1),
        ends=date(2017, 7, 1), body=world.body(key="ag_lenkung", name="Lenkung"),
    )  # fmt: skip
    short = (("geld", "money", 90_000), ("vzae", "fte", 2))
    for order, (key, resource, amount) in enumerate(short):
        world.limit(key=key, selection=made, order=order, resource=resource, amount=amount)
    for order, name in enumerate(("Nutzen", "Machbarkeit")):
        world.criterion(key=f"k_{order}", selection=made, order=order, name=name, meaning="Mehr")
    plan = Measure.objects.filter(tenant=tenant).order_by("key")[:5]
    found = [
        world.candidate(
            key=f"wahl_{one.key}", selection=made, measure=one,
            amounts={"geld": "40000.00", "vzae": "0.50"},
        )
        for one in plan
    ]  # fmt: skip
    world.candidate(
        key="wahl_gesetzt", selection=made, measure=world.measure(key="gesetzt", title="Lotsen"),
        duty=True, duty_reason="Beschluss 3/2016", needs=found[:1], excludes=found[1:2],
    )  # fmt: skip
    world.topic_minimum(key="mindestens", selection=made, topic=plan[0].topic)
    scores = {one.key: {"k_0": number * 2, "k_1": 9 - number} for number, one in enumerate(found)}
    for key, sent in (("ag_treffen", None), ("ag_sprache", TODAY)):
        group = world.body.model.objects.filter(key=key).first() or world.body(key=key, name="AG")
        made.groups.add(group)
        world.ballot(
            key=f"zettel_{key}", selection=made, body=group, sent=sent, scores=scores,
            comments={found[0].key: "Hilft vielen."},
        )  # fmt: skip
    world.selection(key="auswahl_2019", tenant=tenant, title="Jahresauswahl 2019", year=2019)


def _proposed(tenant: Tenant) -> None:
    """Let a group propose two things: one is asked about, the other was adopted."""
    group, steering = (
        world.body.model.objects.get(tenant=tenant, key=key) for key in ("ag_treffen", "ag_lenkung")
    )
    topic = Topic.objects.filter(tenant=tenant)[:1]
    asked = world.proposal(
        key="idee_1", tenant=tenant, body=group, text="Mütter besuchen Mütter.", topics=topic,
        measure=world.measure.model.objects.filter(tenant=tenant).first(),
    )  # fmt: skip
    world.supporter(
        key="idee_1_stuetze", tenant=tenant, proposal=asked, body=steering, topics=topic,
        reason="Passt dazu",
    )  # fmt: skip
    way = {"tenant": tenant, "sender": group, "body": steering}
    world.station(
        **way, key="idee_1_weg", proposal=asked, task="advise", due=TODAY, priority=1,
        recommendation="Bitte bald",
    )  # fmt: skip
    adopted = world.proposal(
        key="idee_2", tenant=tenant, body=group, kind="need", title="Räume", made=date(2017, 5, 8)
    )
    world.station(
        **way, key="idee_2_weg", proposal=adopted, task="decide", answer="adopted",
        answer_text="Ja", answered=date(2017, 5, 20), public=False,
    )  # fmt: skip
    world.agenda_item(
        key="idee_1_punkt", tenant=tenant, body=steering, origin="proposal:idee_1", title="Idee"
    )


def _written(tenant: Tenant, desk: Client) -> None:
    """Write papers: one waits to be released, one is adopted and something follows from it."""
    council = world.body(key="kreistag", tenant=tenant, name="Kreistag", kind="council")
    draft = world.paper(
        key="v_entwurf", tenant=tenant, state="submitted", written_by="k.beispiel",
        facts="Kurse fehlen.", proposal="Zwei Kurse werden eingerichtet.",
    )  # fmt: skip
    world.deliberation(key="v_erste", tenant=tenant, paper=draft, body=council, role="advice")
    done = world.paper(
        key="v_beschluss", tenant=tenant, state="done", number="12/2017", released=TODAY,
        released_by="k.beispiel", subject="Lotsen in allen Gemeinden", day=TODAY,
        once_low=1000, year_low=10_000, year_high=12_000, alternatives="Weniger Lotsen.",
        measures=Measure.objects.filter(tenant=tenant).order_by("key")[:2],
    )  # fmt: skip
    for order, occasion in enumerate(("release", "adoption"), start=1):
        world.paper_version(
            key=f"v_fassung_{order}", tenant=tenant, paper=done, order=order, occasion=occasion,
            content={"subject": f"Lotsen {order}"}, changed="Betreff",
        )  # fmt: skip
    world.deliberation(
        key="v_rat", tenant=tenant, paper=done, body=council, result="majority", noted=TODAY,
        yes=30, no=4, adopted="Es gibt Lotsen.",
    )  # fmt: skip
    world.consequence(key="v_folge", tenant=tenant, paper=done, due=TODAY, responsible="Jugendamt")
    world.consequence(
        key="v_getan", tenant=tenant, paper=done, kind="measure", text="Lotsen", done=TODAY
    )
    annex = SimpleUploadedFile("plan.txt", b"Plan")
    desk.post(
        reverse("attach-to-paper", args=[tenant.pk, "v_entwurf"]),
        {"title": "Lageplan", "file": annex, "public": "on"},
    )
    house = SimpleUploadedFile("haus.docx", example_template())
    desk.post(reverse("paper-template-upload", args=[tenant.pk]), {"file": house})


def _released(tenant: Tenant) -> None:
    """Release an edition of the plan, and begin the next one."""
    plan = world.plan.model.objects.filter(tenant=tenant).first()
    made = world.edition(
        key="ausgabe_1", tenant=tenant, plan=plan, resolution="Kreistag, 20.05.2017"
    )
    release(
        actor=world.OPERATOR, edition=made, number=1, tables=rows_of(made), on=TODAY,
        files=[Written(EditionFileKind.MASTERPLAN, f"plan.{one}", "Plan", "text/plain", b"Plan")
               for one in ("pdf", "html")],
    )  # fmt: skip
    world.measure(key="nach_ausgabe", tenant=tenant, title="Nach der Ausgabe", public=True)
    world.edition(key="ausgabe_2", tenant=tenant, plan=plan, title="Fortschreibung 2018")


def _reported(tenant: Tenant) -> None:
    """Draft a report on the plan with a text and a conclusion, and release an older one."""
    plan = world.plan.model.objects.filter(tenant=tenant).first()
    draft = world.year_report(key="bericht_2017", tenant=tenant, plan=plan)
    world.report_text(key="b_text", tenant=tenant, report=draft)
    measure = Measure.objects.filter(tenant=tenant).order_by("key")[0].key
    world.conclusion(
        key="b_folge", tenant=tenant, report=draft, thing=f"measure:{measure}", text="Weiter so."
    )
    done = world.year_report(
        key="bericht_2016", tenant=tenant, plan=plan, title="Sachstand 2016",
        starts=date(2016, 1, 1), ends=date(2017, 1, 1),
    )  # fmt: skip
    for fmt in ("html", "pdf"):
        name = default_storage.save(f"berichte/2016.{fmt}", ContentFile(b"Bericht"))
        world.report_file(key=f"b_{fmt}", tenant=tenant, report=done, format=fmt, file=name)
    with change(by="world", verb=Verb.SHARED, of=done):
        done.state, done.released, done.released_by = "released", TODAY, "k.beispiel"


def _surveyed(desk: Client) -> None:
    """Open a survey among all, and prepare one about needs in two more languages."""
    surveys = f"{DESK}bedarfe/umfragen/"
    desk.post(f"{surveys}neu/", {"beginn": "vorlage:akteure", "title": "Umfrage 2017"})
    given = {
        "title": "Umfrage 2017", "mode": "named", "purpose": "Planung", "threshold": "5",
        "contact": "Integrationsbeauftragte", "legal_basis": "Gesetz", "notice": "Hinweise",
        "closes": "30.06.2017", "keep_until": "31.12.2017", "open_link": "on",
    }  # fmt: skip
    desk.post(f"{surveys}umfrage_2017/texte/", given)
    desk.post(f"{surveys}umfrage_2017/stand/")
    desk.post(
        f"{surveys}umfrage_2017/einladen/?weg=postfaecher",
        {"subject": "Umfrage", "text": "Guten Tag", "lines": "Helferkreis; kreis@helfer.example"},
    )
    Response.objects.create(
        survey=Survey.objects.get(key="umfrage_2017"), channel="open-link", values={},
        started=AT, changed=AT, sent=AT,
    )  # fmt: skip
    desk.post(f"{surveys}neu/", {"beginn": "vorlage:bedarfe", "title": "Bedarfe 2017"})
    desk.post(f"{surveys}bedarfe_2017/sprachen/", {"languages": ["en", "ar"]})
    desk.post(f"{surveys}sprachen/freigabe/", {"sprache": "en", "by": "Sprachmittlung"})


def _decided(person: User, tenant: Tenant, desk: Client) -> None:
    judge(
        actor=person, finding=Finding.objects.order_by("key")[0], decision=Decision.ACCEPTED,
        reason="Der Träger baut gerade aus.", by_function="Steuerungsgruppe", on=TODAY,
    )  # fmt: skip
    led = Responsibility.objects.get(key="z_001")
    links = ("task", "topic", "target_group", "territory", "level", "kind", "basis")
    world.responsibility(
        organisation=world.organisation.model.objects.get(key="stelle_vhs"),
        **{name: getattr(led, name) for name in links},
    )
    desk.post(f"{DESK}bestand/federfuehrung/vereinbaren/", ARRANGED)
    attach(
        actor=person, to=Structure.objects.order_by("key")[0], title="Konzept",
        name="konzept.txt", content=ContentFile(b"Konzept"),
    )  # fmt: skip
    world.share(
        structure=Structure.objects.order_by("key")[0], with_tenant=Tenant.objects.get(key="09463")
    )
    SavedView.objects.create(
        user=person, tenant=tenant, page="structures", name="Meine Auswahl", shared=True
    )


def _uploaded(desk: Client) -> None:
    """Send two lists, one with a head that nobody knows, one with a faulty cell, and a table."""
    unknown = [["Kennung", "Art", "Firma", "Fax"], ["awo", "", "AWO", "09561"]]
    faulty = [["Kennung", "Name", "Übergeordnet"], ["awo", "AWO", "Bund"], ["neu", "Neu", ""]]
    for lines in (unknown, faulty):
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as book:
            page = book.add_worksheet("Organisationen")
            for row, line in enumerate(lines):
                page.write_row(row, 0, line)
        file = SimpleUploadedFile("liste.xlsx", content.getvalue())
        desk.post(f"{DESK}bestand/einlesen/", {"datei": file})
    # A table of statistics: one territory that is not known, one sign instead of a value.
    told = "Kennziffer;Raumeinheit;Aggregat;Quote\n;;;2016\n9473;Coburg;Landkreis;2,7\n"
    table = SimpleUploadedFile(
        "inkar.csv", f"{told}9463;Coburg;Stadt;.\n9471;Bamberg;L;3\n".encode()
    )
    desk.post(f"{DESK}umsetzung/kennzahlen/einlesen/", {"datei": table})


def _talked(person: User, tenant: Tenant) -> None:
    """Hold two talks: one coded by two who differ, one that is still being coded."""
    other = world.person(role="planner", at=tenant)
    topics = [f"topic:{one.key}" for one in Topic.objects.filter(tenant=tenant)[:2]]
    place = f"place:{tenant.key}"
    for key, coders in (("a", (person, other)), ("b", (person,))):
        talk = world.talk(tenant=tenant, key=f"runde_{key}", planned=2, participants="Gemeinden")
        for order in (1, 2, 3):
            said = world.statement(
                tenant=tenant, key=f"runde_{key}|{order}", talk=talk, order=order,
                text=f"Satz {order}", speaker="Gemeinde",
            )  # fmt: skip
            for number, coder in enumerate(coders):
                code(actor=coder, statement=said, idents=[topics[number * (order % 2)], place])
        for coder in coders if key == "a" else ():
            finish(actor=coder, talk=Talk.objects.get(pk=talk.pk))
    world.code(tenant=tenant, key="netz", label="Netz")


def _published(tenant: Tenant) -> None:
    """Open the OParl endpoint for a public body."""
    since = datetime(2017, 1, 1, tzinfo=UTC)
    world.endpoint(tenant=tenant, switched_on=True, since=since, contact_name="Kreistagsbüro")
    world.legislative_term(key="wahl_2014", tenant=tenant, starts=date(2014, 5, 1))
    world.body(key="g_offen", tenant=tenant, name="Offenes Forum", kind="conference", public=True)


def _seated(tenant: Tenant) -> None:
    """Give a body of the example what its sources do not know: a vacant seat, and past ones."""
    round_ = world.body.model.objects.get(tenant=tenant, key="g_runde")
    group = TargetGroup.objects.filter(tenant=tenant).first()
    vacant = world.seat(tenant=tenant, body=round_, order=5, kind="council", speaks_for=[group])
    world.tenure(tenant=tenant, seat=vacant, function="Kreisrat", ends=TODAY)
    over = world.seat(tenant=tenant, body=round_, order=6, ends=TODAY)
    world.tenure(tenant=tenant, seat=over, function="Leitung", ends=TODAY)


def _secured(person: User) -> None:
    """Give the account everything that a sign-in can be secured with."""
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    flags = webauthn.AuthenticatorData.FLAG.UP | webauthn.AuthenticatorData.FLAG.AT
    key = webauthn.AttestedCredentialData.create(webauthn.Aaguid(bytes(16)), bytes(16), public)
    data = webauthn.AuthenticatorData.create(bytes(32), flags, 0, key)
    made = webauthn.RegistrationResponse(
        raw_id=bytes(16),
        response=webauthn.AuthenticatorAttestationResponse(
            client_data=webauthn.CollectedClientData.create(
                "webauthn.create", bytes(16), "http://testserver"
            ),
            attestation_object=webauthn.AttestationObject.create("none", data, {}),
        ),
    )
    Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Schlüssel am Notebook", "credential": {**made, "type": "public-key"}},
    )
