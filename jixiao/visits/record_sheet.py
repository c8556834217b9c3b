"""How does a visit become a paper that both sides can file? 现场评估记录表, as docx and PDF."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jixiao.gongwen.document import Block, Cell, Document, Drawing, Heading, Paragraph, Table
from jixiao.gongwen.docx import render_docx
from jixiao.gongwen.fonts import find_fonts
from jixiao.gongwen.pdf import render_pdf

NOTHING = "无"


@dataclass(frozen=True)
class Line:
    """One item: code and name, methods, full mark, own mark, mark, reason and remark."""

    item: str
    methods: str
    full: str
    own: str
    mark: str
    why: str


@dataclass(frozen=True)
class Found:
    """One finding."""

    item: str
    fact: str
    opinion: str
    due: str


@dataclass(frozen=True)
class Signature:
    """Somebody who confirmed: drawn strokes, or words where it was an account."""

    side: str
    strokes: Sequence[Sequence[Sequence[int]]]
    words: str


@dataclass(frozen=True)
class Change:
    """Something put right after both sides confirmed."""

    item: str
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class RecordSheet:
    """Everything that the paper says, in words."""

    county: str
    unit: str
    facts: Sequence[tuple[str, str]]
    lines: Sequence[tuple[str, Sequence[Line]]]
    totals: tuple[str, str, str]
    """Full, own, given."""
    pending: str
    """What the total does not hold."""
    findings: Sequence[Found]
    views: Sequence[str]
    signatures: Sequence[Signature]
    changes: Sequence[Change]
    footing: str
    on: date


def document(sheet: RecordSheet) -> Document:
    """The sheet as a typed document; the numbers of its parts are generated."""
    return Document(
        header=None,
        title=(f"{_clean(sheet.unit)}现场评估记录表",),
        body=tuple(_body(sheet)),
        signed_on=sheet.on,
        signatures=(),
        sealed=False,
        footing=_clean(sheet.footing),
    )


def printed_docx(sheet: RecordSheet) -> bytes:
    """For Word and WPS."""
    return render_docx(document(sheet))


def printed_pdf(sheet: RecordSheet) -> bytes:
    """PDF/A, which looks the same everywhere."""
    return render_pdf(document(sheet), fonts=find_fonts()).content


FORMS: dict[str, tuple[str, Callable[[RecordSheet], bytes]]] = {
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        printed_docx,
    ),
    "pdf": ("application/pdf", printed_pdf),
}
"""By the name's ending: media type and printer."""


def _body(sheet: RecordSheet) -> Iterator[Block]:
    yield _facts(sheet.facts)
    yield Heading(level=1, text="逐项记录")
    yield _lines(sheet)
    yield Heading(level=1, text="发现的问题")
    yield _findings(sheet.findings)
    yield Heading(level=1, text="单位意见")
    for each in sheet.views or (NOTHING,):
        yield Paragraph(runs=(_clean(each),))
    yield Heading(level=1, text="双方确认")
    yield _signatures(sheet.signatures)
    if sheet.changes:
        yield Heading(level=1, text="确认以后的更正")
        yield _changes(sheet.changes)


def _facts(facts: Sequence[tuple[str, str]]) -> Table:
    """Two facts in a row."""
    pairs = [*facts, *[("", "")] * (len(facts) % 2)]
    rows = [(*_fact(*pairs[at]), *_fact(*pairs[at + 1])) for at in range(0, len(pairs), 2)]
    return Table(widths=(4, 10, 4, 10), rows=tuple(rows), is_compact=True)


def _fact(name: str, value: str) -> tuple[Cell, Cell]:
    return Cell(text=_clean(name)), _left(value)


def _lines(sheet: RecordSheet) -> Table:
    head = ("项目", "方法", "满分", "自评", "得分", "扣分理由和备注")
    rows: list[tuple[Cell, ...]] = []
    for category, lines in sheet.lines:
        rows.append((Cell(text=_clean(category), columns=6, align="left"),))
        rows += [_line(each) for each in lines]
    full, own, mark = sheet.totals
    rows.append(
        (
            _left("合计"),
            Cell(),
            Cell(text=full),
            Cell(text=own),
            Cell(text=mark),
            _left(sheet.pending),
        )
    )
    return Table(
        widths=(9, 4, 3, 3, 3, 12), header=(tuple(Cell(text=each) for each in head),),
        rows=tuple(rows), is_compact=True,
    )  # fmt: skip


def _line(line: Line) -> tuple[Cell, ...]:
    middle = (line.methods, line.full, line.own, line.mark)
    return (_left(line.item), *(Cell(text=_clean(each)) for each in middle), _left(line.why))


def _findings(findings: Sequence[Found]) -> Block:
    if not findings:
        return Paragraph(runs=(NOTHING,))
    return Table(
        widths=(6, 12, 10, 6),
        header=(tuple(Cell(text=each) for each in ("项目", "事实", "整改意见", "期限")),),
        rows=tuple(
            (_left(each.item), _left(each.fact), _left(each.opinion), Cell(text=_clean(each.due)))
            for each in findings
        ),
        is_compact=True,
    )


def _signatures(signatures: Sequence[Signature]) -> Block:
    if not signatures:
        return Paragraph(runs=("还没有确认",))
    return Table(
        widths=(6, 24),
        rows=tuple((Cell(text=each.side), _signed(each)) for each in signatures),
        is_compact=True,
    )


def _signed(signature: Signature) -> Cell:
    strokes = tuple(tuple(tuple(point) for point in stroke) for stroke in signature.strokes)
    drawing = Drawing(strokes=strokes) if strokes else None
    return Cell(text=_clean(signature.words), align="left", drawing=drawing)


def _changes(changes: Sequence[Change]) -> Table:
    return Table(
        widths=(6, 8, 8, 12),
        header=(
            tuple(Cell(text=each) for each in ("项目", "更正前", "更正后", "原因、依据和经手人")),
        ),
        rows=tuple(
            tuple(_left(text) for text in (each.item, each.before, each.after, each.why))
            for each in changes
        ),
        is_compact=True,
    )


def _left(text: str) -> Cell:
    return Cell(text=_clean(text), align="left")


def _clean(text: str) -> str:
    """What people typed, in one line and without characters that cannot be printed."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())
