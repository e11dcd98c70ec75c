"""What every chapter of the Masterplan is made from, and how a chapter opens."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gelingen.access.record import Record
from gelingen.documents import Block, Heading, Inline, Note, Ref, from_markdown
from gelingen.findings.keys import stored_key
from gelingen.reports.citing import Sources
from gelingen.reports.entering import missing
from gelingen.reports.material import Material, grouped
from gelingen.reports.phrases import judged
from gelingen.reports.results import Results
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Certainty

CHAPTERS = {
    "vorwort": "Vorwort",
    "zusammenfassung": "Zusammenfassung",
    "auftrag": "Auftrag und Planungshorizont",
    "leitbild": "Integrationsverständnis und Leitziele",
    "vorgehen": "Vorgehen und Beteiligung",
    "ausgangslage": "Ausgangslage",
    "bestand": "Bestand: Strukturen und ihre Finanzierung",
    "bedarfe": "Bedarfe",
    "analyse": "Analyse",
    "abschnitte": "Planungsabschnitte",
    "themenfelder": "Themenfelder",
    "querschnitt": "Querschnittsthemen",
    "steuerung": "Steuerung und Zuständigkeiten",
    "finanzierung": "Finanzierung und Personal",
    "monitoring": "Monitoring und Evaluation",
    "fortschreibung": "Fortschreibung",
}
UNNUMBERED = ("vorwort", "zusammenfassung")


@dataclass(frozen=True)
class Paper:
    """The material of the paper, what the analyses say about it, and the numbered sources."""

    material: Material
    results: Results
    sources: Sources

    @property
    def on(self) -> date:
        """Day the paper speaks about."""
        return self.material.on

    @property
    def day(self) -> str:
        """Day the paper speaks about, as people write it."""
        return day(self.material.on)

    @property
    def last_day(self) -> str:
        """Last day of the planning horizon, as people write it."""
        return day(self.material.last_day)

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """Texts of the county by chapter, in their stable order."""
        written = [line for line in self.material.texts if line.text.strip()]
        return grouped((line.chapter.strip().casefold(), line.text) for line in written)

    def own_words(self, code: str, *, heading_level: int = 2) -> tuple[Block, ...]:
        """Give what the county itself wrote for a chapter; nothing if it wrote nothing."""
        return tuple(
            block
            for text in self.texts.get(code, [])
            for block in from_markdown(text, heading_level=heading_level)
        )

    def named(self, record: Record, text: str = "") -> tuple[Inline, ...]:
        """Name a record and give its key; an assumption is marked as such."""
        assumed = record.certainty == Certainty.ASSUMED
        return (Ref(record.key, text or str(record)), *((" (Annahme)",) if assumed else ()))

    def judged(self, finding: str, text: str = "") -> str:
        """Add to a text what people decided about the finding with this key."""
        verdict = judged(self.material.judgements.get(stored_key(finding)))
        return "; ".join(words for words in (text, verdict) if words)

    def refer(self, key: str) -> Ref:
        """Name a record and give its key."""
        return Ref(key, self.material.name(key))


def open_chapter(paper: Paper, code: str) -> tuple[Block, ...]:
    """Begin a chapter: its heading and the county's own words."""
    number = "" if code in UNNUMBERED else None
    heading = Heading(CHAPTERS[code], 1, key=f"kapitel-{code}", number=number)
    return (heading, *paper.own_words(code))


def missing_text(code: str) -> Note:
    """Say that the county's own words for a chapter are not there, and where to enter them."""
    return missing(f"Der Text zu diesem Kapitel fehlt. Er gehört zum Kapitel „{code}“.", "chapter")
