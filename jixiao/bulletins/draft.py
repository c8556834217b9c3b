"""What does a bulletin say today? Its paragraphs with live figures, the document, what is wrong."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from jixiao.bulletins.compose import (
    BulletinError,
    FilledTemplate,
    document_of,
    facts_of,
    filled_with,
)
from jixiao.bulletins.context import Context
from jixiao.bulletins.facts import Facts, Piece
from jixiao.bulletins.template import Paragraph, Template
from jixiao.gongwen.composition import level_number
from jixiao.gongwen.document import Annex, Cell, Document, DocumentError, Table
from jixiao.results.result import Result
from jixiao.scoring.numbers import mark_text

LEVELS: dict[str, Literal[1, 2, 3, 4]] = {"1": 1, "2": 2, "3": 3, "4": 4}
MARKS_TITLE = "各单位得分和等次"


@dataclass(frozen=True)
class Block:
    """One paragraph as the composer shows it."""

    place: int
    paragraph: Paragraph
    heading: tuple[Piece, ...]
    text: tuple[Piece, ...]
    number: str = ""
    """一、（一）…, for headings."""
    is_left_out: bool = False
    """It has nothing to say today, so it is not printed."""


def numbers(body: tuple[Paragraph, ...], printed: frozenset[int]) -> list[str]:
    """The number that each printed paragraph gets; a deeper level starts again at one."""
    counts, found = dict.fromkeys(LEVELS.values(), 0), []
    for place, each in enumerate(body):
        at = LEVELS.get(each.level) if place in printed else None
        if at:
            counts = {
                level: count + (level == at) if level <= at else 0
                for level, count in counts.items()
            }
        found.append(level_number(at, counts[at]) if at else "")
    return found


@dataclass(frozen=True)
class Draft:
    """A text about a run and what is known around it."""

    source: Result | Context
    text: Template

    @cached_property
    def template(self) -> Template:
        """The text without a number that is not given yet."""
        return (
            self.text
            if self.text.number_serial
            else self.text.model_copy(update={"number_code": ""})
        )

    @cached_property
    def facts(self) -> Facts:
        """What its references are answered from."""
        return facts_of(self.source, self.template)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Its paragraphs in pieces."""
        body = self.template.body
        printed = frozenset(self.places) if self.places else frozenset(range(len(body)))
        return tuple(
            Block(
                place, each, self.facts.pieces(each.heading), self.facts.pieces(each.text), number,
                place not in printed,
            )
            for place, (each, number) in enumerate(zip(body, numbers(body, printed), strict=True))
        )  # fmt: skip

    @cached_property
    def title(self) -> str:
        """As it reads, in one line."""
        return "".join(
            piece.said for line in self.template.title for piece in self.facts.pieces(line)
        )

    @property
    def references(self) -> int:
        """How many figures and lists are filled in."""
        return sum(piece.is_reference for _, said in self._everything for piece in said)

    @cached_property
    def unanswered(self) -> tuple[tuple[int | None, str], ...]:
        """References without an answer: the paragraph's place (None: title, notes) and the problem."""
        found = (
            (at, each.problem) for at, said in self._everything for each in said if each.problem
        )
        return tuple(dict.fromkeys(found))

    @property
    def places(self) -> tuple[int, ...]:
        """The paragraphs that are printed, in order."""
        return tuple(each.at for each in self._filled.body) if self._filled else ()

    @cached_property
    def document(self) -> Document:
        """The document to look at; what has no answer stands in it as written. DocumentError."""
        if self._filled is None:
            raise DocumentError("正文里的引用现在都没有内容，请检查文字或结果。")
        made = document_of(self._filled)
        result = self.facts.result
        if not self.template.shows_marks or result is None:
            return made
        annex = Annex(title=(MARKS_TITLE,), blocks=(self._marks(result),))
        return made.model_copy(update={"annexes": (*made.annexes, annex)})

    @cached_property
    def failure(self) -> str:
        """Why there is no document; empty when there is one."""
        try:
            _ = self.document
        except DocumentError as error:
            return str(error)
        return ""

    @cached_property
    def _filled(self) -> FilledTemplate | None:
        try:
            return filled_with(self.facts, self._disarmed if self.unanswered else self.template)
        except BulletinError:
            return None

    @property
    def _disarmed(self) -> Template:
        """With other brackets where a reference has no answer, so that the rest can be shown."""

        def plain(text: str) -> str:
            pieces = self.facts.pieces(text)
            if not any(each.problem for each in pieces):
                return text
            return "".join(
                each.written if each.is_reference and not each.problem
                else each.written.translate(str.maketrans("{}", "｛｝"))
                for each in pieces
            )  # fmt: skip

        body = tuple(
            each.model_copy(update={"text": plain(each.text), "heading": plain(each.heading)})
            for each in self.template.body
        )
        lines = {
            name: tuple(plain(line) for line in getattr(self.template, name))
            for name in ("title", "annex_title", "annex_notes")
        }
        return self.template.model_copy(update={"body": body, **lines})

    @cached_property
    def _everything(self) -> tuple[tuple[int | None, tuple[Piece, ...]], ...]:
        """All texts in pieces; title, annex title and notes belong to no paragraph."""
        template, pieces = self.template, self.facts.pieces
        lines = (*template.title, *template.annex_title, *template.annex_notes)
        body = [
            (at, text)
            for at, each in enumerate(template.body)
            for text in (each.heading, each.text)
        ]
        return (
            *((None, pieces(line)) for line in lines),
            *((at, pieces(text)) for at, text in body),
        )

    def _marks(self, result: Result) -> Table:
        """Every unit's mark and tier, in the order of the lists."""
        decimals = result.scheme.decimals
        rows = tuple(
            (tier, group, unit, mark_text(result.year[unit]["ranked"] or 0, decimals))
            for tier, group, unit in self.facts.standing.places()
        )
        cells = tuple(tuple(Cell(text=each) for each in row) for row in rows)
        header = tuple(Cell(text=each) for each in ("等次", "组别", "单位", "得分"))
        return Table(widths=(3, 3, 8, 3), header=(header,), rows=cells)
