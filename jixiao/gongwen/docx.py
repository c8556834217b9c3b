"""How does a document become a file that Word and WPS can edit?

The body is written as WordprocessingML (`wordml`) and parsed once; python-docx supplies the
package, the page and the footers. Fonts are asked for by the standard's own names, and every
date comes from the document, so that the same document gives the same bytes.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace

import docx
from docx.document import Document as DocxFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Twips

from jixiao.gongwen.composition import (
    annex_marks,
    annex_statement,
    chinese_date,
    composed,
    note_labels,
    signature_place,
    signer_rows,
    table_size,
    title_lines,
)
from jixiao.gongwen.document import (
    LINE_CHARACTERS,
    Annex,
    Block,
    Colophon,
    Document,
    Face,
    Header,
    Rows,
    Slot,
    Table,
    tiled,
    width,
)
from jixiao.gongwen.wordml import (
    AT_BOTTOM,
    CHARACTER,
    DRAWN_BY,
    DRAWN_LINE,
    LEFT,
    LINE,
    RED,
    SMALL,
    TAB,
    TEXT_WIDTH,
    Layout,
    body_run,
    bookmarked,
    border,
    cell,
    drawing,
    fonts,
    hanging,
    page_number,
    paragraph,
    row,
    run,
    table,
)

MARK_TOP = 1984 - 3 * LINE  # 7.2.4: 35 mm below the type area's top, less three lines
SEAL_ROOM = 240  # what two empty lines, signature and date lack of 45 mm
ZIP_DATE = (1980, 1, 1, 0, 0, 0)

BODY = Layout(first_line=2 * CHARACTER)
HELD = Layout(first_line=2 * CHARACTER, keeps_with_next=True)
FLUSH = Layout()


def render_docx(document: Document, *, marks: Sequence[str] = ()) -> bytes:
    """Print a document as docx; the same document always gives the same bytes.

    ``marks`` are names of hidden bookmarks, one for each block of the body, by which `reading`
    knows an edited paragraph again.
    """
    file = docx.Document()
    _set_styles(file)
    _set_page(file, document.footing)
    _set_properties(file, document)
    body = file.element.body
    for element in _parsed("body", "".join(_content(document, marks))):
        body.insert(len(body) - 1, element)
    return _with_fixed_times(file)


def _content(document: Document, marks: Sequence[str]) -> Iterator[str]:
    if document.header:
        yield from _header(document.header, str(document.number or ""))
    yield from _title(document.title)
    if document.recipients:
        yield _line(f"{document.recipients.rstrip('：:')}：", FLUSH)
    yield from _blocks(document.body, holds_last=True, marks=marks)
    yield from _statement(document.annexes)
    if document.signatures:
        yield from _signature(document)
    if document.note:
        yield _line(f"（{document.note}）", BODY)
    for mark, annex in zip(annex_marks(document.annexes), document.annexes, strict=True):
        yield from _annex(mark, annex)
    if document.colophon:
        yield _colophon(document.colophon)
        yield paragraph(Layout(height=20))


def _header(header: Header, number: str) -> Iterator[str]:
    """7.2: three lines for 份号, 密级, 紧急程度, then the mark, the number and the red line."""
    copy = f"{header.copy_number:06}" if header.copy_number else ""
    corner = [(copy, Face.FANGSONG), (header.secrecy, Face.HEITI), (header.urgency, Face.HEITI)]
    corner = [item for item in corner if item[0]]
    for text, face in [*corner, *[("", Face.FANGSONG)] * (3 - len(corner))]:
        yield paragraph(FLUSH, body_run(text, face))
    size = min(50.0, int(TEXT_WIDTH / width(header.mark) / 10 * 0.985) / 2)
    mark = run(header.mark, Face.XIAOBIAOSONG, size=size, colour=RED)
    yield paragraph(Layout(height=int(size * 21.2), before=MARK_TOP, align="center"), mark)
    yield _line("", FLUSH) * 2
    yield from _number_rows(number, header.signers)
    yield _line("", FLUSH) * 2


def _number_rows(number: str, signers: tuple[str, ...]) -> Iterator[str]:
    """7.2.5 to 7.2.7: the number, beside the last of the signers, and the red line."""
    if not signers:
        yield _line(number, Layout(align="center", red_line=True))
        return
    rows = signer_rows(signers)
    tab = int((LINE_CHARACTERS - 5 - max(map(width, rows))) * CHARACTER)
    for index, names in enumerate(rows, start=1):
        is_last = index == len(rows)
        yield paragraph(
            Layout(tab=("left", tab), red_line=is_last, align="left"),
            body_run(f"　{number}" if is_last else ""),
            TAB,
            body_run("签发人：" if index == 1 else "　　　　"),
            body_run(names, Face.KAITI),
        )


def _title(title: tuple[str, ...]) -> Iterator[str]:
    lines = (run(line, Face.XIAOBIAOSONG, size=22) for line in title_lines(title))
    layout = Layout(height=720, align="center", keeps_with_next=True)
    yield paragraph(layout, "<w:r><w:br/></w:r>".join(lines))
    yield _line("", FLUSH)


def _blocks(
    blocks: tuple[Block, ...], *, holds_last: bool = False, marks: Sequence[str] = ()
) -> Iterator[str]:
    lines = composed(blocks)
    for number, line in enumerate(lines, start=1):
        if isinstance(line, Table):
            yield from _table(line)
            continue
        # A short last paragraph stays with the signature; LibreOffice would move a long one whole.
        is_last = holds_last and number == len(lines) and line.width <= 3 * LINE_CHARACTERS
        layout = HELD if line.is_heading or is_last else BODY
        runs = "".join(body_run(item.text, item.face) for item in line.runs)
        name = marks[number - 1] if number <= len(marks) else ""
        yield paragraph(layout, bookmarked(runs, name, number) if name else runs)


def _statement(annexes: tuple[Annex, ...]) -> Iterator[str]:
    if annexes:
        yield _line("", HELD)
        for label, name in annex_statement(annexes):
            layout = hanging(label, CHARACTER, left=2 * CHARACTER)
            yield _line(f"{label}{name}", replace(layout, keeps_with_next=True))


def _signature(document: Document) -> Iterator[str]:
    """7.3.5: with a seal two empty lines above and room for 45 mm, else one empty line."""
    place = signature_place(document)
    sealed = document.sealed
    align = "center" if sealed else "left"
    name = Layout(keeps_with_next=True, left=int(place.signature * CHARACTER), align=align)
    yield _line("", HELD) * (2 if sealed else 1)
    between = _line("", HELD) * (3 if sealed else 0)
    yield between.join(_line(signature, name) for signature in document.signatures)
    date = Layout(left=int(place.date * CHARACTER), align=align, after=SEAL_ROOM if sealed else 0)
    yield _line(chinese_date(document.signed_on), date)


def _annex(mark: str, annex: Annex) -> Iterator[str]:
    yield paragraph(Layout(keeps_with_next=True, new_page=True), body_run(mark, Face.HEITI))
    yield _line("", FLUSH)
    yield from _title(annex.title)
    yield from _blocks(annex.blocks)


def _table(data: Table) -> Iterator[str]:
    widths = [TEXT_WIDTH * share // sum(data.widths) for share in data.widths]
    size = table_size(data)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rows = [
        *_rows(data.header, widths, size, Face.HEITI),
        *_rows(data.rows, widths, size, Face.FANGSONG),
    ]
    yield table(rows, widths, borders="".join(border(side, 4) for side in sides))
    labels = note_labels(len(data.notes))
    for label, note in zip(labels, data.notes, strict=True):
        layout = hanging(label, int(size * 20), height=int(size * 20) + 100)
        yield paragraph(layout, run(f"{label}{note}", size=size))
    yield paragraph(Layout(height=20))


def _rows(rows: Rows, widths: list[int], size: float, face: Face) -> Iterator[str]:
    for slots in tiled(rows, len(widths)):
        cells = (_slot(slot, widths, size, face) for slot in slots)
        yield row(cells, repeats=face is Face.HEITI)


def _slot(slot: Slot, widths: list[int], size: float, face: Face) -> str:
    item = slot.cell
    span = f'<w:gridSpan w:val="{item.columns}"/>'
    if item.rows > 1:
        span += f'<w:vMerge w:val="{"continue" if slot.continued else "restart"}"/>'
    height = int(size * 20) + 100
    layout = Layout(height=height, before=80, after=80, left=60, right=60, align=item.align)
    text = paragraph(layout, run("" if slot.continued else item.text, face, size=size))
    taken = sum(widths[slot.column : slot.column + item.columns])
    drawn = ""
    if item.drawing and not slot.continued:
        drawn = paragraph(replace(layout, height=DRAWN_LINE), drawing(item.drawing.strokes))
    return cell(drawn + (text if item.text or not drawn else ""), taken, options=span)


def _colophon(colophon: Colophon) -> str:
    """7.4: a table on the type area's bottom; 4号仿宋 between lines of 0.35, 0.25, 0.35 mm."""
    rows, top = [], border("top", 8)
    if colophon.copied_to:
        copies = run(f"抄送：{colophon.copied_to.rstrip('。')}。", size=14)
        layout = Layout(left=4 * SMALL, right=SMALL, first_line=-3 * SMALL)
        rows.append(_colophon_row(top, paragraph(layout, copies)))
        top = border("top", 6)
    layout = Layout(left=SMALL, tab=("right", TEXT_WIDTH - SMALL), align="left")
    date = run(f"{chinese_date(colophon.printed_on)}印发", size=14)
    last = paragraph(layout, run(colophon.printed_by, size=14), TAB, date)
    rows.append(_colophon_row(top + border("bottom", 8), last))
    return table(rows, [TEXT_WIDTH], position=AT_BOTTOM)


