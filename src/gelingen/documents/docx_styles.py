"""The look of a DOCX: real styles that a house may change in one place."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from gelingen.documents.docx_xml import PORTRAIT, TABLE_STYLE
from gelingen.documents.fonts import FAMILY

_INK, _MUTED, _BLUE, _HAIR = "131525", "51577A", "2044AA", "A9AEC6"


def _paragraph_style(  # noqa: PLR0913  (what a style consists of)
    key: str,
    name: str,
    *,
    size: float,
    color: str = _INK,
    bold: bool = False,
    before: int = 0,
    after: int = 120,
    line: int = 276,
    extra: str = "",
    based_on: str = "Normal",
) -> str:
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{key}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="{based_on}"/><w:qFormat/>'
        f"<w:pPr>{extra}"
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" '
        'w:lineRule="auto"/></w:pPr>'
        f'<w:rPr>{"<w:b/>" if bold else ""}<w:color w:val="{color}"/>'
        f'<w:sz w:val="{round(size * 2)}"/></w:rPr></w:style>'
    )


_OWN = (
    _paragraph_style("Tabellentext", "Tabellentext", size=8.5, before=30, after=30, line=250),
    _paragraph_style(
        "Tabellenkopf", "Tabellenkopf", size=8.5, bold=True, before=30, after=30, line=250
    ),
    _paragraph_style("Beleg", "Beleg", size=7.5, color=_MUTED, after=40, line=240),
    _paragraph_style("Hinweis", "Hinweis", size=10, before=160, after=160),
    _paragraph_style("Bild", "Bild", size=10, before=160, after=60, extra="<w:keepNext/>"),
    _paragraph_style("Abstand", "Abstand", size=5, after=60, line=240),
    _paragraph_style("TOCHeading", "TOC Heading", size=17, color=_BLUE, bold=True, after=200),
    _paragraph_style("Haus", "Haus", size=12, color=_MUTED, after=2400),
    (
        f'<w:style {nsdecls("w")} w:type="character" w:customStyle="1" w:styleId="BelegZeichen">'
        '<w:name w:val="Beleg Zeichen"/>'
        f'<w:rPr><w:color w:val="{_MUTED}"/><w:sz w:val="15"/></w:rPr></w:style>'
    ),
    (
        f'<w:style {nsdecls("w")} w:type="character" w:styleId="Hyperlink">'
        '<w:name w:val="Hyperlink"/>'
        f'<w:rPr><w:color w:val="{_BLUE}"/><w:u w:val="single"/></w:rPr></w:style>'
    ),
    (
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">'
        '<w:name w:val="Gelingen Tabelle"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
        f'<w:top w:val="single" w:sz="8" w:color="{_INK}"/>'
        f'<w:bottom w:val="single" w:sz="8" w:color="{_INK}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:color="{_HAIR}"/></w:tblBorders>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        "</w:tblCellMar>"
        '</w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
        f'<w:tcBorders><w:bottom w:val="single" w:sz="6" w:color="{_INK}"/></w:tcBorders>'
        '<w:shd w:val="clear" w:color="auto" w:fill="F3F4F7"/><w:vAlign w:val="bottom"/></w:tcPr>'
        '</w:tblStylePr><w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
        "</w:style>"
    ),
)
# Built-in style → size, colour, space above and below.
_BUILT_IN = {
    "Normal": (10.0, _INK, 0, 0),
    "Body Text": (10.0, _INK, 0, 120),
    "Title": (26.0, _BLUE, 0, 120),
    "Subtitle": (15.0, _INK, 0, 480),
    "Heading 1": (17.0, _BLUE, 360, 200),
    "Heading 2": (13.0, _BLUE, 320, 120),
    "Heading 3": (11.0, _INK, 280, 100),
    "Heading 4": (10.0, _INK, 240, 80),
    "Caption": (9.0, _INK, 160, 80),
    "List Bullet": (10.0, _INK, 0, 80),
    "List Bullet 2": (10.0, _INK, 0, 60),
    "List Number": (10.0, _INK, 0, 80),
    "List Number 2": (10.0, _INK, 0, 60),
    "Header": (8.0, _MUTED, 0, 0),
    "Footer": (8.0, _MUTED, 0, 0),
}


def give_styles(file: Any) -> None:  # noqa: ANN401  (python-docx has no types)
    """Set the look of the built-in styles, add our own, and the language German."""
    for name, (size, color, before, after) in _BUILT_IN.items():
        _restyle(file.styles[name].element, size, color, before, after, title=name == "Title")
    for xml in _OWN:
        file.styles.element.append(parse_xml(xml))
    for level in (1, 2):
        file.styles.element.append(parse_xml(_contents_style(level)))
    for name in ("Header", "Footer"):
        _give_one_tab(file.styles[name].element.pPr)
    defaults = file.styles.element.find(".//{*}rPrDefault/{*}rPr")
    for old in defaults.findall("{*}lang"):
        defaults.remove(old)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="de-DE"/>'))
    _name_substitute(file.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE))


def _give_one_tab(paragraph: Any) -> None:  # noqa: ANN401  (lxml)
    """Let a head or foot have its right part at the right margin."""
    for old in paragraph.findall("{*}tabs"):
        old.getparent().replace(old, parse_xml(_tabs(f" {nsdecls('w')}")))


def _tabs(spaces: str = "", leader: str = "none") -> str:
    return f'<w:tabs{spaces}><w:tab w:val="right" w:leader="{leader}" w:pos="{PORTRAIT}"/></w:tabs>'


def _name_substitute(fonts: Any) -> None:  # noqa: ANN401  (python-docx has no types)
    """Name a typeface of like width for computers that do not have ours."""
    own = (
        f'<w:font w:name="{FAMILY}"><w:altName w:val="Calibri"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )
    fonts._blob = fonts.blob.replace(b"</w:fonts>", own.encode())  # noqa: SLF001


def _restyle(  # noqa: PLR0913  (what a style consists of)
    element: Any,  # noqa: ANN401  (lxml)
    size: float,
    color: str,
    before: int,
    after: int,
    *,
    title: bool,
) -> None:
    """Replace the marks of a built-in style, so that nothing of the template's look remains."""
    for old in (*element.findall("{*}rPr"), *(element.findall("{*}pPr/{*}pBdr") if title else ())):
        old.getparent().remove(old)
    paragraph = element.get_or_add_pPr()
    spacing = paragraph.get_or_add_spacing()
    spacing.attrib.clear()
    for name, value in (("before", before), ("after", after), ("line", 276), ("lineRule", "auto")):
        spacing.set(qn(f"w:{name}"), str(value))
    bold = "<w:b/>" if color == _BLUE or size == 11.0 else ""  # noqa: PLR2004
    element.append(
        parse_xml(
            f'<w:rPr {nsdecls("w")}><w:rFonts w:ascii="{FAMILY}" w:hAnsi="{FAMILY}" '
            f'w:cs="{FAMILY}" w:eastAsia="{FAMILY}"/>{bold}<w:color w:val="{color}"/>'
            f'<w:sz w:val="{round(size * 2)}"/></w:rPr>'
        )
    )


def _contents_style(level: int) -> str:
    bold = "<w:b/>" if level == 1 else ""
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="TOC{level}">'
        f'<w:name w:val="toc {level}"/><w:basedOn w:val="Normal"/><w:pPr>'
        f'{_tabs(leader="dot")}<w:spacing w:before="{80 if level == 1 else 0}" w:after="40"/>'
        f'<w:ind w:left="{(level - 1) * 360}"/></w:pPr><w:rPr>{bold}</w:rPr></w:style>'
    )
