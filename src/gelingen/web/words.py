"""Words that several pages say in the same way."""

_WORDS = (
    "keine", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
    "elf", "zwölf",
)  # fmt: skip


def spelled(number: int) -> str:
    """Write small numbers of female nouns as words."""
    return _WORDS[number] if number < len(_WORDS) else str(number)
