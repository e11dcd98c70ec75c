"""A small county to test in: say what matters, leave the rest to defaults."""

from datetime import date
from itertools import count

from django.db import IntegrityError

from gelingen.access.models import Membership, Tenant, User
from gelingen.access.policy import Operator
from gelingen.boards.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    Body,
    Meeting,
    Seat,
    Tenure,
)
from gelingen.editions.models import Edition, EditionFile, EditionTable
from gelingen.findings.models import Finding
from gelingen.history.recording import change
from gelingen.indicators.models import (
    CollectionPlan,
    DenominatorRule,
    Indicator,
    IndicatorBreak,
    IndicatorTarget,
)
from gelingen.needs.models import Inquiry, Need, Voice
from gelingen.oparl.models import Endpoint, LegislativeTerm
from gelingen.papers.models import (
    Consequence,
    Deliberation,
    Paper,
    PaperRules,
    PaperVersion,
)
from gelingen.places.models import Figure, Territory
from gelingen.plan.models import (
    ChapterText,
    ImpactGoal,
    Measure,
    Milestone,
    Plan,
    PlanningPeriod,
)
from gelingen.process.models import Event, Phase, Step, Support
from gelingen.programme.models import (
    Ballot,
    Candidate,
    Criterion,
    Limit,
    MemberBallot,
    Selection,
    TopicMinimum,
)
from gelingen.progress.models import ProgressReport, ProgressRound, StateOverride
from gelingen.proposals.models import Proposal, Station, Supporter
from gelingen.register.given import Share
from gelingen.register.models import (
    Attachment,
    Cooperation,
    Funding,
    Organisation,
    Reach,
    Responsibility,
    Structure,
)
from gelingen.review.models import Decision, SameName
from gelingen.site.models import (
    News,
    Occasion,
    PageText,
    SiteQuestion,
    SiteReport,
    SiteSettings,
)
from gelingen.surveys.models import LanguageRelease, Question, Survey
from gelingen.surveys.published import Publication, TextRelease
from gelingen.talks.models import Code, Coding, Statement, Talk
from gelingen.terms.vocabulary import Verb
from gelingen.topics.models import TargetGroup, Task, Topic
from gelingen.yearly.models import Conclusion, ReportFile, ReportText, YearReport

_number = count(1)
OPERATOR = Operator()


def _saved(thing, **links):
    # Asking for each constraint before the database checks it takes a fifth of a test's time. It
    # is asked afterwards, for the German message, when the database has refused.
    thing.validate_constraints = _left_to_the_database
    try:
        with change(by="world", verb=Verb.CREATED, of=thing, links=links):
            pass
    except IntegrityError:
        del thing.validate_constraints
        thing.full_clean()
        raise
    del thing.validate_constraints
    return thing


def _left_to_the_database(**_):
    pass


def _made(model, fields, **defaults):
    names = {relation.name for relation in model._meta.many_to_many}
    links = {name: fields.pop(name) for name in names & set(fields)}
    fields["tenant"] = fields.get("tenant") or tenant()
    fields.setdefault("key", f"{model._meta.model_name}_{next(_number)}")
    for name, value in defaults.items():
        if name not in fields:
            fields[name] = value(fields["tenant"]) if callable(value) else value
    return _saved(model(**fields), **links)


def tenant(key="09473", name="Landkreis Coburg"):
    return Tenant.objects.get_or_create(key=key, defaults={"name": name})[0]


def _of(builder, key):
    def find(of_tenant):
        found = builder.model._default_manager.filter(tenant=of_tenant, key=key).first()
        return found or builder(tenant=of_tenant, key=key)

    return find


def territory(**fields):
    return _made(Territory, fields, name="Ahorn", kind="municipality", key="09473112")


def topic(**fields):
    return _made(Topic, fields, name="Sprache und Bildung")


def target_group(**fields):
    return _made(TargetGroup, fields, name="Frauen")


def task(**fields):
    return _made(Task, fields, name="Sprachförderung")


def organisation(**fields):
    return _made(Organisation, fields, name=f"Träger {next(_number)}", kind="welfare")


territory.model, topic.model, target_group.model, task.model = Territory, Topic, TargetGroup, Task
organisation.model = Organisation

CELL = {
    "topic": _of(topic, "sprache"),
    "target_group": _of(target_group, "frauen"),
    "territory": _of(territory, "09473112"),
}


def structure(**fields):
    return _made(
        Structure,
        fields,
        name=f"Angebot {next(_number)}",
        organisation=_of(organisation, "traeger"),
        function="delivers",
    )


structure.model = Structure


def reach(**fields):
    return _made(Reach, fields, structure=_of(structure, "angebot"), **CELL)


