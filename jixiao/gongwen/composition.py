"""What words does a document print, in which typeface, and where? (both printers ask this)

Numbers of levels and annexes, the breaking of a title, the place of the signature: everything
that the docx and the PDF must agree on is worked out here once.
"""

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.gongwen.document import (
    LINE_CHARACTERS,
    TITLE_CHARACTERS,
    Annex,
    Block,
    Document,
    Face,
    Heading,
    Run,
    Table,
    width,
)

DIGITS = "零一二三四五六七八九"
# GB/T 9704 7.3.3: 第一层用黑体，第二层用楷体，第三层和第四层用仿宋
LEVEL_FACES = {1: Face.HEITI, 2: Face.KAITI, 3: Face.FANGSONG, 4: Face.FANGSONG}
PUNCTUATION = "。；：，、！？…"
NEVER_FIRST = "，、。；：！？）》〉”’」』"
NEVER_LAST = "（《〈“‘「『"
BREAKS_WELL_AFTER = (
    "关于", "年度", "工作", "情况", "办法", "方案", "意见", "的", "》", "、",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A paragraph ready to print; a heading that stands alone stays with what follows."""

    runs: tuple[Run, ...]
    is_heading: bool = False

    @property
    def width(self) -> float:
        """How many character widths the paragraph takes without its indent."""
        return sum(width(run.text) for run in self.runs)


@dataclass(frozen=True)
class SignaturePlace:
    """Left indents in characters; with a seal, signature and date are centred from there on."""

    signature: float
    date: float


def composed(blocks: tuple[Block, ...]) -> list[Line | Table]:
    """Blocks with their numbers: 一、（一）1.（1）; a deeper level starts again at one."""
    counts = dict.fromkeys(LEVEL_FACES, 0)
    result: list[Line | Table] = []
    for block in blocks:
        if isinstance(block, Heading):
            counts = {
                level: count + (level == block.level) if level <= block.level else 0
                for level, count in counts.items()
            }
            result.append(_heading_line(block, level_number(block.level, counts[block.level])))
        else:
            result.append(block if isinstance(block, Table) else Line(block.runs))
    return result


def _heading_line(heading: Heading, number: str) -> Line:
    stop = "。" if heading.runs and heading.text[-1] not in PUNCTUATION else ""
    own = Run(text=f"{number}{heading.text}{stop}", face=LEVEL_FACES[heading.level])
    return Line((own, *heading.runs), is_heading=not heading.runs)


def level_number(level: int, count: int) -> str:
    """The number of a heading: 一、 （一） 1. （1）."""
    chinese = chinese_number(count)
    return {1: f"{chinese}、", 2: f"（{chinese}）", 3: f"{count}.", 4: f"（{count}）"}[level]


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese: 一, 十, 十一, 二十, 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else DIGITS[tens]) + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


def chinese_date(day: dt.date) -> str:
    """7.3.5.4: Arabic digits without leading zeros, `2026年2月20日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def annex_marks(annexes: tuple[Annex, ...]) -> list[str]:
    """附件 when there is one, 附件1, 附件2 … when there are several."""
    if len(annexes) == 1:
        return ["附件"]
    return [f"附件{number}" for number in range(1, len(annexes) + 1)]


def annex_statement(annexes: tuple[Annex, ...]) -> list[tuple[str, str]]:
    """附件说明 (7.3.4) as pairs of label and name: `附件：1.` and the name without a stop."""
    names = ["".join(annex.title).rstrip("。") for annex in annexes]
    if len(names) == 1:
        return [("附件：", names[0])]
    return [
        (f"{'附件：' if number == 1 else '　　　'}{number}.", name)
        for number, name in enumerate(names, start=1)
    ]


def note_labels(count: int) -> list[str]:
    """Labels of a table's notes: `注：` alone, `注：1.` `2.` … for several."""
    if count <= 1:
        return ["注："] * count
    return [f"{'注：' if number == 1 else '　　'}{number}." for number in range(1, count + 1)]


def table_size(table: Table) -> float:
    """The type size of a table in points: 4号, 小4 or 5号, by its number of columns."""
    columns = len(table.widths)
    if table.is_compact:
        return 10.5
    return 14 if columns <= 4 else 12 if columns <= 6 else 10.5


def signer_rows(signers: tuple[str, ...]) -> list[str]:
    """签发人 two in a row (7.2.6); the first row carries the label, in `Document.header`."""
    return ["　".join(signers[start : start + 2]) for start in range(0, len(signers), 2)]


def signature_place(document: Document) -> SignaturePlace:
    """Where signature and date begin (7.3.5), as left indents in characters.

    With a seal the date keeps four characters to its right and the signature is centred on it;
    without, the signature keeps two, and the date begins two to the right of the signature.
    """
    signature = max((width(line) for line in document.signatures), default=0)
    date = width(chinese_date(document.signed_on))
    if document.sealed:
        left = max(0.0, LINE_CHARACTERS - max(date + 8, signature))
        return SignaturePlace(left, left)
    start = LINE_CHARACTERS - 2 - signature
    if date > signature:
        start = LINE_CHARACTERS - 2 - date - 2
    return SignaturePlace(max(0.0, start), max(0.0, start) + 2)


def title_lines(title: tuple[str, ...]) -> tuple[str, ...]:
    """A title given in one piece is broken into balanced lines (7.3.1 梯形或菱形)."""
    if len(title) > 1 or width(title[0]) <= TITLE_CHARACTERS - 2:
        return title
    return tuple(_balanced(title[0], math.ceil(width(title[0]) / (TITLE_CHARACTERS - 2))))


def _balanced(text: str, lines: int) -> list[str]:
    if lines == 1:
        return [text]
    share = width(text) / lines
    at = min(range(1, len(text)), key=lambda index: _break_cost(text, index, share))
    return [text[:at], *_balanced(text[at:], lines - 1)]


def _break_cost(text: str, at: int, share: float) -> float:
    before, after = text[at - 1], text[at]
    if (before.isascii() and after.isascii()) or after in NEVER_FIRST or before in NEVER_LAST:
        return math.inf
    spoilt = 0 if text[:at].endswith(BREAKS_WELL_AFTER) and after != "的" else 4
    return abs(width(text[:at]) - share) + spoilt


def texts(document: Document) -> Iterator[tuple[str, Face, str]]:
    """Every text that is printed: its place in the user's words, its typeface, the text."""
    if document.header:
        yield "发文机关标志", Face.XIAOBIAOSONG, document.header.mark
        yield "密级", Face.HEITI, document.header.secrecy
        yield "签发人", Face.KAITI, "".join(document.header.signers)
    yield "发文字号", Face.FANGSONG, str(document.number or "")
    yield "标题", Face.XIAOBIAOSONG, "".join(document.title)
    yield "主送机关", Face.FANGSONG, document.recipients
    yield from _block_texts("正文", document.body)
    for mark, annex in zip(annex_marks(document.annexes), document.annexes, strict=True):
        yield f"{mark}标题", Face.XIAOBIAOSONG, "".join(annex.title)
        yield "附件说明", Face.FANGSONG, "".join(annex.title)
        yield from _block_texts(mark, annex.blocks)
    yield "发文机关署名", Face.FANGSONG, "".join(document.signatures)
    yield "附注", Face.FANGSONG, document.note
    yield "页脚", Face.SONGTI, document.footing
    if document.colophon:
        yield "抄送机关", Face.FANGSONG, document.colophon.copied_to
        yield "印发机关", Face.FANGSONG, document.colophon.printed_by


def _block_texts(where: str, blocks: tuple[Block, ...]) -> Iterator[tuple[str, Face, str]]:
    for number, block in enumerate(composed(blocks), start=1):
        place = f"{where}第{number}段"
        if isinstance(block, Line):
            yield from ((place, run.face, run.text) for run in block.runs)
        else:
            yield from _table_texts(f"{place}的表格", block)


def _table_texts(where: str, table: Table) -> Iterator[tuple[str, Face, str]]:
    for name, face, rows in (
        ("表头", Face.HEITI, table.header),
        ("表体", Face.FANGSONG, table.rows),
    ):
        for number, row in enumerate(rows, start=1):
            yield from ((f"{where}{name}第{number}行", face, cell.text) for cell in row)
    yield f"{where}表注", Face.FANGSONG, "".join(table.notes)
