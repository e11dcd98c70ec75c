"""Publications as tables again, for the check of the next one; and tables as they are kept."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from gelingen.analysis.disclosure.counts import Counts, CountTable, Sums
from gelingen.analysis.disclosure.protection import ProtectedTable, Rule, released
from gelingen.surveys.models import Survey
from gelingen.surveys.protecting import Earlier, Measured, Protected
from gelingen.surveys.published import Publication, PublishedCounts


def kept_tables(protected: Protected) -> list[dict[str, Any]]:
    """Write the tables of a publication as JSON, that of the numbers of answers first."""
    tables = {"": [protected.base], **protected.tables}
    return [{"question": key, **_kept(one)} for key, found in tables.items() for one in found]


def _kept(one: ProtectedTable) -> dict[str, Any]:
    hidden = one.cells.frame.filter(one.cells.frame["count"].is_null())["cell"].to_list()
    return {
        "universe": one.table.universe,
        "contains": list(one.table.contains),
        "inside": list(one.table.inside),
        "threshold": one.rule.threshold,
        "counts": [list(row) for row in one.table.counts.frame.rows()],
        "sums": [list(row) for row in one.table.sums.frame.rows()],
        "hidden": hidden,
    }


def earlier_of(survey: Survey, questions: Collection[str]) -> Earlier:
    """Read what is out already of some questions. One query."""
    tables: dict[str, list[ProtectedTable]] = {}
    members: Mapping[str, list[str]] = {}
    measured: set[Measured] = set()
    found = PublishedCounts.objects.filter(publication__survey=survey)
    for one in found.select_related("publication").order_by("publication__day", "publication"):
        shown = one.publication.shown
        members = shown["members"]
        measured.update(told for asked in shown["questions"] for told in _measured(asked))
        for table in one.tables:
            key = table["question"]
            if key and key not in questions:
                continue
            before = [*tables.get("", ()), *(tables.get(key, ()) if key else ())]
            tables.setdefault(key, []).append(_table(table, before))
    return Earlier(members, tables, frozenset(measured))


def _measured(asked: Mapping[str, Any]) -> Iterable[Measured]:
    """Give means and ranges of a question as they went out."""
    key = asked["key"]
    lines = ((line["code"], line.get("means")) for line in asked["lines"])
    for code, found in (("", asked.get("means")), ("", asked.get("spreads")), *lines):
        for column, told in (found or {}).items():
            if told is not None:
                yield key, code, column, tuple(told)


def _table(kept: Mapping[str, Any], published: list[ProtectedTable]) -> ProtectedTable:
    table = CountTable(
        Counts.from_rows([tuple(row) for row in kept["counts"]]),
        Sums.from_rows([tuple(row) for row in kept["sums"]]),
        kept["universe"],
        tuple(kept["contains"]),
        tuple(kept["inside"]),
    )
    return released(table, kept["hidden"], Rule(threshold=kept["threshold"]), published=published)


def last_publication(survey: Survey) -> Publication | None:
    """Find what was published last of a survey. One query."""
    return survey.publications.order_by("day", "pk").last()
