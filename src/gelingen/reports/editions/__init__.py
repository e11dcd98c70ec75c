"""Editions as documents: what everybody may read, what differs, and the release itself."""

from gelingen.reports.editions.compared import compared_document
from gelingen.reports.editions.paper import edition_document
from gelingen.reports.editions.writing import release_edition

__all__ = ["compared_document", "edition_document", "release_edition"]
