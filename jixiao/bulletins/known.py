"""What is a reference, from what is it answered, and what if there is no answer?"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from jixiao.bulletins.context import Context, Earlier
from jixiao.bulletins.standing import Standing
from jixiao.results.result import Result
from jixiao.scoring.scheme import Scheme

NOTHING = "（无）"
NUMERALS = "一二三四五六七八九十"
FEWEST = 3
"""Units from which on a mean tells nobody's mark."""
Rates = list[tuple[Fraction, str]]
"""Units with their share of a mark."""
Takes = Literal["", "tier", "group", "place", "item", "theme", "round", "gate", "ruling"]
"""What may stand behind the colon; ``place`` is a tier, a group, or both (``先进·乡镇``)."""


class ReferenceProblem(Exception):  # noqa: N818 - it is told to the user as a problem of the text
    """A reference that is written wrongly; the message says what to write instead."""


class NoAnswerError(ReferenceProblem):
    """A reference that is right, but what it asks is not known here, or may not be told."""


@dataclass(frozen=True)
class Grounds:
    """What references are answered from: a standing, and what is known beside it."""

    standing: Standing
    label: str
    context: Context = field(default_factory=Context)
    shows_marks: bool = True
    """Whether the bulletin's readers may learn marks and places."""
    subject: str = ""
    """What a bulletin of one topic is about: an item, a category, or a heading of findings."""
    rates: dict[str, Rates] = field(default_factory=dict, compare=False, repr=False)
    """Rates worked out so far: many references ask for the same."""

    @property
    def result(self) -> Result | None:
        """The sealed result, where there is one."""
        return self.context.result

    def result_for(self, name: str) -> Result:
        """The sealed result; NoAnswerError names the reference where only tiers are known."""
        if self.result is None:
            raise NoAnswerError(f"“{{{name}}}”要有得分结果，只有分档名单、季报时不能引用")
        return self.result

    def standing_for(self, name: str) -> Standing:
        """The tiers; NoAnswerError where nothing was tiered, such as of a quarter."""
        if not self.standing.tiers:
            raise NoAnswerError(f"“{{{name}}}”要有分档结果，这里没有，请删去")
        return self.standing

    def scheme_for(self, name: str) -> Scheme:
        """The rules behind the result."""
        return self.result_for(name).scheme

    def before_for(self, name: str) -> Earlier:
        """Last year's tiers at least."""
        if self.context.before is None:
            raise NoAnswerError(f"“{{{name}}}”要有上年结果，现在没有；请补上上年结果或删去这一句")
        return self.context.before

    def refuse_few(self, name: str, units: int) -> None:
        """A figure of two units tells each the other's mark: not where marks are not told."""
        if not self.shows_marks and units < FEWEST:
            raise NoAnswerError(
                f"“{{{name}}}”只有{units}个单位，等于公布得分，这份通报的公布范围不含得分，请删去"
            )


@dataclass(frozen=True)
class Known:
    """A reference that a template may use."""

    name: str
    answer: Callable[[Grounds, str], str]
    """Empty where there is nothing to name; its docstring tells people what it gives."""
    example: str
    takes: Takes = ""
    tells_marks: bool = False
    """A unit's mark or place becomes known by it."""

    @property
    def words(self) -> str:
        """What it gives, in Chinese."""
        return " ".join((self.answer.__doc__ or "").split())


def split_number(about: str, usual: int) -> tuple[str, int]:
    """``项目，个数``: what it is about and how many at most; a number alone may be an item's code."""
    item, comma, most = about.replace(",", "，").rpartition("，")
    return (item.strip(), number(most, usual)) if comma else (about.strip(), usual)


def number(about: str, usual: int) -> int:
    """How many are wanted at most."""
    if not about.strip():
        return usual
    if not re.fullmatch("[0-9]{1,3}", about.strip()):
        raise ReferenceProblem(f"“{about}”要写个数，如5")
    return int(about)


def listed(units: Iterable[str]) -> str:
    """Names as a sentence has them."""
    return "、".join(units)


def firstly(parts: Iterable[str]) -> str:
    """``一是……；二是……``, at most ten."""
    return "；".join(f"{number}是{part}" for number, part in zip(NUMERALS, parts, strict=False))
