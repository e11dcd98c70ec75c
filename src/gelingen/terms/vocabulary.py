"""Closed lists of the domain, as enums that carry the German word."""

from enum import StrEnum
from typing import Self, cast


class Vocabulary(StrEnum):
    """A closed list: the value is stored, the label is read by people."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        """Make a member from its stored code and its German label."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of code and label, as Django fields take them."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def of(cls, code: str) -> Self:
        """Find the member with a stored code; raises KeyError."""
        return cast("Self", cls._value2member_map_[code])


class Verb(Vocabulary):
    """What was done to a thing, as its history shows it."""

    CREATED = "created", "angelegt"
    CHANGED = "changed", "geändert"
    IMPORTED = "imported", "aus einer Arbeitsmappe übernommen"
    REMOVED = "removed", "gelöscht"
    CONFIRMED = "confirmed", "bestätigt"
    EXTENDED = "extended", "verlängert"
    JUDGED = "judged", "beurteilt"
    FOUND = "found", "festgestellt"
    RESOLVED = "resolved", "nicht mehr festgestellt"
    REAPPEARED = "reappeared", "erneut festgestellt"
    ATTACHED = "attached", "Datei angehängt"
    UNDONE = "undone", "rückgängig gemacht"
    ARRANGED = "arranged", "neu geordnet"
    ENDED = "ended", "beendet"
    SUCCEEDED = "succeeded", "durch Nachfolger ersetzt"
    SPLIT = "split", "geteilt"
    MERGED = "merged", "zusammengeführt"
    ASKED = "asked", "um Bestätigung gebeten"
    WITHDRAWN = "withdrawn", "Bitte um Bestätigung zurückgezogen"
    PROPOSED = "proposed", "vorgeschlagen"
    ACCEPTED = "accepted", "Vorschlag übernommen"
    REFUSED = "refused", "Vorschlag abgelehnt"
    SHARED = "shared", "freigegeben"
    DECIDED = "decided", "gesichtet"
    REDACTED = "redacted", "auf Verlangen gelöscht"
    INFORMED = "informed", "Auskunft über gespeicherte Angaben gegeben"


class Level(Vocabulary):
    """Ebene: the level of government on which something works."""

    FEDERAL = "federal", "Bund"
    STATE = "state", "Land"
    DISTRICT = "district", "Bezirk"
    COUNTY = "county", "Landkreis oder kreisfreie Stadt"
    MUNICIPALITY = "municipality", "Gemeinde"
    NEIGHBOURHOOD = "neighbourhood", "Ortsteil oder Sozialraum"


class Certainty(Vocabulary):
    """Gewissheit: how a statement came into the records."""

    STATED = "stated", "belegt"
    INFERRED = "inferred", "erschlossen"
    ASSUMED = "assumed", "Annahme"


class TerritoryKind(Vocabulary):
    """Art des Gebiets."""

    STATE = "state", "Land"
    DISTRICT = "district", "Regierungsbezirk"
    COUNTY = "county", "Landkreis"
    CITY = "city", "Kreisfreie Stadt"
    TOWN = "town", "Stadt"
    MARKET = "market", "Markt"
    MUNICIPALITY = "municipality", "Gemeinde"
    QUARTER = "quarter", "Ortsteil"


class OrganisationKind(Vocabulary):
    """Art der Organisation."""

    BODY = "body", "Gebietskörperschaft"
    COUNTY_OFFICE = "county_office", "Kreisverwaltung"
    CITY_OFFICE = "city_office", "Stadtverwaltung"
    MUNICIPALITY = "municipality", "Gemeinde"
    STATE_OFFICE = "state_office", "Landesbehörde"
    FEDERAL_OFFICE = "federal_office", "Bundesbehörde"
    JOB_OFFICE = "job_office", "Jobcenter/Agentur für Arbeit"
    WELFARE = "welfare", "Wohlfahrtsverband"
    COURSE_PROVIDER = "course_provider", "Kursträger"
    SCHOOL = "school", "Schule/Kita"
    MIGRANTS = "migrants", "Migrantenorganisation"
    CLUB = "club", "Verein/Helferkreis"
    FAITH = "faith", "Kirche/Religionsgemeinschaft"
    CHAMBER = "chamber", "Kammer/Gewerkschaft"
    COMPANY = "company", "Unternehmen"
    UNIVERSITY = "university", "Hochschule"
    FOUNDATION = "foundation", "Stiftung"
    RESEARCH = "research", "Beratung/Forschung"
    NETWORK = "network", "Netzwerk"
    OTHER = "other", "Sonstige"


