"""A year of reporting with a moved clock: asked, reminded, answered by link, set by hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests import world

from gelingen.access.models import Membership, User
from gelingen.access.queries import get_person
from gelingen.access.tokens import UnknownLinkError
from gelingen.editing import take_back
from gelingen.history.recording import LostUpdateError, change, new_batch
from gelingen.post.models import OutgoingMail
from gelingen.progress import answering, asking, rounds, writing
from gelingen.progress.links import ClosedRoundError, open_link, token_of
from gelingen.progress.models import ProgressReport, ProgressRequest
from gelingen.progress.queries import lines, sheet, states
from gelingen.progress.waiting import waiting
from gelingen.progress.writing import Answer, Ticks
from gelingen.terms.progress import AskedState, Assessment, MeasureState, Timeliness
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
ON = date(2017, 1, 9)
DAYS = rounds.Given(
    2016, ON, date(2017, 1, 23), date(2017, 2, 6), date(2017, 3, 1), "Sachstand", "Guten Tag."
)
GOOD = Answer(Assessment.ON_COURSE, participants=12, effect="Zwölf sprechen besser Deutsch.")


def at(day):
    return datetime.combine(day, time(9), UTC)


def link(token):
    return f"https://gelingen.example.org/sachstand/{token}/"


def person(role, **more):
    found = User.objects.create_user(role, f"{role}@example.org")
    Membership.objects.create(user=found, tenant=world.tenant(), role=role, **more)
    return get_person(found.pk, on=ON)


@pytest.fixture
def officer():
    return person("officer")


@pytest.fixture
def school():
    return world.organisation(key="vhs", name="Volkshochschule", mailbox="kurse@vhs.example.org")


@pytest.fixture
def course(school):
    return world.measure(
        key="kurs", title="Kurs am Abend", lead=school, starts=date(2016, 1, 1),
        ends=date(2019, 1, 1),
    )  # fmt: skip


@pytest.fixture
def cafe(school):
    return world.measure(key="cafe", title="Sprachcafé", lead=school, starts=date(2016, 1, 1))


@pytest.fixture
def asked(officer, course, cafe):
    """A round in which one lead was asked for two measures."""
    keys = [course.key, cafe.key]
    found = rounds.save_round(actor=officer, tenant=world.tenant(), given=DAYS)
    asking.ask(actor=officer, round_=found, keys=keys, link=link, on=ON, at=at(ON))
    return found


def opened(measure, *, on=ON):
    request = ProgressRequest.objects.get(measure=measure)
    return answering.asked_by(open_link(token_of(request), on=on), on=on)


def sent(measure, answer=GOOD, *, on=ON, ticked=(), version=0):
    page = opened(measure, on=on)
    seen = frozenset(one.key for one in page.steps if one.done is not None)
    ticks = Ticks(frozenset(ticked), seen)
    return answering.send(page, answer, ticks=ticks, version=version, on=on, at=at(on))


def test_eine_stelle_mit_zwei_massnahmen_bekommt_eine_nachricht_und_zwei_erinnerungen(asked):
    (first,) = OutgoingMail.objects.all()
    assert (first.to, first.subject) == ("kurse@vhs.example.org", "Sachstand")
    assert "– Kurs am Abend" in first.plain
    assert "– Sprachcafé" in first.plain
    assert "28.02.2017" in first.plain
    sent_on = [
        day
        for day in (ON + timedelta(days=number) for number in range(60))
        if asking.remind_due(on=day, at=at(day))
    ]
    assert sent_on == [date(2017, 1, 23), date(2017, 2, 6)]
    mails = OutgoingMail.objects.order_by("created", "pk")
    assert [one.subject for one in mails][1:] == ["Erinnerung: Sachstand 2016"] * 2
    assert len({one.link for one in mails}) == 1, "der Verweis bleibt derselbe"
    found = rounds.entries(asking.REMINDER, asked, on=date(2017, 2, 10))
    assert {one.how for one in found} == {AskedState.SILENT}


@pytest.mark.usefixtures("asked")
def test_wer_berichtet_hat_wird_nicht_mehr_erinnert():
    sent("kurs")
    assert asking.remind_due(on=date(2017, 1, 23), at=at(date(2017, 1, 23))) == 1
    assert "Kurs am Abend" not in OutgoingMail.objects.order_by("-pk")[0].plain
    sent("cafe", on=date(2017, 1, 24))
    assert asking.remind_due(on=date(2017, 2, 6), at=at(date(2017, 2, 6))) == 0


@pytest.mark.usefixtures("asked")
def test_ein_bericht_per_verweis_steht_im_plan_und_hakt_meilensteine_ab(course):
    step = world.milestone(key="start", measure=course, title="Start", due=date(2016, 9, 1))
    done = world.milestone(key="raum", measure=course, done=date(2016, 2, 1))
    assert opened("kurs").tickable == {"start"}
    sent("kurs", ticked=["start"])
    course.refresh_from_db()
    step.refresh_from_db()
    done.refresh_from_db()
    assert (course.light, course.progress_day, course.progress_by) == (
        "planned", ON, "Volkshochschule",
    )  # fmt: skip
    assert (step.done, done.done) == (date(2016, 12, 31), date(2016, 2, 1))
    assert opened("kurs").tickable == {"start"}, "bis zum Ende der Runde berichtigen"
    event = ProgressReport.history.get(measure=course.pk)
    assert event.by_function == "Volkshochschule"
    assert states(world.tenant(), [course], on=ON)[course.pk].state is MeasureState.ON_COURSE


@pytest.mark.usefixtures("asked")
def test_bis_zum_ende_der_runde_laesst_sich_berichtigen_danach_nicht(course):
    first = sent("kurs", ticked=[])
    late = date(2017, 2, 28)
    second = sent("kurs", Answer(Assessment.LATE, participants=9), on=late, version=first.version)
    assert (second.pk, second.participants, second.effect) == (first.pk, 9, "")
    assert (
        states(world.tenant(), [course_now(course)], on=late)[course.pk].state.label == "verzögert"
    )
    with pytest.raises(ClosedRoundError):
        opened("kurs", on=date(2017, 3, 1))


def course_now(course):
    course.refresh_from_db()
    return course


@pytest.mark.usefixtures("asked")
def test_zwei_mit_demselben_verweis_ueberschreiben_einander_nicht():
    page = opened("kurs")
    stamp = answering.keep(page.request, {"effect": ["A"]}, seen="", at=at(ON))
    with pytest.raises(answering.OtherDraftError):
        answering.keep(page.request, {"effect": ["B"]}, seen="", at=at(ON))
    answering.keep(page.request, {"effect": ["C"]}, seen=stamp, at=at(ON))
    assert opened("kurs").request.draft == {"effect": ["C"]}
    sent("kurs")
    with pytest.raises(LostUpdateError):
        sent("kurs", Answer(Assessment.BLOCKED), version=0)
    assert opened("kurs").request.draft == {}


@pytest.mark.usefixtures("asked")
def test_die_seite_zeigt_das_vorjahr_und_die_anderen_massnahmen_der_stelle(course):
    world.progress_report(measure=course, key="alt", starts=date(2014, 1, 1), ends=date(2015, 1, 1))
    page = opened("kurs")
    assert page.before.starts.year == 2014
    assert [(one.title, one.reported) for one in page.siblings] == [("Sprachcafé", False)]
    sent("cafe")
    assert opened("kurs").siblings[0].reported


@pytest.mark.usefixtures("asked")
def test_ein_geratener_verweis_oeffnet_nichts():
    ident = ProgressRequest.objects.get(measure="kurs").ident
    with pytest.raises(UnknownLinkError):
        open_link(ident, on=ON)
    assert ident not in OutgoingMail.objects.get().plain


@pytest.mark.usefixtures("asked")
def test_eine_erinnerung_nach_der_anderen_auch_wenn_tage_ausfallen():
    day = date(2017, 2, 10)  # nobody reminded until after the second day
    assert asking.remind_due(on=day, at=at(day)) == 1
    assert asking.remind_due(on=day, at=at(day)) == 0
    day += timedelta(days=3)
    assert asking.remind_due(on=day, at=at(day)) == 1


def test_achtzehn_monate_vor_dem_ende_der_foerderung_fragt_die_nachricht_wie_es_weitergeht(
    officer, school
):
    def text(ends, continuation=""):
        ProgressRequest.objects.all().delete()
        OutgoingMail.objects.all().delete()
        one = world.measure(
            lead=school, starts=date(2016, 1, 1), funding_ends=ends, continuation=continuation
        )
        found = rounds.rounds(officer, world.tenant()).first() or rounds.save_round(
            actor=officer, tenant=world.tenant(), given=DAYS
        )
        asking.ask(actor=officer, round_=found, keys=[one.key], link=link, on=ON, at=at(ON))
        return OutgoingMail.objects.get().plain

    assert "bewilligt bis 30.06.2018" in text(date(2018, 7, 1))
    assert "Förderung endet" not in text(date(2018, 9, 1))
    assert "Förderung endet" not in text(date(2018, 7, 1), "Der Kreis übernimmt.")


def test_ein_stand_wird_nur_mit_grund_festgelegt_und_der_gerechnete_bleibt_daneben(officer, course):
    with pytest.raises(writing.ReportError):
        writing.override(
            actor=officer, measure=course, state=MeasureState.DONE, reason=" ", since=ON
        )
    batch = new_batch()
    writing.override(
        actor=officer, measure=course, state=MeasureState.BLOCKED, since=ON, batch=batch,
        reason="Die Räume sind gekündigt.",
    )  # fmt: skip
    found = sheet(officer, world.tenant(), "kurs", on=ON)
    assert (found.state.state, found.state.reason) == ("blocked", "Die Räume sind gekündigt.")
    assert (found.state.computed, found.state.overridden) == ("unknown", True)
    before = states(officer, [course], on=ON - timedelta(days=1))[course.pk]
    assert not before.overridden
    writing.lift(actor=officer, override=found.overrides[0], on=ON + timedelta(days=9))
    assert states(officer, [course], on=ON)[course.pk].overridden
    later = states(officer, [course], on=ON + timedelta(days=9))[course.pk]
    assert (later.state, later.fresh) == (MeasureState.UNKNOWN, Timeliness.NEVER)


def test_ein_bericht_laesst_sich_ganz_zuruecknehmen(officer, course):
    batch = new_batch()
    writing.report(
        actor=officer, measure=course, year=2016, answer=GOOD, by_function="Amt", on=ON, batch=batch
    )
    take_back(actor=officer, tenant=world.tenant(), batch=batch)
    course.refresh_from_db()
    assert (course.light, course.progress, ProgressReport.objects.count()) == ("", "", 0)


def test_federfuehrende_berichten_ueber_ihre_massnahmen_und_legen_keinen_stand_fest(course):
    other = world.organisation(key="amt")
    lead = person("lead", organisation=other)
    with pytest.raises(PermissionDenied):
        writing.report(actor=lead, measure=course, year=2016, answer=GOOD, by_function="A", on=ON)
    own = world.measure(key="eigen", lead=other)
    writing.report(actor=lead, measure=own, year=2016, answer=GOOD, by_function="Amt", on=ON)
    with pytest.raises(PermissionDenied):
        writing.override(
            actor=lead, measure=own, state=MeasureState.DONE, reason="Fertig", since=ON
        )


def test_mehr_foerderung_als_kosten_und_tage_in_falscher_folge_gehen_nicht(officer, course):
    much = Answer(Assessment.DONE, cost=100, funding=101)
    with pytest.raises(writing.ReportError):
        writing.report(
            actor=officer, measure=course, year=2016, answer=much, by_function="Amt", on=ON
        )
    wrong = rounds.Given(2016, ON, ON, date(2017, 2, 6), date(2017, 3, 1))
    with pytest.raises(ValidationError):
        rounds.save_round(actor=officer, tenant=world.tenant(), given=wrong)


def waits(actor, day):
    return [(one.reason.value, one.title) for one in waiting(actor, world.tenant(), on=day)]


@pytest.mark.usefixtures("asked")
def test_wer_nach_zwei_erinnerungen_schweigt_steht_auf_der_arbeitsliste_des_amts(officer, school):
    lead = person("lead", organisation=school)
    assert waits(officer, ON) == []
    assert [what for what, _ in waits(lead, ON)] == ["report", "report"]
    for day in (date(2017, 1, 23), date(2017, 2, 6)):
        asking.remind_due(on=day, at=at(day))
    assert waits(officer, date(2017, 2, 6)) == [("silent", "Volkshochschule berichtet nicht")]
    sent("kurs")
    sent("cafe")
    assert waits(officer, date(2017, 2, 6)) == waits(lead, date(2017, 2, 6)) == []


def test_achtzehn_monate_vor_dem_foerderende_fragt_auch_die_arbeitsliste(officer):
    world.measure(key="geld", title="Kurs", funding_ends=date(2018, 7, 1))
    world.measure(key="spaeter", title="Später", funding_ends=date(2018, 8, 1))
    world.measure(key="gesagt", funding_ends=date(2018, 7, 1), continuation="Der Kreis zahlt.")
    assert waits(officer, ON) == [("continue", "Kurs")]


@pytest.mark.parametrize("number", [1, 3])
def test_die_liste_fragt_immer_gleich_oft(officer, school, number, django_assert_num_queries):
    for _ in range(number):
        one = world.measure(lead=school)
        world.milestone(measure=one)
        world.progress_report(measure=one)
    with django_assert_num_queries(6):
        found = lines(officer, world.tenant(), on=ON)
        assert len({one.measure.lead.name for one in found}) == 1


def test_eine_kennzahl_hinter_ihrem_zielpfad_verzoegert_die_massnahme(course):
    world.progress_report(measure=course, day=ON)
    own = world.indicator(
        key="teil", register="measure", kind="output", measure=course, name="Teilnehmende",
        figure="Teilnehmende am Kurs", migration_definition="none",
    )  # fmt: skip
    world.indicator_target(indicator=own, due=date(2016, 12, 31), value_low=20)
    reached = world.figure(indicator="Teilnehmende am Kurs", value_low=9, value_high=9)

    def stand():
        return states(world.tenant(), [course], on=ON)[course.pk]

    assert (stand().state.label, stand().reason) == (
        "verzögert", "Die Kennzahl „Teilnehmende“ liegt am 31.12.2016 hinter ihrem Zielpfad.",
    )  # fmt: skip
    with change(by="world", verb=Verb.CHANGED, of=reached):
        reached.value_low = reached.value_high = 21
    assert stand().state is MeasureState.ON_COURSE


@pytest.mark.usefixtures("asked")
def test_was_das_amt_inzwischen_abgehakt_hat_nimmt_die_antwort_nicht_zurueck(officer, course):
    step = world.milestone(key="start", measure=course, title="Start")
    other = world.milestone(key="raum", measure=course, title="Raum")
    page = opened("kurs")
    by_desk = Ticks(frozenset({"start"}))
    writing.report(
        actor=officer, measure=course, year=2016, answer=GOOD, by_function="Amt", on=ON,
        ticks=by_desk,
    )  # fmt: skip
    ticked = Ticks(frozenset({"raum"}))
    answering.send(opened("kurs"), GOOD, ticks=ticked, version=1, on=ON, at=at(ON))
    step.refresh_from_db()
    other.refresh_from_db()
    assert page.tickable == {"start", "raum"}
    assert (step.done, other.done) == (date(2016, 12, 31), date(2016, 12, 31))
    opened_again = Ticks(frozenset(), frozenset({"raum"}))
    answering.send(opened("kurs"), GOOD, ticks=opened_again, version=2, on=ON, at=at(ON))
    other.refresh_from_db()
    assert other.done is None


def test_ein_meilenstein_eines_laufenden_jahres_traegt_den_tag_des_berichts(officer, course):
    step = world.milestone(key="start", measure=course)
    writing.report(
        actor=officer, measure=course, year=2017, answer=GOOD, by_function="Amt", on=ON,
        ticks=Ticks(frozenset({"start"})),
    )  # fmt: skip
    step.refresh_from_db()
    assert step.done == ON


def test_der_stand_an_einem_tag_kennt_nichts_was_spaeter_gesagt_wurde(officer, course):
    for year, assessment in ((2015, Assessment.LATE), (2016, Assessment.BLOCKED)):
        writing.report(
            actor=officer, measure=course, year=year, answer=Answer(assessment), by_function="Amt",
            on=date(year + 1, 2, 1),
        )  # fmt: skip

    def stand(day):
        return states(world.tenant(), [course], on=day)[course.pk].state

    assert stand(date(2017, 2, 1)) is MeasureState.BLOCKED
    assert stand(date(2017, 1, 31)) is MeasureState.LATE
    assert stand(date(2016, 1, 31)) is MeasureState.UNKNOWN


@pytest.mark.usefixtures("asked", "cafe")
def test_erinnert_wird_wer_die_massnahme_jetzt_fuehrt_mit_einer_ersten_nachricht(course):
    old = opened("kurs").request
    answering.keep(old, {"effect": ["Angefangen"]}, seen="", at=at(ON))
    handed_over(course)
    day = date(2017, 1, 23)
    assert asking.remind_due(on=day, at=at(day)) == 2
    mails = {one.to: one for one in OutgoingMail.objects.order_by("-pk")[:2]}
    assert mails["kurse@vhs.example.org"].subject == "Erinnerung: Sachstand 2016"
    assert "Kurs am Abend" not in mails["kurse@vhs.example.org"].plain
    assert mails["amt@example.org"].subject == "Sachstand", "sie wurde noch nicht gefragt"
    found = opened("kurs", on=day).request
    assert (found.name, found.draft, found.asked) == ("Bildungsamt", {}, day)
    with pytest.raises(UnknownLinkError):
        open_link(token_of(old), on=day)


def handed_over(measure):
    office = world.organisation(key="amt", name="Bildungsamt", mailbox="amt@example.org")
    with change(by="world", verb=Verb.CHANGED, of=measure):
        measure.lead = office


def test_wer_nach_der_zweiten_erinnerung_uebernimmt_wird_angerufen_und_laesst_sich_fragen(
    officer, asked, course
):
    for day in (date(2017, 1, 23), date(2017, 2, 6)):
        asking.remind_due(on=day, at=at(day))
    handed_over(course)
    day = date(2017, 2, 9)
    titles = ["Bildungsamt berichtet nicht", "Volkshochschule berichtet nicht"]
    assert waits(officer, day) == [("silent", title) for title in titles]
    found = asking.to_remind(rounds.entries(officer, asked, on=day))
    assert [one.measure.key for one in found] == ["kurs"]
    assert asking.remind(actor=officer, round_=asked, on=day, at=at(day)) == 1
    assert OutgoingMail.objects.order_by("-pk")[0].to == "amt@example.org"
    assert waits(officer, day) == [("silent", "Volkshochschule berichtet nicht")]


@pytest.mark.usefixtures("asked")
def test_wer_spaeter_uebernimmt_hat_fuer_jede_nachricht_so_lange_wie_alle(course):
    sent("cafe")
    handed_over(course)
    days = [date(2017, 1, 23) + timedelta(days=number) for number in range(36)]
    wrote = [day for day in days if asking.remind_due(on=day, at=at(day))]
    assert wrote == [date(2017, 1, 23), date(2017, 2, 6), date(2017, 2, 20)]


@pytest.mark.usefixtures("asked")
def test_eine_erinnerung_geht_an_das_postfach_das_jetzt_gilt_und_nie_ins_leere(school):
    link_before = {one.link for one in OutgoingMail.objects.all()}
    with change(by="world", verb=Verb.CHANGED, of=school):
        school.mailbox = "neu@vhs.example.org"
    day = date(2017, 1, 23)
    assert asking.remind_due(on=day, at=at(day)) == 1
    mail = OutgoingMail.objects.order_by("-pk")[0]
    assert (mail.to, {mail.link}) == ("neu@vhs.example.org", link_before)
    kept = ProgressRequest.objects.values_list("mailbox", flat=True)
    assert set(kept) == {"neu@vhs.example.org"}
    with change(by="world", verb=Verb.CHANGED, of=school):
        school.mailbox = ""
    day = date(2017, 2, 6)
    assert asking.remind_due(on=day, at=at(day)) == 0


def test_lange_nach_der_runde_steht_noch_da_wer_gefragt_war_ohne_postfach(officer, asked):
    answering.keep(opened("kurs").request, {"effect": ["Text"]}, seen="", at=at(ON))
    assert asking.drop_old_requests(before=asked.closes) == 0
    day = asked.closes + timedelta(days=91)
    assert asking.drop_old_requests(before=day) == 2
    assert asking.drop_old_requests(before=day) == 0
    found = rounds.entries(officer, asked, on=day)
    assert {one.how for one in found} == {AskedState.OPEN}
    assert {(one.mailbox, str(one.draft)) for one in ProgressRequest.objects.all()} == {("", "{}")}


def test_nach_ideen_die_nicht_begonnen_haben_wird_nicht_gefragt(officer, school):
    world.measure(key="idee", lead=school, maturity="idea")
    world.measure(key="idee_offen", lead=school, maturity="idea", light="not_started")
    world.measure(key="idee_laeuft", lead=school, maturity="idea", light="planned")
    world.measure(key="idee_ab", lead=school, maturity="idea", starts=date(2016, 5, 1))
    world.measure(key="spaeter", lead=school, starts=date(2017, 1, 1))
    world.measure(key="laeuft", lead=school, maturity="running")
    found = rounds.save_round(actor=officer, tenant=world.tenant(), given=DAYS)
    every = rounds.entries(officer, found, on=ON)
    assert {one.measure.key for one in every} == {"idee_laeuft", "idee_ab", "laeuft"}
