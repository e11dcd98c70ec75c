"""Closed lists of papers: what they ask for, how far they are, and what follows from them."""

from gelingen.terms.vocabulary import Vocabulary


class PaperKind(Vocabulary):
    """Art einer Vorlage."""

    RESOLUTION = "resolution", "Beschlussvorlage"
    NOTICE = "notice", "Mitteilungsvorlage"


class PaperState(Vocabulary):
    """Stand einer Vorlage."""

    DRAFT = "draft", "Entwurf"
    SUBMITTED = "submitted", "zur Freigabe"
    RELEASED = "released", "freigegeben"
    DONE = "done", "abgeschlossen"
    WITHDRAWN = "withdrawn", "zurückgezogen"


class DeliberationRole(Vocabulary):
    """Was ein Gremium in der Beratungsfolge tut."""

    ADVICE = "advice", "Vorberatung"
    DECISION = "decision", "Entscheidung"
    NOTICE = "notice", "Kenntnisnahme"


class VersionOccasion(Vocabulary):
    """Wann eine Fassung einer Vorlage festgehalten wurde."""

    RELEASE = "release", "bei der Freigabe"
    ADOPTION = "adoption", "beim Beschluss"


class ConsequenceKind(Vocabulary):
    """Was aus einem Beschluss folgt."""

    MEASURE = "measure", "Maßnahme beschlossen"
    STRUCTURE = "structure", "geplante Struktur"
    BODY = "body", "neues Gremium"
    TASK = "task", "Auftrag"
