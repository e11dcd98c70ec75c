"""The menu as data: areas in the order of work, each with the page it begins with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """One entry of the menu; `page` is a name in the address table of a tenant's pages.

    `prefix` is the first part of all its addresses behind the tenant's key; it says which entry
    is the current one.
    """

    label: str
    page: str
    prefix: str


MENU = (
    Area("Heute", "today", ""),
    Area("Bestand", "structures", "bestand"),
    Area("Bedarfe", "needs", "bedarfe"),
    Area("Analyse", "matrix", "analyse"),
    Area("Plan", "plan", "plan"),
    Area("Auswahl", "selections", "auswahl"),
    Area("Gremien", "bodies", "gremien"),
    Area("Umsetzung", "progress", "umsetzung"),
    Area("Öffentlichkeit", "site-desk", "oeffentlichkeit"),
    Area("Dokumente", "documents", "dokumente"),
    Area("Verwaltung", "people", "verwaltung"),
)