def funding(**fields):
    return _made(
        Funding,
        fields,
        structure=_of(structure, "angebot"),
        programme="Landesprogramm",
        state="approved",
        starts=date(2016, 1, 1),
        ends=date(2018, 1, 1),
    )


def responsibility(**fields):
    return _made(
        Responsibility,
        fields,
        organisation=_of(organisation, "traeger"),
        task=_of(task, "sprachfoerderung"),
        kind="lead",
        **CELL,
    )


def cooperation(**fields):
    return _made(Cooperation, fields, a=_of(organisation, "traeger"), b=_of(organisation, "amt"))


def need(**fields):
    return _made(Need, fields, statement=f"Bedarf {next(_number)}", **CELL)


def voice(**fields):
    return _made(
        Voice,
        fields,
        need=lambda of: need(tenant=of),
        group="Gemeinde",
        function="Geschäftsleitung",
    )


def inquiry(**fields):
    if fields.get("organisation") is None:
        return _made(Inquiry, fields, territory=CELL["territory"], state="none_exists")
    return _made(Inquiry, fields, state="asked")


def figure(**fields):
    return _made(
        Figure,
        fields,
        territory=CELL["territory"],
        indicator="Bevölkerung",
        value_low=4226,
        value_high=4226,
        unit="Personen",
        reference=date(2016, 12, 31),
        reference_precision="day",
    )


def plan(**fields):
    return _made(Plan, fields, title="Masterplan Integration", horizon=date(2026, 1, 1))


plan.model = Plan


def period(**fields):
    return _made(
        PlanningPeriod,
        fields,
        plan=_of(plan, "masterplan"),
        name="Aufbau",
        starts=date(2017, 1, 1),
        ends=date(2019, 1, 1),
    )


def chapter(**fields):
    return _made(ChapterText, fields, plan=_of(plan, "masterplan"), chapter="auftrag", text="Text")


def goal(**fields):
    return _made(
        ImpactGoal,
        fields,
        plan=_of(plan, "masterplan"),
        topic=CELL["topic"],
        title="Frauen sprechen Deutsch",
    )


def measure(**fields):
    return _made(Measure, fields, title=f"Maßnahme {next(_number)}", topic=CELL["topic"])


measure.model = Measure


def milestone(**fields):
    return _made(Milestone, fields, title=f"Meilenstein {next(_number)}")


def finding(**fields):
    return _made(
        Finding,
        fields,
        kind="gap",
        sentence="Für Frauen gibt es in Ahorn kein Angebot.",
        values={"type": "structural"},
        evidence=["need:bedarf"],
        first_seen=date(2017, 6, 1),
        last_seen=date(2017, 6, 1),
    )


def person(*, role="officer", at=None, organisation=None, **fields):
    user = User.objects.create_user(f"person{next(_number)}", **fields)
    Membership.objects.create(
        user=user, tenant=at or tenant(), role=role, organisation=organisation
    )
    return user


def share(**fields):
    return _made(
        Share,
        fields,
        structure=_of(structure, "angebot"),
        with_tenant=lambda _: tenant("09464", "Stadt Hof"),
        starts=date(2017, 1, 1),
    )


def survey(**fields):
    return _made(Survey, fields, title="Umfrage unter allen Akteuren")


survey.model = Survey


def question(**fields):
    return _made(
        Question,
        fields,
        survey=_of(survey, "umfrage"),
        kind="text",
        texts={"de": {"text": "Was brauchen Sie?"}},
    )


def language_release(**fields):
    return _made(
        LanguageRelease, fields, language="tr", day=date(2017, 5, 1), by="Dolmetscherdienst"
    )


def publication(**fields):
    return _made(
        Publication,
        fields,
        survey=_of(survey, "umfrage"),
        day=date(2017, 5, 1),
        by="Integrationsbeauftragte",
        shown={"answers": 0, "columns": [], "members": {}, "questions": []},
    )


def text_release(**fields):
    return _made(
        TextRelease,
        fields,
        survey=_of(survey, "umfrage"),
        question="frage",
        answer="r1",
        text="Mehr Kurse am Abend",
        day=date(2017, 5, 1),
        by="Integrationsbeauftragte",
    )


def talk(**fields):
    return _made(Talk, fields, title="Gespräch mit den Gemeinden", day=date(2017, 1, 20))


talk.model = Talk


def statement(**fields):
    return _made(
        Statement,
        fields,
        talk=_of(talk, "gespraech"),
        text="Ohne Bus kommt niemand zum Kurs.",
        order=lambda _: next(_number),
    )


statement.model = Statement


def code(**fields):
    return _made(Code, fields, label=f"Wort {next(_number)}")


