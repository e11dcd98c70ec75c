"""Closed lists of asking and answering: mail, answers, proposals."""

from gelingen.terms.vocabulary import Vocabulary


class MailState(Vocabulary):
    """Stand einer Nachricht im Postausgang."""

    WAITING = "waiting", "wird gesendet"
    AGAIN = "again", "wird erneut versucht"
    HELD = "held", "nicht gesendet: kein Mailserver"
    FAILED = "failed", "nicht gesendet: Fehler"
    SENT = "sent", "gesendet"


class EntryAnswer(Vocabulary):
    """Antwort auf die Frage, ob ein Eintrag noch stimmt."""

    TRUE = "true", "Stimmt noch"
    CHANGED = "changed", "Hat sich geändert"
    GONE = "gone", "Gibt es nicht mehr"


class ProposalKind(Vocabulary):
    """Art eines Vorschlags."""

    CHANGE = "change", "Änderung"
    END = "end", "gibt es nicht mehr"


class ProposalState(Vocabulary):
    """Stand eines Vorschlags."""

    OPEN = "open", "offen"
    ACCEPTED = "accepted", "übernommen"
    REFUSED = "refused", "abgelehnt"


class ReviewState(Vocabulary):
    """Was aus etwas Geantwortetem wurde."""

    ACCEPTED = "accepted", "aufgenommen"
    MERGED = "merged", "zu Vorhandenem genommen"
    DECLINED = "declined", "nicht aufgenommen"
