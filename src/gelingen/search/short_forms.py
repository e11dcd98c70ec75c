"""Short forms that stand for names in the field, as people write them.

Each pair is a short form and the words it stands for, both folded as `workbook.folding.fold` does.
Only short forms that mean one thing in this field are here; initials of longer names are made
where names are compared.
"""

SHORT_FORMS: tuple[tuple[str, str], ...] = (
    ("aa", "agentur fuer arbeit"),
    ("abh", "auslaenderbehoerde"),
    ("ag", "arbeitsgruppe"),
    ("ak", "arbeitskreis"),
    ("asb", "arbeiter samariter bund"),
    ("awo", "arbeiterwohlfahrt"),
    ("bamf", "bundesamt fuer migration und fluechtlinge"),
    ("brk", "bayerisches rotes kreuz"),
    ("brk", "bayerischen roten kreuzes"),
    ("drk", "deutsches rotes kreuz"),
    ("dw", "diakonisches werk"),
    ("fb", "fachbereich"),
    ("fsj", "freiwilliges soziales jahr"),
    ("gu", "gemeinschaftsunterkunft"),
    ("hwk", "handwerkskammer"),
    ("ihk", "industrie und handelskammer"),
    ("jc", "jobcenter"),
    ("jmd", "jugendmigrationsdienst"),
    ("kita", "kindertagesstaette"),
    ("kiga", "kindergarten"),
    ("kjr", "kreisjugendring"),
    ("kv", "kreisverband"),
    ("lk", "landkreis"),
    ("lkr", "landkreis"),
    ("lra", "landratsamt"),
    ("mbe", "migrationsberatung fuer erwachsene"),
    ("mgh", "mehrgenerationenhaus"),
    ("oepnv", "oeffentlicher personennahverkehr"),
    ("ov", "ortsverband"),
    ("rv", "regionalverband"),
    ("sjr", "stadtjugendring"),
    ("thw", "technisches hilfswerk"),
    ("vhs", "volkshochschule"),
)
