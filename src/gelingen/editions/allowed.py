"""The allow-list: which fields of which records reach an edition, and why all others do not.

ALLOWED[label].public -> {field: columns "table.column" in which its content stands}
ALLOWED[label].internal -> {field: German reason why it stays inside}
COMPUTED -> {column: what it is reckoned from}

Nothing becomes public by being new: a field of one of these models that nobody classified fails a
test, and so does a column that no public field or reckoning stands behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass

_OWN = "nur für das Programm"
_DECIDES = "entscheidet nur, ob der Eintrag öffentlich wird"
_WORK = "Arbeitsstand, keine Aussage des Plans"
_MONEY = "Kosten und Stellen stehen im Haushalt, nicht in der Ausgabe"
_PEOPLE = "nennt Funktionen, die auf Menschen schließen lassen"
_LINK = "führt zu Einträgen, die nicht öffentlich sind"
_REGISTER = "gehört zum Bestand; genannt wird nur der Name"
_CLOSED = "Beratung und Ergebnis veröffentlicht die Niederschrift, nicht die Ausgabe"
# What every record has.
_RECORD = {
    "id": _OWN,
    "version": _OWN,
    "tenant": _OWN,
    "source": "Herkunft der Angabe, oft eine interne Unterlage",
    "source_date": "Herkunft der Angabe, oft eine interne Unterlage",
    "certainty": "Arbeitsstand, keine Aussage des Plans",
    "note": "interne Anmerkung",
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """The fields of one model: columns of the public ones, reasons for those that stay inside."""

    public: Mapping[str, tuple[str, ...]]
    internal: Mapping[str, str]


def _model(
    table: str, public: str = "", internal: Mapping[str, str] | None = None, **elsewhere: str
) -> Allowed:
    """Classify a model.

    Args:
        table: where its rows stand.
        public: its fields that are columns of that table, with the same name.
        internal: reasons by the names of fields, apart from those of every record.
        elsewhere: columns, parted by blanks, of fields that stand under other names or tables.

    """
    shown: dict[str, tuple[str, ...]] = {name: (f"{table}.{name}",) for name in public.split()}
    shown |= {name: tuple(columns.split()) for name, columns in elsewhere.items()}
    reasons = {
        name: why
        for names, why in (internal or {}).items()
        for name in names.split()
    }  # fmt: skip
    rest = {name: why for name, why in _RECORD.items() if name not in shown}
    return Allowed(shown, rest | reasons)


ALLOWED: Mapping[str, Allowed] = {
    "plan.Plan": _model("plan", "key title horizon", {"state": _WORK}),
    "plan.ChapterText": _model(
        "texts", "key chapter", {"plan": _OWN}, text="texts.markdown texts.html"
    ),
    "plan.GuidingGoal": _model("guiding_goals", "topic title order", {"plan": _OWN},
                               key="guiding_goals.key goals.guiding_goal"),
    "plan.ImpactGoal": _model(
        "goals",
        "topic guiding_goal target_group title baseline aim due stair indicator order",
        {"plan": _OWN, "needs": _LINK},
        key="goals.key measures.goals",
    ),
    "plan.Measure": _model(
        "measures",
        "key title topic cross_topics goals situation description target_groups level territories "
        "lead partners kind priority term starts ends programme order",
        {
            "needs structures depends_on": _LINK,
            "addressee": _PEOPLE,
            "obligation quick_win": _WORK,
            "fte hours cost_once_low cost_once_high cost_year_low cost_year_high cost_note "
            "funding_percent own_share funding_ends budget_line": _MONEY,
            "indicators risks resolutions continuation": _WORK,
            "progress": "Sachstand für die Steuerung, nicht für die Öffentlichkeit geschrieben",
            "progress_by": _PEOPLE,
            "public": _DECIDES,
        },
        maturity="measures.state goals.state",
        light="measures.state goals.state",
        light_reason="measures.state_reason",
        progress_day="measures.state_day measures.state_reason",
    ),
    "progress.ProgressReport": _model(
        "measures", "",
        {
            "key measure starts ends": _OWN,
            "participants": "Zahlen gehören in den Sachstandsbericht",
            "fte hours cost funding": _MONEY,
            "effect next_step": "für die Steuerung geschrieben; der Sachstandsbericht nennt es",
            "by_function": _PEOPLE,
        },
        # A report says how the measure stands; its obstacles are the reason, read at the release.
        assessment="measures.state", obstacles="measures.state_reason",
        day="measures.state_day measures.state_reason",
    ),
    "progress.StateOverride": _model(
        "measures", "",
        {
            "key measure": _OWN,
            "ends": "entscheidet nur, ob die Festlegung noch gilt",
            "by_function": _PEOPLE,
        },
        state="measures.state", reason="measures.state_reason", day="measures.state_day",
    ),
    "plan.Milestone": _model(
        "measures", "", {"key measure": _OWN},
        title="measures.milestones measures.state_reason",
        due="measures.milestones measures.state_reason",
        done="measures.milestones measures.state_reason",
    ),
    "plan.Chance": _model(
        "chances", "key kind title topic",
        {"territory": _WORK, "evidence": "Beleg, oft eine interne Unterlage", "goals": _WORK},
    ),
    "topics.Topic": _model(
        "topics", "name order cross_cutting",
        {"above": _WORK, "starts ends": "entscheidet nur, ob es am Tag der Ausgabe gilt"},
        key="topics.key guiding_goals.topic goals.topic measures.topic measures.cross_topics "
            "chances.topic topics.replaces",
        successors="topics.replaces",
    ),
    "topics.TargetGroup": _model(
        "", "", {"key": _OWN, "order overlaps": _WORK},
        name="goals.target_group measures.target_groups",
    ),
    "places.Territory": _model(
        "", "", {"kind above latitude longitude starts ends successor": _WORK},
        key="indicators.series", name="measures.territories indicators.series",
    ),
    "places.Figure": _model(
        "indicators", "",
        {
            "key structure": _OWN,
            "indicator": "verbindet Wert und Kennzahl",
            "unit": "die Kennzahl selbst sagt es",
            "reference_precision": _WORK,
            "published": "entscheidet nur, ob der Wert öffentlich wird",
        },
        base="indicators.series", definition="indicators.series",
        territory="indicators.series", value_low="indicators.series",
        value_high="indicators.series", reference="indicators.series sources.reference",
        source="indicators.series indicators.source sources.title sources.key",
    ),
    "indicators.Indicator": _model(
        "indicators",
        "key code name register definition numerator denominator source unit migration_definition "
        "wanted",
        {
            "figure denominator_figure above part": _OWN,
            "kind stair relevance periodicity lowest": _WORK,
            "measure goal": "entscheidet nur, ob sie öffentlich wird",
        },
        method="indicators.notes",
    ),
    "indicators.IndicatorBreak": _model(
        "indicators", "", {"key indicator": _OWN},
        day="indicators.breaks", why="indicators.breaks",
    ),
    "indicators.DenominatorRule": _model(
        "indicators", "", {"key indicator ends": _OWN},
        rule="indicators.breaks", starts="indicators.breaks",
    ),
    "indicators.IndicatorTarget": _model(
        "indicators", "", {"key indicator": _OWN},
        due="indicators.targets", value_low="indicators.targets",
        value_high="indicators.targets",
    ),
    "register.Organisation": _model(
        "", "",
        {"key": _OWN, "kind level above seat website ends": _REGISTER, "contact mailbox": _PEOPLE},
        name="measures.lead measures.partners",
    ),
    "process.Phase": _model(
        "phases", "key name starts ends aim result order",
        {
            "plan kind": _WORK,
            "resting_why": "Grund für die Steuerung, nicht für die Öffentlichkeit geschrieben",
            "responsible": _PEOPLE,
        },
        planned_starts="phases.starts", planned_ends="phases.ends", resting_since="phases.state",
    ),
    "process.Event": _model(
        "phases", "", {"key phase": _OWN, "responsible": _PEOPLE, "public": _DECIDES},
        kind="phases.events", title="phases.events", planned="phases.events", day="phases.events",
        planned_precision="phases.events", day_precision="phases.events",
        place="phases.events", result="phases.events",
    ),
    "boards.Body": _model(
        "", "",
        {
            "key": _OWN,
            "kind parent structure topics statute tasks cycle quorum quorum_number starts ends":
                _REGISTER,
            "mailbox": _PEOPLE,
            "public": _DECIDES,
        },
        name="meetings.body",
    ),
    "boards.Meeting": _model(
        "meetings", "key title day begins place",
        {
            "body": "genannt wird nur der Name",
            "until invited": _WORK,
            "state": "entscheidet nur, ob die Sitzung stattfindet",
            "uid sequence minutes approved_in kept": _OWN,
            "chair secretary guests": _PEOPLE,
        },
    ),
    "boards.AgendaItem": _model(
        "meetings", "",
        {
            "key body meeting previous origin": _OWN,
            "order": "gibt nur die Reihenfolge",
            "kind duration about": _WORK,
            "responsible": _PEOPLE,
            "course resolution result yes no abstain dissent": _CLOSED,
            "public": _DECIDES,
        },
        title="meetings.items",
    ),
}  # fmt: skip
COMPUTED: Mapping[str, str] = {
    "goals.state": "aus dem Stand der öffentlichen Maßnahmen, die dem Ziel dienen",
    "phases.state": "aus den Tagen der Phase",
}
