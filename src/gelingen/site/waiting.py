"""What waits for the public site: its accessibility statement, once a year."""

from datetime import date

from gelingen.access.models import Tenant, User
from gelingen.site.queries import A_YEAR, settings_of, statement_is_old
from gelingen.terms.spelling import day


def waiting(person: User, tenant: Tenant, *, on: date) -> list[tuple[str, date]]:
    """Say why the statement of an open site has to be looked at, and since when. One query."""
    found = settings_of(person, tenant)
    if not statement_is_old(found, on=on):
        return []
    seen = found.reviewed_on or found.statement_on
    if seen is None:
        return [("Die Webseite ist offen, ihre Erklärung zur Barrierefreiheit fehlt.", on)]
    why = f"Die Erklärung zur Barrierefreiheit wurde zuletzt am {day(seen)} überprüft."
    return [(why, seen + A_YEAR)]
