"""Sources of records, numbered once for the whole paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gelingen.access.record import Record
from gelingen.reports.material import Material


@dataclass(frozen=True)
class Sources:
    """Every source of the records, with the number under which the annex lists it.

    Attributes:
        numbers: number by text of the source, in the order of the text.
        keys: keys of the records that rest on each source.

    """

    numbers: Mapping[str, int]
    keys: Mapping[str, tuple[str, ...]]

    def cite(self, *sources: str) -> str:
        """Cite sources: "Q 3, Q 12"; "ohne Quelle" where none is recorded."""
        found = sorted({self.numbers[source] for source in sources if source})
        return ", ".join(f"Q {number}" for number in found) or "ohne Quelle"


def gather_sources(material: Material) -> Sources:
    """Give every source its number: the sources of all records that papers speak about."""
    keys: dict[str, list[str]] = {}
    for record in _records(material):
        if record.source:
            keys.setdefault(record.source, []).append(record.key)
    for key, source in material.tie_sources.items():
        if source:
            keys.setdefault(source, []).append(key)
    ordered = sorted(keys)
    return Sources(
        numbers={source: number for number, source in enumerate(ordered, 1)},
        keys={source: tuple(sorted(set(keys[source]))) for source in ordered},
    )


def _records(material: Material) -> Iterable[Record]:
    for records in (
        material.guiding_goals,
        material.goals,
        material.measures,
        material.chances,
        material.other_plans,
        material.figures,
        material.structure_figures,
        material.organisations,
        material.structures,
        material.posts,
        material.fundings,
        material.responsibilities,
        material.needs,
        material.inquiries,
    ):
        yield from records
