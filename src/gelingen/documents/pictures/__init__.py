"""Pictures as SVG, the same for page, PDF and DOCX; each has a table of its values beside it."""

from gelingen.documents.pictures.bars import Panel, Series, panels, stacked
from gelingen.documents.pictures.lying import Lying, lying
from gelingen.documents.pictures.matrix import matrix
from gelingen.documents.pictures.network import Node, Tie, network
from gelingen.documents.pictures.timeline import Bar, Stretch, timeline, whole_years

__all__ = [
    "Bar",
    "Lying",
    "Node",
    "Panel",
    "Series",
    "Stretch",
    "Tie",
    "lying",
    "matrix",
    "network",
    "panels",
    "stacked",
    "timeline",
    "whole_years",
]
