"""Papers that a county hands out: the Masterplan and the extract for each municipality."""

from gelingen.reports.masterplan import masterplan
from gelingen.reports.municipality import UnknownTerritoryError, extract
from gelingen.reports.trace import TraceResult, trace

__all__ = ["TraceResult", "UnknownTerritoryError", "extract", "masterplan", "trace"]
