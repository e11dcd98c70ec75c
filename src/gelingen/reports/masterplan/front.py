"""The chapters that rest on the county's own words: preface, mandate, vision, procedure."""

from gelingen.documents import Block, Bullets, Heading, Item, Paragraph, Table
from gelingen.reports.counting import agree, counted
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.needs import voiced_by
from gelingen.reports.masterplan.paper import Paper, missing_text, open_chapter
from gelingen.reports.material import grouped
from gelingen.reports.phrases import NOT_STATED, rough_day
from gelingen.terms.spelling import day, period


def preface(paper: Paper) -> tuple[Block, ...]:
    """Begin with the preface, if there is one; a paper needs none."""
    return open_chapter(paper, "vorwort") if "vorwort" in paper.texts else ()


def mandate(paper: Paper) -> tuple[Block, ...]:
    """Say who gave the mandate, until when is planned, and which other plans there are."""
    blocks = list(open_chapter(paper, "auftrag"))
    if "auftrag" not in paper.texts:
        blocks.append(missing_text("auftrag"))
    return (*blocks, *_horizon(paper), *_other_plans(paper))


def _horizon(paper: Paper) -> tuple[Block, ...]:
    heading = Heading("Planungshorizont", 2)
    material = paper.material
    if material.plan is None:
        return (heading, missing("Es ist noch kein Plan angelegt.", "plan"))
    said = Paragraph(
        f"Dieser Masterplan gibt den Stand vom {paper.day} wieder. "
        f"Er reicht bis zum {paper.last_day}. In Tabellen heißt „k. A.“: keine Angabe.",
        records=(material.plan.key,),
    )
    if not material.periods:
        return (heading, said, missing("Planungsabschnitte sind nicht angelegt.", "period"))
    rows = tuple((paper.named(part), period(part.starts, part.ends)) for part in material.periods)
    table = Table("Planungsabschnitte", ("Abschnitt", "Zeitraum"), rows)
    return (heading, said, table)


def _other_plans(paper: Paper) -> tuple[Block, ...]:
    heading = Heading("Verbindung zu anderen Planungen", 2)
    found = paper.material.other_plans
    if not found:
        return (heading, missing("Andere Planungen sind nicht erfasst.", "other_plan"))
    rows = tuple(
        (
            paper.named(plan),
            plan.subject or NOT_STATED,
            rough_day(plan.day, plan.day_precision),
            ", ".join(topic.name for topic in plan.topics.all()) or NOT_STATED,
            ", ".join(measure.title for measure in plan.measures.all()) or NOT_STATED,
        )
        for plan in found
    )
    head = ("Planung", "Art", "Stand", "Themenfelder", "Maßnahmen")
    widths = (3, 1.9, 1.9, 2.6, 3)
    return (heading, Table("Andere Planungen", head, rows, widths=widths))


def vision(paper: Paper) -> tuple[Block, ...]:
    """Give the county's understanding of integration and its guiding goals."""
    blocks = list(open_chapter(paper, "leitbild"))
    if "leitbild" not in paper.texts:
        blocks.append(missing_text("leitbild"))
    blocks.append(Heading("Leitziele", 2))
    goals = paper.material.guiding_goals
    if not goals:
        return (*blocks, missing("Leitziele sind nicht erfasst.", "guiding_goal"))
    serving = grouped(
        (goal.guiding_goal.key, goal) for goal in paper.material.goals if goal.guiding_goal
    )
    items = tuple(
        Item(
            (
                *paper.named(goal),
                f" ({goal.topic.name})" if goal.topic else "",
                f": {counted(len(found), 'Wirkungsziel', 'Wirkungsziele')}"
                if (found := serving.get(goal.key, []))
                else "",
            )
        )
        for goal in goals
    )
    return (*blocks, Bullets(items))


def procedure(paper: Paper) -> tuple[Block, ...]:
    """Say how the paper came about: who was asked, and who voiced the needs."""
    blocks = list(open_chapter(paper, "vorgehen"))
    if "vorgehen" not in paper.texts:
        blocks.append(missing_text("vorgehen"))
    return (*blocks, *_voices(paper), *_asked(paper))


def _voices(paper: Paper) -> tuple[Block, ...]:
    heading = Heading("Wer die Bedarfe genannt hat", 2)
    voiced = {need.key: voiced_by(paper, need) for need in paper.material.needs}
    said = [need for need in paper.material.needs if voiced[need.key]]
    if not said:
        return (heading, missing("Wer die Bedarfe genannt hat, ist nicht erfasst.", "need"))
    voices = grouped((voice, need) for need in said for voice in voiced[need.key])
    ordered = sorted(voices.items(), key=lambda item: (-len(item[1]), item[0]))
    rows = tuple((voice, str(len(found))) for voice, found in ordered)
    silent = len(paper.material.needs) - len(said)
    table = Table(
        "Genannte Bedarfe nach Herkunft",
        ("Wer (Funktion oder Gruppe)", "Bedarfe"),
        rows,
        align="lr",
        widths=(5, 1),
        records=tuple(need.key for need in said),
        notes=_on_voices(len(said) < sum(map(len, voiced.values())), silent),
    )
    return (heading, table)


def _on_voices(several: bool, silent: int) -> str:  # noqa: FBT001 - a fact
    """Say below the table what its numbers do not tell."""
    told = "Ein Bedarf zählt bei jeder Stelle, die ihn nennt." if several else ""
    none = f"Ohne Angabe der Herkunft: {counted(silent, 'Bedarf', 'Bedarfe')}." if silent else ""
    return f"{told} {none}".strip()


def _asked(paper: Paper) -> tuple[Block, ...]:
    heading = Heading("Wonach gefragt wurde", 2)
    found = [
        line for line in paper.material.inquiries if line.since is None or line.since <= paper.on
    ]
    if not found:
        return (heading, missing("Es ist nicht erfasst, wonach gefragt wurde.", "inquiry"))
    asked = [line for line in found if line.organisation and line.state != "not_asked"]
    supply = [line for line in found if not line.organisation and line.state != "not_asked"]
    sentences = []
    if supply:
        sentences.append(
            f"Nach Angeboten {agree(len(supply), 'ist', 'sind')} "
            f"{counted(len(supply), 'Nachfrage', 'Nachfragen')} verzeichnet."
        )
    if asked:
        amount = len({line.organisation.key for line in asked if line.organisation})
        sentences.append(
            f"Zu ihrer Zusammenarbeit mit anderen {agree(amount, 'wurde', 'wurden')} "
            f"{counted(amount, 'Organisation', 'Organisationen')} befragt, "
            f"von {len(paper.material.organisations)} erfassten."
        )
    sentences.append("Wo nicht gefragt wurde, sagt ein leeres Feld nichts über das Angebot.")
    rows = tuple(
        (
            line.topic.name if line.topic else "alle Themenfelder",
            line.target_group.name if line.target_group else "alle Zielgruppen",
            line.territory.name if line.territory else "",
            line.get_state_display(),
            day(line.since) if line.since else NOT_STATED,
            line.by or NOT_STATED,
        )
        for line in supply
    )
    said = Paragraph(" ".join(sentences), records=tuple(line.key for line in found))
    if not rows:
        return (heading, said)
    head = ("Themenfeld", "Zielgruppe", "Gebiet", "Ergebnis", "Seit", "Wer hat gefragt")
    keys = tuple((line.key,) for line in supply)
    return (heading, said, Table("Nachfragen nach Angeboten", head, rows, row_records=keys))
