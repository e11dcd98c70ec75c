"""The columns that every sheet ends with: where a row comes from and how sure it is."""

from gelingen.terms.vocabulary import Certainty
from gelingen.workbook.declare import Column, Kind

KEY_MEANING = "Eindeutige, gleich bleibende Kennung. Leer: Das Programm bildet sie selbst."

PROVENANCE = (
    Column(
        "source",
        "Quelle",
        Kind.LONG_TEXT,
        "Woher die Angabe stammt: Schriftstück, Gespräch, Internetadresse.",
        synonyms=("Beleg", "Nachweis", "Fundstelle"),
    ),
    Column(
        "source_date",
        "Stand der Quelle",
        Kind.TEXT,
        "Von wann die Quelle ist.",
        synonyms=("Datum der Quelle", "Quellenstand"),
    ),
    Column(
        "certainty",
        "Gewissheit",
        Kind.CHOICE,
        "belegt: steht so in der Quelle; erschlossen: daraus gefolgert; Annahme: angenommen.",
        choices=Certainty,
        choice_synonyms=(("sicher", "stated"), ("geschätzt", "inferred"), ("vermutet", "assumed")),
    ),
    Column(
        "note",
        "Anmerkung",
        Kind.LONG_TEXT,
        "Was sonst zu sagen ist.",
        synonyms=("Bemerkung", "Bemerkungen", "Notiz", "Hinweis", "Kommentar"),
    ),
)


def key(example: str, *synonyms: str) -> Column:
    """Declare the first column of a sheet: the key."""
    return Column(
        "key",
        "Kennung",
        Kind.KEY,
        KEY_MEANING,
        synonyms=("Nr.", "Nummer", "ID", "Schlüssel", *synonyms),
        example=example,
    )


TOPIC = Column(
    "topic",
    "Themenfeld",
    Kind.REFERENCE,
    "Kennung oder Name aus dem Blatt „Themenfelder“.",
    required=True,
    synonyms=("Thema", "Handlungsfeld"),
    refers="topic",
    example="sprache_bildung",
)
TARGET_GROUP = Column(
    "target_group",
    "Zielgruppe",
    Kind.REFERENCE,
    "Kennung oder Name aus dem Blatt „Zielgruppen“.",
    required=True,
    synonyms=("Personengruppe", "Adressaten"),
    refers="target_group",
    example="frauen",
)
TERRITORY = Column(
    "territory",
    "Gebiet",
    Kind.REFERENCE,
    "Schlüssel oder Name aus dem Blatt „Gebiete“; der Landkreis steht für alle Gemeinden.",
    required=True,
    synonyms=("Ort", "Gemeinde", "Raum", "AGS", "Gemeindeschlüssel", "Räumlicher Bezug"),
    refers="territory",
    example="09473",
)
STARTS = Column(
    "starts",
    "Beginn",
    Kind.FIRST_DAY,
    "Erster Tag: 01.07.2019, 7/2019 oder 2019.",
    synonyms=("von", "ab", "Start", "seit", "Beginn am"),
    example="01.07.2019",
)
ENDS = Column(
    "ends",
    "Ende",
    Kind.LAST_DAY,
    "Letzter Tag: 31.12.2019, 12/2019 oder 2019.",
    synonyms=("bis", "Ablauf", "Ende am", "läuft bis", "befristet bis"),
    example="31.12.2020",
)
OPEN_ENDS = Column(
    "ends",
    "Ende",
    Kind.OPEN_END,
    "Letzter Tag, oder „unbefristet“, oder „bis auf Weiteres“. Leer: nicht bekannt.",
    synonyms=("bis", "Ablauf", "Ende am", "läuft bis", "befristet bis", "Laufzeit bis"),
    example="31.12.2020",
)
