"""Documented courses of a process as templates: phases and steps, counted in months from a start.

What took how long is taken from its source; the words are our own. Where a source gives no length
or no step, `said` says that it is our proposal.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.process.models import Phase, Step
from gelingen.process.queries import phases
from gelingen.register import steps as undertaking
from gelingen.register.keys import free_keys, key_of
from gelingen.terms.boards import PhaseKind
from gelingen.terms.spelling import day, last_day, period
from gelingen.terms.vocabulary import Verb


@dataclass(frozen=True, slots=True)
class Part:
    """A phase of a template.

    Attributes:
        name: of the phase.
        kind: which part of the process it is.
        begins: months after the start of the course.
        months: how long it lasts.
        aim: what it is to bring.
        steps: what is to be done in it, each with the months after the phase began by which it is
            done.

    """

    name: str
    kind: PhaseKind
    begins: int
    months: int
    aim: str
    steps: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A course to take over; `said` is where its lengths come from."""

    key: str
    name: str
    said: str
    parts: tuple[Part, ...]

    @property
    def months(self) -> int:
        """How long the whole course lasts."""
        return max(one.begins + one.months for one in self.parts)


_COBURG = Template(
    "coburg-2009",
    "Coburg 2009: drei Phasen",
    "Zeiten nach dem Vortrag der Stadt Coburg vom 13.10.2009: Januar 2009 bis Juli 2011, wie "
    "damals geplant. Die Tage der einzelnen Schritte sind ein Vorschlag.",
    (
        Part(
            "Situationsanalyse und Rahmenkonzept", PhaseKind.ANALYSIS, 0, 12,
            "Wo die Stadt steht und was sie erreichen will, als Rahmenkonzept vom Rat beschlossen.",
            (
                ("Auftakt: Beirat und Arbeitsgruppen bilden", 1),
                ("Ausgangslage erheben", 6),
                ("Ergebnisse der Arbeitsgruppen in der Steuerungsgruppe beraten", 10),
                ("Rahmenkonzept dem Rat vorlegen", 12),
            ),
        ),
        Part(
            "Strategien und Maßnahmen planen", PhaseKind.MEASURES, 11, 8,
            "Maßnahmen je Themenfeld, vom Rat beschlossen.",
            (
                ("Vorschläge der Arbeitsgruppen sammeln und ordnen", 4),
                ("Stellungnahme des Beirats einholen", 6),
                ("Maßnahmen dem Rat vorlegen", 8),
            ),
        ),
        Part(
            "Umsetzen und auswerten", PhaseKind.IMPLEMENTATION, 20, 11,
            "Maßnahmen laufen; was sie bewirkt haben, ist ausgewertet.",
            (
                ("Federführung und Geld je Maßnahme klären", 2),
                ("Zwischenstand an den Rat", 6),
                ("Umsetzung auswerten", 11),
            ),
        ),
    ),
)  # fmt: skip
_GERMERSHEIM = Template(
    "germersheim-2021",
    "Germersheim 2021: drei Schritte",
    "Schritte und Jahre nach der Seite des Landkreises Germersheim: 2021/22 Zielgruppen und "
    "Bedarfe, 2023 Wirkungsziele, danach Umsetzung. Monate und Tage der Schritte sind ein "
    "Vorschlag; der Landkreis war zwischendurch unterbrochen.",
    (
        Part(
            "Zielgruppen und Bedarfe", PhaseKind.ANALYSIS, 0, 15,
            "Was welche Zielgruppe braucht, nach Themenfeldern geordnet.",
            (
                ("Steuerungsgruppe einberufen", 1),
                ("Alle Akteure nach Themen und Bedarfen befragen", 4),
                ("Themenfelder benennen und Arbeitsgruppen bilden", 6),
                ("Zielgruppen und Bedarfe in den Arbeitsgruppen besprechen", 15),
            ),
        ),
        Part(
            "Wirkungsziele", PhaseKind.FRAMEWORK, 15, 6,
            "Zu jedem Bedarf ein Wirkungsziel.",
            (
                ("Treffen der Arbeitsgruppen zu den Wirkungszielen", 3),
                ("Wirkungsziele in der Steuerungsgruppe beraten", 6),
            ),
        ),
        Part(
            "Umsetzung der Wirkungsziele", PhaseKind.IMPLEMENTATION, 21, 12,
            "Maßnahmen zu den Wirkungszielen sind ausgewählt und laufen.",
            (
                ("Maßnahmen des Jahres auswählen", 3),
                ("Umsetzung der Maßnahmen prüfen", 12),
            ),
        ),
    ),
)  # fmt: skip
_LOOP = Template(
    "jahreslauf",
    "Jahreslauf",
    "Rückblick im Frühjahr, Auswahl im Sommer, Haushalt im Herbst, wie ihn Landkreise mit "
    "ständiger Steuerungsgruppe beschreiben. Am besten im Januar beginnen. Die Tage sind ein "
    "Vorschlag.",
    (
        Part(
            "Sachstand und Bericht", PhaseKind.EVALUATION, 0, 5,
            "Kreistag oder Stadtrat wissen, was im letzten Jahr umgesetzt wurde.",
            (
                ("Sachstand zu jeder Maßnahme erfragen", 2),
                ("Erste Sitzung der Steuerungsgruppe: Umsetzung prüfen", 4),
                ("Bericht an Kreistag oder Stadtrat", 5),
            ),
        ),
        Part(
            "Jahresauswahl", PhaseKind.MEASURES, 5, 4,
            "Die Steuerungsgruppe empfiehlt Maßnahmen für das nächste Jahr.",
            (
                ("Vorschläge der Arbeitsgruppen sammeln", 1),
                ("Vorschläge bewerten", 2),
                ("Zweite Sitzung der Steuerungsgruppe: Maßnahmen auswählen", 4),
            ),
        ),
        Part(
            "Haushalt und Beschluss", PhaseKind.MANDATE, 9, 3,
            "Ausgewählte Maßnahmen sind beschlossen und haben Geld.",
            (
                ("Mittel zum Haushalt anmelden", 1),
                ("Beschluss von Kreistag oder Stadtrat", 3),
                ("Dritte Sitzung mit den Delegierten der Arbeitsgruppen", 3),
            ),
        ),
    ),
)  # fmt: skip
TEMPLATES = (_COBURG, _GERMERSHEIM, _LOOP)


