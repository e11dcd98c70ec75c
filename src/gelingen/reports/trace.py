"""Whether every statement of a paper rests on a record or a source."""

from dataclasses import dataclass

from gelingen.documents import Document, Statement, statements, untraced


@dataclass(frozen=True, slots=True)
class TraceResult:
    """What stands behind the statements of a paper.

    Attributes:
        statements: how many statements the paper makes about the county.
        untraced: those behind which neither a record nor a source stands, in order.

    """

    statements: int
    untraced: tuple[Statement, ...]

    def __str__(self) -> str:
        """Say it in one line."""
        return f"Aussagen {self.statements}, ohne Beleg {len(self.untraced)}"


def trace(document: Document) -> TraceResult:
    """Count the statements of a paper and find those without evidence.

    The county's own words and fixed wording are no statements in this sense.
    """
    counted = [said for said in statements(document) if not (said.own_text or said.frame)]
    return TraceResult(len(counted), tuple(untraced(document)))
