"""Words that several pages say in the same way."""

from datetime import date

from django.utils.translation import gettext_noop as _

from gelingen.terms.spelling import day

_WORDS = (
    _("keine"), _("eine"), _("zwei"), _("drei"), _("vier"), _("fünf"), _("sechs"), _("sieben"),
    _("acht"), _("neun"), _("zehn"), _("elf"), _("zwölf"),
)  # fmt: skip


def agreed(agreement: object, starts: date, *, complete: bool) -> str:
    """Say what came of a unit's consent to an agreement that begins on a day."""
    if complete:
        return f"Vereinbart: {agreement} ab {day(starts)}."
    return f"Bestätigung eingetragen: {agreement}. Es fehlen noch andere Stellen."


def declined(agreement: object) -> str:
    """Say that a unit did not agree, and what that means."""
    return f"Abgelehnt: {agreement}. An den Zuständigkeiten hat sich nichts geändert."


def spelled(number: int) -> str:
    """Write small numbers of female nouns as words."""
    return _WORDS[number] if number < len(_WORDS) else str(number)
