"""Closed lists of the desk: what waits there, and how far an upload is."""

from gelingen.terms.vocabulary import Vocabulary


class ChoreKind(Vocabulary):
    """Warum etwas auf der Arbeitsliste steht."""

    OVERDUE = "overdue", "Überfällig"
    ENDING = "ending", "Geld endet"
    FINDING = "finding", "Befund"
    INCOMPLETE = "incomplete", "Maßnahme"
    NO_GOAL = "no_goal", "Bedarf"
    NO_MEASURE = "no_measure", "Ziel"
    CONFIRM = "confirm", "Bestätigen"
    PROPOSAL = "proposal", "Vorschlag"
    AGREEMENT = "agreement", "Vereinbarung"
    SURVEY = "survey", "Umfrage"
    REVIEW = "review", "Sichtung"
    BALLOT = "ballot", "Bewertung"
    SELECTION = "selection", "Auswahl"
    SEAT = "seat", "Sitz frei"
    TERM = "term", "Amtszeit"
    ACTION = "action", "Auftrag"
    MINUTES = "minutes", "Niederschrift"
    PROCESS = "process", "Prozess"
    PAPER = "paper", "Vorlage"
    PROGRESS = "progress", "Sachstand"
    STATION = "station", "Antwort gefragt"
    REPLY = "reply", "Antwort da"
    FEEDBACK = "feedback", "Rückmeldung"
    EDITION = "edition", "Ausgabe"
    VALUE = "value", "Kennzahl"
    REPORT = "report", "Bericht"
    SITE = "site", "Webseite"


class UploadState(Vocabulary):
    """Stand einer hochgeladenen Arbeitsmappe."""

    RECEIVED = "received", "noch nicht geprüft"
    CHECKING = "checking", "wird geprüft"
    CHECKED = "checked", "geprüft"
    WRITING = "writing", "wird übernommen"
    IMPORTED = "imported", "übernommen"
    FAILED = "failed", "abgebrochen"
    # A table of figures, which has pages of its own.
    FIGURES = "figures", "Tabelle mit Kennzahlen"
