"""Words that several pages say in the same way."""

from django.utils.translation import gettext_noop as _

_WORDS = (
    _("keine"), _("eine"), _("zwei"), _("drei"), _("vier"), _("fünf"), _("sechs"), _("sieben"),
    _("acht"), _("neun"), _("zehn"), _("elf"), _("zwölf"),
)  # fmt: skip


def spelled(number: int) -> str:
    """Write small numbers of female nouns as words."""
    return _WORDS[number] if number < len(_WORDS) else str(number)
