"""How does a document become a PDF/A that looks the same everywhere and forever?

The layout is `document.typ`; the document reaches it as JSON, so no user's text is ever read as
markup. Fonts are embedded and every date in the file is the document's: same document, same bytes.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from jixiao.gongwen.composition import (
    Line,
    annex_marks,
    annex_statement,
    chinese_date,
    composed,
    note_labels,
    signature_place,
    signer_rows,
    table_size,
    texts,
    title_lines,
)
from jixiao.gongwen.document import (
    Block,
    Colophon,
    Document,
    DocumentError,
    Header,
    Rows,
    Table,
    tiled,
    width,
)
from jixiao.gongwen.fonts import FontSet, shown

LAYOUT = Path(__file__).with_name("document.typ")


@dataclass(frozen=True)
class PdfFile:
    """A PDF/A-2b file, what its fonts stand in for (in Chinese), and how many pages it has."""

    content: bytes
    substitutions: tuple[str, ...]
    pages: int


def render_pdf(document: Document, *, fonts: FontSet) -> PdfFile:
    """Print a document as PDF/A-2b, 22 lines of 28 characters a page (GB/T 9704 5.2.3).

    Raises DocumentError naming the characters, and where they stand, that no font can show.
    """
    stand_ins = _rare_characters(document, fonts)
    compiler = typst.Compiler(
        input=str(LAYOUT),
        root=str(LAYOUT.parent),
        font_paths=fonts.collection,
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_payload(document, fonts), ensure_ascii=False)},
    )
    try:
        content = compiler.compile(format="pdf", pdf_standards="a-2b")
    except typst.TypstError as error:
        raise DocumentError(
            f"公文排不成 PDF：{error.message}。请把这份公文交给系统管理员。"
        ) from error
    if not isinstance(content, bytes):
        raise TypeError("typst returned no single file")
    # The page tree is the first object, before any text of the user.
    pages = int(re.findall(rb"/Type/Pages/Count (\d+)", content)[0])
    return PdfFile(content, (*fonts.substitutions, *stand_ins), pages)


def _rare_characters(document: Document, fonts: FontSet) -> tuple[str, ...]:
    """Which single characters another font must lend; refuses those that none has."""
    lent: dict[str, dict[str, None]] = {}
    lost: dict[str, dict[str, None]] = {}
    for place, face, text in texts(document):
        chain = fonts.chains[face]
        for char in dict.fromkeys(text.replace(" ", "")):
            if chain[0].has(char):
                continue
            lender = next((font for font in chain[1:] if font.has(char)), None)
            if lender is None:
                lost.setdefault(place, {})[char] = None
            else:
                pair = f"{shown(chain[0])}没有，改用{shown(lender)}"
                lent.setdefault(pair, {})[char] = None
    if lost:
        where = "；".join(f"{place}的“{'”“'.join(sorted(chars))}”" for place, chars in lost.items())
        raise DocumentError(
            f"现有字体里没有这些字，印出来会是空白：{where}。请改用规范汉字，或安装含有这些字的字体。"
        )
    return tuple(f"“{''.join(sorted(chars))}”{pair}" for pair, chars in lent.items())


def _payload(document: Document, fonts: FontSet) -> dict[str, Any]:
    """Everything the layout prints, as plain data."""
    place = signature_place(document)
    return {
        "fonts": {
            face: {"families": [font.family for font in chain], "weight": chain[0].weight}
            for face, chain in fonts.chains.items()
        },
        "header": _header(document.header) if document.header else None,
        "number": str(document.number) if document.number else None,
        "title": title_lines(document.title),
        "recipients": document.recipients.rstrip("：:"),
        "body": list(_blocks(document.body)),
        "statement": annex_statement(document.annexes) if document.annexes else [],
        "annexes": [
            {"mark": mark, "title": title_lines(annex.title), "blocks": list(_blocks(annex.blocks))}
            for mark, annex in zip(annex_marks(document.annexes), document.annexes, strict=True)
        ],
        "signatures": document.signatures,
        "date": chinese_date(document.signed_on),
        "day": [document.signed_on.year, document.signed_on.month, document.signed_on.day],
        "place": {"signature": place.signature, "date": place.date},
        "sealed": document.sealed,
        "note": document.note,
        "footing": document.footing,
        "colophon": _colophon(document.colophon),
    }


def _header(header: Header) -> dict[str, Any]:
    number = f"{header.copy_number:06}" if header.copy_number else ""
    return {
        "mark": header.mark,
        "mark_width": width(header.mark),
        "corner": [text for text in (header.secrecy, header.urgency) if text],
        "copy_number": number,
        "signers": signer_rows(header.signers),
    }


def _colophon(colophon: Colophon | None) -> dict[str, str] | None:
    if colophon is None:
        return None
    return {
        "copied_to": colophon.copied_to.rstrip("。"),
        "printed_by": colophon.printed_by,
        "printed_on": f"{chinese_date(colophon.printed_on)}印发",
    }


def _blocks(blocks: tuple[Block, ...]) -> Iterator[dict[str, Any]]:
    for block in composed(blocks):
        if isinstance(block, Line):
            runs = [{"text": run.text, "face": run.face} for run in block.runs]
            yield {"kind": "heading" if block.is_heading else "paragraph", "runs": runs}
        else:
            yield _table(block)


def _table(table: Table) -> dict[str, Any]:
    columns = len(table.widths)
    return {
        "kind": "table",
        "widths": table.widths,
        "size": table_size(table),
        "header": _cells(table.header, columns),
        "rows": _cells(table.rows, columns),
        "notes": list(zip(note_labels(len(table.notes)), table.notes, strict=True)),
    }


def _cells(rows: Rows, columns: int) -> list[dict[str, Any]]:
    return [
        slot.cell.model_dump()
        for slots in tiled(rows, columns)
        for slot in slots
        if not slot.continued
    ]
