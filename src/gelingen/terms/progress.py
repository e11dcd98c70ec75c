"""Closed lists of progress: how a measure stands, how fresh that is, how far a report has come."""

from gelingen.terms.vocabulary import Light, Vocabulary


class MeasureState(Vocabulary):
    """Stand einer Maßnahme."""

    ON_COURSE = "on_course", "im Plan"
    LATE = "late", "verzögert"
    BLOCKED = "blocked", "stockt"
    DONE = "done", "abgeschlossen"
    DROPPED = "dropped", "eingestellt"
    UNKNOWN = "unknown", "nicht berichtet"


class Assessment(Vocabulary):
    """Eigene Einschätzung der federführenden Stelle."""

    ON_COURSE = "on_course", "läuft wie geplant"
    LATE = "late", "läuft langsamer als geplant"
    BLOCKED = "blocked", "kommt nicht voran"
    DONE = "done", "ist abgeschlossen"
    DROPPED = "dropped", "wird nicht weitergeführt"


# The light of the plan that says the same, so that the plan and its papers show what was told.
LIGHT_OF = {
    Assessment.ON_COURSE: Light.PLANNED,
    Assessment.LATE: Light.LATE,
    Assessment.BLOCKED: Light.BLOCKED,
    Assessment.DONE: Light.DONE,
    Assessment.DROPPED: Light.DROPPED,
}
STATE_OF_LIGHT = {light: MeasureState.of(one.value) for one, light in LIGHT_OF.items()}


class Timeliness(Vocabulary):
    """Wie frisch das ist, was über eine Maßnahme bekannt ist."""

    FRESH = "fresh", "aktuell"
    OVERDUE = "overdue", "veraltet"
    NEVER = "never", "noch nie berichtet"


class AskedState(Vocabulary):
    """Wie weit eine Bitte um Sachstand ist."""

    REPORTED = "reported", "berichtet"
    BEGUN = "begun", "angefangen"
    OPEN = "open", "keine Antwort"
    REMINDED = "reminded", "einmal erinnert"
    SILENT = "silent", "zweimal erinnert, keine Antwort"
    NOT_ASKED = "not_asked", "noch nicht gefragt"
