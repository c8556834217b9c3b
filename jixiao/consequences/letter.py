"""How do a list for the personnel office and the word to a person look as documents?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jixiao.gongwen.document import Document, Header, Paragraph, Table


@dataclass(frozen=True)
class ListPaper:
    """What stands in a printed list."""

    title: str
    words: str
    basis: str
    approved: str
    head: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    drawn_on: date


def list_paper(told: ListPaper, *, office: str) -> Document:
    """A list to hand over: rule, basis, approval, and the reason of each name."""
    said = [
        f"{told.approved}，按下列规定开列，供有权机关办理时参考，不代替对个人的决定。",
        f"条件：{told.words}。",
        f"依据：{told.basis}。",
    ]
    rows = [tuple(row) for row in told.rows] or [("没有单位符合", *[""] * (len(told.head) - 1))]
    table = Table(
        widths=tuple(told.widths), header=(tuple(told.head),), rows=tuple(rows), is_compact=True
    )
    return Document(
        header=Header(mark=office),
        title=told.title,
        recipients="县委组织部、县人力资源和社会保障局",
        body=(*_paragraphs(said), table),
        signatures=office,
        signed_on=told.drawn_on,
    )


@dataclass(frozen=True)
class PersonPaper:
    """What a person is told."""

    name: str
    matter: str
    verdict: str
    reason: str
    ground: str
    basis: str
    decided_on: date


def person_paper(told: PersonPaper, *, office: str) -> Document:
    """个人信息保护法第二十四条：决定由人作出，说明理由，告知怎样提出异议."""
    said = [
        f"关于{told.matter}，决定：{told.verdict}。",
        f"理由：{told.reason.rstrip('。')}。",
        f"依据：{told.ground}（{told.basis}）。",
        "本决定由人审核作出，不是由系统自动作出。您可以查阅与本人有关的记录，要求说明。",
        "对本决定有异议的，可以书面向作出决定的机关提出。依据变动的，会重新作出决定。",
        "属于公务员法第九十五条所列人事处理的，可以自知道之日起三十日内申请复核，或者依法申诉。",
    ]
    return Document(
        header=Header(mark=office),
        title="结果运用事项告知书",
        recipients=f"{told.name}同志",
        body=tuple(_paragraphs(said)),
        signatures=office,
        signed_on=told.decided_on,
    )


def _paragraphs(lines: Iterable[str]) -> list[Paragraph]:
    found = (part.strip() for line in lines for part in line.splitlines())
    return [Paragraph(runs=line) for line in found if line]
