"""Tables of official statistics, and long and wide lists of a county's own, read as figures.

Pure: it knows files and what stands in them, and neither records nor a database.

    read_official(path) -> OfficialTable
"""

from gelingen.official.reading import read_official
from gelingen.official.table import Observation, OfficialTable, Series, Shape, Skipped

__all__ = ["Observation", "OfficialTable", "Series", "Shape", "Skipped", "read_official"]
