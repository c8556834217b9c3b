"""How does a reminder look as an official document? (督促通知单)"""

import re
from dataclasses import dataclass
from datetime import date

from jixiao.gongwen.composition import chinese_date
from jixiao.gongwen.document import Document, Header, Number, Paragraph

NUMBER = re.compile(r"^(?P<code>[^\s〔〕]{1,12})〔(?P<year>20\d\d)〕(?P<serial>[1-9]\d{0,3})号$")
"""机关代字〔年份〕序号号."""


@dataclass(frozen=True)
class Told:
    """What stands in a reminder."""

    number: str
    unit: str
    subject: str
    facts: str
    asked: str
    due_on: date
    sent_on: date


def printed(told: Told, *, office: str) -> Document:
    """The document, ready to print; DocumentError says what cannot be printed."""
    parts = NUMBER.match(told.number)
    number = parts and Number(
        code=parts["code"], year=int(parts["year"]), serial=int(parts["serial"])
    )
    return Document(
        header=Header(mark=office),
        number=number,
        title=f"关于{told.subject}的督促通知单",
        recipients=told.unit,
        body=(
            *_paragraphs(told.facts),
            *_paragraphs(told.asked),
            *_paragraphs(f"请于{chinese_date(told.due_on)}前在绩效管理平台书面回复。"),
        ),
        signatures=office,
        signed_on=told.sent_on,
    )


def _paragraphs(text: str) -> list[Paragraph]:
    lines = (line.strip() for line in text.splitlines())
    return [Paragraph(runs=line) for line in lines if line]
