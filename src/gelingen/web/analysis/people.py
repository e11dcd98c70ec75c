"""Who is responsible in one cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from gelingen.analysis.cells import matching
from gelingen.analysis.money import running
from gelingen.findings.current import Current
from gelingen.terms.vocabulary import ResponsibilityKind
from gelingen.web.pages import StaffRequest
from gelingen.web.records import record_url
from gelingen.web.shell import Link


@dataclass(frozen=True, slots=True)
class Holder:
    """One responsibility: German word of its kind, the task, and the way to the organisation."""

    kind: str
    task: str
    link: Link


def responsible(
    request: StaffRequest, known: Current, cell: Mapping[str, object], *, on: date
) -> list[Holder]:
    """List who is responsible in a cell on a day, those who lead first, then by name.

    What holds for a wider topic or area holds in the cell too.
    """
    wanted = pl.DataFrame([{name: str(cell[name]) for name in ("topic", "target_group", "place")}])
    held = known.inputs.responsibilities.frame.filter(running(on))
    found = matching(wanted, held, topics=known.inputs.inventory.topics)
    order = list(ResponsibilityKind)
    rows = [
        (order.index(ResponsibilityKind.of(kind)), known.name(organisation), organisation, task)
        for kind, organisation, task in found.select("kind", "organisation", "task").rows()
    ]
    return [
        Holder(
            order[rank].label,
            known.name(task),
            Link(name, record_url(request, "organisation", organisation)),
        )
        for rank, name, organisation, task in sorted(set(rows))
    ]
