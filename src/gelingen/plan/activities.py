"""Tell where the text of a goal names an activity instead of a change.

Goals describe what is different for people, not what is done for it. In doubt a text counts as
a change: a hint that is wrong costs more trust than one that is missing.
"""

import re

_NOUNS = (
    "Angebot", "Angebote", "Aufbau", "Ausbau", "Ausrichtung", "Ausweitung", "Begleitung",
    "Beratung", "Bereitstellung", "Durchführung", "Einführung", "Einrichtung", "Einstellung",
    "Entwicklung", "Erarbeitung", "Erstellung", "Etablierung", "Förderung", "Fortführung",
    "Fortsetzung", "Gründung", "Initiierung", "Konzeption", "Koordination", "Koordinierung",
    "Organisation", "Planung", "Qualifizierung", "Schaffung", "Schulung", "Umsetzung",
    "Unterstützung", "Veranstaltung", "Vermittlung", "Vernetzung", "Vorbereitung",
    "Weiterführung",
)  # fmt: skip
_INFINITIVES = (
    "anbieten", "aufbauen", "ausbauen", "ausrichten", "ausweiten", "begleiten", "beraten",
    "bereitstellen", "durchführen", "einführen", "einrichten", "entwickeln", "erarbeiten",
    "erstellen", "etablieren", "fördern", "fortführen", "fortsetzen", "gründen", "informieren",
    "initiieren", "koordinieren", "organisieren", "planen", "qualifizieren", "schaffen",
    "schulen", "umsetzen", "unterstützen", "veranstalten", "vermitteln", "vernetzen",
    "vorbereiten", "weiterführen",
)  # fmt: skip
_PREFIXES = ("an", "auf", "aus", "bereit", "durch", "ein", "fort", "um", "vor", "weiter")
_PARTICIPLES = (
    "angeboten", "aufgebaut", "ausgebaut", "ausgerichtet", "ausgeweitet", "bereitgestellt",
    "durchgeführt", "eingeführt", "eingerichtet", "entwickelt", "erarbeitet", "erstellt",
    "etabliert", "fortgeführt", "gegründet", "geschaffen", "initiiert", "organisiert",
    "umgesetzt", "veranstaltet", "weitergeführt",
)  # fmt: skip
_DOES = (
    "baut", "bietet", "entwickelt", "erstellt", "fördert", "führt", "gründet", "koordiniert",
    "organisiert", "plant", "richtet", "schafft", "stellt", "unterstützt", "veranstaltet",
)  # fmt: skip
_HOUSES = (
    "Landkreis", "Kreis", "Kreistag", "Stadt", "Gemeinde", "Verwaltung", "Landratsamt", "Jobcenter",
    "Ausländerbehörde", "Volkshochschule", "Jugendamt", "Sozialamt", "Fachbereich", "Koordination",
)  # fmt: skip

_KEY = re.compile(r"^\s*[A-ZÄÖÜ]{1,4}[-. ]?\d+[a-z]?[.:)]?\s+")
_DAY = re.compile(
    r"^(?:bis|ab|im|in)\s+(?:[a-zäöü]+\s+)?(?:\d[\d./]*|\w+\s+\d{4})\s+", re.IGNORECASE
)
_BY_NOUN = re.compile(
    rf"^(?:(?:(?i:der|die|das|den|ein|eine|einen)|[a-zäöüß]+e[rnsm]?)\s+){{0,3}}({'|'.join(_NOUNS)})\b"
    r"(?:\s+(?:von|eines|einer|der|des|für|an|und|oder|\w+e[rs])\b|[,:]|\s*$)"
)
_BY_INFINITIVE = re.compile(rf"(?:^|\s)({'|'.join(_INFINITIVES)})$", re.IGNORECASE)
_BY_ZU = re.compile(
    rf"(?:^|\s)((?:{'|'.join(_PREFIXES)})?zu\s?(?:{'|'.join(_INFINITIVES)}"
    r"|bauen|bieten|führen|richten|setzen|stellen|weiten))$",
    re.IGNORECASE,
)
_BY_PASSIVE = re.compile(
    rf"\b(?:wird|werden|soll|sollen|ist|sind)\b.*\b({'|'.join(_PARTICIPLES)})"
    r"(?:\s+(?:werden|sein|worden))?$",
    re.IGNORECASE,
)
_BY_HOUSE = re.compile(
    rf"^(?:der|die|das)\s+(?:{'|'.join(_HOUSES)})\w*(?:\s+[A-ZÄÖÜ][\w.]*)*\s+({'|'.join(_DOES)})\b",
    re.IGNORECASE,
)
_ABLE = re.compile(
    r"\b(?:kann|können|könnten|darf|dürfen|will|wollen|möchten|wissen|trauen sich|in der Lage)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",\s+(?:die|der|das|welche|denen|weil|dass|damit|wenn)\b", re.IGNORECASE)


def activity_in(title: str) -> str:
    """Find the word by which a goal names an activity; empty if it names a change.

    "Durchführung von Kursen", "Kurse anbieten" and "Ein Treff wird eingerichtet" name what is
    done; "Frauen können Deutsch" and "Mehr Betriebe, die Kurse anbieten" name what is different.
    """
    text = _DAY.sub("", _KEY.sub("", title.strip())).strip().rstrip(".!; ")
    for shape in (_BY_NOUN, _BY_HOUSE):
        if found := shape.search(text):
            return found[1]
    if _ABLE.search(text) or _CLAUSE.search(text):
        return ""
    for shape in (_BY_ZU, _BY_PASSIVE, _BY_INFINITIVE):
        if found := shape.search(text):
            return found[1]
    return ""
