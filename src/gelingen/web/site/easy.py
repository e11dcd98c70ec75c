"""The page in easy language where the county has not written one: short sentences from the plan.

It is no Leichte Sprache after rules and checked by nobody; the page says so.
"""

from gelingen.web.site.frame import Site
from gelingen.web.site.words import STATES, standing

_STATES = {
    "on_course": "laufen gut",
    "late": "dauern länger als gedacht",
    "blocked": "kommen gerade nicht weiter",
    "done": "sind fertig",
    "dropped": "wurden beendet",
    "unknown": "haben noch keinen Bericht",
}


def easy_sentences(site: Site) -> list[tuple[str, list[str]]]:
    """Say in short German sentences what the site is about, part by part."""
    parts = [
        (
            "Worum geht es?",
            [
                f"Das ist die Internet-Seite von: {site.tenant}.",
                "Menschen aus vielen Ländern leben hier.",
                "Alle sollen gut zusammen leben können.",
                "Dafür gibt es einen Plan.",
                "Der Plan heißt Masterplan Integration.",
            ],
        )
    ]
    if site.edition:
        parts += [_goals(site), _measures(site)]
    else:
        parts.append(("Der Plan", ["Der Plan ist noch nicht fertig.", "Bald steht er hier."]))
    parts.append(_questions(site))
    return parts


def _goals(site: Site) -> tuple[str, list[str]]:
    rows = sorted(site.rows("goals"), key=lambda row: row["order"])[:6]
    said = [f"Der Plan hat {len(site.rows('goals'))} Ziele.", "Zum Beispiel:"]
    return "Die Ziele", said + [f"{row['title'].rstrip('.')}." for row in rows]


def _measures(site: Site) -> tuple[str, list[str]]:
    many = dict.fromkeys(STATES, 0)
    for row in site.rows("measures"):
        many[standing(row["state"]).code] += 1
    total = len(site.rows("measures"))
    said = [f"Für die Ziele gibt es {total} Maßnahmen.", "Maßnahme heißt: Das wird getan."]
    return "Was wird getan?", said + [
        f"{number} von {total} Maßnahmen {_STATES[code]}."
        for code, number in many.items()
        if number
    ]


def _questions(site: Site) -> tuple[str, list[str]]:
    own = site.settings
    said = ["Sie haben eine Frage?", "Oder möchten Sie mitmachen?"]
    if own.contact_name:
        said.append(f"Fragen Sie hier: {own.contact_name}.")
    if own.contact_phone:
        said.append(f"Telefon: {own.contact_phone}.")
    if own.contact_email:
        said.append(f"E-Mail: {own.contact_email}.")
    return "Fragen", said
