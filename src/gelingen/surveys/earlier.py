"""Publications as tables again, for the check of the next one; and tables as they are kept."""

from collections.abc import Collection, Mapping
from typing import Any

from gelingen.analysis.disclosure.counts import Counts, CountTable, Sums
from gelingen.analysis.disclosure.protection import ProtectedTable, Rule, released
from gelingen.surveys.models import Survey
from gelingen.surveys.protecting import Earlier, Protected
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
    found = PublishedCounts.objects.filter(publication__survey=survey)
    for one in found.select_related("publication").order_by("publication__day", "publication"):
        members = one.publication.shown["members"]
        for table in one.tables:
            key = table["question"]
            if key and key not in questions:
                continue
            before = [*tables.get("", ()), *(tables.get(key, ()) if key else ())]
            tables.setdefault(key, []).append(_table(table, before))
    return Earlier(members, tables)


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