class StructureKind(Vocabulary):
    """Art der Struktur."""

    OFFICE = "office", "Amt/Fachbereich"
    POST = "post", "Stelle"
    SERVICE = "service", "Dienst"
    OFFER = "offer", "Angebot"
    BODY = "body", "Gremium"
    NETWORK = "network", "Netzwerk"
    PROJECT = "project", "Projekt"
    ACCOMMODATION = "accommodation", "Unterkunft"


class Function(Vocabulary):
    """Funktion: what a structure does for integration."""

    DECIDES = "decides", "entscheidet"
    STEERS = "steers", "steuert"
    ADVISES = "advises", "berät"
    DELIVERS = "delivers", "erbringt"
    FUNDS = "funds", "finanziert"
    NETWORKS = "networks", "vernetzt"


class Duty(Vocabulary):
    """Pflicht: whether law demands the task."""

    STATUTORY = "statutory", "Pflichtaufgabe"
    DELEGATED = "delegated", "übertragene Aufgabe"
    VOLUNTARY = "voluntary", "freiwillige Aufgabe"


class Permanence(Vocabulary):
    """Dauerhaftigkeit: on what basis a structure exists."""

    STANDING = "standing", "Regelaufgabe"
    FIXED_TERM = "fixed_term", "befristet"
    PROJECT = "project", "Projekt"
    VOLUNTEER = "volunteer", "ehrenamtlich"


class EndKind(Vocabulary):
    """Was über das Ende bekannt ist."""

    STATED = "stated", "angegeben"
    UNLIMITED = "unlimited", "unbefristet"
    FURTHER_NOTICE = "further_notice", "bis auf Weiteres"
    UNKNOWN = "unknown", "nicht bekannt"


class FundingState(Vocabulary):
    """Stand der Finanzierung."""

    APPROVED = "approved", "bewilligt"
    APPLIED = "applied", "beantragt"
    PLANNED = "planned", "geplant"
    UNKNOWN = "unknown", "unbekannt"


class ResponsibilityKind(Vocabulary):
    """Art der Zuständigkeit."""

    LEAD = "lead", "Federführung"
    PARTICIPATES = "participates", "Mitwirkung"
    ADVISES = "advises", "Beratung"
    SUPERVISES = "supervises", "Aufsicht"
    FUNDS = "funds", "Finanzierung"


class Basis(Vocabulary):
    """Grundlage einer Zuständigkeit."""

    LAW = "law", "Gesetz"
    RESOLUTION = "resolution", "Beschluss"
    CONTRACT = "contract", "Vertrag"
    GROWN = "grown", "gewachsen"


class CooperationKind(Vocabulary):
    """Art der Zusammenarbeit."""

    INFORMATION = "information", "Information"
    COORDINATION = "coordination", "Koordination"
    JOINT_SERVICE = "joint_service", "gemeinsame Leistung"
    FUNDING = "funding", "Finanzierung"
    STAFF = "staff", "Personal"


class ReportedBy(Vocabulary):
    """Wer die Zusammenarbeit genannt hat."""

    A = "a", "nur die erste Seite"
    B = "b", "nur die zweite Seite"
    BOTH = "both", "beide Seiten"
    THIRD = "third", "dritte Stelle"


class NeedKind(Vocabulary):
    """Art des Bedarfs."""

    STRATEGIC = "strategic", "strategisch"
    OPERATIONAL = "operational", "operativ"


class NeedState(Vocabulary):
    """Stand eines Bedarfs, wie er gesagt wird; ob etwas geplant ist, sagen die Maßnahmen."""

    OPEN = "open", "offen"
    MET = "met", "erfüllt"
    DROPPED = "dropped", "entfallen"
    CARRIED = "carried", "weitergeführt"


class InquiryState(Vocabulary):
    """Was eine Nachfrage ergeben hat."""

    NOT_ASKED = "not_asked", "nicht erhoben"
    NONE_FOUND = "none_found", "nichts gefunden"
    NONE_EXISTS = "none_exists", "nicht vorhanden"
    ASKED = "asked", "befragt"


class DatePrecision(Vocabulary):
    """Genauigkeit einer Datumsangabe."""

    DAY = "day", "Tag"
    MONTH = "month", "Monat"
    YEAR = "year", "Jahr"


class RiskKind(Vocabulary):
    """Chance oder Risiko."""

    OPPORTUNITY = "opportunity", "Chance"
    RISK = "risk", "Risiko"


class MeasureKind(Vocabulary):
    """Art der Maßnahme."""

    EXISTING = "existing", "bestehend"
    EXTENSION = "extension", "Ausbau"
    NEW = "new", "neu"


