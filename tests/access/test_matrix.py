"""Every model × role × right, lists and objects alike, against the table of roles written out."""

from datetime import date
from functools import partial

import pytest
from django.apps import apps
from tests import world

from gelingen.access.policy import EDITS, OWNERS, ROLES, May, allowed, allowed_in, within
from gelingen.access.queries import on_day
from gelingen.access.rights import who_may

pytestmark = pytest.mark.django_db
TODAY = date(2017, 6, 1)
SEE, ALL, OWN = May.VIEW, "ganz", "eigene"
EDIT_ALL = dict.fromkeys(
    (
        May.EDIT_REGISTER, May.EDIT_NEEDS, May.EDIT_PLAN, May.JUDGE, May.EDIT_BASICS,
        May.ASK, May.RELEASE_LANGUAGE, May.EDIT_BOARDS, May.VIEW_CLOSED,
        May.CHOOSE,
    ),
    ALL,
)  # fmt: skip
PEOPLE = {May.VIEW_PEOPLE: ALL, May.MANAGE_PEOPLE: ALL}
# What a role may: in the whole tenant or for its own organisation; what is missing it may not.
TABLE = {
    "officer": {SEE: ALL, **EDIT_ALL, May.EXCHANGE: ALL, May.PROTECT: ALL, **PEOPLE},
    "planner": {SEE: ALL, **EDIT_ALL},
    "lead": {SEE: ALL, May.EDIT_PLAN: OWN},
    "partner": {SEE: ALL, May.EDIT_REGISTER: OWN},
    "municipality": {SEE: ALL, May.EDIT_REGISTER: OWN},
    "course_provider": {SEE: ALL, May.EDIT_REGISTER: OWN},
    "volunteers": {SEE: ALL},
    "finance": {SEE: ALL},
    "steering": {SEE: ALL, May.VIEW_CLOSED: ALL},
    "advisory": {SEE: ALL},
    "member": {SEE: ALL},
    "head": {SEE: ALL, May.VIEW_CLOSED: ALL},
    "reader": {SEE: ALL},
    "auditor": {SEE: ALL, May.VIEW_PEOPLE: ALL},
    "administrator": PEOPLE,
}
BUILDERS = {
    "topics.Topic": world.topic,
    "topics.TargetGroup": world.target_group,
    "topics.Task": world.task,
    "places.Territory": partial(world.territory, key="09473112"),
    "places.Figure": world.figure,
    "register.Organisation": world.organisation,
    "register.Structure": world.structure,
    "register.Reach": world.reach,
    "register.Funding": world.funding,
    "register.Responsibility": world.responsibility,
    "register.Cooperation": world.cooperation,
    "needs.Need": world.need,
    "needs.Voice": world.voice,
    "needs.Inquiry": world.inquiry,
    "plan.Plan": world.plan,
    "plan.PlanningPeriod": world.period,
    "plan.ChapterText": world.chapter,
    "plan.ImpactGoal": world.goal,
    "plan.Measure": world.measure,
    "boards.Body": world.body,
    "boards.Seat": world.seat,
    "boards.Tenure": world.tenure,
    "boards.Meeting": world.meeting,
    "boards.AgendaItem": world.agenda_item,
    "boards.Attendance": world.attendance,
    "boards.ActionPoint": world.action_point,
    "oparl.Endpoint": world.endpoint,
    "oparl.LegislativeTerm": world.legislative_term,
    "programme.Selection": world.selection,
    "programme.Criterion": world.criterion,
    "programme.Limit": world.limit,
    "programme.TopicMinimum": world.topic_minimum,
    "programme.Candidate": world.candidate,
    "programme.Ballot": world.ballot,
    "papers.Paper": world.paper,
    "papers.PaperVersion": world.paper_version,
    "papers.Deliberation": world.deliberation,
    "papers.Consequence": world.consequence,
    "papers.PaperRules": world.paper_rules,
    "indicators.Indicator": world.indicator,
    "indicators.DenominatorRule": world.denominator_rule,
    "indicators.IndicatorBreak": world.indicator_break,
    "indicators.IndicatorTarget": world.indicator_target,
    "indicators.CollectionPlan": world.collection_plan,
    "progress.ProgressReport": world.progress_report,
    "progress.StateOverride": world.state_override,
    "progress.ProgressRound": world.progress_round,
    "yearly.YearReport": world.year_report,
    "yearly.ReportText": world.report_text,
    "yearly.Conclusion": world.conclusion,
    "yearly.ReportFile": world.report_file,
    "editions.Edition": world.edition,
    "editions.EditionTable": world.edition_table,
    "editions.EditionFile": world.edition_file,
    "site.SiteSettings": world.site_settings,
    "site.News": world.news,
    "site.SiteQuestion": world.site_question,
    "site.Occasion": world.occasion,
    "site.PageText": world.page_text,
    "site.SiteReport": world.site_report,
    "proposals.Proposal": world.proposal,
    "proposals.Supporter": world.supporter,
    "proposals.Station": world.station,
    "process.Phase": world.phase,
    "process.Event": world.event,
    "process.Step": world.step,
    "process.Support": world.support,
    "findings.Finding": world.finding,
    "surveys.Survey": world.survey,
    "surveys.Question": world.question,
    "surveys.LanguageRelease": world.language_release,
    "surveys.Publication": world.publication,
    "surveys.TextRelease": world.text_release,
    "review.Decision": world.decision,
    "review.SameName": world.same_name,
    "talks.Talk": world.talk,
    "talks.Statement": world.statement,
    "talks.Code": world.code,
    "talks.Coding": world.coding,
}


