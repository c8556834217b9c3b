"""How does a bulletin's text get its figures and unit lists? Only from what is known, never typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.bulletins.known import NOTHING, Grounds, Known, NoAnswerError, ReferenceProblem
from jixiao.bulletins.references import REFERENCES
from jixiao.bulletins.standing import Standing, TierList
from jixiao.results.result import Result

REFERENCE = re.compile(r"\{([^{}：:]+)(?:[：:]([^{}]*))?\}")
_OPTIONAL = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*)\]\]")


def references() -> tuple[Known, ...]:
    """Every reference a template may use, with what it gives and an example."""
    return tuple(REFERENCES.values())


@dataclass(frozen=True)
class Piece:
    """A stretch of a template's text and what is printed for it; together they are the whole text."""

    written: str
    said: str
    is_reference: bool = False
    is_nothing: bool = False
    """A reference whose answer is empty or nought."""
    problem: str = ""
    """Why a reference is not answered; it is printed as written."""
    is_unknown: bool = False
    """The reference is right, but what it asks is not known here."""


@dataclass(frozen=True)
class Facts(Grounds):
    """The grounds of one bulletin, answering the references of its text."""

    def fill(self, text: str) -> str:
        """The text with every reference answered; ReferenceProblem tells the first that is not."""
        found = self.pieces(text)
        for piece in found:
            if piece.problem:
                raise ReferenceProblem(piece.problem)
        return "".join(piece.said for piece in found)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The text in stretches; ``[[…]]`` is printed only where its references have something to say."""
        found: list[Piece] = []
        at = 0
        for match in _OPTIONAL.finditer(text):
            found += self._plain(text[at : match.start()])
            found += self._optional(match[0], match[1])
            at = match.end()
        return (*found, *self._plain(text[at:]))

    def _optional(self, whole: str, inner: str) -> tuple[Piece, ...]:
        found = tuple(self._plain(inner))
        mistakes = any(piece.problem and not piece.is_unknown for piece in found)
        if not mistakes and any(piece.is_nothing or piece.is_unknown for piece in found):
            return (Piece(whole, ""),)
        return (Piece("[[", ""), *found, Piece("]]", ""))

    def _plain(self, text: str) -> Iterator[Piece]:
        at = 0
        for match in REFERENCE.finditer(text):
            if match.start() > at:
                yield Piece(text[at : match.start()], text[at : match.start()])
            yield self._reference(match[0], match[1].strip(), (match[2] or "").strip())
            at = match.end()
        if at < len(text):
            yield Piece(text[at:], text[at:])

    def _reference(self, written: str, name: str, about: str) -> Piece:
        try:
            answer = self._answer(name, about)
        except ReferenceProblem as problem:
            unknown = isinstance(problem, NoAnswerError)
            return Piece(
                written, written, is_reference=True, problem=str(problem), is_unknown=unknown
            )
        return Piece(written, answer or NOTHING, is_reference=True, is_nothing=answer in ("", "0"))

    def say(self, name: str, about: str = "") -> str:
        """The value of one reference; ReferenceProblem lists the known ones when it is unknown."""
        return self._answer(name, about) or NOTHING

    def _answer(self, name: str, about: str) -> str:
        known = REFERENCES.get(name)
        if known is None:
            names = "、".join(REFERENCES)
            raise ReferenceProblem(f"正文里的引用“{{{name}}}”无法识别，可用的有：{names}")
        if known.tells_marks and not self.shows_marks:
            raise NoAnswerError(f"“{{{name}}}”会公布得分或名次，这份通报的公布范围不含得分，请删去")
        return known.answer(self, about)


def standing_of(result: Result, *, by_rank: bool = False) -> Standing:
    """Units by tier and group; in the scheme's order, or by place where the bulletin shows places."""
    tiers = []
    for tier in result.scheme.tiers:
        groups = []
        for group in result.scheme.groups:
            units = [
                unit.name
                for unit in group.units
                if unit.name in result.year and result.tier_of(unit.name) == tier.name
            ]
            if by_rank:
                units.sort(key=lambda name: result.year[name]["rank"] or 0)
            groups.append((group.name, tuple(units)))
        tiers.append(TierList(tier.name, tuple(groups)))
    return Standing(tuple(tiers))
