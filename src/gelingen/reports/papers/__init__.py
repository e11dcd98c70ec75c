"""Papers for the bodies that decide, as documents: written anew, or on the template of a house."""

from gelingen.reports.papers.filling import filled_from
from gelingen.reports.papers.paper import open_paper, paper_document

__all__ = ["filled_from", "open_paper", "paper_document"]
