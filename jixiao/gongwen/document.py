"""What is an official document made of, and what may each part hold? (GB/T 9704-2012)

Every part is a frozen pydantic model, so a document is plain data: it compares, prints as JSON
and reads back. Numbers of levels, annexes and table notes are never typed; `composition`
generates them. Whatever is wrong is said in Chinese by a `DocumentError`.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PositiveInt,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

LINE_CHARACTERS = 28  # GB/T 9704 5.2.3: 每行28个字
TITLE_CHARACTERS = 20  # 156 mm hold twenty characters of 2号
TITLE_LINES = 4
MARK_CHARACTERS = 22  # below 20 pt a mark is no longer 醒目


class DocumentError(Exception):
    """A document that cannot be, or cannot be printed; the message is for the user."""


class Face(StrEnum):
    """The five typefaces of the standard, by the role they play."""

    XIAOBIAOSONG = "小标宋"
    FANGSONG = "仿宋"
    HEITI = "黑体"
    KAITI = "楷体"
    SONGTI = "宋体"


def width(text: str) -> float:
    """How many character widths (一字) a text takes: Latin letters and digits take half."""
    return sum(0.5 if ord(char) < 0x2000 and char != "·" else 1.0 for char in text)


def _printable(text: str) -> str:
    for char in text:
        if char in "\r\n":
            raise ValueError(f"“{text[:20]}…”里有换行；一个段落不能换行，请分成两段。")
        if unicodedata.category(char) in {"Cc", "Cf", "Cs"} or char in "\ufffe\uffff":
            raise ValueError(
                f"“{text[:20]}”里有一个看不见的控制字符（U+{ord(char):04X}），请删去后重新输入。"
            )
    return text


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("这里不能空着。")
    return text


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _as_runs(value: object) -> object:
    parts = _as_tuple(value)
    if not isinstance(parts, Sequence):
        return parts
    return tuple({"text": part} if isinstance(part, str) else part for part in parts)


def _as_cell(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


Text = Annotated[str, AfterValidator(_printable)]
FilledText = Annotated[Text, AfterValidator(_filled)]
Lines = Annotated[tuple[FilledText, ...], BeforeValidator(_as_tuple)]


class Part(BaseModel):
    """A piece of a document: frozen, without unknown fields, and Chinese when refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="wrap")
    @classmethod
    def _refuse_in_chinese(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(data)
        except ValidationError as error:
            raise DocumentError("\n".join(_explanations(cls, error))) from None


def _explanations(part: type[Part], error: ValidationError) -> list[str]:
    return [_explanation(part, dict(detail)) for detail in error.errors()]


def _explanation(part: type[Part], detail: dict[str, Any]) -> str:
    """One sentence for one pydantic error: where, what, and what to do next."""
    name = str(detail["loc"][0]) if detail["loc"] else ""
    field = part.model_fields.get(name)
    label = (field.title if field else None) or name
    where = f"{part.model_config.get('title')}的“{label}”" if label else ""
    kind = str(detail["type"])
    if kind == "value_error":
        return f"{where}：{detail['ctx']['error']}" if where else str(detail["ctx"]["error"])
    if kind == "missing":
        return f"{where}没有填写，请补上。"
    if kind == "extra_forbidden":
        return f"{where}不是公文要素，请核对名称。"
    return f"{where}填写不合要求（{detail['input']!r}），请核对。"


class Run(Part):
    """A stretch of text in one typeface."""

    model_config = ConfigDict(title="文字")
    text: Text = Field(title="内容")
    face: Face = Field(default=Face.FANGSONG, title="字体")


Runs = Annotated[tuple[Run, ...], BeforeValidator(_as_runs)]


class Heading(Part):
    """A heading of level 1 to 4 (7.3.3); `runs` follow on the same line: （一）自查自纠。正文…"""

    model_config = ConfigDict(title="层级标题")
    kind: Literal["heading"] = "heading"
    level: Literal[1, 2, 3, 4] = Field(title="层级")
    text: FilledText = Field(title="内容")
    runs: Runs = Field(default=(), title="接排正文")

    @field_validator("text")
    @classmethod
    def _has_no_typed_number(cls, text: str) -> str:
        typed = re.match(
            r"[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[.．、](?!\d)", text
        )
        if typed:
            raise ValueError(f"“{text}”不要自己写序号“{typed[0]}”，序号按层级自动编排。")
        return text


class Paragraph(Part):
    """A paragraph of body text, indented by two characters."""

    model_config = ConfigDict(title="段落")
    kind: Literal["paragraph"] = "paragraph"
    runs: Runs = Field(title="内容", min_length=1)


DRAWN = (600, 200)
"""The field in which something is drawn by hand: whole units, from the upper left corner."""
Point = tuple[
    Annotated[int, Field(strict=True, ge=0, le=DRAWN[0])],
    Annotated[int, Field(strict=True, ge=0, le=DRAWN[1])],
]


class Drawing(Part):
    """Lines drawn by hand, such as a signature; 36 mm × 12 mm on paper."""

    model_config = ConfigDict(title="手写签名")
    strokes: tuple[Annotated[tuple[Point, ...], Field(min_length=1)], ...] = Field(
        title="笔迹", min_length=1
    )


class Cell(Part):
    """A cell of a table; plain text is taken for a cell of one column and one row."""

    model_config = ConfigDict(title="单元格")
    text: Text = Field(default="", title="内容")
    columns: PositiveInt = Field(default=1, title="跨列")
    rows: PositiveInt = Field(default=1, title="跨行")
    align: Literal["left", "center", "right"] = Field(default="center", title="对齐")
    drawing: Drawing | None = Field(default=None, title="手写签名")
    """Stands above the text."""


Rows = tuple[tuple[Annotated[Cell, BeforeValidator(_as_cell)], ...], ...]


class Table(Part):
    """A table: relative column widths, header rows repeated on every page, rows, notes (注)."""

    model_config = ConfigDict(title="表格")
    kind: Literal["table"] = "table"
    widths: tuple[PositiveInt, ...] = Field(title="列宽", min_length=1)
    header: Rows = Field(default=(), title="表头")
    rows: Rows = Field(title="表体", min_length=1)
    notes: Lines = Field(default=(), title="表注")
    is_compact: bool = Field(default=False, title="小字排印")

    @field_validator("header", "rows")
    @classmethod
    def _is_rectangular(cls, rows: Rows, info: ValidationInfo) -> Rows:
        if "widths" in info.data:
            tiled(rows, len(info.data["widths"]))
        return rows


@dataclass(frozen=True)
class Slot:
    """A cell where it stands: its first column, and whether it began in a row above."""

    cell: Cell
    column: int
    continued: bool


def tiled(rows: Rows, columns: int) -> tuple[tuple[Slot, ...], ...]:
    """Every row's slots from left to right, with the cells that reach down from above.

    Raises ValueError when cells overlap or leave a gap.
    """
    hanging: dict[int, tuple[Cell, int]] = {}  # column -> cell from above, rows still to cover
    result = []
    for number, row in enumerate(rows, start=1):
        slots = _row_slots(row, hanging, columns)
        if slots is None or sum(slot.cell.columns for slot in slots) != columns:
            raise ValueError(f"第{number}行应正好占{columns}列，请核对这一行的格数和跨列、跨行。")
        hanging = {
            slot.column: (slot.cell, left)
            for slot in slots
            if (left := (hanging[slot.column][1] if slot.continued else slot.cell.rows) - 1)
        }
        result.append(tuple(slots))
    if hanging:
        raise ValueError("最后一行有单元格向下跨出了表格，请核对跨行。")
    return tuple(result)


def _row_slots(
    row: tuple[Cell, ...], hanging: dict[int, tuple[Cell, int]], columns: int
) -> list[Slot] | None:
    slots, column, waiting = [], 0, list(row)
    while column < columns:
        above = hanging.get(column)
        if above is None and not waiting:
            return None
        cell = above[0] if above else waiting.pop(0)
        slots.append(Slot(cell, column, above is not None))
        if any(column < other < column + cell.columns for other in hanging):
            return None
        column += cell.columns
    return None if waiting else slots


Block = Annotated[Heading | Paragraph | Table, Field(discriminator="kind")]


def _title(lines: tuple[str, ...]) -> tuple[str, ...]:
    most = TITLE_LINES if len(lines) > 1 else 1
    if len(lines) > TITLE_LINES or width("".join(lines)) > TITLE_LINES * (TITLE_CHARACTERS - 2):
        raise ValueError(f"标题太长，最多{TITLE_LINES}行，否则首页排不下正文；请压缩文字。")
    for number, line in enumerate(lines, start=1):
        if most > 1 and width(line) > TITLE_CHARACTERS:
            raise ValueError(
                f"第{number}行“{line}”有{width(line):g}个字宽，2号字一行最多{TITLE_CHARACTERS}个，"
                "请重新分行，或合成一行由系统分行。"
            )
    return lines


Title = Annotated[Lines, AfterValidator(_title), Field(min_length=1)]


class Header(Part):
    """版头 (7.2): the red mark and what stands around it."""

    model_config = ConfigDict(title="版头")
    mark: FilledText = Field(title="发文机关标志")
    copy_number: int | None = Field(default=None, title="份号", ge=1, le=999_999)
    secrecy: Text = Field(default="", title="密级和保密期限")
    urgency: Literal["", "特急", "加急", "平急"] = Field(default="", title="紧急程度")
    signers: Annotated[Lines, Field(max_length=6)] = Field(default=(), title="签发人")

    @field_validator("mark")
    @classmethod
    def _is_conspicuous(cls, mark: str) -> str:
        if width(mark) > MARK_CHARACTERS:
            raise ValueError(
                f"有{width(mark):g}个字，超过{MARK_CHARACTERS}个就不醒目了，请用规范化简称。"
            )
        return mark


class Number(Part):
    """发文字号 (7.2.5): 代字〔年〕序号号."""

    model_config = ConfigDict(title="发文字号")
    code: FilledText = Field(title="机关代字")
    year: int = Field(title="年份", ge=1949, le=9999)
    serial: PositiveInt = Field(title="序号")

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"


class Annex(Part):
    """附件 (7.3.7): begins a new page before the colophon."""

    model_config = ConfigDict(title="附件")
    title: Title = Field(title="标题")
    blocks: tuple[Block, ...] = Field(title="内容", min_length=1)


class Colophon(Part):
    """版记 (7.4): who gets a copy, who printed it, when."""

    model_config = ConfigDict(title="版记")
    copied_to: Text = Field(default="", title="抄送机关")
    printed_by: FilledText = Field(title="印发机关")
    printed_on: dt.date = Field(title="印发日期")


class Document(Part):
    """One official document. `sealed` leaves room for a seal of 45 mm; none is ever drawn.

    A working paper, such as a record sheet, has neither 版头 nor 署名, and a `footing` on every page.
    """

    model_config = ConfigDict(title="公文")
    header: Header | None = Field(title="版头")
    number: Number | None = Field(default=None, title="发文字号")
    title: Title = Field(title="标题")
    recipients: Text = Field(default="", title="主送机关")
    body: tuple[Block, ...] = Field(title="正文", min_length=1)
    annexes: tuple[Annex, ...] = Field(default=(), title="附件")
    signatures: Lines = Field(title="发文机关署名")
    signed_on: dt.date = Field(title="成文日期")
    sealed: bool = Field(default=True, title="加盖印章")
    note: Text = Field(default="", title="附注")
    colophon: Colophon | None = Field(default=None, title="版记")
    footing: Text = Field(default="", title="页脚")

    @field_validator("signatures")
    @classmethod
    def _is_signed(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if info.data.get("header") and not names:
            raise ValueError("有版头的公文要有署名，请补上。")
        return names
