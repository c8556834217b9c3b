"""What does a bulletin say today? Its paragraphs with live figures, the document, what is wrong."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from jixiao.bulletins.compose import compose, facts_of
from jixiao.bulletins.offers import Piece, Speaker, pieces
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


def numbers(body: tuple[Paragraph, ...]) -> list[str]:
    """The number that each paragraph gets in print; a deeper level starts again at one."""
    counts, found = dict.fromkeys(LEVELS.values(), 0), []
    for each in body:
        at = LEVELS.get(each.level)
        if at:
            counts = {
                level: count + (level == at) if level <= at else 0
                for level, count in counts.items()
            }
        found.append(level_number(at, counts[at]) if at else "")
    return found


@dataclass(frozen=True)
class Draft:
    """A text about a result, and whether it may tell units' marks."""

    result: Result
    template: Template
    with_marks: bool = False

    @cached_property
    def speaker(self) -> Speaker:
        """What its references speak of; without marks, lists keep the scheme's order."""
        return Speaker(facts_of(self.result, self._written), self.with_marks)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Its paragraphs in pieces."""
        body = self.template.body
        return tuple(
            Block(place, each, self._said(each.heading), self._said(each.text), number)
            for place, (each, number) in enumerate(zip(body, numbers(body), strict=True))
        )

    @cached_property
    def title(self) -> str:
        """As it reads, in one line."""
        return "".join(piece.text for line in self.template.title for piece in self._said(line))

    @cached_property
    def references(self) -> int:
        """How many figures and lists are filled in."""
        found = (*self._outside, *((block.place, block.heading) for block in self.blocks),
                 *((block.place, block.text) for block in self.blocks))  # fmt: skip
        return sum(bool(piece.reference) for _, said in found for piece in said)

    @cached_property
    def unanswered(self) -> tuple[tuple[int | None, str], ...]:
        """References without an answer: the paragraph's place (None: title, notes) and the problem."""
        said: list[tuple[int | None, tuple[Piece, ...]]] = list(self._outside)
        for block in self.blocks:
            said += [(block.place, block.heading), (block.place, block.text)]
        return tuple(
            dict.fromkeys(
                (at, each.problem) for at, found in said for each in found if each.problem
            )
        )

    @cached_property
    def document(self) -> Document:
        """The document to look at; what has no answer stands in it as written. DocumentError."""
        made = compose(self.result, self._disarmed if self.unanswered else self._written)
        if not self.with_marks:
            return made
        annex = Annex(title=(MARKS_TITLE,), blocks=(self._marks(),))
        return made.model_copy(update={"annexes": (*made.annexes, annex)})

    @cached_property
    def failure(self) -> str:
        """Why there is no document; empty when there is one."""
        try:
            _ = self.document
        except DocumentError as error:
            return str(error)
        return ""

    @property
    def _written(self) -> Template:
        """Without a number that is not given yet, or places that the bulletin does not tell."""
        update: dict[str, object] = {} if self.with_marks else {"order": "scheme"}
        if not self.template.number_serial:
            update["number_code"] = ""
        return self.template.model_copy(update=update)

    @property
    def _disarmed(self) -> Template:
        def plain(text: str) -> str:
            said = self._said(text)
            return "".join(
                each.text.replace("{", "｛").replace("}", "｝") if each.problem else
                each.reference or each.text for each in said
            )  # fmt: skip

        body = tuple(
            each.model_copy(update={"text": plain(each.text), "heading": plain(each.heading)})
            for each in self.template.body
        )
        lines = {
            name: tuple(plain(line) for line in getattr(self.template, name))
            for name in ("title", "annex_title", "annex_notes")
        }
        return self._written.model_copy(update={"body": body, **lines})

    @cached_property
    def _outside(self) -> tuple[tuple[int | None, tuple[Piece, ...]], ...]:
        """Title, annex title and notes, which are no paragraphs."""
        template = self.template
        lines = (*template.title, *template.annex_title, *template.annex_notes)
        return tuple((None, self._said(line)) for line in lines)

    def _said(self, text: str) -> tuple[Piece, ...]:
        return pieces(text, self.speaker)

    def _marks(self) -> Table:
        """Every unit's mark and tier, in the order of the lists."""
        result, decimals = self.result, self.result.scheme.decimals
        rows = [
            (group, unit, mark_text(result.year[unit]["ranked"] or 0, decimals), tier)
            for tier, group, unit in self.speaker.facts.standing.places()
        ]
        header = tuple(Cell(text=each) for each in ("等次", "组别", "单位", "得分"))
        cells = tuple(
            tuple(Cell(text=each) for each in (tier, group, unit, mark))
            for group, unit, mark, tier in rows
        )
        return Table(widths=(3, 3, 8, 3), header=(header,), rows=cells)
