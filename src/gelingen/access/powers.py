"""The tables of the policy: what can be allowed, what roles and seats give, who owns a record."""

from dataclasses import dataclass
from enum import StrEnum

from gelingen.terms.roles import PersonRole


class May(StrEnum):
    """What can be allowed."""

    VIEW = "view"
    EDIT_REGISTER = "edit-register"
    EDIT_NEEDS = "edit-needs"
    ASK = "ask"
    RELEASE_LANGUAGE = "release-language"
    EDIT_PLAN = "edit-plan"
    JUDGE = "judge"
    EDIT_BOARDS = "edit-boards"
    VIEW_CLOSED = "view-closed"
    CHOOSE = "choose"
    EXCHANGE = "exchange"
    EDIT_BASICS = "edit-basics"
    VIEW_PEOPLE = "view-people"
    PROTECT = "protect"
    MANAGE_PEOPLE = "manage-people"


MEANINGS = {
    May.VIEW: "Bestand, Bedarfe, Befunde und Plan sehen",
    May.EDIT_REGISTER: "Strukturen, Finanzierungen und Zuständigkeiten ändern",
    May.EDIT_NEEDS: "Bedarfe ändern",
    May.ASK: "Umfragen und Gespräche führen, Antworten sehen und sichten",
    May.RELEASE_LANGUAGE: "Texte in anderen Sprachen prüfen und freigeben",
    May.EDIT_PLAN: "Ziele, Maßnahmen und Texte des Masterplans ändern",
    May.JUDGE: "Befunde beurteilen",
    May.EDIT_BOARDS: "Gremien, Sitzungen, Niederschriften und den Prozess führen",
    May.VIEW_CLOSED: "Nichtöffentliches aus Sitzungen sehen",
    May.CHOOSE: "Jahresauswahl führen: Kriterien, Grenzen, alle Bewertungen, Entscheidung",
    May.EXCHANGE: "Arbeitsmappen einlesen und ausgeben",
    May.EDIT_BASICS: "Themenfelder, Zielgruppen, Aufgaben, Gebiete und Zahlen ändern",
    May.VIEW_PEOPLE: "Konten, Rollen und Einladungen sehen",
    May.PROTECT: "Auskunft über gespeicherte Angaben geben und sie auf Verlangen löschen",
    May.MANAGE_PEOPLE: "Personen einladen, Rollen geben und beenden, Konten sperren",
}

# Which right it takes to change the records of an app by hand, or to take such a change back.
EDITS = {
    "topics": May.EDIT_BASICS,
    "places": May.EDIT_BASICS,
    "register": May.EDIT_REGISTER,
    "needs": May.EDIT_NEEDS,
    "plan": May.EDIT_PLAN,
    "boards": May.EDIT_BOARDS,
    "process": May.EDIT_BOARDS,
    "programme": May.CHOOSE,
    "proposals": May.EDIT_BOARDS,
    "papers": May.EDIT_BOARDS,
    "progress": May.EDIT_PLAN,
    "indicators": May.EDIT_PLAN,
    "yearly": May.EDIT_PLAN,
    # What becomes public is decided by who may change the whole plan.
    "editions": May.EDIT_PLAN,
    "site": May.EDIT_PLAN,
    # What leaves the tenant is decided by who leads all of its bodies.
    "oparl": May.EDIT_BOARDS,
    "findings": May.JUDGE,
    "confirmations": May.EDIT_REGISTER,
    "surveys": May.ASK,
    "review": May.ASK,
    "talks": May.ASK,
}


@dataclass(frozen=True, slots=True)
class Role:
    """What a role allows in the whole tenant, and what only in one's own organisation.

    What a seat in a body gives comes with the seat, see `SEATED`.
    """

    label: str
    tenant: frozenset[May] = frozenset()
    organisation: frozenset[May] = frozenset()


_PEOPLE = frozenset({May.VIEW_PEOPLE, May.MANAGE_PEOPLE})
_VIEW = frozenset({May.VIEW})
_OWN_ENTRIES = frozenset({May.EDIT_REGISTER})

ROLES = {
    "officer": Role(PersonRole.OFFICER.label, tenant=frozenset(May)),
    "planner": Role(
        PersonRole.PLANNER.label, tenant=frozenset(May) - {May.EXCHANGE, May.PROTECT} - _PEOPLE
    ),
    "lead": Role(PersonRole.LEAD.label, _VIEW, frozenset({May.EDIT_PLAN})),
    "partner": Role(PersonRole.PARTNER.label, _VIEW, _OWN_ENTRIES),
    "municipality": Role(PersonRole.MUNICIPALITY.label, _VIEW, _OWN_ENTRIES),
    "course_provider": Role(PersonRole.COURSE_PROVIDER.label, _VIEW, _OWN_ENTRIES),
    "volunteers": Role(PersonRole.VOLUNTEERS.label, tenant=_VIEW),
    "finance": Role(PersonRole.FINANCE.label, tenant=_VIEW),
    "steering": Role(PersonRole.STEERING.label, tenant=_VIEW | {May.VIEW_CLOSED}),
    "advisory": Role(PersonRole.ADVISORY.label, tenant=_VIEW),
    "member": Role(PersonRole.MEMBER.label, tenant=_VIEW),
    "head": Role(PersonRole.HEAD.label, tenant=_VIEW | {May.VIEW_CLOSED}),
    "reader": Role(PersonRole.READER.label, tenant=_VIEW),
    "auditor": Role(PersonRole.AUDITOR.label, tenant=frozenset({May.VIEW, May.VIEW_PEOPLE})),
    "administrator": Role(PersonRole.ADMINISTRATOR.label, tenant=_PEOPLE),
}

