"""The styles of the DOCX file: looks, numbering, language, hyphenation."""

from docx.document import Document as File
from docx.oxml import parse_xml
from lxml import etree

from gelingen.documents.fonts import FAMILY

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{WORD}}}"
_NS = f'xmlns:w="{WORD}"'
INK, MUTED, BLUE, LINE, TINT = "131525", "51577A", "2044AA", "C0C3D5", "F3F4F7"
TONES = {
    "info": ("006B8C", "EEFAFF"),
    "missing": ("C31C13", "FEF0EE"),
    "caution": ("925400", "FFF3DC"),
}
BULLETS, NUMBERS, HEADINGS = 1, 2, 3


def set_styles(file: File) -> None:
    """Give the file our looks under the names that word processors know."""
    styles = file.styles.element
    for rpr in styles.iter(f"{_W}rPrDefault"):
        rpr.getparent().replace(rpr, _defaults())
    for identity, (name, kind, based, inside) in _looks().items():
        for old in [s for s in styles.iter(f"{_W}style") if s.get(f"{_W}styleId") == identity]:
            styles.remove(old)
        styles.append(_style(identity, name, kind, based, inside))
    styles.append(parse_xml(_TABLE))


def set_language(file: File) -> None:
    """Say that the text is German, and have it hyphenated."""
    settings = file.settings.element
    for old in [*settings.iter(f"{_W}themeFontLang"), *settings.iter(f"{_W}compat")]:
        old.getparent().remove(old)
    # The schema wants a fixed order: hyphenation before the default tab stop, compat later.
    place = settings.find(f"{_W}defaultTabStop")
    hyphens = parse_xml(f'<w:autoHyphenation {_NS} w:val="true"/>')
    place.addnext(hyphens)
    compat = parse_xml(
        f'<w:compat {_NS}><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    spacing = settings.find(f"{_W}characterSpacingControl")
    (hyphens if spacing is None else spacing).addnext(compat)
    compat.addnext(parse_xml(f'<w:themeFontLang {_NS} w:val="de-DE"/>'))


def set_numbering(file: File, lists: list[bool]) -> None:
    """Write the numbering: 1 for headings, then one for each list, so that each begins at 1.

    Args:
        file: the file.
        lists: for each list of the text in order, whether it is ordered.

    """
    numbering = file.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    shapes = (
        (BULLETS, _levels(["•", "–", "·"], "bullet")),
        (NUMBERS, _levels(["%1.", "%2.", "%3."], "decimal")),
        (HEADINGS, _heading_levels()),
    )
    for identity, levels in shapes:
        numbering.append(
            parse_xml(
                f'<w:abstractNum {_NS} w:abstractNumId="{identity}">'
                f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            )
        )
    kinds = [HEADINGS, *(NUMBERS if ordered else BULLETS for ordered in lists)]
    for identity, kind in enumerate(kinds, start=1):
        numbering.append(parse_xml(_number(identity, kind)))


def _number(identity: int, kind: int) -> str:
    restart = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
        for level in range(3)
    )
    return (
        f'<w:num {_NS} w:numId="{identity}"><w:abstractNumId w:val="{kind}"/>'
        f"{restart if kind == NUMBERS else ''}</w:num>"
    )


def _levels(signs: list[str], form: str) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/><w:pPr><w:ind '
        f'w:left="{340 * (level + 1)}" w:hanging="283"/></w:pPr></w:lvl>'
        for level, sign in enumerate(signs)
    )


def _heading_levels() -> str:
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{".".join(f"%{n + 1}" for n in range(level + 1))} "/>'
        '<w:lvlJc w:val="left"/></w:lvl>'
        for level in range(4)
    )


def _font(half_points: int, colour: str = INK, *, bold: bool = False) -> str:
    strong = "<w:b/>" if bold else ""
    return (
        f'<w:rFonts w:ascii="{FAMILY}" w:hAnsi="{FAMILY}" w:cs="{FAMILY}" w:eastAsia="{FAMILY}"/>'
        f'{strong}<w:color w:val="{colour}"/><w:sz w:val="{half_points}"/>'
        f'<w:szCs w:val="{half_points}"/>'
    )


def _defaults() -> etree._Element:
    return parse_xml(
        f"<w:rPrDefault {_NS}><w:rPr>{_font(20)}"
        '<w:lang w:val="de-DE" w:eastAsia="de-DE" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    )


def _paragraph(before: int, after: int, *, more: str = "", line: int = 276) -> str:
    spacing = f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'
    return f"<w:pPr>{more}{spacing}</w:pPr>"


def _heading(level: int, half_points: int, before: int, after: int) -> str:
    colour = BLUE if level < 3 else INK  # noqa: PLR2004  (two ranks in colour)
    rule = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="4" w:color="{BLUE}"/></w:pBdr>'
        if level == 1
        else ""
    )
    numbered = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
    return (
        f"<w:pPr><w:keepNext/><w:keepLines/>{numbered}{rule}<w:suppressAutoHyphens/>"
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="252" w:lineRule="auto"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f"<w:rPr>{_font(half_points, colour, bold=True)}</w:rPr>"
    )


def _note(tone: str) -> str:
    strong, light = TONES[tone]
    return (
        f'<w:pPr><w:keepLines/><w:pBdr><w:left w:val="single" w:sz="24" w:space="8" '
        f'w:color="{strong}"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{light}"/>'
        '<w:spacing w:before="160" w:after="200" w:line="276" w:lineRule="auto"/>'
        '<w:ind w:left="200" w:right="100"/></w:pPr>'
    )


