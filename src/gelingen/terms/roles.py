"""The roles that people hold in the integration work."""

from gelingen.terms.vocabulary import Vocabulary


class PersonRole(Vocabulary):
    """Rolle einer Person."""

    OFFICER = "officer", "Integrationsbeauftragte"
    PLANNER = "planner", "Planungsstab"
    LEAD = "lead", "Federführung einer Maßnahme"
    PARTNER = "partner", "Partner"
    MUNICIPALITY = "municipality", "Gemeinde"
    COURSE_PROVIDER = "course_provider", "Kursträger"
    VOLUNTEERS = "volunteers", "Ehrenamtskoordination"
    FINANCE = "finance", "Kämmerei"
    STEERING = "steering", "Steuerungsgruppe"
    ADVISORY = "advisory", "Integrationsbeirat"
    MEMBER = "member", "Mitglied eines Gremiums"
    HEAD = "head", "Landrat oder Dezernat"
    READER = "reader", "Lesend"
    AUDITOR = "auditor", "Datenschutz"
    ADMINISTRATOR = "administrator", "Verwaltung der Konten"
