"""What does WordprocessingML want to see for a run, a paragraph, a table?

Small functions from plain values to XML text; `docx` puts them together. The schema fixes the
order of properties, and Word calls a file damaged that breaks it. Lengths are twips (1/20 pt).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from jixiao.gongwen.document import DRAWN, Face, width
from jixiao.gongwen.fonts import STANDARD_NAMES

# GB/T 9704 5.2: 22 lines of 579 fit into 225 mm; 28 characters of 16 pt less 0.25 into 156 mm.
LEFT, TEXT_WIDTH, LINE, CHARACTER = 1587, 8845, 579, 315
SMALL = 280  # a character of 4号, in the colophon and the page number
RED = "E60012"
TAB = "<w:r><w:tab/></w:r>"
DRAWN_BY = 'xmlns:v="urn:schemas-microsoft-com:vml"'
DRAWN_LINE = 720  # holds a drawing of 12 mm
# The page as horizontal anchor: LibreOffice 7.4 lets no table float that fills its margins.
AT_BOTTOM = (
    '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin"'
    f' w:horzAnchor="page" w:tblpX="{LEFT}" w:tblpYSpec="bottom"/>'
)


@dataclass(frozen=True)
class Layout:
    """A paragraph's properties; `xml` writes them in the order that the schema demands."""

    keeps_with_next: bool = False
    new_page: bool = False
    red_line: bool = False
    tab: tuple[str, int] | None = None
    height: int = LINE
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    first_line: int = 0  # negative: hanging
    align: str = "both"

    def xml(self) -> str:
        """The `w:pPr` element."""
        border = f'<w:bottom w:val="single" w:sz="11" w:space="6" w:color="{RED}"/>'
        tab = '<w:tab w:val="{}" w:pos="{}"/>'.format(*self.tab) if self.tab else ""
        first = f'w:{"hanging" if self.first_line < 0 else "firstLine"}="{abs(self.first_line)}"'
        return (
            "<w:pPr>"
            + "<w:keepNext/>" * self.keeps_with_next
            + "<w:pageBreakBefore/>" * self.new_page
            + f"<w:pBdr>{border}</w:pBdr>" * self.red_line
            + f"<w:tabs>{tab}</w:tabs>" * bool(tab)
            + '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
            + '<w:snapToGrid w:val="0"/>' * (self.height != LINE)
            + f'<w:spacing w:before="{self.before}" w:after="{self.after}"'
            + f' w:line="{self.height}" w:lineRule="exact"/>'
            + f'<w:ind w:left="{self.left}" w:right="{self.right}" {first}/>'
            + f'<w:jc w:val="{self.align}"/></w:pPr>'
        )


def hanging(label: str, unit: int, *, left: int = 0, height: int = LINE) -> Layout:
    """Further lines begin below the first character after the label."""
    label_width = int(width(label) * unit)
    return Layout(left=left + label_width, first_line=-label_width, height=height)


def paragraph(layout: Layout, *runs: str) -> str:
    """A `w:p` of runs."""
    return f"<w:p>{layout.xml()}{''.join(runs)}</w:p>"


def run(
    text: str,
    face: Face = Face.FANGSONG,
    *,
    size: float = 16,
    spacing: int = 0,
    colour: str = "000000",
) -> str:
    """A `w:r` of text; size in points, spacing between characters in twips."""
    if not text:
        return ""
    return (
        f'<w:r><w:rPr>{fonts(face)}<w:color w:val="{colour}"/><w:spacing w:val="{spacing}"/>'
        f'<w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def bookmarked(content: str, name: str, number: int) -> str:
    """Content inside a bookmark; a name that begins with ``_`` is shown by no program."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{escape(name)}"/>{content}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def drawing(strokes: Iterable[Sequence[tuple[int, int]]]) -> str:
    """A `w:r` that holds lines drawn by hand, 36 mm × 12 mm: a shape of VML, which needs no file."""
    lines = (
        f"m{points[0][0]},{points[0][1]}l"
        + ",".join(f"{x},{y}" for x, y in (*points[1:], points[-1]))
        for points in strokes
    )
    across, down = DRAWN
    return (
        f'<w:r><w:pict><v:shape coordorigin="0,0" coordsize="{across},{down}"'
        f' style="width:102pt;height:34pt" path="{"".join(lines)}e" filled="f" stroked="t"'
        ' strokecolor="black" strokeweight="0.9pt">'
        '<v:stroke endcap="round" joinstyle="round"/></v:shape></w:pict></w:r>'
    )


def body_run(text: str, face: Face = Face.FANGSONG) -> str:
    """A run of 3号 text, so spaced that 28 characters fill a line."""
    return run(text, face, spacing=CHARACTER - 320)


def fonts(face: Face) -> str:
    """The standard's own font name, for Chinese and Latin characters alike."""
    name = STANDARD_NAMES[face]
    slots = " ".join(f'w:{slot}="{name}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts w:hint="eastAsia" {slots}/>'


def border(side: str, eighths: int) -> str:
    """A line of the given thickness in eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'


def table(rows: Iterable[str], widths: list[int], *, borders: str = "", position: str = "") -> str:
    """A `w:tbl` of fixed widths; cells have no margins, their paragraphs are indented."""
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in widths)
    zero = 'w:w="0" w:type="dxa"'
    return (
        f'<w:tbl><w:tblPr>{position}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblInd {zero}/><w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left {zero}/><w:right {zero}/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(cells: Iterable[str], *, repeats: bool = False) -> str:
    """A `w:tr` that does not break; a row that repeats stands at the head of every page."""
    header = "<w:tblHeader/>" * repeats
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"


def cell(content: str, size: int, *, options: str = "") -> str:
    """A `w:tc`; options are what the schema puts between its width and its alignment."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{options}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{content}</w:tc>"
    )


def page_number(layout: Layout) -> str:
    """7.5: — 1 — in 4号宋体, the number being a field."""
    number = f'<w:fldSimple w:instr="PAGE">{run("1", Face.SONGTI, size=14)}</w:fldSimple>'
    before, after = run("— ", Face.SONGTI, size=14), run(" —", Face.SONGTI, size=14)
    return paragraph(layout, before, number, after)