def _colophon_row(borders: str, content: str) -> str:
    lines = f"<w:tcBorders>{borders}</w:tcBorders>"
    return row([cell(content, TEXT_WIDTH, options=lines)])


def _line(text: str, layout: Layout) -> str:
    return paragraph(layout, body_run(text))


def _parsed(tag: str, content: str) -> BaseOxmlElement:
    return parse_xml(f"<w:{tag} {nsdecls('w')} {DRAWN_BY}>{content}</w:{tag}>")


def _set_styles(file: DocxFile) -> None:
    """Normal text is 3号仿宋; the template's Western defaults go."""
    style = file.styles["Normal"].element
    for tag in ("w:pPr", "w:rPr"):
        for old in style.findall(qn(tag)):
            style.remove(old)
    style.append(_parsed("pPr", '<w:widowControl w:val="0"/>'))
    language = '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    style.append(_parsed("rPr", fonts(Face.FANGSONG) + language))


def _set_page(file: DocxFile, footing: str) -> None:
    """5.2.1 and 7.5: margins 37, 28, 26, 35 mm; page numbers odd right, even left."""
    section = file.sections[0]
    section.page_width, section.page_height = Twips(11906), Twips(16838)
    section.top_margin, section.bottom_margin = Twips(2098), Twips(1984)
    section.left_margin, section.right_margin = Twips(LEFT), Twips(11906 - LEFT - TEXT_WIDTH)
    section.footer_distance = Twips(1455)  # puts the dash 7 mm below the type area
    for grid in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001 -- no public way
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(LINE))
    file.settings.odd_and_even_pages_header_footer = True
    odd = Layout(height=SMALL, right=SMALL, align="right")
    even = Layout(height=SMALL, left=SMALL, align="left")
    for footer, layout in ((section.footer, odd), (section.even_page_footer, even)):
        footer.is_linked_to_previous = False
        below = paragraph(Layout(height=200, align="left"), run(footing, Face.SONGTI, size=7.5))
        content = page_number(layout) + below * bool(footing)
        footer._element[:] = _parsed("ftr", content)[:]  # noqa: SLF001


def _set_properties(file: DocxFile, document: Document) -> None:
    moment = dt.datetime.combine(document.signed_on, dt.time())
    properties = file.core_properties
    properties.title = "".join(document.title)
    properties.author = properties.last_modified_by = "、".join(document.signatures)
    properties.created = properties.modified = moment
    properties.comments = ""
    properties.revision = 1


def _with_fixed_times(file: DocxFile) -> bytes:
    """The saved package with every entry stamped alike, and without the template's picture."""
    saved, result = io.BytesIO(), io.BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return result.getvalue()
