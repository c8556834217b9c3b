"""How does a sealed result become a bulletin? Template + facts → typed document → checked text."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from jixiao.bulletins.annex import annex_tables
from jixiao.bulletins.context import Context
from jixiao.bulletins.facts import Facts, Piece, standing_of
from jixiao.bulletins.standing import Standing
from jixiao.bulletins.template import Paragraph, Template
from jixiao.gongwen import document as gongwen
from jixiao.results.result import Result

Source = Result | Standing | Context


class BulletinError(Exception):
    """A bulletin that cannot be composed; carries every problem of the template at once."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def facts_of(source: Source, template: Template) -> Facts:
    """What the template's references speak of: a result with its context, or a bare tier list."""
    if isinstance(source, Result):
        source = Context(source)
    if isinstance(source, Standing):
        standing, context = source, Context()
    else:
        by_rank = template.order == "rank" and template.shows_marks
        standing = standing_of(source.result, by_rank=by_rank) if source.result else Standing(())
        context = source
    return Facts(
        standing,
        template.label,
        context,
        shows_marks=template.shows_marks,
        subject=template.subject,
    )


@dataclass(frozen=True)
class Filled:
    """A text of the template, answered."""

    pieces: tuple[Piece, ...]

    @cached_property
    def said(self) -> str:
        """What is printed."""
        return "".join(piece.said for piece in self.pieces)

    @property
    def written(self) -> str:
        """As the template has it."""
        return "".join(piece.written for piece in self.pieces)

    @property
    def lost(self) -> bool:
        """Whether something was written and nothing of it is printed."""
        return bool(self.pieces) and not self.said.strip()


@dataclass(frozen=True)
class FilledParagraph:
    """A paragraph of the template, answered; ``at`` is its place in the template's body."""

    at: int
    level: int
    heading: Filled
    text: Filled

    @property
    def is_section(self) -> bool:
        """A heading alone."""
        return self.level > 0 and not self.text.pieces

    def block(self) -> gongwen.Heading | gongwen.Paragraph:
        """As it is printed."""
        text = self.text.said
        runs = (gongwen.Run(text=text),) if text or not self.level else ()
        if not self.level:
            return gongwen.Paragraph(runs=runs)
        return gongwen.Heading(level=self.level, text=self.heading.said, runs=runs)


@dataclass(frozen=True)
class FilledTemplate:
    """All texts of a template, answered; what has nothing to say is left out."""

    template: Template
    facts: Facts
    title: tuple[Filled, ...]
    body: tuple[FilledParagraph, ...]
    annex_title: tuple[Filled, ...]
    notes: tuple[Filled, ...]


def filled(source: Source, template: Template) -> FilledTemplate:
    """Answer every reference; BulletinError names all that have no answer."""
    return filled_with(facts_of(source, template), template)


def filled_with(facts: Facts, template: Template) -> FilledTemplate:
    """The same from facts at hand."""
    problems: list[str] = []
    fill = _filler(facts, problems)
    body = [_paragraph(at, each, fill) for at, each in enumerate(template.body)]
    found = FilledTemplate(
        template,
        facts,
        tuple(map(fill, template.title)),
        tuple(_speaking(body)),
        tuple(map(fill, template.annex_title)),
        tuple(each for each in map(fill, template.annex_notes) if not each.lost),
    )
    if problems:
        raise BulletinError(tuple(dict.fromkeys(problems)))
    if not found.body:
        raise BulletinError(("正文里的引用现在都没有内容，请检查模板或结果",))
    return found


def _filler(facts: Facts, problems: list[str]) -> Callable[[str], Filled]:
    def fill(text: str) -> Filled:
        pieces = facts.pieces(text)
        problems.extend(piece.problem for piece in pieces if piece.problem)
        return Filled(pieces)

    return fill


def _paragraph(at: int, each: Paragraph, fill: Callable[[str], Filled]) -> FilledParagraph:
    level = int(each.level)
    heading = each.heading if level else ""
    return FilledParagraph(at, level, fill(heading), fill(each.text))


def _speaking(body: list[FilledParagraph]) -> list[FilledParagraph]:
    """Without paragraphs that say nothing, and without headings whose every paragraph was left out."""
    kept: list[FilledParagraph] = []
    lost_below = False
    for each in reversed(body):
        deeper = kept[-1].level if kept else 0
        stands_alone = not kept or 0 < deeper <= each.level
        if each.text.lost or (each.heading.lost and not each.text.said):
            lost_below = True
        elif not (each.is_section and lost_below and stands_alone):
            kept.append(each)
            lost_below = False
    return kept[::-1]


def compose(source: Source, template: Template) -> gongwen.Document:
    """The bulletin as a typed document; BulletinError names every reference that has no answer."""
    return document_of(filled(source, template))


def document_of(found: FilledTemplate) -> gongwen.Document:
    """The answered template as a typed document."""
    template = found.template
    notes = tuple(each.said for each in found.notes)
    title = tuple(each.said for each in found.annex_title)
    has_units = any(tier.names for tier in found.facts.standing.tiers)
    annexes: tuple[gongwen.Annex, ...] = ()
    if title and has_units:
        tables = annex_tables(found.facts.standing, label=template.label, notes=notes)
        annexes = (gongwen.Annex(title=title, blocks=tables),)
    return gongwen.Document(
        header=gongwen.Header(mark=template.mark),
        number=_number(template),
        title=tuple(each.said for each in found.title),
        recipients=template.recipients,
        body=tuple(each.block() for each in found.body),
        annexes=annexes,
        signatures=template.signatures,
        signed_on=template.signed_on,
        sealed=template.sealed,
        note=template.note,
        colophon=_colophon(template),
    )


def _number(template: Template) -> gongwen.Number | None:
    if not template.number_code:
        return None
    return gongwen.Number(
        code=template.number_code, year=template.number_year, serial=template.number_serial
    )


def _colophon(template: Template) -> gongwen.Colophon | None:
    if template.colophon is None:
        return None
    return gongwen.Colophon(
        copied_to=template.colophon.copied_to,
        printed_by=template.colophon.printed_by,
        printed_on=template.colophon.printed_on,
    )


def text_of(document: gongwen.Document) -> str:
    """The document's words, a line a paragraph and a line a table row, as the check reads them."""
    lines = [*document.title, document.recipients, *map(_block_text, document.body)]
    for annex in document.annexes:
        lines += ["附件：", *annex.title, *map(_block_text, annex.blocks)]
    return "\n".join(lines)


def _block_text(block: gongwen.Block) -> str:
    match block:
        case gongwen.Heading():
            return block.text + "".join(run.text for run in block.runs)
        case gongwen.Paragraph():
            return "".join(run.text for run in block.runs)
        case gongwen.Table():
            rows = [*block.header, *block.rows]
            return "\n".join("\t".join(cell.text for cell in row) for row in rows)
