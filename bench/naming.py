"""Made-up organisations under names as lists hold them, with known truth: always the same."""

import random
from dataclasses import dataclass

import polars as pl

HEADS = (
    "Alten", "Berg", "Birken", "Buchen", "Dorn", "Eber", "Eichen", "Fichten", "Grün", "Hasel",
    "Hirsch", "Kalten", "Krähen", "Lauter", "Linden", "Mühl", "Nieder", "Ober", "Rot", "Schwarz",
    "Sonnen", "Stein", "Tannen", "Weiden", "Wolfs",
)  # fmt: skip
TAILS = ("bach", "berg", "brunn", "dorf", "feld", "hausen", "heim", "lohe", "reuth", "stetten")
# Per kind: how it is written, "@" for the place. The first is its name. Some of these words no
# dictionary holds, and some kinds differ in a number or in for whom they are.
KINDS = (
    ("Grundschule @", "GS @", "Grundschule in @", "Grund-Schule @"),
    ("Mittelschule @", "MS @", "Mittelschule in @"),
    ("Freiwillige Feuerwehr @", "FF @", "Feuerwehr @", "FFW @"),
    ("Katholische Pfarrgemeinde @", "Kath. Pfarrei @", "kath. Pfarramt @", "Pfarrei (kath.) @"),
    ("Evangelisch-Lutherische Kirchengemeinde @", "Ev.-Luth. Kirchengemeinde @", "ev. Kirche @"),
    ("Stadt @, Sozialamt", "Sozialamt der Stadt @", "Stadtverwaltung @ Sozialamt"),
    ("Landratsamt @, Sozialamt", "Sozialamt Landkreis @", "LRA @ Sozialamt"),
    ("Jobcenter Stadt @", "JC @ Stadt", "Jobcenter der Stadt @"),
    ("Jobcenter Landkreis @", "JC @ Land", "Jobcenter @-Land", "Job-Center Lkr. @"),
    ("Landratsamt @, Fachbereich 31 Jugendamt", "LRA @ FB 31", "Jugendamt Landkreis @"),
    ("Landratsamt @, Fachbereich 32 Gesundheitsamt", "LRA @ FB 32", "Gesundheitsamt Landkreis @"),
    ("Arbeiterwohlfahrt Kreisverband @ e.V.", "AWO KV @", "AWO @", "AWO-Kreisverband @ e.V."),
    ("Caritasverband @ e.V.", "Caritas @", "CV @"),
    ("Migrationsberatung für erwachsene Zuwanderer, Caritas @", "MBE Caritas @", "Caritas @ (MBE)"),
    ("Diakonisches Werk @", "Diakonie @", "DW @ e.V."),
    ("Jugendmigrationsdienst @", "JMD @", "Jugendmigrationsdienst (JMD) @"),
    ("Volkshochschule @", "vhs @", "VHS @ gGmbH"),
    ("Helferkreis Asyl @", "Asylhelferkreis @", "Unterstützerkreis Asyl @", "HK Asyl @"),
    ("Verein für Begegnung und Nachbarschaft @ e.V.", "VBN @", "Begegnung und Nachbarschaft @"),
    ("Sprachpatenprojekt @", "Sprachpaten @", "Patenprojekt Sprache @"),
    ("Kulturwerkstatt @", "KuWe @", "Werkstatt für Kultur @"),
    ("Fahrradwerkstatt für alle @", "Radwerkstatt @", "Rad-Werkstatt @"),
    ("Stadtteilladen @", "Laden im Stadtteil @", "STL @"),
    ("Kleiderkammer @", "Kleiderladen @", "Second-Hand-Kleiderkammer @"),
    ("Elterntalk @", "Eltern-Talk @", "ETalk @"),
    ("Lesepatinnen @", "Lesepaten @", "Lesepat*innen @"),
    ("Wohnlotsenbüro @", "Wohnlotsen @", "Wohnungslotsen @"),
    ("Musikverein @", "MV @", "Musikverein @ e.V."),
    ("Frauencafé @", "Café für Frauen @", "FrauenCafe @"),
    ("Technisches Hilfswerk Ortsverband @", "THW @", "THW OV @"),
)  # fmt: skip
REMARKS = (" (Frau M.)", " - siehe Anlage", ", Ansprechpartner s. Liste", " ?")
KNOWN_PART = 0.8  # of incoming records that name a known organisation


@dataclass(frozen=True)
class Lists:
    """Two lists and the truth: the organisation of each record."""

    known: pl.DataFrame
    incoming: pl.DataFrame
    truth: dict[str, str]


def lists(number_of: int, known: int = 2000, seed: int = 1) -> Lists:
    """Make a list of known organisations and one of mentions, of the same kinds."""
    chance = random.Random(seed)
    places = [head + tail for head in HEADS for tail in TAILS]
    chance.shuffle(places)
    places = places[: (known + known // 4) // len(KINDS) * 2]
    every = [(kind, place) for place in places for kind in range(len(KINDS))]
    chance.shuffle(every)
    made = [_organisation(number, *one, chance) for number, one in enumerate(every)]
    old, new = made[:known], made[known : known + known // 2]
    rows = [
        (f"k{number:06}", KINDS[one["kind"]][0].replace("@", one["place"]), one)
        for number, one in enumerate(old)
    ]
    told = []
    for number in range(number_of):
        one = chance.choice(old if chance.random() < KNOWN_PART else new)
        told.append((f"n{number:06}", _written(one, chance), one))
    truth = {record: str(one["number"]) for record, _, one in (*rows, *told)}
    return Lists(_table(rows, chance), _table(told, chance), truth)


def _organisation(number: int, kind: int, place: str, chance: random.Random) -> dict[str, object]:
    """Make one organisation; a town has one or two postcodes, as towns have."""
    codes = random.Random(place)
    postcode = f"{codes.randrange(90000, 97999)}"
    return {
        "number": number,
        "kind": kind,
        "place": place,
        "postcode": postcode if chance.random() < 0.8 else f"{int(postcode) + 1}",
        "phone": f"0{codes.randrange(9100, 9999)} {chance.randrange(1000, 99999)}",
        "email": f"info@{place.lower()}-{kind}.example",
    }


def _written(one: dict[str, object], chance: random.Random) -> str:
    """Write a name as somebody in a hurry does."""
    name = chance.choice(KINDS[int(str(one["kind"]))]).replace("@", str(one["place"]))
    if chance.random() < 0.15:
        at = chance.randrange(1, len(name) - 1)
        name = chance.choice(
            (
                name[:at] + name[at + 1 :],
                name[:at] + name[at] + name[at:],
                name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
            )
        )
    if chance.random() < 0.1:
        name = name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    case = chance.random()
    name = name.lower() if case < 0.15 else name.upper() if case < 0.2 else name
    return name + chance.choice(REMARKS) if chance.random() < 0.08 else name


def _table(rows: list[tuple[str, str, dict[str, object]]], chance: random.Random) -> pl.DataFrame:
    """Write the table; contacts and places are told now and then."""
    told = {"place": 0.75, "postcode": 0.6, "phone": 0.4, "email": 0.25}
    return pl.DataFrame(
        [
            {"record": record, "name": name}
            | {key: one[key] if chance.random() < part else None for key, part in told.items()}
            for record, name, one in rows
        ],
        schema=dict.fromkeys(("record", "name", *told), pl.String),
    )
