"""A letter as words: the same paragraphs as plain text and as simple HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import mark_safe

# Stands in the words where the link will be.
LINK = "[[Verweis]]"
HIDDEN = "(der Verweis steht nur in der gesendeten Nachricht)"


@dataclass(frozen=True, slots=True)
class Passage:
    """The same once more in another language.

    Attributes:
        language: as HTML names it.
        before: paragraphs before the link.
        link_label: what the link is for.
        after: paragraphs after it.
        direction: how the language is written, as HTML names it.

    """

    language: str
    before: Sequence[str]
    link_label: str
    after: Sequence[str] = ()
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says.

    Attributes:
        subject: one line.
        before: paragraphs before the link; lines of one paragraph are kept.
        link_label: what the link is for; "" if the letter has none.
        after: paragraphs after it.
        sender: last line.
        also: the same in other languages, between the German and the sender.

    """

    subject: str
    before: Sequence[str]
    link_label: str = ""
    after: Sequence[str] = ()
    sender: str = ""
    also: Sequence[Passage] = ()

    def plain(self) -> str:
        """Write it as plain text."""
        parts = [*_plain(self)]
        for one in self.also:
            parts += ["* * *", *_plain(one)]
        return "\n\n".join([*parts, self.sender]).strip() + "\n"

    def html(self) -> str:
        """Write it as HTML of its own: no picture, no foreign host, nothing that counts readers."""
        others = format_html_join(
            "",
            '<div lang="{}" dir="{}">{}</div>',
            ((one.language, one.direction, _html(one)) for one in self.also),
        )
        return format_html(
            '<!doctype html>\n<html lang="de"><head><meta charset="utf-8"><title>{}</title></head>'
            "<body><main>{}{}<p>{}</p></main></body></html>\n",
            self.subject,
            _html(self),
            others,
            self.sender,
        )


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a letter.

    Attributes:
        name: of the file.
        media_type: with its parameters, as "text/calendar; method=REQUEST".
        content: the file.

    """

    name: str
    media_type: str
    content: bytes


def _plain(words: "Letter | Passage") -> list[str]:
    link = [f"{words.link_label}:\n{LINK}"] if words.link_label else []
    return [*words.before, *link, *words.after]


def _html(words: "Letter | Passage") -> str:
    link = ""
    if words.link_label:
        link = format_html('<p><a href="{}">{}</a></p>', LINK, words.link_label)
    return format_html("{}{}{}", _paragraphs(words.before), link, _paragraphs(words.after))


def _paragraphs(texts: Sequence[str]) -> str:
    escaped = "".join(linebreaks(text, autoescape=True) for text in texts)
    return mark_safe(escaped)  # noqa: S308 - escaped in this moment


def with_link(text: str, link: str) -> str:
    """Put the link in its place, or say that it is not shown."""
    return text.replace(LINK, link or HIDDEN)
