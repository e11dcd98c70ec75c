"""Closed list: how far what somebody said about a public page is."""

from gelingen.terms.vocabulary import Vocabulary


class FeedbackState(Vocabulary):
    """Stand einer Rückmeldung zur öffentlichen Seite."""

    NEW = "new", "neu"
    ANSWERED = "answered", "beantwortet"
    CLOSED = "closed", "erledigt ohne Antwort"
