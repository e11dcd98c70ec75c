"""Closed lists of reports on a plan: what kind they are, how far, and what follows from them."""

from gelingen.terms.vocabulary import Vocabulary


class ReportKind(Vocabulary):
    """Art eines Berichts über den Plan."""

    YEARLY = "yearly", "Sachstandsbericht"
    EVALUATION = "evaluation", "Evaluationsbericht"


class ReportState(Vocabulary):
    """Stand eines Berichts über den Plan."""

    DRAFT = "draft", "Entwurf"
    RELEASED = "released", "freigegeben"


class Verdict(Vocabulary):
    """Folgerung aus dem Sachstand."""

    KEEP = "keep", "weiterführen"
    CHANGE = "change", "ändern"
    DECIDE = "decide", "dem Gremium vorlegen"
    STOP = "stop", "beenden"
    DONE = "done", "abgeschlossen, nichts weiter"


class Chapter(Vocabulary):
    """Kapitel eines Berichts über den Plan."""

    GLANCE = "ueberblick", "Auf einen Blick"
    DECIDED = "beschluesse", "Was beschlossen und was umgesetzt wurde"
    TOPICS = "themenfelder", "Stand in den Themenfeldern"
    GAPS = "luecken", "Lücken und Überschneidungen"
    FUNDING = "foerderungen", "Auslaufende Förderungen"
    CONTEXT = "kontext", "Lage: Kontextkennzahlen"
    CONCLUSIONS = "folgerungen", "Folgerungen und Vorschläge"
    NEXT = "folgejahr", "Vorschlag für das Folgejahr"
