"""Rows of the outline: drawn in Python, because a plan has hundreds of them on one page."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from gelingen.plan.hints import Hint
from gelingen.web.plan.lines import Line
from gelingen.web.templatetags.grids import escape

register = template.Library()


def _way(url: str, *, swap: str, heard: str, label: str) -> str:
    """Write a way that opens something in place of the row, or behind it."""
    return (
        f'<a href="{url}" data-hx-get="{url}" data-hx-target="closest .g-pz"'
        f' data-hx-swap="{swap}" aria-label="{heard}">{label}</a>'
    )


def _hint(line: Line, hint: Hint, *, may_edit: bool) -> str:
    said = f'<span class="g-z g-z--entwurf">{escape(hint.sentence)}</span>'
    if not may_edit:
        return f"<li>{said}</li>"
    row, remedy = escape(line.row), escape(hint.remedy)
    url, swap = (
        (f"{row}aendern/?feld={escape(hint.field)}", "outerHTML")
        if hint.field
        else (f"{row}neu/", "afterend")
    )
    heard = f"{remedy}: {escape(line.title)}"
    return f"<li>{said} {_way(url, swap=swap, heard=heard, label=remedy)}</li>"


def _deeds(line: Line) -> str:
    row, title = escape(line.row), escape(line.title)
    ways = _way(f"{row}aendern/", swap="outerHTML", heard=f"Ändern: {title}", label="Ändern")
    if new := {"need": "Ziel", "impact_goal": "Maßnahme"}.get(line.kind):
        heard = f"{new} ergänzen zu: {title}"
        ways += " " + _way(f"{row}neu/", swap="afterend", heard=heard, label=f"+ {new}")
    return f'<span class="g-pz__tun">{ways}</span>'


def _boxes(line: Line) -> str:
    boxes = line.boxes
    if not boxes:
        return ""
    drawn = "".join('<i class="ja"></i>' if full else "<i></i>" for full in boxes)
    return (
        f'<span class="g-pz__voll"><span class="g-voll">{drawn}'
        f"<span>{sum(boxes)} von {len(boxes)}</span></span></span>"
    )


def _named(line: Line, *, focus: str = "", before: str = "", after: str = "") -> str:
    autofocus = " autofocus" if focus and focus == line.ident else ""
    return (
        f'<div class="g-pz__t"><span class="g-pz__art">{line.word}</span><span>{before}'
        f'<a href="{escape(line.url)}"{autofocus}>{escape(line.title)}</a>{after}</span></div>'
    )


def _tick(line: Line) -> str:
    """Offer a measure for a paper; the form stands below the outline."""
    if not line.ticked:
        return ""
    return (
        f'<input type="checkbox" form="vorlage" name="massnahme" value="{escape(line.key)}"'
        f' aria-label="Für eine Vorlage: {escape(line.title)}"> '
    )


@register.simple_tag
def outline_row(line: Line, *, may_edit: bool, focus: str = "") -> SafeString:
    """Draw a row; `focus` is the name of the row whose link gets the focus."""
    if line.again:
        name = _named(line, after=' <span class="g-2">(steht schon oben)</span>')
        return mark_safe(f'<div class="g-pz e{line.depth}">{name}</div>')  # noqa: S308 - escaped above and below
    moved = (
        f' data-zeile="{line.kind}:{escape(line.key)}" data-unter="{escape(line.below)}"'
        if may_edit and line.movable
        else ""
    )
    hints = "".join(_hint(line, one, may_edit=may_edit) for one in line.hints)
    name = _named(line, focus=focus, before=_tick(line))
    return mark_safe(  # noqa: S308
        f'<div class="g-pz e{line.depth}" id="{line.ident}"{moved}>{name}'
        f"<span>{escape(line.who)}</span><span>{escape(line.when)}</span>"
        f'<span class="g-zahl">{escape(line.cost)}</span>{_boxes(line)}'
        + (_deeds(line) if may_edit else "")
        + (f'<ul class="g-pz__hin">{hints}</ul>' if hints else "")
        + "</div>"
    )
