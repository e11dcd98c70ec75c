"""The report on a survey as a committee reads it: protected numbers only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gelingen.analysis.proportions import ci_proportion
from gelingen.documents import (
    Block,
    Bullets,
    Document,
    Heading,
    Item,
    KeyValues,
    Note,
    Paragraph,
    Table,
)
from gelingen.reports.survey import saying
from gelingen.reports.survey.tables import picture, side_by_side, table
from gelingen.surveys.columns import ALL
from gelingen.surveys.releasing import TextsOf
from gelingen.surveys.results import QuestionResult, Results
from gelingen.surveys.rounds import Change, Compared, Rounds
from gelingen.terms.spelling import day, last_day, number, percent
from gelingen.terms.surveys import SurveyMode

MODES = {
    SurveyMode.NAMED: "namentlich, je Organisation eine Antwort",
    SurveyMode.ANONYMOUS: "anonym; Einladung und Antwort sind nirgends verbunden",
}


@dataclass(frozen=True)
class Told:
    """What a report is made from.

    Attributes:
        results: as they may leave the house.
        texts: free texts by question; only released ones are printed.
        rounds: the comparison with the last round, if there is one.
        invited: how many were invited.
        answered: how many of them have answered.
        on: the day.

    """

    results: Results
    texts: tuple[TextsOf, ...]
    rounds: Rounds | None
    invited: int
    answered: int
    on: date


def survey_report(told: Told) -> Document:
    """Write the report on a survey."""
    survey = told.results.survey
    blocks = (
        *_short(told),
        *_response(told),
        Heading("Ergebnisse nach Fragen", 1),
        *(block for one in told.results.questions for block in _question(told, one)),
        *_loose_texts(told),
        *_before(told),
        *_method(told),
    )
    return Document(
        title=survey.title,
        subtitle="Ergebnisse der Umfrage",
        author=survey.tenant.name,
        date_line=f"Stand {day(told.on)}",
        edition="Bericht",
        cover=(("Herausgeber", survey.tenant.name), ("Umfrage", survey.key)),
        blocks=blocks,
    )


def _records(told: Told) -> tuple[str, ...]:
    return (told.results.survey.key,)


def _short(told: Told) -> Iterable[Block]:
    survey = told.results.survey
    yield Heading("Die Umfrage", 1)
    if survey.purpose:
        yield Paragraph(survey.purpose, own_text=True)
    asked = f"{day(survey.opens)} bis {day(last_day(survey.closes))}" if survey.closes else ""
    pairs = [
        ("Art", MODES[SurveyMode.of(survey.mode)]),
        ("Befragt", asked or "Zeitraum nicht angegeben"),
        ("Antworten", number(told.results.sizes[ALL])),
        ("Fragen", number(len(told.results.questions))),
        ("Ansprechstelle", survey.contact or "nicht angegeben"),
    ]
    yield KeyValues(tuple(pairs), records=_records(told))
    yield Note(
        f"{saying.note(told.results)} Unter 20 Antworten steht kein Anteil: Er sagte mehr über den "
        "Zufall als über die Sache. In Klammern steht, womit bei allen zu rechnen ist (95 %).",
        title="So sind die Zahlen zu lesen",
        frame=True,
    )


def _response(told: Told) -> Iterable[Block]:
    found = told.results
    yield Heading("Rücklauf", 2)
    yield Paragraph(_rate(told), records=_records(told))
    if found.columns.members:
        rows = [
            (name, "; ".join(part) if part != (name,) else "", number(found.sizes[name]))
            for name, part in found.columns.members.items()
        ]
        yield Table(
            "Antworten nach Gruppe",
            ("Gruppe", "Zusammengefasst aus", "Antworten"),
            (*rows, ("Alle", "", number(found.sizes[ALL]))),
            align="llr",
            widths=(4, 6, 2),
            total=True,
            records=_records(told),
            notes=f"Gruppen mit weniger als {found.survey.threshold} Antworten sind "
            "zusammengefasst.",
        )
    else:
        yield Paragraph(
            "Nach Gruppen wird nicht unterschieden: Es gibt nur eine, oder sie sind zu klein.",
            records=_records(told),
        )


def _rate(told: Told) -> str:
    """Say how many answered; what came without invitation only if it is no small number."""
    everybody = told.results.sizes[ALL]
    beside = everybody - told.answered
    small = any(0 < abs(n) < told.results.survey.threshold for n in (beside, told.answered))
    if not told.invited or small or beside < 0:
        more = f"; eingeladen waren {number(told.invited)}" if told.invited else ""
        return f"{number(everybody)} Antworten liegen vor{more}."
    share = ci_proportion(told.answered, told.invited, population=told.invited)
    rate = f" ({percent(share.estimate.mid)})" if share.interpretable else ""
    said = (
        f"{number(told.answered)} von {number(told.invited)} Eingeladenen haben geantwortet{rate}"
    )
    return f"{said}, dazu {number(beside)} ohne Einladung." if beside else f"{said}."


def _question(told: Told, one: QuestionResult) -> Iterable[Block]:
    yield Heading(one.asked.german, 2)
    if one.withheld:
        yield Paragraph(saying.WITHHELD, records=_records(told))
        return
    if drawn := picture(one, records=_records(told)):
        yield drawn
    yield table(one, [ALL], records=_records(told))
    names = list(one.answered)
    if _shows_groups(one):
        for part in side_by_side(names):
            yield table(one, part, records=_records(told))
    elif len(names) > 1 and (one.lines or one.spreads):
        yield Paragraph(
            "Nach Gruppen ist hier nichts ausgewiesen: Kleine Zahlen ließen sich sonst errechnen.",
            records=_records(told),
        )
    yield from _texts(told, one)


def _shows_groups(one: QuestionResult) -> bool:
    names = [name for name in one.answered if name != ALL]
    cells = [line.cells[name] for line in one.lines for name in names]
    return any(cell.count for cell in cells) or any(one.spreads.get(name) for name in names)


def _texts(told: Told, one: QuestionResult) -> Iterable[Block]:
    found = next((of for of in told.texts if of.asked.key == one.asked.key), None)
    if found is not None and _counted(one):
        yield from _printed(told, [found])


def _counted(one: QuestionResult) -> bool:
    """Whether it is shown how many answered: else texts below it would count them."""
    return one.answered[ALL].count is not None


def _loose_texts(told: Told) -> Iterable[Block]:
    """Print the texts whose question must not stand above them."""
    counted = {one.asked.key for one in told.results.questions if _counted(one)}
    loose = [of for of in told.texts if of.asked.key not in counted]
    if any(text.released for of in loose for text in of.texts):
        yield Heading("Freie Texte", 1)
        yield Paragraph(
            "Worauf diese Texte antworten, steht nicht dabei: Wie viele dort geantwortet haben, "
            "ist nicht ausgewiesen.",
            records=_records(told),
        )
        yield from _printed(told, loose)


def _printed(told: Told, found: Iterable[TextsOf]) -> Iterable[Block]:
    released = [text.released.text for of in found for text in of.texts if text.released]
    if released:
        yield Bullets(
            # Its own key would name the answer, and the order of answers whose it is.
            tuple(Item(f"„{text}“") for text in sorted(released)),
            records=_records(told),
        )
    yield Paragraph(
        "Abgedruckt sind nur Texte, die einzeln gelesen und freigegeben sind; Namen sind entfernt.",
        frame=True,
    )


def _before(told: Told) -> Iterable[Block]:
    if told.rounds is None:
        return
    yield Heading("Vergleich mit der vorigen Runde", 1)
    before = told.rounds.before
    yield Paragraph(
        f"Verglichen wird mit „{before.survey.title}“, veröffentlicht am {day(before.day)}, "
        f"{number(before.shown['answers'])} Antworten. Genannt ist die Veränderung in "
        "Prozentpunkten mit dem Bereich, den beide Runden offen lassen (95 %).",
        records=(before.key,),
    )
    for one in told.rounds.questions:
        yield _compared(told, one)


def _compared(told: Told, one: Compared) -> Block:
    if one.why_not:
        return Paragraph(f"{one.asked.german}: {one.why_not}.", records=_records(told))
    return Table(
        one.asked.german,
        ("Antwort", "Vorige Runde", "Diese Runde", "Veränderung"),
        tuple(
            (c.label, saying.share(c.before), saying.share(c.now), moved(c)) for c in one.changes
        ),
        align="lrrl",
        widths=(4, 2.6, 2.6, 4.6),
        records=_records(told),
    )


def moved(change: Change) -> str:
    """Say how far a share has moved, in points of one hundred."""
    found = change.difference
    if found is None or found.mid is None:
        return change.why_not
    ends = f"{_signed(found.low)} bis {_signed(found.high)}"
    sure = "" if change.moved else "; vom Zufall nicht zu unterscheiden"
    return f"{_signed(found.mid)} Punkte ({ends}){sure}"


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{number(100 * value)}"


def _method(told: Told) -> Iterable[Block]:
    yield Heading("Methode und Schutz der Antwortenden", 1)
    yield Bullets(tuple(method_lines(told.results)), frame=True)
    if told.results.survey.legal_basis:
        yield Paragraph(f"Rechtsgrundlage: {told.results.survey.legal_basis}", own_text=True)


def method_lines(found: Results) -> list[str]:
    """Say how was counted and what is hidden, one sentence each."""
    limit, survey = found.survey.threshold, found.survey
    source = (
        f"Quelle: Umfrage „{survey.title}“ ({survey.key}), {number(found.sizes[ALL])} Antworten."
    )
    hidden = (
        f"Zahlen von 1 bis {limit - 1} sind nicht ausgewiesen, ebenso weitere, aus denen sie sich "
        "aus Summen oder aus dem Unterschied zu früheren Veröffentlichungen errechnen ließen."
    )
    checked = (
        "Zu jeder verborgenen kleinen Zahl ist geprüft, dass von außen mehrere Werte möglich "
        "bleiben."
    )
    means = (
        "Mittelwerte stehen nur da, wo sich aus ihnen keine kleine Zahl errechnen lässt; Zahlen "
        "nur als Bereich, nach außen gerundet auf 1, 2, 5, 10, 20, 50 und so fort. Nach einem "
        "ersten Bericht kommen keine neuen hinzu."
    )
    parts = (
        "Eine Frage, die nur einem Teil gestellt war, steht da, wenn ausgewiesen ist, wie vielen. "
        "Die Frage nach der Gruppe steht nicht für sich, ihre Antworten sind die Gruppen."
    )
    return [
        source,
        hidden,
        f"Gruppen mit weniger als {limit} Antworten sind zusammengefasst.",
        checked,
        parts,
        means,
        "Anteile haben den Bereich nach Wilson (95 %); unter 20 Antworten steht kein Anteil.",
        "Veränderungen zwischen zwei Runden haben den Bereich nach Newcombe (1998, Verfahren 10).",
    ]