def coding(**fields):
    return _made(Coding, fields, statement=_of(statement, "aussage"))


def decision(**fields):
    return _made(
        Decision,
        fields,
        subject=f"need:{next(_number)}",
        state="declined",
        reason="Gibt es schon.",
        day=date(2017, 5, 1),
    )


def same_name(**fields):
    return _made(SameName, fields, written="AWO KV Coburg", organisation="awo", same=True)


def body(**fields):
    return _made(Body, fields, name=f"Arbeitsgruppe {next(_number)}", kind="working_group")


body.model = Body


def seat(**fields):
    return _made(Seat, fields, body=_of(body, "gremium"), kind="administration")


seat.model = Seat


def tenure(**fields):
    return _made(Tenure, fields, seat=_of(seat, "sitz"), function="Leitung Sozialamt")


def meeting(**fields):
    return _made(Meeting, fields, body=_of(body, "gremium"), day=date(2017, 6, 20))


meeting.model = Meeting


def agenda_item(**fields):
    if fields.get("meeting") is not None:
        fields.setdefault("body", fields["meeting"].body)
        fields.setdefault("tenant", fields["meeting"].tenant)
    return _made(
        AgendaItem,
        fields,
        body=_of(body, "gremium"),
        title="Bericht",
        order=lambda _: next(_number),
    )


def attendance(**fields):
    return _made(
        Attendance,
        fields,
        meeting=_of(meeting, "sitzung"),
        seat=_of(seat, "sitz"),
        presence="present",
    )


def action_point(**fields):
    return _made(ActionPoint, fields, body=_of(body, "gremium"), text="Räume anfragen")


def phase(**fields):
    return _made(Phase, fields, name=f"Phase {next(_number)}", kind="analysis")


phase.model = Phase


def event(**fields):
    return _made(Event, fields, title=f"Werkstatt {next(_number)}", kind="workshop")


def step(**fields):
    return _made(Step, fields, phase=_of(phase, "phase"), title="Fragebogen entwerfen")


def support(**fields):
    return _made(Support, fields, organisation=_of(organisation, "begleiter"), task="Moderation")


def selection(**fields):
    return _made(Selection, fields, title="Jahresauswahl 2018", year=2018)


selection.model = Selection


def criterion(**fields):
    return _made(Criterion, fields, selection=_of(selection, "auswahl"), name="Nutzen")


def limit(**fields):
    return _made(
        Limit, fields, selection=_of(selection, "auswahl"), resource="money", amount=100_000
    )


def topic_minimum(**fields):
    return _made(TopicMinimum, fields, selection=_of(selection, "auswahl"), topic=CELL["topic"])


def candidate(**fields):
    return _made(
        Candidate, fields, selection=_of(selection, "auswahl"), measure=_of(measure, "kurs")
    )


def ballot(**fields):
    return _made(Ballot, fields, selection=_of(selection, "auswahl"), body=_of(body, "gremium"))


def member_ballot(**fields):
    """What one member says; no record, so it is stored as it is."""
    return MemberBallot.objects.create(**fields)


def paper(**fields):
    return _made(Paper, fields, subject="Sprachkurse mit Kinderbetreuung")


paper.model = Paper


def paper_version(**fields):
    return _made(
        PaperVersion, fields, paper=_of(paper, "vorlage"), occasion="release", day=date(2017, 6, 1),
        by="anna",
    )  # fmt: skip


def deliberation(**fields):
    return _made(
        Deliberation, fields, paper=_of(paper, "vorlage"), body=_of(body, "gremium"),
        role="decision",
    )  # fmt: skip


def consequence(**fields):
    return _made(Consequence, fields, paper=_of(paper, "vorlage"), kind="task", text="Räume suchen")


def paper_rules(**fields):
    return _made(PaperRules, fields, key="regeln")


def indicator(**fields):
    return _made(
        Indicator, fields, code="X-1", name="Ausländeranteil", figure="Ausländeranteil",
        register="context", definition="Anteil ohne deutsche Staatsangehörigkeit",
        periodicity="yearly", lowest="municipality", migration_definition="nationality",
        unit="Prozent",
    )  # fmt: skip


indicator.model = Indicator


def denominator_rule(**fields):
    return _made(
        DenominatorRule, fields, indicator=_of(indicator, "anteil"), rule="acht Jahre Aufenthalt",
        ends=date(2024, 6, 27),
    )  # fmt: skip


def indicator_break(**fields):
    return _made(
        IndicatorBreak, fields, indicator=_of(indicator, "anteil"), day=date(2011, 5, 9),
        why="Zensus 2011",
    )  # fmt: skip


def indicator_target(**fields):
    return _made(
        IndicatorTarget, fields, indicator=_of(indicator, "anteil"), due=date(2025, 12, 31),
        value_low=5,
    )  # fmt: skip


