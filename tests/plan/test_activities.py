"""Ein Wirkungsziel nennt eine Veränderung, keine Tätigkeit."""

import pytest

from gelingen.plan.activities import activity_in

ACTIVITIES = [
    ("Durchführung von Alphabetisierungskursen im ganzen Kreis", "Durchführung"),
    ("Z-02 Durchführung von Kursen", "Durchführung"),
    ("Bis 12/2025 Einrichtung einer Anlaufstelle", "Einrichtung"),
    ("Die regelmäßige Schulung der Beschäftigten", "Schulung"),
    ("Ausbau der Beratung", "Ausbau"),
    ("Unterstützung Ehrenamtlicher", "Unterstützung"),
    ("Deutschkurse anbieten", "anbieten"),
    ("Kurse, Beratung und Begleitung anbieten.", "anbieten"),
    ("Ziel ist es, eine Anlaufstelle einzurichten", "einzurichten"),
    ("Es gelingt uns, Kurse zu organisieren", "zu organisieren"),
    ("Ein Treffpunkt wird eingerichtet", "eingerichtet"),
    ("Es sollen mehr Kurse angeboten werden", "angeboten"),
    ("Der Landkreis bietet Sprachkurse an", "bietet"),
    ("Die Stadt Coburg richtet eine Stelle ein", "richtet"),
]
CHANGES = [
    "Frauen können sich im Alltag auf Deutsch verständigen",
    "Frauen können selbst Kurse anbieten",
    "Bis 12/2025 erreichen 60 Frauen mit Kindern das Niveau A2 (heute 22)",
    "Bis 12/2025 halbiert sich der Anteil der Abbrüche (heute 24–30 %)",
    "Wer berät, kennt die laufenden Bildungsangebote und vermittelt passend.",
    "Junge Geflüchtete schaffen den Übergang von der Schule in die Ausbildung.",
    "Ehrenamtliche arbeiten mit fester Unterstützung und verlässlichen Mitteln.",
    "Mehr Betriebe, die Praktika anbieten",
    "Eltern sind in der Lage, ihre Kinder zu unterstützen",
    "Verbesserung der Deutschkenntnisse von Frauen",
    "Pflegeeinrichtungen besetzen ihre Stellen, und angeworbene Kräfte bleiben in der Region.",
    "Beratung erreicht Menschen in allen Gemeinden",
    "Angebote erreichen alle Menschen im Landkreis",
    "Unterstützung ist für alle erreichbar",
    "",
]


@pytest.mark.parametrize(("title", "word"), ACTIVITIES)
def test_eine_taetigkeit_wird_mit_ihrem_wort_benannt(title, word):
    assert activity_in(title) == word


@pytest.mark.parametrize("title", CHANGES)
def test_eine_veraenderung_wird_nicht_beanstandet(title):
    assert activity_in(title) == ""
