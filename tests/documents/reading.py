"""Reading the words back out of the three formats, without the writers' own code."""

import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO

import pikepdf
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.skipped = [], 0

    def handle_starttag(self, tag, attrs):  # noqa: ARG002  (the parser's signature)
        self.skipped += tag in ("svg", "style", "nav")

    def handle_endtag(self, tag):
        self.skipped -= tag in ("svg", "style", "nav")

    def handle_data(self, data):
        if not self.skipped:
            self.found.append(data)


def html_text(data):
    page = _Page()
    page.feed(data.decode())
    return " ".join(page.found)


def docx_part(data, name="word/document.xml"):
    with zipfile.ZipFile(BytesIO(data)) as file:
        return etree.fromstring(file.read(name))


def docx_text(data):
    paragraphs = docx_part(data).iter(f"{W}p")
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs)


def pdf_text(data):
    return "".join(pdf_pages(data))


def pdf_pages(data):
    """Decode the text of a PDF by its fonts' ToUnicode tables, in order of the content."""
    with pikepdf.open(BytesIO(data)) as file:
        return [_page_text(page) for page in file.pages]


def _page_text(page):
    pieces = []
    fonts = _fonts(page.get("/Resources", {}))
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            table = fonts.get(str(operands[0]), {})
        elif name in ("Tj", "TJ"):
            parts = operands[0] if name == "TJ" else [operands[0]]
            pieces += [_decode(bytes(p), table) for p in parts if _is_text(p)]
        elif name in ("BDC", "ET"):
            pieces.append(" ")
    return "".join(pieces)


def _is_text(part):
    return isinstance(part, pikepdf.String)


def _fonts(resources):
    found = {}
    for name, font in (resources.get("/Font") or {}).items():
        if "/ToUnicode" in font:
            found[name] = _unicode(font["/ToUnicode"].read_bytes().decode("latin-1"))
    return found


def _unicode(cmap):
    table = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            table[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for one, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for at in range(int(one, 16), int(last, 16) + 1):
                start = int.from_bytes(bytes.fromhex(text), "big") + at - int(one, 16)
                table[at] = start.to_bytes(len(text) // 2, "big").decode("utf-16-be")
    return table


def _decode(raw, table):
    codes = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
    return "".join(table.get(code, "") for code in codes)


def squeezed(text):
    """Leave letters and digits only: lines break elsewhere in every format."""
    return "".join(re.findall(r"[^\W_]+", text))


def words(text):
    return set(re.findall(r"[^\W_]{4,}", text))
