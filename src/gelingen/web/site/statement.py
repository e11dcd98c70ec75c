"""The accessibility statement after decision (EU) 2018/1523, made of what the settings say.

Its required parts: scope, how far the site conforms, what does not and why, when and how that was
checked, how to report barriers, and who enforces the duty. Which law holds is the state's: the
county names the enforcement body itself. It is a German legal text in every language of the frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from gelingen.terms.site import CheckMethod, Conformity
from gelingen.terms.spelling import day
from gelingen.web.site.written import markdown

if TYPE_CHECKING:
    from gelingen.site.models import SiteSettings

_NORM = "den Anforderungen der BITV 2.0 und der Norm EN 301 549"
_CONFORMITY = {
    Conformity.FULL: f"Diese Webseite ist mit {_NORM} vollständig vereinbar.",
    Conformity.PARTLY: f"Diese Webseite ist mit {_NORM} teilweise vereinbar. Was nicht "
    "barrierefrei ist und warum, steht unten.",
    Conformity.NONE: f"Diese Webseite ist mit {_NORM} nicht vereinbar. Was nicht barrierefrei ist "
    "und warum, steht unten.",
}
_METHODS = {
    CheckMethod.SELF: "Grundlage ist eine Selbstbewertung.",
    CheckMethod.OUTSIDE: "Grundlage ist eine Bewertung durch Dritte.",
}
_REPORT = (
    "Sie können uns Barrieren melden und Inhalte in einer Form verlangen, die für Sie zugänglich "
    "ist. Wir antworten innerhalb eines Monats."
)
_OPEN = "Diese Angabe fehlt noch; sie wird nachgetragen."


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the statement: its heading, sentences, and a longer text of the county."""

    title: str
    sentences: Sequence[str]
    html: SafeString | str = ""
    missing: bool = False


def statement(settings: "SiteSettings", title: str, *, contact: str) -> list[Part]:
    """Make the statement; what the county has not said is marked as missing, not left out.

    Args:
        settings: what the county said.
        title: what the site is called.
        contact: path of the page on which barriers are reported.

    """
    said = Conformity.of(settings.conformity) if settings.conformity else None
    return [
        Part(
            "Geltungsbereich",
            [f"Diese Erklärung gilt für die Webseite „{title}“ ({settings.tenant})."],
        ),
        Part(
            "Stand der Vereinbarkeit",
            [_CONFORMITY[said] if said else _OPEN],
            missing=said is None,
        ),
        _barriers(settings, said),
        _made(settings),
        Part(
            "Barrieren melden: Feedback und Kontakt",
            [
                _REPORT,
                f"Ansprechstelle: {settings.contact_name or 'noch nicht benannt'}"
                + (f", {settings.contact_email}" if settings.contact_email else "")
                + (f", Telefon {settings.contact_phone}" if settings.contact_phone else ""),
                f"Formular und Anschrift: {contact}",
            ],
            missing=not settings.contact_email,
        ),
        Part(
            "Durchsetzungsverfahren",
            ["Bleibt eine Meldung ohne zufriedenstellende Antwort, können Sie sich wenden an:"]
            if settings.enforcement
            else [_OPEN],
            markdown(settings.enforcement),
            missing=not settings.enforcement,
        ),
    ]


def _barriers(settings: "SiteSettings", said: Conformity | None) -> Part:
    title = "Nicht barrierefreie Inhalte"
    if settings.barriers:
        return Part(title, [], markdown(settings.barriers))
    if said is Conformity.FULL:
        return Part(title, ["Uns sind keine nicht barrierefreien Inhalte bekannt."])
    return Part(title, [_OPEN], missing=True)


def _made(settings: "SiteSettings") -> Part:
    made, seen = settings.statement_on, settings.reviewed_on
    sentences = [
        f"Diese Erklärung wurde am {day(made)} erstellt." if made else _OPEN,
        _METHODS[CheckMethod.of(settings.check_method)] if settings.check_method else "",
        f"Zuletzt überprüft am {day(seen)}." if seen else "",
    ]
    kept = [one for one in sentences if one]
    return Part("Erstellung der Erklärung", kept, missing=not (made and settings.check_method))
