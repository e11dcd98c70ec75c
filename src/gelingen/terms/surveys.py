"""Closed lists of surveys: how people are asked, in which language, and with which questions."""

from gelingen.terms.vocabulary import Vocabulary


class SurveyMode(Vocabulary):
    """Art der Umfrage: vor dem Öffnen gewählt, danach fest."""

    NAMED = "named", "namentlich (Organisation)"
    ANONYMOUS = "anonymous", "anonym"


class SurveyState(Vocabulary):
    """Stand einer Umfrage."""

    DRAFT = "draft", "Entwurf"
    OPEN = "open", "offen"
    CLOSED = "closed", "geschlossen"
    CLEARED = "cleared", "Antworten gelöscht"


class QuestionKind(Vocabulary):
    """Art einer Frage."""

    CHOICE = "choice", "eine Antwort"
    SEVERAL = "several", "mehrere Antworten"
    SCALE = "scale", "Stufen"
    NUMBER = "number", "Zahl oder Spanne"
    DATE = "date", "Tag"
    TEXT = "text", "freier Text"
    TOPICS = "topics", "Themenfelder bewerten"
    ENTRIES = "entries", "eigene Einträge"
    TIES = "ties", "Mit wem arbeiten Sie zusammen?"
    MISSING = "missing", "Was fehlt?"


class Channel(Vocabulary):
    """Wie eine Antwort gekommen ist."""

    LINK = "link", "persönlicher Verweis"
    OPEN_LINK = "open-link", "offener Verweis"
    PHONE = "phone", "am Telefon"
    PAPER = "paper", "auf Papier"
    OUTSIDE = "outside", "von außen eingelesen"


class Language(Vocabulary):
    """Sprache einer Umfrage; einfache Sprache ist keine Leichte Sprache."""

    DE = "de", "Deutsch"
    EASY = "de-einfach", "Deutsch in einfacher Sprache"
    EN = "en", "Englisch"
    TR = "tr", "Türkisch"
    AR = "ar", "Arabisch"
    UK = "uk", "Ukrainisch"
    RU = "ru", "Russisch"


# What each language calls itself, for those who look for their own.
OWN_NAMES = {
    Language.DE: "Deutsch",
    Language.EASY: "Deutsch (einfache Sprache)",
    Language.EN: "English",
    Language.TR: "Türkçe",
    Language.AR: "العربية",
    Language.UK: "Українська",
    Language.RU: "Русский",
}
RIGHT_TO_LEFT = frozenset({Language.AR})
