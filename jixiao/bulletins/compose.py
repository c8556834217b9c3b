"""How does a sealed result become a bulletin? Template + facts → typed document → checked text."""

from jixiao.bulletins.annex import annex_tables
from jixiao.bulletins.facts import Facts, ReferenceProblem, standing_of
from jixiao.bulletins.standing import Standing
from jixiao.bulletins.template import Paragraph, Template
from jixiao.gongwen import document as gongwen
from jixiao.results.result import Result


class BulletinError(Exception):
    """A bulletin that cannot be composed; carries every problem of the template at once."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def facts_of(source: Result | Standing, template: Template) -> Facts:
    """What the template's references speak of: a result, or a bare tier list."""
    if isinstance(source, Standing):
        return Facts(source, template.label)
    standing = standing_of(source, by_rank=template.order == "rank")
    return Facts(standing, template.label, source)


def compose(source: Result | Standing, template: Template) -> gongwen.Document:
    """The bulletin as a typed document; BulletinError names every reference that has no answer."""
    facts = facts_of(source, template)
    problems: list[str] = []
    blocks = [_block(paragraph, facts, problems) for paragraph in template.body]
    notes = tuple(_filled(note, facts, problems) for note in template.annex_notes)
    titles = tuple(_filled(line, facts, problems) for line in template.title)
    annex_titles = tuple(_filled(line, facts, problems) for line in template.annex_title)
    if problems:
        raise BulletinError(tuple(dict.fromkeys(problems)))
    tables = annex_tables(facts.standing, label=template.label, notes=notes)
    annexes = (gongwen.Annex(title=annex_titles, blocks=tables),) if annex_titles else ()
    return gongwen.Document(
        header=gongwen.Header(mark=template.mark),
        number=_number(template),
        title=titles,
        recipients=template.recipients,
        body=tuple(blocks),
        annexes=annexes,
        signatures=template.signatures,
        signed_on=template.signed_on,
        sealed=template.sealed,
        note=template.note,
        colophon=_colophon(template),
    )


def _filled(text: str, facts: Facts, problems: list[str]) -> str:
    try:
        return facts.fill(text)
    except ReferenceProblem as problem:
        problems.append(str(problem))
        return text


def _block(
    paragraph: Paragraph, facts: Facts, problems: list[str]
) -> gongwen.Heading | gongwen.Paragraph:
    text = _filled(paragraph.text, facts, problems)
    if paragraph.level == "0":
        return gongwen.Paragraph(runs=(gongwen.Run(text=text),))
    runs = (gongwen.Run(text=text),) if text else ()
    heading = _filled(paragraph.heading, facts, problems)
    return gongwen.Heading(level=int(paragraph.level), text=heading, runs=runs)


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
