"""The pages of one survey."""

from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link

# In the order of work; each is named in the address table and takes the key of the survey.
PAGES = (
    ("survey", "Fragen"),
    ("survey-texts", "Texte und Datenschutz"),
    ("survey-languages", "Sprachen"),
    ("survey-preview", "Vorschau"),
    ("survey-state", "Öffnen und schließen"),
    ("survey-invite", "Einladen"),
    ("survey-response", "Rücklauf"),
    ("survey-answers", "Antworten"),
    ("survey-results", "Ergebnisse"),
)


def survey_tabs(request: StaffRequest, survey: str, here: str) -> list[Link]:
    """Pages of a survey by its key; `here` is the name of the one on the screen."""
    return [
        Link(label, address(request, name, record=survey), name == here) for name, label in PAGES
    ]
