"""A letter as words: the same paragraphs as plain text and as simple HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, linebreaks
from django.utils.safestring import mark_safe

# Stands in the words where the link will be.
LINK = "[[Verweis]]"
HIDDEN = "(der Verweis steht nur in der gesendeten Nachricht)"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says.

    Attributes:
        subject: one line.
        before: paragraphs before the link; lines of one paragraph are kept.
        link_label: what the link is for; "" if the letter has none.
        after: paragraphs after it.
        sender: last line.

    """

    subject: str
    before: Sequence[str]
    link_label: str = ""
    after: Sequence[str] = ()
    sender: str = ""

    def plain(self) -> str:
        """Write it as plain text."""
        link = [f"{self.link_label}:\n{LINK}"] if self.link_label else []
        return "\n\n".join([*self.before, *link, *self.after, self.sender]).strip() + "\n"

    def html(self) -> str:
        """Write it as HTML of its own: no picture, no foreign host, nothing that counts readers."""
        link = ""
        if self.link_label:
            link = format_html('<p><a href="{}">{}</a></p>', LINK, self.link_label)
        return format_html(
            '<!doctype html>\n<html lang="de"><head><meta charset="utf-8"><title>{}</title></head>'
            "<body><main>{}{}{}<p>{}</p></main></body></html>\n",
            self.subject,
            _paragraphs(self.before),
            link,
            _paragraphs(self.after),
            self.sender,
        )


def _paragraphs(texts: Sequence[str]) -> str:
    escaped = "".join(linebreaks(text, autoescape=True) for text in texts)
    return mark_safe(escaped)  # noqa: S308 - escaped in this moment


def with_link(text: str, link: str) -> str:
    """Put the link in its place, or say that it is not shown."""
    return text.replace(LINK, link or HIDDEN)
