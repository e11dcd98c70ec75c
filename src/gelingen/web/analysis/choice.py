"""What the address of the matrix chooses: axes, days, money, and the opened field."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from gelingen.analysis.coverage import CoverageResult
from gelingen.config.day import today
from gelingen.findings.current import Current
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Scenario
from gelingen.web.analysis.axes import Axis, read_axis
from gelingen.web.analysis.fields import Field, Lead, Pair, gather
from gelingen.web.analysis.forms import MatrixForm
from gelingen.web.pages import StaffRequest

YEARS_WITHOUT_PLAN = 5
ROWS, COLUMNS = "zielgruppe", "thema"


@dataclass(frozen=True)
class Chosen:
    """What the address chooses.

    Attributes:
        form: the choice as it is shown.
        on: the day of the upper half.
        then: the day of the lower half, before or after the other.
        scenario: which money counts.
        rows, columns: the two axes, never the same.
        opened: row and column of the field that is open; empty texts if none.

    """

    form: MatrixForm
    on: date
    then: date
    scenario: Scenario
    rows: Axis
    columns: Axis
    opened: Pair

    def result(self, known: Current, at: date) -> CoverageResult:
        """Coverage on a day; what is met on the earlier day should stay so until the later."""
        other = self.then if at == self.on else self.on
        return known.coverage(at, scenario=self.scenario, horizon=other if at < other else None)

    def halves(self, known: Current) -> tuple[dict[Pair, Field], dict[Pair, Field]]:
        """Fields of both days."""
        now, then = (
            gather(
                self.result(known, at),
                self.rows,
                self.columns,
                several=several_leads(known, at),
            )
            for at in (self.on, self.then)
        )
        return now, then

    def query(self, **more: str) -> str:
        """Write the choice as the end of an address."""
        axes = {"zeilen": self.rows.word, "spalten": self.columns.word}
        days = {"stand": day(self.on), "vergleich": day(self.then)}
        return "?" + urlencode({**axes, **days, "geld": self.scenario.value, **more})

    def field_query(self, pair: Pair) -> str:
        """Write the choice with an opened field."""
        return self.query(zeile=pair[0], spalte=pair[1])


def several_leads(known: Current, on: date) -> set[Lead]:
    """Topic, target group and place in which several lead the same task."""
    frame = known.leads(on).cells.frame
    found = frame.filter(frame["kind"] == "several").select("topic", "target_group", "place")
    return set(found.rows())


def last_of_plan(known: Current) -> date:
    """Last day of the planning horizon; without a plan, the end of the fifth year from now."""
    years = date(today().year + YEARS_WITHOUT_PLAN, 12, 31) + timedelta(days=1)
    return last_day(known.horizon or years)


def choose(request: StaffRequest, known: Current) -> Chosen:
    """Read what the address chooses; the days are today and the horizon unless it says more."""
    horizon = last_of_plan(known)
    form = MatrixForm(
        request,
        stand=today(),
        vergleich=horizon,
        zeilen=ROWS,
        spalten=COLUMNS,
        geld=Scenario.SECURED.value,
    )
    rows, columns = form.text("zeilen"), form.text("spalten")
    if rows == columns:
        columns = ROWS if rows != ROWS else COLUMNS
        form.data["spalten"] = columns  # type: ignore[index]  # our own copy of the address
    return Chosen(
        form=form,
        on=form.day("stand", today()),
        then=form.day("vergleich", horizon),
        scenario=Scenario.of(form.text("geld")),
        rows=read_axis(request, rows),
        columns=read_axis(request, columns),
        opened=(request.GET.get("zeile", ""), request.GET.get("spalte", "")),
    )
