"""What is wrong with a table, where, and what should the clerk do about it?"""

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import NamedTuple

LONGEST_QUOTE = 24


class Severity(StrEnum):
    """Whether a problem stops the work (错误) or is only pointed out (警告)."""

    ERROR = "错误"
    WARNING = "警告"


class Fault(NamedTuple):
    """What is wrong with a value, before anybody says where it stands."""

    message: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Where:
    """A place in a file. `row` is Excel's row number, `column` counts from 1 (A)."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    header: str = ""

    def __str__(self) -> str:
        start = f"工作表{quoted(self.sheet)}" if self.sheet else f"文件{quoted(self.file)}"
        row = f"第{self.row}行" if self.row else ""
        column = f"{column_letters(self.column)}列" if self.column else ""
        return f"{start}{row}{column}{quoted(self.header) if self.header else ''}"


@dataclass(frozen=True)
class Problem:
    """One thing to put right, as one line of Chinese."""

    where: Where
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        label = "警告：" if self.severity is Severity.WARNING else ""
        return f"{label}{self.where}：{'，'.join(filter(None, (self.message, self.hint)))}"

    def as_dict(self) -> dict[str, object]:
        """The problem as plain data for JSON; `text` is the rendered line."""
        column = column_letters(self.where.column) if self.where.column else None
        return {
            **asdict(self.where),
            "column": column,
            "message": self.message,
            "hint": self.hint,
            "severity": self.severity.value,
            "text": str(self),
        }


class TableError(Exception):
    """Everything wrong with a file, at once; `str()` lists one problem a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def raise_errors(problems: Iterable[Problem]) -> None:
    """Raise TableError with all the problems (warnings too) if any of them is an error."""
    found = tuple(problems)
    if any(problem.severity is Severity.ERROR for problem in found):
        raise TableError(found)


def quoted(value: object) -> str:
    """The value in Chinese quotes on one line, invisible characters dropped, long text cut."""
    text = " ".join(str(value).split())
    text = "".join(ch for ch in text if unicodedata.category(ch) not in {"Cc", "Cf"})
    return f"“{text[:LONGEST_QUOTE]}……”" if len(text) > LONGEST_QUOTE else f"“{text}”"


def column_letters(column: int) -> str:
    """Excel's name of a column counted from 1: 1 is A, 28 is AB."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
