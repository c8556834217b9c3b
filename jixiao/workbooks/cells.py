"""What does a cell say, as an exact number, a date or a text?

Each conversion gives the value, None for a blank, or a Fault in the clerk's words.
"""

import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from jixiao.workbooks.problems import Fault, quoted
from jixiao.workbooks.tables import Cell, Value

PLACES = 4
LARGEST = 1_000_000_000
SIGNIFICANT = 15  # digits Excel keeps; beyond them lies the noise of binary fractions
ABSENT_MARKS = frozenset({"-", "--", "—", "——", "–", "/", "\\", "无", "不适用", "N/A", "n/a"})

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: "-", 0x3000: " "}
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?(?<=[0-9])%?")
DATE = re.compile(r"([0-9]{4})([-/.年])([0-9]{1,2})([-/.月])([0-9]{1,2})日?")
COMPACT_DATE = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])")
RADICALS = range(0x2E80, 0x2FE0)  # look-alikes of characters, met in text copied from PDF
EXCEL_EPOCH = dt.date(1899, 12, 30)
EXCEL_DAYS = range(32_874, 73_051)  # 1990 to 2099


def squash(text: str) -> str:
    """The text without any white space or invisible character, letters and digits in plain width.

    Chinese punctuation stays, so that a name can be compared and still be shown.
    """
    return "".join("" if _is_invisible(ch) else _plain(ch) for ch in text)


def is_blank(cell: Cell) -> bool:
    """Whether nothing is in the cell, or only white space (of any width)."""
    return cell.fault is None and (
        cell.value is None or (isinstance(cell.value, str) and not squash(cell.value))
    )


def is_absent_mark(cell: Cell) -> bool:
    """Whether the cell says in so many words that there is no value: —, -, /, 无, 不适用, N/A.

    `as_decimal` gives None for these as for a blank; whoever treats 不适用 otherwise asks here.
    """
    return isinstance(cell.value, str) and _trimmed(cell.value) in ABSENT_MARKS


def as_decimal(cell: Cell, *, places: int = PLACES) -> Decimal | Fault | None:
    """The exact number in a cell, at most `places` decimals and a thousand million in size.

    Excel's binary fractions count with their 15 significant digits (0.1+0.2 is 0.3). Text may be
    full-width, have thousands separators, or end in a percent sign (85% is 0.85).
    """
    value = cell.value
    if cell.fault or is_blank(cell) or is_absent_mark(cell):
        return cell.fault
    if isinstance(value, bool):
        return Fault("是逻辑值（TRUE或FALSE），不是数字", "请填阿拉伯数字")
    if isinstance(value, dt.date):
        shown = value.isoformat()
        return Fault(f"单元格是日期{quoted(shown)}，不是数字", "请把单元格格式改为“常规”后重新填写")
    number = _text_number(value) if isinstance(value, str) else _float_number(value or 0)
    return number if isinstance(number, Fault) else _checked(number, places=places)


def as_integer(cell: Cell) -> int | Fault | None:
    """The whole number in a cell."""
    number = as_decimal(cell)
    if not isinstance(number, Decimal):
        return number
    if number != int(number):
        return Fault(f"{quoted(number)}不是整数", "请填整数")
    return int(number)


def as_text(cell: Cell) -> str | Fault | None:
    """The text in a cell, trimmed, letters and digits in plain width; numbers as Excel shows them."""
    value = cell.value
    if cell.fault or is_blank(cell):
        return cell.fault
    if isinstance(value, str):
        return "".join(_plain(ch) for ch in _trimmed(value, table={}))
    if isinstance(value, float) and math.isfinite(value):
        return _shown(Decimal(f"{value:.{SIGNIFICANT}g}"))
    return value.isoformat() if isinstance(value, dt.date) else str(value).upper()


def as_date(cell: Cell) -> dt.date | Fault | None:
    """The day in a cell: a date, or text such as 2026-8-31, 2026/8/31, 2026年8月31日, 20260831."""
    value = cell.value
    if cell.fault or is_blank(cell) or is_absent_mark(cell):
        return cell.fault
    if isinstance(value, dt.date):
        return value
    text = as_text(cell)
    match = isinstance(text, str) and (DATE.fullmatch(text) or COMPACT_DATE.fullmatch(text))
    if match:
        year, month, day = (int(part) for part in match.groups() if part.isdigit())
        try:
            return dt.date(year, month, day)
        except ValueError:
            return Fault(f"没有{quoted(text)}这一天", "请检查日期")
    return _not_a_date(value)


def _not_a_date(value: Value) -> Fault:
    """Say what stands in place of a date; a bare number may be a date that lost its format."""
    hint = "请写成2026-08-31这样的日期"
    if isinstance(value, float) and value in EXCEL_DAYS:
        day = EXCEL_EPOCH + dt.timedelta(days=int(value))
        meant = f"{day.year}年{day.month}月{day.day}日"
        return Fault(
            f"是数字{quoted(int(value))}而不是日期", f"如指{meant}，请把单元格格式改为日期"
        )
    return Fault(f"{quoted(value)}不是日期", hint)


def _float_number(value: float) -> Decimal | Fault:
    """Excel's binary number as the decimal it shows."""
    if not math.isfinite(value):
        return Fault("不是有效的数字", "请重新填写")
    return Decimal(f"{value:.{SIGNIFICANT}g}")


def _text_number(value: str) -> Decimal | Fault:
    """The number a text spells out in digits."""
    text = _trimmed(value)
    if NUMBER.fullmatch(text):
        return Decimal(text.replace(",", "").replace("%", "E-2"))
    if text.startswith("="):
        return Fault(f"{quoted(value)}是公式文字，没有算出结果", "请填算好的数字")
    if re.match(r"[+-]?[0-9]", text):
        return Fault(
            f"{quoted(value)}不是单纯的数字", "请只填一个数字，计量单位和说明写在表头或备注里"
        )
    return Fault(f"{quoted(value)}不是数字", "请填阿拉伯数字")


def _checked(number: Decimal, *, places: int) -> Decimal | Fault:
    """Refuse what is too large or too finely divided; drop trailing zeros."""
    if abs(number) > LARGEST:
        return Fault(f"{quoted(_shown(number))}太大", "请核对，或换用万元、亿元等更大的计量单位")
    shown = _shown(number)
    if len(shown.partition(".")[2]) > places:
        return Fault(f"{quoted(shown)}的小数超过{places}位", f"请四舍五入到{places}位以内")
    return Decimal(shown)


def _shown(number: Decimal) -> str:
    """A number in plain digits without trailing zeros or a negative zero."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _trimmed(text: str, *, table: dict[int, int | str] = FULL_WIDTH) -> str:
    """The text in plain width without invisible characters, and without white space at the ends."""
    seen = "".join(ch for ch in text if ch.isspace() or not _is_invisible(ch))
    return seen.translate(table).strip()


@lru_cache(4096)
def _plain(character: str) -> str:
    """A letter, digit or look-alike radical in its usual form; anything else as it is."""
    is_text = unicodedata.category(character)[0] == "L" or character.isdecimal()
    if is_text or ord(character) in RADICALS:
        return unicodedata.normalize("NFKC", character)
    return character


@lru_cache(4096)
def _is_invisible(character: str) -> bool:
    """Whether the character is white space, a control or a format character (zero width)."""
    return unicodedata.category(character) in {"Cc", "Cf"} or character.isspace()
