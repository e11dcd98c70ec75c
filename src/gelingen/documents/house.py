"""A DOCX that a house keeps as its template, filled with texts; what is wrong with it is said.

Placeholders are written as in Jinja: {{ betreff }}, {% if deckung %}, {%tr for ... %}. A template
comes from outside, so it runs in a sandbox without functions, and only names that are given exist.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, NoReturn
from xml.sax.saxutils import unescape
from zipfile import BadZipFile, ZipFile

import docx
from docxtpl import DocxTemplate, Listing
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gelingen.errors import UserError

LARGEST = 5 * 1024 * 1024
_LARGEST_UNPACKED = 60 * 1024 * 1024
_FILTERS = frozenset({"upper", "lower", "trim", "default", "length", "first", "last", "join"})
_SHOWN = 120
_TAG = re.compile(r"<[^>]+>")
_QUOTED = re.compile(r"'([^']*)'")


class BrokenTemplateError(UserError):
    """A template cannot be filled; the message names the placeholder and the paragraph."""


class _Text(Listing):  # type: ignore[misc]  # docxtpl has no types
    """A text of several lines; empty ones count as nothing said."""

    def __bool__(self) -> bool:
        return bool(self.xml)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Only what a template needs: values, conditions, loops; nothing that grows without end."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> NoReturn:  # noqa: ANN401 - as Jinja has it
        """Refuse to multiply: a template could ask for a text without end."""
        del context, left, right
        raise SecurityError(f"„{operator}“ ist in einer Vorlage nicht erlaubt.")


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """A template that remembers which part is being filled."""

    source = ""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> Any:  # noqa: ANN401 - as docxtpl has it
        """Fill one part of the file."""
        # docxtpl puts each paragraph on a line of its own in the same way.
        self.source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        return super().render_xml_part(src_xml, part, context, jinja_env)


def fill(template: bytes, values: Mapping[str, object]) -> bytes:
    """Fill a template.

    Args:
        template: the DOCX.
        values: texts, or lists of mappings of texts, by name of the placeholder.

    Raises:
        BrokenTemplateError: it is no DOCX, or a placeholder is unknown or wrongly written.

    """
    one = _opened(template)
    try:
        one.render({name: _value(value) for name, value in values.items()}, _Sandbox())
        out = BytesIO()
        one.save(out)
    except TemplateError as error:
        raise BrokenTemplateError(_said(error, one, values)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenTemplateError(
            "Die Vorlage lässt sich nicht füllen. Bitte die Datei in Word neu speichern oder mit "
            f"der Beispielvorlage beginnen. ({type(error).__name__})"
        ) from error
    return out.getvalue()


def check(template: bytes, values: Mapping[str, object]) -> None:
    """Refuse a template that could not be filled, also where conditions hide a placeholder.

    Args:
        template: the DOCX.
        values: an example in which everything is said.

    Raises:
        BrokenTemplateError: as `fill`.

    """
    fill(template, values)
    one = _opened(template)
    one.render_init()
    xml = one.patch_xml(one.get_xml())
    unknown = sorted(find_undeclared_variables(_Sandbox().parse(xml)) - set(values))
    if unknown:
        raise BrokenTemplateError(_unknown(unknown[0], _found(xml, unknown[0]), values))


def _opened(template: bytes) -> _Template:
    if len(template) > LARGEST:
        raise BrokenTemplateError(
            f"Die Vorlage ist zu groß; höchstens {LARGEST // 1024 // 1024} MB sind möglich."
        )
    wrong = "Die Vorlage ist keine DOCX-Datei. Bitte in Word als „.docx“ speichern."
    try:
        with ZipFile(BytesIO(template)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _LARGEST_UNPACKED:
                raise BrokenTemplateError("Die Vorlage ist entpackt zu groß.")
        docx.Document(BytesIO(template))
    except (BadZipFile, ValueError, KeyError) as error:
        raise BrokenTemplateError(wrong) from error
    return _Template(BytesIO(template))


def _value(value: object) -> object:
    if isinstance(value, str):
        return _Text(value)
    if isinstance(value, Mapping):
        return {name: _value(one) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_value(one) for one in value]
    return value


# What is wrong, in German


def _said(error: TemplateError, one: _Template, values: Mapping[str, object]) -> str:
    place = _place(error, one.source)
    if isinstance(error, UndefinedError):
        names = _QUOTED.findall(str(error))
        return _unknown(names[-1] if names else "?", place, values)
    if isinstance(error, SecurityError):
        return f"In der Vorlage steht etwas, das nicht erlaubt ist{_in(place)}"
    if isinstance(error, TemplateSyntaxError):
        return (
            f"Ein Platzhalter ist falsch geschrieben{_in(place)} Richtig ist zum Beispiel "
            "{{ betreff }} oder {% if deckung %} … {% endif %}."
        )
    return f"Die Vorlage lässt sich nicht füllen{_in(place)}"


def _unknown(name: str, place: str, values: Mapping[str, object]) -> str:
    """Name an unknown placeholder, where it stands and which one may be meant."""
    known = [*values, *_inner(values)]
    near = [one for one in known if _like(one, name)]
    meant = f" Gemeint ist vielleicht „{near[0]}“." if near else ""
    return f"Den Platzhalter „{name}“ gibt es nicht{_in(place)}{meant}"


def _inner(values: Mapping[str, object]) -> Iterable[str]:
    for value in values.values():
        if isinstance(value, Sequence) and value and isinstance(value[0], Mapping):
            yield from value[0]


def _like(one: str, other: str) -> bool:
    """Tell whether two names begin alike: what is misspelled mostly is so further behind."""
    least = 3
    return one[:least] == other[:least]


def _in(place: str) -> str:
    return f", im Absatz „{place}“." if place else "."


def _place(error: TemplateError, source: str) -> str:
    """Give the text of the paragraph in which filling stopped; "" where that is not known."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while line is None and trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    lines = source.splitlines()
    if line is None or not 0 < line <= len(lines):
        return ""
    return _plain(lines[line - 1])


def _found(xml: str, name: str) -> str:
    """Give the text of the first paragraph that has a name in a placeholder."""
    for line in re.split(r"(?=<w:p[ >])", xml):
        if re.search(rf"\b{re.escape(name)}\b", _TAG.sub("", line)):
            return _plain(line)
    return ""


def _plain(xml: str) -> str:
    text = " ".join(unescape(_TAG.sub("", xml)).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"


def blank(paragraphs: Sequence[tuple[str, str]], table: Sequence[tuple[str, str]] = ()) -> bytes:
    """Write a template to begin with.

    Args:
        paragraphs: style ("Title", "Heading 1", "Normal") and text, in their order; the text
            "[Tabelle]" stands where the table comes.
        table: head and placeholder of each column of the table, whose row is repeated for each
            `station` of `beratungsfolge`.

    """
    file: Any = docx.Document()
    for style, text in paragraphs:
        if text == "[Tabelle]":
            _table(file, table)
        else:
            file.add_paragraph(text, style=style)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _table(file: Any, columns: Sequence[tuple[str, str]]) -> None:  # noqa: ANN401 - python-docx has no types
    rows = [
        [head for head, _ in columns],
        ["{%tr for station in beratungsfolge %}"],
        [placeholder for _, placeholder in columns],
        ["{%tr endfor %}"],
    ]
    made = file.add_table(rows=len(rows), cols=len(columns), style="Table Grid")
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
