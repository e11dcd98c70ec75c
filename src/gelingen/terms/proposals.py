"""Closed lists of proposals: what is proposed, what a body is asked, and what it can answer."""

from gelingen.terms.vocabulary import Vocabulary


class Matter(Vocabulary):
    """Was vorgeschlagen wird."""

    MEASURE = "measure", "Maßnahme"
    NEED = "need", "Bedarf"
    OPINION = "opinion", "Meinung"


class StationTask(Vocabulary):
    """Was ein Gremium mit einem Vorschlag tun soll."""

    ADVISE = "advise", "Stellungnahme"
    RECOMMEND = "recommend", "Empfehlung"
    DECIDE = "decide", "Entscheidung"


class Answer(Vocabulary):
    """Was ein Gremium zu einem Vorschlag sagt. Eine Empfehlung ist keine Entscheidung."""

    RECOMMENDED = "recommended", "empfohlen"
    RECOMMENDED_CHANGED = "recommended_changed", "mit Änderungen empfohlen"
    NOT_RECOMMENDED = "not_recommended", "nicht empfohlen"
    ADOPTED = "adopted", "angenommen"
    ADOPTED_CHANGED = "adopted_changed", "mit Änderungen angenommen"
    REJECTED = "rejected", "abgelehnt"
    POSTPONED = "postponed", "zurückgestellt"
    NOTED = "noted", "zur Kenntnis genommen"


class Standing(Vocabulary):
    """Wie es um einen Vorschlag steht, aus seinen Stationen gelesen."""

    OWN = "own", "noch nicht weitergeleitet"
    ASKED = "asked", "wartet auf Antwort"
    CLOSED = "closed", "wird nichtöffentlich behandelt"
    ANSWERED = "answered", "beantwortet, noch nicht entschieden"
    POSTPONED = "postponed", "zurückgestellt"
    ADOPTED = "adopted", "angenommen"
    REJECTED = "rejected", "abgelehnt"
    NOTED = "noted", "zur Kenntnis genommen"
    WITHDRAWN = "withdrawn", "zurückgezogen"
    MERGED = "merged", "in einem anderen aufgegangen"


# What says neither yes nor no can be said by whoever is asked.
_EITHER = (Answer.POSTPONED, Answer.NOTED)
RECOMMENDING = (
    Answer.RECOMMENDED, Answer.RECOMMENDED_CHANGED, Answer.NOT_RECOMMENDED, *_EITHER,
)  # fmt: skip
DECIDING = (Answer.ADOPTED, Answer.ADOPTED_CHANGED, Answer.REJECTED, *_EITHER)
ADOPTED = (Answer.ADOPTED, Answer.ADOPTED_CHANGED)


def answers_to(task: str) -> tuple[Answer, ...]:
    """Give the answers that fit what a body is asked, in their order."""
    return DECIDING if task == StationTask.DECIDE else RECOMMENDING