# For each model the lookup that leads to the organisation that owns it ("" if none does).
# Every record carries its tenant itself.
OWNERS = {
    "topics.Topic": "",
    "topics.TargetGroup": "",
    "topics.Task": "",
    "places.Territory": "",
    "places.Figure": "",
    "register.Organisation": "pk",
    "register.Post": "organisation",
    "register.Structure": "organisation",
    "register.Reach": "structure__organisation",
    "register.Funding": "structure__organisation",
    "register.Responsibility": "organisation",
    "register.Cooperation": "a",
    "register.Attachment": "",
    "register.Agreement": "lead",
    # What leaves the tenant is decided by who may change everything in it.
    "register.Share": "",
    "needs.Need": "",
    "needs.Voice": "",
    "needs.Inquiry": "",
    "plan.Plan": "",
    "plan.PlanningPeriod": "",
    "plan.ChapterText": "",
    "plan.GuidingGoal": "",
    "plan.ImpactGoal": "",
    "plan.Measure": "lead",
    "plan.Milestone": "measure__lead",
    "plan.Chance": "",
    "plan.OtherPlan": "organisation",
    "boards.Body": "",
    "boards.Seat": "",
    "boards.Tenure": "",
    "boards.Meeting": "",
    "boards.AgendaItem": "",
    "boards.Attendance": "",
    "boards.ActionPoint": "",
    "programme.Selection": "",
    "programme.Criterion": "",
    "programme.Limit": "",
    "programme.TopicMinimum": "",
    "programme.Candidate": "",
    "programme.Ballot": "",
    "papers.Paper": "",
    "papers.PaperVersion": "",
    "papers.Deliberation": "",
    "papers.Consequence": "",
    "papers.PaperRules": "",
    # Who leads a measure reports on it; what a report says against, the office decides.
    "progress.ProgressReport": "measure__lead",
    "progress.StateOverride": "",
    "progress.ProgressRound": "",
    **dict.fromkeys((
        "indicators.Indicator", "indicators.DenominatorRule", "indicators.IndicatorBreak",
        "indicators.IndicatorTarget", "indicators.CollectionPlan", "yearly.YearReport",
        "yearly.ReportText", "yearly.Conclusion", "yearly.ReportFile", "editions.Edition",
        "editions.EditionTable", "editions.EditionFile", "site.SiteSettings", "site.News",
        "site.SiteQuestion", "site.Occasion", "site.PageText",
        "site.SiteReport",
    ), ""),
    "proposals.Proposal": "",
    "proposals.Supporter": "",
    "proposals.Station": "",
    "process.Phase": "",
    "process.Event": "",
    "process.Step": "",
    "process.Support": "",
    "oparl.Endpoint": "",
    "oparl.LegislativeTerm": "",
    "findings.Finding": "",
    "findings.Verdict": "",
    # Who may change everything decides on proposals, also on those of one's own organisation.
    "confirmations.Proposal": "",
    **dict.fromkeys((
        "surveys.Survey", "surveys.Question", "surveys.LanguageRelease", "surveys.Publication",
        "surveys.TextRelease", "review.Decision", "review.SameName", "talks.Talk", "talks.Code",
        "talks.Statement", "talks.Coding",
    ), ""),
}  # fmt: skip

# What a seat in a body gives there, by the office that comes with it, to whoever has a role in the
# tenant: a third reach beside tenant and organisation.
_LEADING = ("chair", "deputy", "secretary")
SEATED = {
    May.VIEW_CLOSED: ("member", *_LEADING),
    May.EDIT_BOARDS: _LEADING,
    May.CHOOSE: _LEADING,
}
# Who takes a seat gets its rights, so that is changed only by who leads bodies in the whole tenant.
GIVING = frozenset({"boards.Seat", "boards.Tenure"})
# For each model of bodies the lookup that leads to its body.
BODIES = {
    "boards.Body": "pk",
    "boards.Seat": "body",
    "boards.Tenure": "seat__body",
    "boards.Meeting": "body",
    "boards.AgendaItem": "body",
    "boards.Attendance": "meeting__body",
    "boards.ActionPoint": "body",
    # Who leads the body that selects leads the selection; who leads a group scores for it.
    "programme.Selection": "body",
    "programme.Criterion": "selection__body",
    "programme.Limit": "selection__body",
    "programme.TopicMinimum": "selection__body",
    "programme.Candidate": "selection__body",
    "programme.Ballot": "body",
    "proposals.Proposal": "body",
    "proposals.Supporter": "body",
    "proposals.Station": "body",
    # Who leads the body that submits a paper writes it; who else sees it, `papers.queries` says.
    "papers.Paper": "body",
    "papers.PaperVersion": "paper__body",
    "papers.Deliberation": "paper__body",
    "papers.Consequence": "paper__body",
}

# For what is shown to another tenant the lookup to that tenant; see `received`.
RECEIVERS = {"register.Share": "with_tenant"}