def template_of(key: str) -> Template | None:
    """Find a template by its key; None if there is none."""
    return next((one for one in TEMPLATES if one.key == key), None)


def later(start: date, months: int) -> date:
    """Go so many months ahead; the last day of the month where the day does not exist."""
    years, month = divmod(start.month - 1 + months, 12)
    longest = monthrange(start.year + years, month + 1)[1]
    return date(start.year + years, month + 1, min(start.day, longest))


def plan_course(
    actor: Actor, tenant: Tenant, template: Template, *, starts: date
) -> undertaking.Plan:
    """Say which phases and steps a template would give; they come behind what is there.

    Written by `register.steps.carry_out` as one undertaking. Three queries.

    Args:
        actor: who asks.
        tenant: where they are added.
        template: what is taken over.
        starts: first day of the course.

    """
    there = list(phases(actor, tenant))
    last = max((one.order for one in there), default=0)
    found: list[undertaking.Step] = []
    year = f"{starts.year}"
    keys = free_keys(Phase, tenant.pk, [key_of(one.name, year) for one in template.parts])
    of_steps = [key_of(one.name, year, said) for one in template.parts for said, _ in one.steps]
    step_keys = iter(free_keys(Step, tenant.pk, of_steps))
    for number, (part, key) in enumerate(zip(template.parts, keys, strict=True), start=last + 1):
        phase = Phase(tenant_id=tenant.pk, key=key)
        begins = later(starts, part.begins)
        values = {
            "order": number,
            "name": part.name,
            "kind": part.kind.value,
            "aim": part.aim,
            "planned_starts": begins,
            "planned_ends": later(starts, part.begins + part.months),
        }
        when = period(begins, later(starts, part.begins + part.months))
        found.append(undertaking.Step(phase, f"{part.name}, {when}", values, new=True))
        for said, months in part.steps:
            due = later(begins, months)
            one = Step(tenant_id=tenant.pk, key=next(step_keys))
            given = {"phase": phase, "title": said, "due": due}
            text = f"{said}, bis {day(last_day(due))}"
            found.append(undertaking.Step(one, text, given, new=True))
    names = {one.name for one in there}
    again = tuple(
        f"„{one.name}“ gibt es schon; die Phase kommt ein zweites Mal dazu."
        for one in template.parts
        if one.name in names
    )
    said = f"„{template.name}“ ab {day(starts)} übernehmen."
    return undertaking.Plan(Verb.CREATED, said, tuple(found), again, starts)