def _contents(indent: int, *, bold: bool) -> str:
    return (
        '<w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>'
        f'<w:spacing w:before="{80 if bold else 0}" w:after="40"/><w:ind w:left="{indent}"/>'
        f"</w:pPr><w:rPr>{'<w:b/>' if bold else ''}</w:rPr>"
    )


def _looks() -> dict[str, tuple[str, str, str, str]]:
    """Identity → name, kind, based on, properties."""
    small = f"<w:rPr>{_font(16, MUTED)}</w:rPr>"
    quiet = "<w:suppressAutoHyphens/>"
    keep = "<w:keepNext/>"
    return {
        "Normal": ("Normal", "paragraph", "", _paragraph(0, 140)),
        "Title": (
            "Title",
            "paragraph",
            "Normal",
            _paragraph(0, 120, more=quiet) + f"<w:rPr>{_font(52, BLUE, bold=True)}</w:rPr>",
        ),
        "Subtitle": (
            "Subtitle",
            "paragraph",
            "Normal",
            _paragraph(0, 240, more=quiet) + f"<w:rPr>{_font(30)}</w:rPr>",
        ),
        "Heading1": ("heading 1", "paragraph", "Normal", _heading(1, 34, 360, 220)),
        "Heading2": ("heading 2", "paragraph", "Normal", _heading(2, 26, 320, 140)),
        "Heading3": ("heading 3", "paragraph", "Normal", _heading(3, 22, 260, 120)),
        "Heading4": ("heading 4", "paragraph", "Normal", _heading(4, 20, 220, 100)),
        "TOCHeading": (
            "TOC Heading",
            "paragraph",
            "Normal",
            _paragraph(0, 240, more=keep) + f"<w:rPr>{_font(34, BLUE, bold=True)}</w:rPr>",
        ),
        "TOC1": ("toc 1", "paragraph", "Normal", _contents(0, bold=True)),
        "TOC2": ("toc 2", "paragraph", "Normal", _contents(300, bold=False)),
        "Caption": (
            "caption",
            "paragraph",
            "Normal",
            _paragraph(200, 90, more=keep) + f"<w:rPr>{_font(18)}</w:rPr>",
        ),
        "CaptionBelow": (
            "Bildunterschrift",
            "paragraph",
            "Caption",
            '<w:pPr><w:keepNext w:val="0"/><w:spacing w:before="60" w:after="200"/></w:pPr>',
        ),
        "Picture": ("Bild", "paragraph", "Normal", _paragraph(200, 0, more=keep, line=240)),
        "ListBullet": ("List Bullet", "paragraph", "Normal", _paragraph(0, 70)),
        "ListNumber": ("List Number", "paragraph", "Normal", _paragraph(0, 70)),
        "Tabelle": (
            "Tabelle",
            "paragraph",
            "Normal",
            _paragraph(30, 30, line=252) + '<w:rPr><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>',
        ),
        "Quelle": ("Quelle", "paragraph", "Normal", _paragraph(60, 120, line=252) + small),
        "Header": ("header", "paragraph", "Normal", _running() + small),
        "Footer": ("footer", "paragraph", "Normal", _running() + small),
        "NoteInfo": ("Hinweis", "paragraph", "Normal", _note("info")),
        "NoteMissing": ("Hinweis fehlt", "paragraph", "Normal", _note("missing")),
        "NoteCaution": ("Hinweis Achtung", "paragraph", "Normal", _note("caution")),
        "Strong": ("Strong", "character", "", "<w:rPr><w:b/></w:rPr>"),
        "Emphasis": ("Emphasis", "character", "", "<w:rPr><w:i/></w:rPr>"),
        "Hyperlink": (
            "Hyperlink",
            "character",
            "",
            f'<w:rPr><w:color w:val="{BLUE}"/><w:u w:val="single"/></w:rPr>',
        ),
        "Beleg": (
            "Beleg",
            "character",
            "",
            f'<w:rPr><w:color w:val="{MUTED}"/><w:sz w:val="15"/><w:szCs w:val="15"/></w:rPr>',
        ),
    }


def _running() -> str:
    return (
        '<w:pPr><w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>'
        '<w:spacing w:before="0" w:after="0"/></w:pPr>'
    )


def _style(identity: str, name: str, kind: str, based: str, inside: str) -> etree._Element:
    default = ' w:default="1"' if identity == "Normal" else ""
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    return parse_xml(
        f'<w:style {_NS} w:type="{kind}"{default} w:styleId="{identity}"><w:name w:val="{name}"/>'
        f"{parent}<w:qFormat/>{inside}</w:style>"
    )


def _border(side: str, size: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'


_TABLE = (
    f'<w:style {_NS} w:type="table" w:customStyle="1" w:styleId="GelingenTabelle">'
    '<w:name w:val="Gelingen Tabelle"/><w:qFormat/><w:tblPr><w:tblBorders>'
    f"{_border('top', 8, INK)}{_border('bottom', 8, INK)}{_border('insideH', 4, LINE)}"
    '</w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="100" '
    'w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
    f'{_border("bottom", 6, INK)}</w:tcBorders><w:shd w:val="clear" w:color="auto" '
    f'w:fill="{TINT}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
    f"{_border('top', 6, INK)}</w:tcBorders></w:tcPr></w:tblStylePr>"
    '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
)