class Maturity(Vocabulary):
    """Reifegrad einer Maßnahme."""

    IDEA = "idea", "Idee"
    PLANNED = "planned", "Planung"
    DECIDED = "decided", "beschlossen"
    RUNNING = "running", "laufend"
    FINISHED = "finished", "abgeschlossen"
    HANDED_OVER = "handed_over", "übergeben"
    DROPPED = "dropped", "eingestellt"
    UNKNOWN = "unknown", "unbekannt"


class Priority(Vocabulary):
    """Priorität."""

    HIGH = "high", "hoch"
    MEDIUM = "medium", "mittel"
    LOW = "low", "niedrig"


class Term(Vocabulary):
    """Zeithorizont."""

    SHORT = "short", "kurz"
    MEDIUM = "medium", "mittel"
    LONG = "long", "lang"


class Obligation(Vocabulary):
    """Verbindlichkeit einer Maßnahme."""

    DUTY = "duty", "Pflicht"
    VOLUNTARY = "voluntary", "freiwillig"
    RECOMMENDATION = "recommendation", "Empfehlung"


class Light(Vocabulary):
    """Umsetzungsstand."""

    PLANNED = "planned", "im Plan"
    LATE = "late", "verzögert"
    BLOCKED = "blocked", "stockt"
    DONE = "done", "abgeschlossen"
    DROPPED = "dropped", "eingestellt"
    NOT_STARTED = "not_started", "noch nicht begonnen"


class PlanState(Vocabulary):
    """Stand des Plans."""

    DRAFT = "draft", "Entwurf"
    ADOPTED = "adopted", "beschlossen"
    REVISION = "revision", "in Fortschreibung"
    REPLACED = "replaced", "abgelöst"


class FindingKind(Vocabulary):
    """Art des Befunds."""

    GAP = "gap", "Lücke"
    SYSTEMATIC = "systematic", "systematische Lücke"
    SEVERAL_LEADS = "several_leads", "mehrere Federführungen"
    NO_LEAD = "no_lead", "keine Federführung"
    OVERLAP = "overlap", "Überschneidung"
    DUPLICATE = "duplicate", "Doppelstruktur"
    ISOLATED = "isolated", "isolierter Akteur"
    BRIDGE = "bridge", "Brücke im Netz"
    ONE_SIDED = "one_sided", "einseitig genannte Zusammenarbeit"
    CLIFF = "cliff", "auslaufendes Geld"
    CARRYING = "carrying", "Maßnahme verliert Grundlage"


class Decision(Vocabulary):
    """Bewertung eines Befunds."""

    INTENDED = "intended", "beabsichtigt"
    ACCEPTED = "accepted", "hingenommen"
    TO_SOLVE = "to_solve", "wird durch eine Maßnahme gelöst"
    WRONG = "wrong", "trifft nicht zu"


class Scenario(Vocabulary):
    """Geldannahme: which money counts."""

    SECURED = "secured", "gesichert"
    EXPECTED = "expected", "erwartet"
    OPTIMISTIC = "optimistic", "optimistisch"


class GapType(Vocabulary):
    """Art der Lücke."""

    NO_DEMAND = "no_demand", "kein Bedarf"
    COVERED = "covered", "gedeckt"
    ENDING = "ending", "endet"
    STRUCTURAL = "structural", "strukturell"
    FUNDING_CLIFF = "funding_cliff", "Geld endet"
    CAPACITY = "capacity", "zu klein"
    ACCESS = "access", "Zugang"
    NOT_KNOWN = "not_known", "unklar"
    UNKNOWN_FUNDING = "unknown_funding", "Geld unbekannt"


class PaperFormat(Vocabulary):
    """Dateiart eines Dokuments."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (DOCX)"
    HTML = "html", "Internetseite (HTML)"


class ShelfFormat(Vocabulary):
    """Dateiart im Regal: Dokumente, und Zahlen als Arbeitsmappe."""

    PDF = PaperFormat.PDF.value, PaperFormat.PDF.label
    DOCX = PaperFormat.DOCX.value, PaperFormat.DOCX.label
    HTML = PaperFormat.HTML.value, PaperFormat.HTML.label
    XLSX = "xlsx", "Arbeitsmappe (XLSX)"


class AgreementState(Vocabulary):
    """Stand einer Vereinbarung."""

    OPEN = "open", "offen"
    CONFIRMED = "confirmed", "bestätigt"
    REFUSED = "refused", "abgelehnt"


class Afterwards(Vocabulary):
    """Was aus den anderen wird, wenn eine Stelle die Federführung übernimmt."""

    PARTICIPATE = "participate", "wirken weiter mit"
    END = "end", "geben die Aufgabe ab"
