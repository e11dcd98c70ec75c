"""In which language a page and its parts stand, for screen readers and for the direction."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from gelingen.access.models import Tenant
from gelingen.surveys.languages import Spoken, direction_of, is_unchecked, tag_of
from gelingen.terms.surveys import Language

register = template.Library()


@register.simple_tag
def tongue() -> SafeString:
    """Attributes of the whole page: its language, and its direction if that is not ours."""
    return _attributes(get_language() or Language.DE)


@register.simple_tag
def tongue_of(language: str) -> SafeString:
    """Attributes of a part in another language."""
    return _attributes(language)


@register.filter
def spoken(said: Spoken | None) -> SafeString:
    """Show a text; if it stands in another language than the page, that is marked."""
    if said is None:
        return format_html("")
    if tag_of(said.language) == tag_of(get_language() or Language.DE):
        return format_html("{}", said.text)
    return format_html('<span lang="{}" dir="{}">{}</span>', said.tag, said.direction, said.text)


@register.filter
def paragraphs(said: Spoken) -> SafeString:
    """Show a longer text with its line breaks, as `spoken` does."""
    tag = said.tag if said.tag != tag_of(get_language() or Language.DE) else ""
    attributes = format_html(' lang="{}" dir="{}"', tag, said.direction) if tag else ""
    return format_html('<p class="g-absaetze"{}>{}</p>', attributes, said.text)


@register.simple_tag
def unchecked(tenant: Tenant | None) -> bool:
    """Whether nobody has checked the language of the page for a tenant."""
    return tenant is not None and is_unchecked(tenant, get_language() or Language.DE)


def _attributes(language: str) -> SafeString:
    direction = direction_of(language)
    found = format_html(' lang="{}"', tag_of(language))
    return found if direction == "ltr" else format_html('{} dir="{}"', found, direction)
