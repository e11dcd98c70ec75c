"""Three small sheets with every kind of column, for these tests only."""

from gelingen.terms.vocabulary import FundingState, Level
from gelingen.workbook import Column, Kind, Sheet

PLACES = Sheet(
    name="places",
    title="Orte",
    meaning="Landkreise, Städte und Gemeinden.",
    columns=(
        Column(
            "key", "Amtlicher Schlüssel", Kind.KEY, "Schlüssel der Statistik.", synonyms=("AGS",)
        ),
        Column("name", "Name", Kind.TEXT, "Amtlicher Name.", required=True, example="Musterstadt"),
    ),
    key_from=(),
    label="name",
    official_keys=True,
)
ACTORS = Sheet(
    name="actors",
    title="Organisationen",
    meaning="Wer etwas für Integration tut.",
    columns=(
        Column("key", "Kennung", Kind.KEY, "Kurzes Wort."),
        Column(
            "name",
            "Bezeichnung",
            Kind.TEXT,
            "Name der Organisation.",
            required=True,
            synonyms=("Träger", "Organisation"),
            example="Beratungsdienst Muster",
        ),
        Column("parent", "Übergeordnet", Kind.REFERENCE, "Wozu sie gehört.", refers="actors"),
    ),
    key_from=("name",),
    label="name",
    synonyms=("Akteure",),
)
OFFERS = Sheet(
    name="offers",
    title="Angebote",
    meaning="Was angeboten wird.",
    columns=(
        Column("key", "Kennung", Kind.KEY, "Kurzes Wort."),
        Column(
            "name",
            "Angebot",
            Kind.TEXT,
            "Name.",
            required=True,
            synonyms=("Titel",),
            example="Kurs",
        ),
        Column("actor", "Träger", Kind.REFERENCE, "Wer es trägt.", refers="actors"),
        Column("places", "Orte", Kind.REFERENCES, "Wo es wirkt.", refers="places"),
        Column("note", "Anmerkung", Kind.LONG_TEXT, "Was noch wichtig ist."),
        Column("seats", "Plätze", Kind.INTEGER, "Zahl der Plätze.", synonyms=("Kapazität",)),
        Column("posts", "Stellen", Kind.NUMBER, "Vollzeitstellen.", synonyms=("VZÄ",)),
        Column("reached", "Erreicht", Kind.RANGE, "Erreichte Personen."),
        Column("share", "Anteil", Kind.PERCENT, "Anteil des Landkreises."),
        Column("costs", "Kosten", Kind.EUR, "Kosten im Jahr."),
        Column("open", "Offen für alle", Kind.BOOLEAN, "Ob alle kommen dürfen."),
        Column("starts", "Beginn", Kind.FIRST_DAY, "Erster Tag.", example="01.07.2019"),
        Column(
            "ends", "Ende", Kind.OPEN_END, "Letzter Tag.", synonyms=("läuft bis",), example="2020"
        ),
        Column("paid_until", "Bezahlt bis", Kind.LAST_DAY, "Letzter bezahlter Tag."),
        Column("confirmed", "Stand", Kind.PARTIAL_DATE, "Wann zuletzt bestätigt."),
        Column("level", "Ebene", Kind.CHOICE, "Ebene.", choices=Level, example="Bund"),
        Column(
            "state",
            "Stand der Finanzierung",
            Kind.CHOICE,
            "Wie sicher das Geld ist.",
            choices=FundingState,
            choice_synonyms=(("genehmigt", "approved"),),
        ),
    ),
    key_from=("name", "actor"),
    label="name",
)
SHEETS = (PLACES, ACTORS, OFFERS)
