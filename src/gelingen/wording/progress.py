"""Why a measure stands as it does, in one plain German sentence."""

from datetime import date

from gelingen.analysis.progress import Cause, Computed
from gelingen.terms.progress import MeasureState, Timeliness
from gelingen.terms.spelling import day, last_day

__all__ = ["say_fresh", "say_state"]

_PLAN = {
    MeasureState.DROPPED: "Im Plan steht sie als eingestellt.",
    MeasureState.DONE: "Im Plan steht sie als abgeschlossen oder übergeben.",
}


def say_state(found: Computed) -> str:
    """Say what makes the state so: a milestone, a day, a figure, or what the lead told."""
    if found.cause is Cause.PLAN:
        return _PLAN[found.state]
    if found.cause is Cause.TOLD:
        return _told(found)
    if found.day is None:
        return _WITHOUT_DAY[found.cause]
    days = {"day": day(found.day), "last": day(last_day(found.day))}
    return _SENTENCES[found.cause].format(name=found.name, **days)


_SENTENCES = {
    Cause.REACHED: "Alle Meilensteine sind erreicht, der letzte am {day}.",
    Cause.STUCK: "Der Meilenstein „{name}“ war bis zum {last} geplant und ist seit über einem "
    "Jahr offen.",
    Cause.ENDED: "Sie sollte bis zum {last} enden und ist nicht als abgeschlossen gemeldet.",
    Cause.OVERDUE: "Der Meilenstein „{name}“ war bis zum {last} geplant und ist nicht erreicht.",
    Cause.NOT_BEGUN: "Sie sollte am {day} beginnen und ist als noch nicht begonnen gemeldet.",
    Cause.BEHIND: "Die Kennzahl „{name}“ liegt am {day} hinter ihrem Zielpfad.",
    Cause.SILENT: "Seit dem Beginn am {day} hat niemand berichtet.",
    Cause.AHEAD: "Sie beginnt am {day}.",
    Cause.NEXT: "Der nächste Meilenstein „{name}“ ist bis zum {last} geplant.",
    Cause.UNTIL: "Sie läuft bis zum {last}, nichts ist überfällig.",
}
_WITHOUT_DAY = {
    Cause.SILENT: "Bisher hat niemand berichtet.",
    Cause.NOTHING: "Weder Zeitraum noch Meilensteine noch ein Bericht sind bekannt.",
    Cause.UNTIL: "Sie läuft, nichts ist überfällig.",
}
_WORDS = {
    MeasureState.ON_COURSE: "dass sie wie geplant läuft",
    MeasureState.LATE: "dass sie langsamer läuft als geplant",
    MeasureState.BLOCKED: "dass sie nicht vorankommt",
    MeasureState.DONE: "dass sie abgeschlossen ist",
    MeasureState.DROPPED: "dass sie nicht weitergeführt wird",
    MeasureState.UNKNOWN: "dass ihr Stand nicht bekannt ist",
}


def _told(found: Computed) -> str:
    on = f"Am {day(found.day)} wurde gemeldet" if found.day else "Gemeldet ist"
    why = " ".join(found.said.split()).rstrip(".")
    return f"{on}, {_WORDS[found.state]}{f': {why}' if why else ''}."


def say_fresh(fresh: Timeliness, told_on: date | None) -> str:
    """Say when it was last reported: "zuletzt am 01.02.2017 berichtet"."""
    if told_on is not None:
        return f"zuletzt am {day(told_on)} berichtet"
    return Timeliness.NEVER.label if fresh is Timeliness.NEVER else "noch kein Bericht nötig"
