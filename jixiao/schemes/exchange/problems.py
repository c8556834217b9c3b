"""What is wrong with a scheme file, and where?"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

Keys: TypeAlias = tuple[str | int, ...]
T = TypeVar("T")

LIKENESS = 0.5  # one wrong character in a word of two


@dataclass(frozen=True)
class Problem:
    """One thing to put right: the place in the file, the path in Chinese words, what to do."""

    message: str
    path: str = ""
    where: str = ""
    keys: Keys = ()

    def __str__(self) -> str:
        place = "｜".join(filter(None, (self.where, self.path)))
        return f"{place}：{self.message}" if place else self.message


class SchemeFileError(Exception):
    """Everything wrong with a scheme file, at once; `str()` lists one problem a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def place_of(keys: Keys, places: Mapping[Keys, T]) -> T | None:
    """The place of the innermost part on the way to ``keys`` whose place is known."""
    ways = (keys[:length] for length in range(len(keys), -1, -1))
    return next((places[way] for way in ways if way in places), None)


def unknown(word: str, known: Iterable[str]) -> tuple[str, str]:
    """What to say about a word nobody knows, and the one known word it is like (or ``""``)."""
    likeness = {each: difflib.SequenceMatcher(None, each, word).ratio() for each in known}
    best = max(likeness.values(), default=0)
    close = [each for each in likeness if likeness[each] == best >= LIKENESS]
    if ":" in word or "：" in word:
        return f"“{word}”里的冒号要用英文冒号，后面空一格，如“方法: 比率”", ""
    if close:
        near = "或".join(f"“{each}”" for each in close)
        return f"不认识“{word}”，是不是{near}？请改正", close[0] if len(close) == 1 else ""
    return f"不认识“{word}”，这里可以写：{'、'.join(likeness)}", ""
