"""The officer's own chapter texts: Markdown becomes blocks of the model, and nothing else."""

from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from gelingen.documents.model import (
    DEEPEST,
    Block,
    Bullets,
    Content,
    Emphasis,
    Heading,
    Inline,
    Item,
    Link,
    Note,
    Numbered,
    Paragraph,
    Strong,
    Table,
)


def from_markdown(text: str, heading_level: int = 2) -> tuple[Block, ...]:
    """Read Markdown as blocks, marked as the officer's own text.

    Paragraphs, headings, lists, tables, quotations, strong and stressed words and links are
    understood. Raw HTML and code stay as the text that was typed; pictures become their
    description; a link to anything but http, https or mailto becomes its words.

    Args:
        text: Markdown (CommonMark with tables).
        heading_level: the level that the topmost heading in the text gets, 1 to 4; headings
            below level 4 are set at level 4.

    """
    tree = SyntaxTreeNode(_parser().parse(text))
    ranks = [int(node.tag[1:]) for node in tree.walk() if node.type == "heading"]
    shift = heading_level - min(ranks, default=1)
    return tuple(block for node in tree.children for block in _blocks(node, shift))


@cache
def _parser() -> MarkdownIt:
    rules = MarkdownIt("commonmark").enable("table")
    # What is no block of ours is read as running text.
    return rules.disable(["html_block", "html_inline", "code", "fence", "reference", "lheading"])


def _blocks(node: SyntaxTreeNode, shift: int) -> tuple[Block, ...]:
    match node.type:
        case "heading":
            level = min(int(node.tag[1:]) + shift, DEEPEST)
            return (Heading(_words(_inlines(node)), level),)
        case "paragraph":
            return (Paragraph(_inlines(node), own_text=True),)
        case "bullet_list" | "ordered_list":
            return (_list(node),)
        case "table":
            return (_table(node),)
        case "blockquote":
            parts = _joined([_inlines(child) for child in _leaves(node)])
            return (Note(parts, title="Zitat", own_text=True),)
        case _:
            return ()  # a rule across the page is no block


def _leaves(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """Find the nodes below that carry running text themselves."""
    if any(child.type == "inline" for child in node.children):
        return [node]
    return [leaf for child in node.children for leaf in _leaves(child)]


def _list(node: SyntaxTreeNode) -> Bullets | Numbered:
    items = tuple(_item(child) for child in node.children)
    if node.type == "ordered_list":
        return Numbered(items, own_text=True)
    return Bullets(items, own_text=True)


def _item(node: SyntaxTreeNode) -> Item:
    lists = [child for child in node.children if child.type.endswith("_list")]
    texts = [leaf for child in node.children if child not in lists for leaf in _leaves(child)]
    below = _list(lists[0]) if lists else None
    for more in lists[1:]:
        found = _list(more)
        below = type(found)((*(below.items if below else ()), *found.items), own_text=True)
    return Item(_joined([_inlines(text) for text in texts]), below, own_text=True)


def _table(node: SyntaxTreeNode) -> Table:
    rows = [child for part in node.children for child in part.children]
    cells = [tuple(_inlines(cell) for cell in row.children) for row in rows]
    sides = [str(cell.attrs.get("style", "")) for cell in rows[0].children]
    align = "".join("r" if "right" in side else "c" if "center" in side else "l" for side in sides)
    return Table(
        "",
        tuple(_words(cell) for cell in cells[0]),
        tuple(cells[1:]),
        align=align,
        own_text=True,
    )


def _joined(texts: Sequence[Content]) -> Content:
    parts: list[Inline] = []
    for text in texts:
        if parts:
            parts.append(" ")
        parts += [text] if isinstance(text, str) else text
    return tuple(parts)


def _words(content: Content) -> str:
    parts = (content,) if isinstance(content, str) else content
    return "".join(part if isinstance(part, str) else part.text for part in parts)


def _inlines(node: SyntaxTreeNode) -> tuple[Inline, ...]:
    found = [part for child in node.children for part in _inline(child)]
    merged: list[Inline] = []
    for part in found:
        if merged and isinstance(part, str) and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    return tuple(merged)


def _inline(node: SyntaxTreeNode) -> tuple[Inline, ...]:
    match node.type:
        case "text" | "code_inline" | "image":
            return (node.content,)
        case "softbreak" | "hardbreak":
            return (" ",)
        case "strong":
            return (Strong(_words(_inlines(node))),)
        case "em":
            return (Emphasis(_words(_inlines(node))),)
        case "link":
            return (Link(_words(_inlines(node)), str(node.attrs.get("href", ""))),)
        case _:
            return _inlines(node)
