"""Forms of the register of needs."""

from gelingen.terms.vocabulary import Level, NeedKind
from gelingen.web.narrowing import choice, day_field
from gelingen.web.register.lists.forms import ListForm, every, words


class NeedsForm(ListForm):
    """Welche Bedarfe gezeigt werden."""

    open_fields = ("stand", "thema", "gruppe", "suche")
    stand = day_field("Stand am")
    thema = choice("Themenfeld")
    gruppe = choice("Zielgruppe")
    suche = words()
    gebiet = choice("Gebiet")
    ebene = choice("Ebene", Level.choices())
    art = choice("Art", NeedKind.choices())
    wann = choice("Ab wann", [("jetzt", "jetzt"), ("spaeter", "später")])
    zeigen = every([("", "was besteht oder kommt"), ("alle", "auch Beendetes")])
