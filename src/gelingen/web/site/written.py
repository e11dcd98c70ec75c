"""Texts that the county writes in Markdown, as pages of the site show them: without any script."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gelingen.documents import Document, from_markdown, html_fragment
from gelingen.site.public import Said
from gelingen.surveys.languages import direction_of, tag_of
from gelingen.terms.site import SitePage
from gelingen.terms.surveys import Language
from gelingen.web.site.frame import Site


def markdown(text: str) -> SafeString:
    """Turn a text into HTML: headings from the second rank, no raw HTML, no style, no script."""
    blocks = from_markdown(text, heading_level=2)
    if not blocks:
        return mark_safe("")
    return mark_safe(html_fragment(Document(title="Text", blocks=blocks)))  # noqa: S308 - escaped there


def html_of(site: Site, page: SitePage) -> SafeString:
    """Give the county's own text at the beginning of a page; "" without one."""
    found = site.texts.get(page)
    return said_html(site, found) if found else mark_safe("")


def said_html(site: Site, said: Said) -> SafeString:
    """Show a text in its language; what nobody has checked, says so."""
    html = markdown(said.text)
    mark = _("Diese Übersetzung ist maschinell erstellt, nicht geprüft.")
    noted = format_html('<p class="w-maschine">{}</p>', mark) if said.unchecked else ""
    if tag_of(said.language) == tag_of(site.language):
        return format_html("{}{}", noted, html)
    return format_html(
        '{}<div lang="{}" dir="{}">{}</div>',
        noted,
        tag_of(said.language),
        direction_of(said.language),
        html,
    )


def german_html(site: Site, text: str) -> SafeString:
    """Show a German text of the settings on a page in any language."""
    html = markdown(text)
    if site.language is Language.DE:
        return html
    return format_html('<div lang="de" dir="ltr">{}</div>', html)
