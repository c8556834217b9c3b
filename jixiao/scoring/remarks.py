"""What does the checker say, and how grave is it?"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Remark:
    """One thing the checker has to say."""

    severity: Literal["error", "warning"]
    where: str
    message: str

    def __str__(self) -> str:
        word = "错误" if self.severity == "error" else "提醒"
        return f"{word}｜{self.where}：{self.message}"


def error(where: str, message: str) -> Remark:
    """Something that stops a run."""
    return Remark("error", where, message)


def warning(where: str, message: str) -> Remark:
    """Something to look at; a run goes on."""
    return Remark("warning", where, message)
