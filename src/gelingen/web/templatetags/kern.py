"""The building blocks of every page: one function each, most with a template.

A misspelt or missing argument is a TemplateSyntaxError when the template is compiled. Lists and
matrices, which have thousands of cells, are drawn in `templatetags/grids.py`.
"""

from collections.abc import Sequence
from typing import Literal

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gelingen.terms.vocabulary import Vocabulary
from gelingen.web import pages, states
from gelingen.web.lists import PAGE
from gelingen.web.shell import Link

register = template.Library()

Tone = Literal["info", "good", "caution", "missing"]
Kind = Literal["primary", "secondary", "tertiary"]
TONES = {"info": "", "good": "gut", "caution": "achtung", "missing": "fehlt"}


@register.simple_tag(takes_context=True)
def address(context: Context, name: str, **values: object) -> str:
    """Address of a page of the tenant that is on the screen, by its name."""
    return pages.address(context["request"], name, **values)


@register.simple_block_tag
def pagehead(content: SafeString, title: str, *, answer: str = "") -> SafeString:
    """Head a page: its one title, the sentence that answers its question, actions at the end."""
    values = {"content": content, "title": title, "answer": answer}
    return render_to_string("kern/pagehead.html", values)


@register.inclusion_tag("kern/breadcrumb.html")
def breadcrumb(*steps: str, here: str) -> dict[str, object]:
    """Show the way to a detail page: label and address in turns, then the page itself."""
    return {"steps": list(zip(steps[::2], steps[1::2], strict=True)), "here": here}


@register.inclusion_tag("kern/tabs.html")
def tabs(links: Sequence[Link], *, label: str) -> dict[str, object]:
    """Offer the pages of one area; they are links and work as such."""
    return {"links": links, "label": label}


@register.simple_tag
def button(  # noqa: PLR0913 - what a button of HTML can say
    label: str,
    *,
    url: str = "",
    to: str = "",
    kind: Kind = "secondary",
    type: Literal["submit", "button"] = "submit",  # noqa: A002 - HTML's own word
    name: str = "",
    value: str = "",
    form: str = "",
    ident: str = "",
    about: str = "",
) -> SafeString:
    """Offer an action, or with `url` (or `to`, the name of a page without tenant) a way there.

    `about` is heard only, after a colon: what the action is done to, where several buttons say the
    same.
    """
    href = reverse(to) if to else url
    attributes = {
        "href" if href else "type": href or type,
        "name": name,
        "value": value,
        "form": form,
        "id": ident,
        "aria-label": f"{label}{_after_a_colon(str(about))}" if about else "",
    }
    return format_html(
        '<{0} class="kern-btn kern-btn--{1}"{2}><span class="kern-label">{3}</span></{0}>',
        "a" if href else "button",
        kind,
        format_html_join("", ' {}="{}"', ((key, one) for key, one in attributes.items() if one)),
        label,
    )


def _after_a_colon(about: str) -> str:
    return f": {about}" if about and about[0] not in ":, " else about


@register.simple_tag
def state(of: str | Vocabulary, *, text: str = "", large: bool = False) -> SafeString:
    """Show a state as shape and word; `text` says more than the word, never something else."""
    seen = states.look(of)
    size = " g-z--gross" if large else ""
    return format_html('<span class="g-z g-z--{}{}">{}</span>', seen.shape, size, text or seen.word)


@register.inclusion_tag("kern/legend.html")
def legend(*names: str) -> dict[str, object]:
    """Explain the states that a picture or matrix shows."""
    return {"states": [states.look(name) for name in names]}


@register.inclusion_tag("kern/legend.html")
def legend_of(names: Sequence[str]) -> dict[str, object]:
    """Explain the states that a picture shows, given as a list."""
    return {"states": [states.look(name) for name in names]}


@register.simple_block_tag
def alert(content: SafeString, *, title: str, tone: Tone = "info") -> SafeString:
    """Say what must not be missed, at most once above the content; the first words are bold."""
    values = {"content": content, "title": title, "tone": TONES[tone], "urgent": tone == "missing"}
    return render_to_string("kern/alert.html", values)


@register.simple_block_tag
def box(content: SafeString, *, title: str) -> SafeString:
    """Set a short list or some facts beside the content."""
    return render_to_string("kern/box.html", {"content": content, "title": title})


@register.simple_block_tag
def empty(content: SafeString, *, title: str) -> SafeString:
    """Say what is missing, why, and the quickest next step, where otherwise nothing would be."""
    return render_to_string("kern/empty.html", {"content": content, "title": title})


@register.inclusion_tag("kern/facts.html")
def facts(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """List a thing's properties, name by name; a missing value shows as dash."""
    return {"pairs": pairs}


@register.inclusion_tag("kern/filters.html", takes_context=True)
def filters(
    context: Context, form: BaseForm, *, label: str = "Liste einschränken", target: str = ""
) -> dict[str, object]:
    """Narrow a list: the state is in the address. `target` is the part that htmx exchanges."""
    path = context["request"].path
    return {"form": form, "label": label, "target": target, "path": path}


@register.inclusion_tag("kern/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[object], *, one: str, many: str) -> dict[str, object]:
    """Leaf through a long list; it lists `one` ("Struktur") or `many` ("Strukturen")."""
    asked = context["request"].GET.copy()

    def at(number: int) -> str:
        asked[PAGE] = str(number)
        return f"?{asked.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    steps = [(number, at(number) if isinstance(number, int) else "") for number in numbers]
    following = at(page.next_page_number()) if page.has_next() else ""
    return {"page": page, "one": one, "many": many, "steps": steps, "following": following}


@register.simple_block_tag
def picture(content: SafeString, *, svg: SafeString, caption: str) -> SafeString:
    """Show a picture; the content is the table that says the same, open where it is narrow."""
    values = {"content": content, "svg": svg, "caption": caption}
    return render_to_string("kern/picture.html", values)


@register.simple_block_tag
def drawer(content: SafeString, *, title: str, close: str, kicker: str = "") -> SafeString:
    """Show a detail beside its cause; `close` is the address of the page without it."""
    values = {"content": content, "title": title, "close": close, "kicker": kicker}
    return render_to_string("kern/drawer.html", values)


@register.inclusion_tag("kern/verdict.html", takes_context=True)
def verdict(context: Context, form: BaseForm, *, url: str, back: str = "") -> dict[str, object]:
    """Ask for the verdict on a finding; `back` is the address to return to."""
    return {"form": form, "url": url, "back": back, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("kern/completeness.html")
def completeness(have: int, *, of: int) -> dict[str, object]:
    """Show how much of a record is filled in, as boxes and in words."""
    return {"have": have, "of": of, "boxes": [number < have for number in range(of)]}
