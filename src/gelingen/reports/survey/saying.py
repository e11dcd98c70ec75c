"""Words for the results of a survey: the same on the page, on paper and in the workbook."""

from gelingen.analysis.disclosure.protection import Rule
from gelingen.analysis.proportions import Share
from gelingen.surveys.columns import ALL
from gelingen.surveys.measures import Mean, Spread
from gelingen.surveys.results import Cell, QuestionResult, Results
from gelingen.terms.spelling import number, percent
from gelingen.terms.surveys import QuestionKind
from gelingen.wording.disclosure import REASONS, say_note

HIDDEN = "n. a."
WITHHELD = (
    "Nicht ausgewiesen: Diese Frage ist nur einem Teil gestellt worden. Wie vielen, ließe sich aus "
    "ihren Zahlen errechnen und ist bei der Frage davor nicht ausgewiesen."
)
HIDDEN_MEANS = "n. a.: nicht ausgewiesen, zum Schutz einzelner Antworten"
ALIKE = (
    "Haben bei einer Frage alle einer Gruppe dasselbe geantwortet, steht sie nicht nach Gruppen "
    "da: Sonst wäre von jeder einzelnen Stelle bekannt, was sie geantwortet hat."
)
FEW = "nicht interpretierbar"
EVERYBODY = "Alle"
_READ = {
    QuestionKind.SEVERAL: "Mehrere Antworten waren möglich.",
    QuestionKind.TOPICS: "Bewertet auf Stufen von 1 bis 5; geordnet nach dem Mittel, daneben wie "
    "viele das Themenfeld bewertet haben.",
    QuestionKind.ENTRIES: "Gezählt sind Antworten, in denen mindestens ein Eintrag so beantwortet "
    "ist.",
    QuestionKind.TIES: "Gezählt sind Antworten, die mindestens eine solche Zusammenarbeit nennen.",
    QuestionKind.MISSING: "Gezählt sind Antworten, die zu diesem Themenfeld nennen, was fehlt.",
    QuestionKind.NUMBER: "Angegeben ist, zwischen welchen Zahlen die mittlere Hälfte der Antworten "
    "liegt.",
}


def column(name: str) -> str:
    """Name a column."""
    return EVERYBODY if name == ALL else name


def why_hidden(cell: Cell, *, outside: bool) -> str:
    """Say in one sentence why a number is hidden; outside not which one is the small one."""
    if outside:
        return "Nicht ausgewiesen, zum Schutz einzelner Antworten."
    why = REASONS[cell.hidden]
    return f"{why[0].upper()}{why[1:]}."


def count(cell: Cell) -> str:
    """Write a count: "12 von 30"."""
    if cell.count is None:
        return HIDDEN
    return number(cell.count) if cell.of is None else f"{number(cell.count)} von {number(cell.of)}"


def share(found: Share | None) -> str:
    """Write a share with its range; from few, that it says nothing."""
    if found is None:
        return HIDDEN
    if not found.interpretable:
        return FEW
    ends = f"{number(100 * found.estimate.low)} bis {percent(found.estimate.high)}"
    return f"{percent(found.estimate.mid)} ({ends})"


def mean(found: Mean | None) -> str:
    """Write a mean with how many it is of."""
    if found is None:
        return HIDDEN
    return f"{number(found.mean, 1)} (n = {number(found.number)})"


def mean_and_median(found: Mean | None) -> str:
    """Write mean and median with how many they are of; outside there is no median."""
    if found is None:
        return HIDDEN
    if found.median is None:
        return mean(found)
    middle = number(found.median, 0 if found.median.is_integer() else 1)
    return f"{number(found.mean, 1)}, Median {middle} (n = {number(found.number)})"


def spread(found: Spread | None, unit: str) -> str:
    """Write between which numbers the middle half lies: always two, never one."""
    if found is None:
        return HIDDEN
    digits = 0 if found.low.is_integer() and found.high.is_integer() else 1
    ends = f"{number(found.low, digits)} bis {number(found.high, digits)}"
    return f"{ends} {unit}".rstrip() + f" (n = {number(found.number)})"


def base(one: QuestionResult) -> str:
    """Say of whom the shares are shares, with their number."""
    answered = one.answered[ALL]
    if answered.count is not None:
        return (
            f"n = {number(answered.count)} von {number(answered.of)} haben diese Frage "
            "beantwortet; Anteile an ihnen."
        )
    return (
        f"n = {number(answered.of)} Antworten auf die Umfrage; Anteile an ihnen, denn wie viele "
        "diese Frage beantwortet haben, ist nicht ausgewiesen."
    )


def several(one: QuestionResult) -> str:
    """Say how lines are to be read, where one answer may stand in several."""
    return _READ.get(one.asked.kind, "")


def note(found: Results) -> str:
    """Say under protected tables what is missing; "" where nothing is."""
    if found.protected is None:
        return ""
    return (
        f"{say_note(Rule(threshold=found.survey.threshold))} {ALIKE} {HIDDEN} heißt nicht "
        "ausgewiesen."
    )


def unit_of(one: QuestionResult) -> str:
    """Give the unit of a number."""
    return str(one.asked.settings.get("unit") or "")