def of(label):
    model = apps.get_model(label)
    return model._default_manager.all()


def owned_by(thing):
    path = OWNERS[thing._meta.label]
    if not path:
        return None
    return type(thing)._default_manager.filter(pk=thing.pk).values_list(path, flat=True).get()


def test_die_tabelle_nennt_jede_rolle():
    assert list(TABLE) == list(ROLES)


@pytest.mark.parametrize("label", BUILDERS)
def test_jede_rolle_darf_was_die_tabelle_sagt(label):
    tenant, town = world.tenant(), world.tenant("09463", "Stadt Coburg")
    build = BUILDERS[label]
    lead = {"lead": world.organisation(key="traeger", name="AWO")} if "Measure" in label else {}
    own, foreign = build(**lead), build(tenant=town)
    owner = owned_by(own)
    organisation = apps.get_model("register.Organisation")._default_manager.filter(pk=owner).first()
    elsewhere = world.organisation()
    for role in ROLES:
        mine = world.person(role=role, organisation=organisation)
        other = world.person(role=role, organisation=elsewhere)
        for person in (mine, other):
            on_day(person, on=TODAY)
        for may in May:
            extent = TABLE[role].get(may)
            expected = extent == ALL or (extent == OWN and owner is not None)
            listed = set(within(mine, may, of(label)))
            assert (own in listed, foreign in listed) == (expected, False), (role, may)
            assert (allowed(mine, may, own), allowed(mine, may, foreign)) == (expected, False)
            assert allowed(other, may, own) is (extent == ALL), (role, may)
            assert allowed_in(mine, may, tenant) is (extent == ALL)
            assert not allowed_in(mine, may, town)


def test_fast_jedes_modell_steht_in_der_matrix_die_uebrigen_sind_genannt():
    without_builder = set(OWNERS) - set(BUILDERS)
    assert {label.split(".")[0] for label in without_builder} <= {
        "register", "plan", "findings", "confirmations", "needs",
    }  # fmt: skip


def test_zu_jedem_datensatz_ist_gesagt_welches_recht_ihn_aendert_und_zuruecknimmt():
    assert {name.split(".")[0] for name in OWNERS} == set(EDITS)


@pytest.mark.parametrize("label", ["register.Structure", "plan.Measure", "needs.Need"])
def test_wer_darf_das_nennt_genau_die_denen_es_erlaubt_ist(label):
    lead = {"lead": world.organisation(key="traeger", name="AWO")} if "Measure" in label else {}
    thing = BUILDERS[label](**lead)
    owner = owned_by(thing)
    organisation = apps.get_model("register.Organisation")._default_manager.filter(pk=owner).first()
    elsewhere = world.organisation()
    people = [
        on_day(world.person(role=role, organisation=at), on=TODAY)
        for role in ROLES
        for at in (organisation, elsewhere)
    ]
    world.person(at=world.tenant("09463", "Stadt Coburg"))
    for may in May:
        named = {one.user for one in who_may(people[0], may, thing, on=TODAY)}
        assert named == {one for one in people if allowed(one, may, thing)}