def collection_plan(**fields):
    return _made(
        CollectionPlan, fields, indicator=_of(indicator, "anteil"), reference=date(2016, 12, 31),
        due=date(2017, 4, 1), who="Statistikstelle", hours=2,
    )  # fmt: skip


def progress_report(**fields):
    return _made(
        ProgressReport, fields, measure=_of(measure, "kurs"), starts=date(2016, 1, 1),
        ends=date(2017, 1, 1), participants=12, effect="Zwölf sprechen besser Deutsch.",
        assessment="on_course", by_function="Leitung Kursbüro", day=date(2017, 2, 1),
    )  # fmt: skip


def state_override(**fields):
    return _made(
        StateOverride, fields, measure=_of(measure, "kurs"), state="blocked",
        reason="Die Räume sind gekündigt.", day=date(2017, 3, 1),
    )  # fmt: skip


def progress_round(**fields):
    return _made(
        ProgressRound, fields, year=2016, asks_from=date(2017, 1, 9),
        first_reminder=date(2017, 1, 23), second_reminder=date(2017, 2, 6),
        closes=date(2017, 3, 1),
    )  # fmt: skip


progress_round.model = ProgressRound


def year_report(**fields):
    return _made(
        YearReport, fields, plan=_of(plan, "masterplan"), title="Sachstand 2017",
        starts=date(2017, 1, 1), ends=date(2018, 1, 1),
    )  # fmt: skip


year_report.model = YearReport


def report_text(**fields):
    return _made(
        ReportText, fields, report=_of(year_report, "bericht"), chapter="ueberblick", text="Text"
    )


def conclusion(**fields):
    return _made(
        Conclusion, fields, report=_of(year_report, "bericht"), thing="measure:kurs",
        verdict="keep",
    )  # fmt: skip


def report_file(**fields):
    return _made(
        ReportFile, fields, report=_of(year_report, "bericht"), format="pdf", size=3,
        checksum="0" * 64, file="berichte/2017/bericht.pdf",
    )  # fmt: skip


def site_settings(**fields):
    return _made(SiteSettings, fields, key="webseite", title="Integration im Landkreis")


def news(**fields):
    return _made(News, fields, title="Kurs beginnt", day=date(2017, 5, 2), text="Im Mai.")


def site_question(**fields):
    return _made(SiteQuestion, fields, title="Wer darf mitmachen?", text="Alle.")


def occasion(**fields):
    return _made(Occasion, fields, title="Werkstatt", day=date(2017, 7, 1))


def page_text(**fields):
    return _made(PageText, fields, page="project", text="Worum es geht.")


def site_report(**fields):
    return _made(
        SiteReport, fields, report=_of(year_report, "bericht"), day=date(2017, 5, 1), format="pdf",
        size=3, checksum="abc", file="webseite/fehlt.pdf",
    )  # fmt: skip


def proposal(**fields):
    return _made(
        Proposal,
        fields,
        body=_of(body, "gremium"),
        kind="measure",
        title=f"Stadtteilmütter {next(_number)}",
        made=date(2017, 5, 1),
    )


proposal.model = Proposal


def supporter(**fields):
    return _made(
        Supporter,
        fields,
        proposal=_of(proposal, "vorschlag"),
        body=_of(body, "unterstuetzer"),
        since=date(2017, 5, 2),
    )


def station(**fields):
    return _made(
        Station,
        fields,
        proposal=_of(proposal, "vorschlag"),
        body=_of(body, "empfaenger"),
        sender=_of(body, "gremium"),
        task="recommend",
        since=date(2017, 5, 3),
    )


def endpoint(**fields):
    return _made(Endpoint, fields)


def legislative_term(**fields):
    return _made(LegislativeTerm, fields, name="Wahlperiode 2014 bis 2020")


def attachment(**fields):
    return _made(
        Attachment, fields, subject="editions.Edition:ausgabe", title="Masterplan", size=1,
        file="2017/06/masterplan.pdf", media_type="application/pdf",
    )  # fmt: skip


def edition(**fields):
    return _made(
        Edition, fields, plan=_of(plan, "masterplan"), title="Masterplan Integration",
        on=date(2017, 6, 1),
    )  # fmt: skip


edition.model = Edition


def edition_table(**fields):
    return _made(EditionTable, fields, edition=_of(edition, "ausgabe"), name="plan", rows=[])


def edition_file(**fields):
    return _made(
        EditionFile, fields, edition=_of(edition, "ausgabe"), kind="masterplan",
        name="masterplan.pdf", attachment=lambda of: attachment(tenant=of),
    )  # fmt: skip
