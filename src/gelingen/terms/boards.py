"""Closed lists of bodies and their meetings, and of the process that they steer."""

from gelingen.terms.vocabulary import Vocabulary


class BodyKind(Vocabulary):
    """Art eines Gremiums."""

    STEERING = "steering", "Steuerungsgruppe"
    ADVISORY = "advisory", "Beirat"
    WORKING_GROUP = "working_group", "Arbeitsgruppe"
    NETWORK = "network", "Netzwerk"
    COMMITTEE = "committee", "Ausschuss"
    COUNCIL = "council", "Kreistag oder Stadtrat"
    CONFERENCE = "conference", "Konferenz"


class Cycle(Vocabulary):
    """Wie oft ein Gremium tagt."""

    MONTHLY = "monthly", "monatlich"
    QUARTERLY = "quarterly", "vierteljährlich"
    THIRD = "third", "dreimal im Jahr"
    HALF = "half", "zweimal im Jahr"
    YEARLY = "yearly", "einmal im Jahr"
    NEEDED = "needed", "nach Bedarf"


class Quorum(Vocabulary):
    """Wann ein Gremium beschlussfähig ist."""

    NONE = "none", "keine Regel"
    MAJORITY = "majority", "mehr als die Hälfte der Stimmberechtigten"
    HALF = "half", "mindestens die Hälfte der Stimmberechtigten"
    NUMBER = "number", "mindestens so viele Stimmberechtigte"


class SeatKind(Vocabulary):
    """Woher ein Sitz besetzt wird."""

    ADMINISTRATION = "administration", "Verwaltung"
    ADVISORY = "advisory", "Beirat"
    COUNCIL = "council", "Kreistag oder Stadtrat"
    MUNICIPALITY = "municipality", "Gemeinde"
    MIGRANTS = "migrants", "Migrantenorganisation"
    PROVIDER = "provider", "Träger oder Verein"
    EXPERT = "expert", "Fachkundige"
    OTHER = "other", "Sonstige"


class SeatOffice(Vocabulary):
    """Amt, das mit einem Sitz verbunden ist."""

    MEMBER = "member", "Mitglied"
    CHAIR = "chair", "Vorsitz"
    DEPUTY = "deputy", "stellvertretender Vorsitz"
    SECRETARY = "secretary", "Geschäftsführung"


class MeetingState(Vocabulary):
    """Stand einer Sitzung."""

    PLANNED = "planned", "geplant"
    INVITED = "invited", "eingeladen"
    HELD = "held", "hat stattgefunden"
    CANCELLED = "cancelled", "abgesagt"


class NoticeKind(Vocabulary):
    """Wozu über eine Sitzung geschrieben wurde."""

    INVITATION = "invitation", "Einladung"
    UPDATE = "update", "Änderung"
    CANCELLATION = "cancellation", "Absage"


class MinutesState(Vocabulary):
    """Stand einer Niederschrift."""

    NONE = "none", "noch keine"
    DRAFT = "draft", "Entwurf"
    AMENDED = "amended", "Entwurf, geändert"
    APPROVED = "approved", "genehmigt"


class ItemKind(Vocabulary):
    """Wozu ein Punkt auf der Tagesordnung steht."""

    INFORMATION = "information", "Information"
    DISCUSSION = "discussion", "Beratung"
    VOTE = "vote", "Beschluss"


class Result(Vocabulary):
    """Ergebnis eines Tagesordnungspunkts."""

    UNCHANGED = "unchanged", "unverändert beschlossen"
    CHANGED = "changed", "geändert beschlossen"
    MAJORITY = "majority", "mehrheitlich beschlossen"
    REJECTED = "rejected", "abgelehnt"
    POSTPONED = "postponed", "zurückgestellt"
    NOTED = "noted", "zur Kenntnis genommen"
    DISCUSSED = "discussed", "beraten"


class Presence(Vocabulary):
    """Ob ein Sitz in einer Sitzung vertreten war."""

    PRESENT = "present", "anwesend"
    DEPUTY = "deputy", "vertreten"
    EXCUSED = "excused", "entschuldigt"
    ABSENT = "absent", "nicht da"


class PhaseKind(Vocabulary):
    """Abschnitt des Prozesses."""

    MANDATE = "mandate", "Auftrag"
    ANALYSIS = "analysis", "Bestandsaufnahme und Analyse"
    FRAMEWORK = "framework", "Rahmenkonzept und Ziele"
    MEASURES = "measures", "Maßnahmen"
    IMPLEMENTATION = "implementation", "Umsetzung"
    EVALUATION = "evaluation", "Auswertung"
    CONTINUATION = "continuation", "Fortschreibung"


class EventKind(Vocabulary):
    """Art eines Ereignisses im Prozess."""

    KICK_OFF = "kick_off", "Auftakt"
    WORKSHOP = "workshop", "Werkstatt"
    CONFERENCE = "conference", "Konferenz"
    SURVEY = "survey", "Befragung"
    SESSION = "session", "Sitzung"
    RESOLUTION = "resolution", "Beschluss"
    PUBLICATION = "publication", "Veröffentlichung"
    INTERRUPTION = "interruption", "Unterbrechung"
    OTHER = "other", "Sonstiges"


class PhaseState(Vocabulary):
    """Stand einer Phase, aus ihren Tagen gerechnet."""

    PLANNED = "planned", "noch nicht begonnen"
    RUNNING = "running", "im Plan"
    LATE = "late", "verzögert"
    RESTING = "resting", "ruht"
    DONE = "done", "abgeschlossen"
