"""Two years of progress of the example county, from umsetzung.toml: reports, editions, a report.

The sources tell nothing of it: all of it is assumed, and says so wherever it is shown.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gelingen.access.models import Tenant
from gelingen.access.policy import Operator
from gelingen.editions.queries import editions
from gelingen.editions.writing import change_edition, new_edition
from gelingen.history.stored import whole
from gelingen.indicators.commands import save_sheet, take_over
from gelingen.indicators.queries import blank
from gelingen.plan.queries import measures, plans
from gelingen.progress.letters import SUBJECT, TEXT
from gelingen.progress.rounds import Given, save_round
from gelingen.progress.writing import Answer, report
from gelingen.reports.editions import release_edition
from gelingen.reports.yearly import kept_content, read_told, written, written_for_everybody
from gelingen.site.reports import show_report
from gelingen.terms.indicators import LowestLevel, MigrationDefinition, Periodicity, Register
from gelingen.terms.progress import Assessment
from gelingen.terms.yearly import Chapter
from gelingen.yearly.queries import reports
from gelingen.yearly.subjects import read_year
from gelingen.yearly.writing import conclude, new_report, release, write_text

_FILE = "umsetzung.toml"
# The first edition stands between the reports of both years, so that the second shows a difference.
FIRST = date(2017, 4, 1)
# Indicators of the catalogue of which the example has values.
_MEASURED = ("L-A7", "X-A10", "X-A11", "L-E4/E5", "X-G1", "X-G2")
# What is the same in every sheet that the example adds.
_SHEET = {
    "register": Register.CONTEXT.value,
    "periodicity": Periodicity.YEARLY.value,
    "lowest": LowestLevel.COUNTY.value,
    "migration_definition": MigrationDefinition.NONE.value,
}
_TOLD = ("effect", "obstacles", "next_step")


@dataclass(frozen=True, slots=True)
class _Example:
    """Whose progress is told by whom, and what the file says."""

    actor: Operator
    tenant: Tenant
    told: dict[str, Any]

    @property
    def own(self) -> dict[str, Any]:
        """What the file says of this tenant."""
        found: dict[str, Any] = self.told[self.tenant.pk]
        return found


def live(actor: Operator, tenant: Tenant, folder: Path, *, on: date) -> list[str]:
    """Measure, report on two years, with an edition after each and a report on the second; once.

    All of it or nothing: what was broken off begins anew at the next run.

    Args:
        actor: who loads the example.
        tenant: one of the example's tenants.
        folder: where the example lies.
        on: the day of the example, on which the second edition is released.

    Returns:
        What was released, in German words.

    """
    if editions(actor, tenant).exists():
        return []
    text = (folder / _FILE).read_text(encoding="utf-8")
    one = _Example(actor, tenant, tomllib.loads(text))
    first, second = one.told["runden"]
    with whole():
        _measure(one)
        _report_year(one, first)
        before = _edition(one, "first_resolution", on=FIRST)
        _report_year(one, second)
        return [before, _year_report(one), _edition(one, "second_resolution", on=on)]


def _measure(one: _Example) -> None:
    """Take sheets of indicators out of the catalogue, and add some that it lacks."""
    take_over(actor=one.actor, tenant=one.tenant, codes=_MEASURED)
    for told in one.told["indikatoren"]:
        save_sheet(actor=one.actor, indicator=blank(one.tenant), values={**_SHEET, **told})


def _report_year(one: _Example, round_: dict[str, Any]) -> None:
    """Keep the round of a year, and what was reported in it."""
    year = round_["year"]
    days = {name: day for name, day in round_.items() if name != "reported"}
    given = Given(**days, subject=SUBJECT.format(year=year), text=TEXT)
    save_round(actor=one.actor, tenant=one.tenant, given=given)
    found = {measure.key: measure for measure in measures(one.actor, one.tenant)}
    for told in one.own["berichte"]:
        if str(year) in told:
            report(
                actor=one.actor, measure=found[told["measure"]], year=year,
                answer=_answer(one, told[str(year)]), by_function=one.told["function"],
                on=round_["reported"],
            )  # fmt: skip


def _answer(one: _Example, told: dict[str, Any]) -> Answer:
    """Read a report; each text says that it is assumed, and so does the reason of the state."""
    told = {"obstacles": one.told["nothing"], **told}
    effect, obstacles, next_step = (
        f"{told[name]} ({one.told['function']})" if name in told else "" for name in _TOLD
    )
    return Answer(
        Assessment.of(told["assessment"]), participants=told.get("participants"), effect=effect,
        obstacles=obstacles, next_step=next_step,
    )  # fmt: skip


def _edition(one: _Example, resolution: str, *, on: date) -> str:
    plan = plans(one.actor, one.tenant)[0]
    draft = new_edition(actor=one.actor, tenant=one.tenant, plan=plan, on=on)
    change_edition(
        actor=one.actor, edition=draft, title=plan.title, on=on, resolution=one.own[resolution]
    )
    return str(release_edition(one.actor, one.tenant, draft.key, on=on))


def _year_report(one: _Example) -> str:
    """Write the report on the second year: a text, what follows for everything, its release."""
    told = one.told["jahresbericht"]
    made = new_report(
        actor=one.actor, tenant=one.tenant, plan=plans(one.actor, one.tenant)[0],
        title=told["title"], starts=told["starts"], ends=told["ends"],
    )  # fmt: skip
    write_text(actor=one.actor, report=made, chapter=Chapter.GLANCE.value, text=told["glance"])
    for subject in read_year(one.actor, made, on=told["on"]).subjects:
        verdict, why = one.told["folgerungen"][subject.state.value]
        conclude(
            actor=one.actor, report=made, thing=subject.thing, verdict=verdict,
            text=f"{why} ({one.told['function']})",
        )  # fmt: skip
    found = read_told(one.actor, reports(one.actor, one.tenant).get(key=made.key), on=told["on"])
    release(
        actor=one.actor, year=found.year, content=kept_content(found), files=written(found),
        on=told["on"],
    )  # fmt: skip
    shown = read_told(one.actor, reports(one.actor, one.tenant).get(key=made.key), on=told["on"])
    show_report(
        actor=one.actor, report=shown.report, files=written_for_everybody(shown), on=told["on"]
    )
    return made.title
