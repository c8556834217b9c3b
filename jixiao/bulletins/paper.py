"""How does a document look on a screen? The page of GB/T 9704 as lines and tables to draw."""

from dataclasses import dataclass

from jixiao.gongwen.composition import (
    Line,
    annex_marks,
    annex_statement,
    chinese_date,
    composed,
    note_labels,
    title_lines,
)
from jixiao.gongwen.document import Block, Document, Face, Rows, Table

LOOKS = {Face.HEITI: "hei", Face.KAITI: "kai"}
"""What is not set in 仿宋."""


@dataclass(frozen=True)
class Row:
    """One paragraph or one table."""

    runs: tuple[tuple[str, str], ...] = ()
    """Text and look."""
    header: Rows = ()
    rows: Rows = ()
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return bool(self.rows)


@dataclass(frozen=True)
class Sheet:
    """An annex: its mark, title and content."""

    mark: str
    title: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Paper:
    """Everything that stands on the page, in its order."""

    mark: str
    number: str
    title: tuple[str, ...]
    recipients: str
    rows: tuple[Row, ...]
    statement: tuple[tuple[str, str], ...]
    signatures: tuple[str, ...]
    date: str
    annexes: tuple[Sheet, ...]
    colophon: tuple[str, ...]


def paper(document: Document) -> Paper:
    """The page, with everything numbered as the printers number it."""
    last, marks = document.colophon, annex_marks(document.annexes)
    return Paper(
        mark=document.header.mark if document.header else "",
        number=str(document.number or ""),
        title=title_lines(document.title),
        recipients=document.recipients.rstrip("：:"),
        rows=_rows(document.body),
        statement=tuple(annex_statement(document.annexes)) if document.annexes else (),
        signatures=document.signatures,
        date=chinese_date(document.signed_on),
        annexes=tuple(
            Sheet(mark, title_lines(annex.title), _rows(annex.blocks))
            for mark, annex in zip(marks, document.annexes, strict=True)
        ),
        colophon=((last.copied_to, last.printed_by, chinese_date(last.printed_on)) if last else ()),
    )


def _rows(blocks: tuple[Block, ...]) -> tuple[Row, ...]:
    return tuple(_row(each) for each in composed(blocks))


def _row(block: Line | Table) -> Row:
    if isinstance(block, Line):
        return Row(runs=tuple((run.text, LOOKS.get(run.face, "")) for run in block.runs))
    notes = zip(note_labels(len(block.notes)), block.notes, strict=True)
    return Row(header=block.header, rows=block.rows, notes=tuple(notes))
