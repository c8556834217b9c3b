"""How does an edited docx of a bulletin come back? Printed again, read again, compared.

The file sent out is printed once more and read by the same reader as the file that came back, so
that an unedited file can differ in nothing. Figures and lists stay references where they still stand.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator

from jixiao.bulletins.aligning import PREFIX
from jixiao.bulletins.comparing import Comparison
from jixiao.bulletins.compose import FilledTemplate, document_of, filled_with
from jixiao.bulletins.facts import Facts
from jixiao.bulletins.returned import Change, Fate, Returned, UndecidedError, applied
from jixiao.bulletins.template import Template
from jixiao.gongwen.docx import render_docx
from jixiao.gongwen.reading import UnreadableDocxError, read_docx

__all__ = [
    "Change",
    "Fate",
    "Returned",
    "UndecidedError",
    "UnreadableDocxError",
    "applied",
    "marked_docx",
    "read_back",
]
MOST_LINES = 1_000


def marked_docx(template: Template, facts: Facts) -> bytes:
    """The bulletin to be edited elsewhere: hidden bookmarks tell its paragraphs from one another."""
    return _printed(filled_with(facts, template))


def read_back(docx: bytes, template: Template, facts: Facts) -> Returned:
    """What was changed; UnreadableDocxError where the file cannot be read or is no such bulletin."""
    found = filled_with(facts, template)
    back = read_docx(docx)
    if len(back.blocks) > MOST_LINES:
        raise UnreadableDocxError("段落太多，不像这份通报；请只交改过的通报")
    sent = read_docx(_printed(found))
    compared = Comparison(found, sent, back, marks=marks_of(found)).returned()
    if all(each.fate in (Fate.REMOVED, Fate.ADDED) for each in compared.body):
        raise UnreadableDocxError("与这份通报没有一段对得上，请确认交的是从这里导出后改过的文件")
    return compared


def _printed(found: FilledTemplate) -> bytes:
    return render_docx(document_of(found), marks=marks_of(found))


def marks_of(found: FilledTemplate) -> list[str]:
    """A name for each paragraph, by what is written: one that moves, or whose figures change, keeps it."""
    return [
        f"{PREFIX}{hashlib.sha256(words.encode()).hexdigest()[:12]}_{times}"
        for words, times in _numbered(found)
    ]


def _numbered(found: FilledTemplate) -> Iterator[tuple[str, int]]:
    """What each paragraph is written as, and how often it came before."""
    seen: Counter[str] = Counter()
    for each in found.body:
        words = f"{each.level}\n{each.heading.written}\n{each.text.written}"
        yield words, seen[words]
        seen[words] += 1
