"""Closed lists of the public site: its pages, whether something is out, who wrote a text."""

from gelingen.terms.surveys import Language
from gelingen.terms.vocabulary import Vocabulary


class PublicState(Vocabulary):
    """Ob etwas auf der Webseite steht."""

    DRAFT = "draft", "Entwurf"
    PUBLISHED = "published", "veröffentlicht"


class SitePage(Vocabulary):
    """Seite der öffentlichen Webseite, die einen eigenen Text haben kann."""

    START = "start", "Start"
    PROJECT = "project", "Das Projekt"
    CHANCES = "chances", "Chancen und Risiken"
    TOPICS = "topics", "Themen"
    MEASURES = "measures", "Maßnahmen"
    GOALS = "goals", "Ziele"
    TIMELINE = "timeline", "Der Weg"
    DOCUMENTS = "documents", "Ergebnisse und Dokumente"
    FIGURES = "figures", "Zahlen"
    TAKE_PART = "take_part", "Mitmachen"
    CONTACT = "contact", "Kontakt"
    PRIVACY = "privacy", "Datenschutz"
    IMPRINT = "imprint", "Impressum"
    ACCESSIBILITY = "accessibility", "Barrierefreiheit"
    EASY = "easy", "Einfache Sprache"


class TextOrigin(Vocabulary):
    """Wer einen Text der Webseite geschrieben hat."""

    PEOPLE = "people", "von Menschen geschrieben"
    MACHINE = "machine", "maschinell übersetzt, nicht geprüft"
    CHECKED = "checked", "maschinell übersetzt, geprüft"


class Conformity(Vocabulary):
    """Wie weit die Webseite barrierefrei ist."""

    FULL = "full", "vollständig vereinbar"
    PARTLY = "partly", "teilweise vereinbar"
    NONE = "none", "nicht vereinbar"


class CheckMethod(Vocabulary):
    """Wie die Barrierefreiheit geprüft wurde."""

    SELF = "self", "Selbstbewertung"
    OUTSIDE = "outside", "Bewertung durch Dritte"


# Languages of the frame; German in easy language is a page of its own.
SITE_LANGUAGES = tuple(one for one in Language if one is not Language.EASY)
